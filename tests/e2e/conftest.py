# SPDX-License-Identifier: Apache-2.0
import os
import shutil
import sys

import pytest

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import helpers  # noqa: E402
import vm_runs  # noqa: E402


@pytest.fixture(autouse=True)
def leaves_the_machine_as_it_was():
    before = helpers.machine_state()
    yield
    changes = helpers.settled_difference(before)
    assert not changes, "left on the machine:\n" + "\n".join(changes)


@pytest.fixture(scope="session")
def installed():
    """Path of the program as `cmake --install` lays it down, where every user can run it."""
    prefix = helpers.public_folder()
    try:
        done = helpers.install(prefix)
        assert done.returncode == 0, done.stderr
        yield os.path.join(prefix, "bin/umountbench")
    finally:
        shutil.rmtree(prefix)


@pytest.fixture
def open_folder():
    """A folder that every user can write to."""
    folder = helpers.public_folder(0o777)
    yield folder
    shutil.rmtree(folder)


@pytest.fixture(scope="session")
def vm_cache(tmp_path_factory):
    """A cache folder ($XDG_CACHE_HOME) that holds the kernel of the tests that boot."""
    folder = tmp_path_factory.mktemp("vm-cache")
    done = vm_runs.fetch(vm_runs.KERNEL, cache=folder)
    assert done.returncode == 0, done
    return folder
