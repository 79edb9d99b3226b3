# SPDX-License-Identifier: Apache-2.0
import glob
import os
import subprocess
import sys

import pytest

sys.path.insert(0, os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "e2e"))
import helpers  # noqa: E402


@pytest.fixture(scope="session")
def installed(tmp_path_factory):
    """The prefix of a `cmake --install`."""
    prefix = tmp_path_factory.mktemp("prefix")
    done = helpers.install(prefix)
    assert done.returncode == 0, done.stderr
    return prefix


@pytest.fixture(scope="session")
def package(tmp_path_factory):
    """Path of the package that `cpack -G DEB` makes of the build that the program under test comes from."""
    folder = tmp_path_factory.mktemp("cpack")
    done = subprocess.run(["cpack", "-G", "DEB", "-B", folder], cwd=helpers.BUILD, stdin=subprocess.DEVNULL,
                          capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done
    [made] = glob.glob(f"{folder}/*.deb")
    return made
