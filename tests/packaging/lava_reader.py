# SPDX-License-Identifier: Apache-2.0
"""LAVA itself as the reader of what contrib/lava gives it: its schemas, its `lava-test-case`, and the dispatcher's parser.

lava-dispatcher is unpacked and not installed: its package brings a web server, a TFTP server and an NFS server.
"""

import glob
import os
import re
import subprocess
import sys

import pytest

from docs_blocks import write_program

PACKAGES = "usr/lib/python3/dist-packages"


def missing():
    """Why there is no LAVA here; "" if there is."""
    for module, package in (("lava_common", "lava-common"), ("pexpect", "python3-pexpect"), ("requests", "python3-requests")):
        try:
            __import__(module)
        except ImportError:
            return f"not installed: {package}"
    return ""


needs_lava = pytest.mark.skipif(bool(missing()), reason=missing() or "-")


def run(folder, *command):
    done = subprocess.run(command, cwd=folder, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=120,
                          check=False)
    assert done.returncode == 0, done


class Dispatcher:
    """What of the dispatcher's package reads the output of a test."""

    def __init__(self, folder):
        run(folder, "apt-get", "-q", "download", "lava-dispatcher")
        run(folder, "dpkg-deb", "-x", *glob.glob(f"{folder}/*.deb"), folder)
        self.shell = f"{folder}/{PACKAGES}/lava_dispatcher/lava_test_shell"
        sys.path.append(f"{folder}/{PACKAGES}")
        from lava_dispatcher.actions.test import shell  # pylint: disable=import-error,import-outside-toplevel
        self.parse, self.match = shell.handle_testcase, shell.SignalMatch().match
        action = shell.TestShellAction()
        action._reset_patterns()  # pylint: disable=protected-access
        self.signal = re.compile(action.patterns["signal"])

    def put_programs(self, folder):
        """The programs of a test in `folder`, as the dispatcher lays them on a device."""
        for name in ("lava-test-case", "lava-common-functions"):
            with open(f"{self.shell}/{name}", encoding="utf-8") as file:
                write_program(os.path.join(folder, name), "#!/bin/sh\n" + file.read())

    def cases(self, output):
        """{name: (result, value, unit)} of a device's output; fails for what LAVA refuses or takes for the same case."""
        found = {}
        for line in output.splitlines():
            signal = self.signal.fullmatch(line)
            assert signal and signal[1] == "TESTCASE", line
            case = self.match(self.parse(signal[2].split()))
            assert case["test_case_id"] not in found, line
            found[case["test_case_id"]] = (case["result"], case.get("measurement"), case.get("units"))
        return found
