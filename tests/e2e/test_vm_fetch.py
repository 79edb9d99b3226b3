# SPDX-License-Identifier: Apache-2.0
"""vm fetch: kernels of Debian's archive, with nothing of the host's apt changed."""

import json
import os
import subprocess

import pytest

from helpers import UNPRIVILEGED, needs_program, needs_root, umountbench
from vm_runs import fetch

HOSTS_APT = ("/var/lib/apt", "/var/cache/apt", "/etc/apt")


def listing():
    """Each file of the host's apt with its size and time."""
    found = {}
    for top in HOSTS_APT:
        for folder, names, files in os.walk(top):
            for name in names + files:
                path = os.path.join(folder, name)
                facts = os.lstat(path)
                found[path] = (facts.st_size, facts.st_mtime_ns, facts.st_ino)
    return found


@needs_program("apt-get", "dpkg-deb")
def test_a_kernel_is_fetched_once_and_the_hosts_apt_stays_as_it_was(tmp_path):
    before = listing()
    done = fetch("debian:6.1-cloud", cache=tmp_path)
    assert done.returncode == 0, done.stderr
    [path] = done.stdout.splitlines()
    assert path.startswith(f"{tmp_path}/umountbench/packages/linux-image-6.1.")
    assert listing() == before
    content = subprocess.run(["dpkg-deb", "--contents", path], capture_output=True, text=True, timeout=60, check=True)
    assert "./boot/vmlinuz-6.1." in content.stdout

    again = fetch("debian:6.1-cloud", "--format", "json", cache=tmp_path)
    assert (again.returncode, again.stderr) == (0, ""), "what is there is not fetched again"
    assert json.loads(again.stdout) == {"kernels": [{"name": "debian:6.1-cloud", "files": [path]}]}
    assert fetch("debian:6.1-cloud", "--offline", cache=tmp_path).stdout == done.stdout

    size = os.path.getsize(path)
    os.truncate(path, size - 1)
    mended = fetch("debian:6.1-cloud", cache=tmp_path)
    assert "fetching linux-image-6.1." in mended.stderr
    assert "package index" not in mended.stderr, "the index of today is good enough"
    assert os.path.getsize(path) == size


@needs_root
@needs_program("apt-get", "setpriv")
def test_under_sudo_all_that_is_fetched_belongs_to_the_caller(open_folder):
    os.chown(open_folder, 65534, 65534)
    caller = ("env", "SUDO_UID=65534", "SUDO_GID=65534")
    done = fetch("debian:7.2-cloud", cache=open_folder, prefix=caller)
    assert done.returncode == 0, done.stderr
    assert [os.path.basename(path).split("-7.2")[0] for path in done.stdout.splitlines()] == ["linux-binary",
                                                                                             "linux-modules"]
    owners = {os.lstat(os.path.join(folder, name)).st_uid
              for folder, names, files in os.walk(open_folder) for name in names + files}
    assert owners == {65534}


@pytest.mark.parametrize("name", ["6.1", "debian:", "debian:rt", "debian:6.1-arm", "debian:6", "debian:../../etc"])
def test_a_name_that_is_none_is_answered_with_the_forms(name, tmp_path):
    done = umountbench("vm", "fetch", name, env={"XDG_CACHE_HOME": str(tmp_path)})
    assert (done.returncode, done.stdout) == (2, "")
    assert f"error: there is no kernel '{name}'" in done.stderr
    assert "hint: debian:VERSION or debian:SUITE" in done.stderr
    assert os.listdir(tmp_path) == []


def test_offline_without_the_kernel_says_how_to_get_it(tmp_path):
    done = umountbench("vm", "fetch", "--offline", "debian:6.1", env={"XDG_CACHE_HOME": str(tmp_path)})
    assert (done.returncode, done.stdout) == (4, "")
    assert "hint: run 'umountbench vm fetch debian:6.1'" in done.stderr


@needs_root
@needs_program("apt-get")
def test_without_a_network_it_is_unavailable_and_says_what_apt_says(tmp_path):
    done = umountbench("vm", "fetch", "debian:6.1", env={"XDG_CACHE_HOME": str(tmp_path), "http_proxy": ""},
                       prefix=("unshare", "--net"), timeout=400)
    assert (done.returncode, done.stdout) == (4, "")
    assert done.stderr.count("umountbench: error: ") == 1
    assert "umountbench: hint: " in done.stderr
    assert not os.path.exists(tmp_path / "umountbench/apt/names/6.1")


@needs_root
@needs_program("setpriv")
def test_vm_doctor_works_for_every_user_and_leaves_nothing(installed, open_folder):
    for prefix in ((), UNPRIVILEGED):
        done = umountbench("vm", "doctor", "--format", "json", program=installed, prefix=prefix, cwd=open_folder,
                           env={"XDG_CACHE_HOME": open_folder, "TMPDIR": open_folder})
        assert done.returncode in (0, 4), done.stderr
        findings = {finding["topic"]: finding for finding in json.loads(done.stdout)["findings"]}
        assert {"QEMU", "CPUs", "memory", "vm fetch", "programs for guests", "cache folder"} <= set(findings)
        assert (done.returncode == 4) == any(findings.get(topic, {}).get("level") == "missing"
                                             for topic in ("QEMU", "emulation"))
        assert os.listdir(open_folder) == []
