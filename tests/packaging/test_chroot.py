# SPDX-License-Identifier: Apache-2.0
"""The package on a bare Debian 12: what is required of every system, the package's dependencies, and nothing else.

A minute or two, and a mirror of Debian: a stage of `scripts/test --full`.
"""

import contextlib
import json
import re
import shutil
import subprocess

import pytest

from helpers import needs_program, needs_root
from samples import CONTRIB

pytestmark = [needs_root, needs_program("mmdebstrap", "unshare")]
CONTROL = """Source: linux
Maintainer: Nobody <nobody@example.org>

Package: linux
Architecture: all
Description: a package whose tests measure umount
"""
CHANGELOG = """linux (6.1) unstable; urgency=low

  * Slower.

 -- Nobody <nobody@example.org>  Thu, 01 Jan 2026 00:00:00 +0000
"""
OFFLINE = ("Could not resolve", "Could not connect", "Failed to fetch", "Temporary failure", "no longer has a Release file")
# A mount and a PID namespace of their own: what is mounted for the chroot goes with its last process.
APART = ("unshare", "--mount", "--pid", "--fork", "--kill-child")


def run(*words, timeout=600, **more):
    return subprocess.run([*map(str, words)], stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=timeout,
                          check=False, **more)


@contextlib.contextmanager
def debian(folder, *packages):
    """A function that runs a command in a bare Debian 12 with these packages."""
    made = run(*APART, "mmdebstrap", "--quiet", "--variant=essential", f"--include={','.join(packages)}", "bookworm", folder)
    if made.returncode != 0 and any(word in made.stderr for word in OFFLINE):
        pytest.skip(f"no mirror of Debian: {made.stderr.splitlines()[-1]}")
    assert made.returncode == 0, made.stderr

    def inside(*words):
        script = 'mount -t proc proc "$0/proc" && mount --rbind /sys "$0/sys" && exec chroot "$0" "$@"'
        return run(*APART, "sh", "-c", script, folder, *words, timeout=300,
                   env={"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL": "C"})

    try:
        yield inside
    finally:
        shutil.rmtree(folder)


@pytest.fixture(scope="module")
def chroot(package, tmp_path_factory):
    """A function that runs a command in the chroot in which the package was installed by dpkg."""
    folder = tmp_path_factory.mktemp("chroot") / "bookworm"
    depends = re.sub(r" \([^)]*\)", "", run("dpkg-deb", "-f", package, "Depends").stdout.strip()).split(", ")
    with debian(folder, *depends) as inside:
        shutil.copy(package, folder / "package.deb")
        done = inside("dpkg", "-i", "/package.deb")
        assert done.returncode == 0, done
        yield inside


def test_it_is_installed_and_says_its_version(chroot):
    assert chroot("dpkg-query", "-W", "-f", "${db:Status-Status}", "umountbench").stdout == "installed"
    done = chroot("umountbench", "--version")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("umountbench 0.")


def test_it_lists_and_plans(chroot):
    listed = chroot("umountbench", "list", "--format", "json")
    assert listed.returncode == 0, listed
    assert "umount" in [scenario["name"] for scenario in json.loads(listed.stdout)["scenarios"]]
    planned = chroot("umountbench", "run", "--dry-run")
    assert planned.returncode == 0, planned
    assert "umount/fs=tmpfs/" in planned.stdout


def test_doctor_names_what_is_only_recommended(chroot):
    done = chroot("umountbench", "doctor")
    assert done.returncode == 0, done
    without = chroot("umountbench", "vm", "doctor")
    assert without.returncode in (0, 4), without
    assert "qemu" in without.stdout + without.stderr


def test_what_is_loaded_late_is_named_where_it_is_missing(chroot):
    done = chroot("umountbench", "vm", "plan", "--kernel", "/package.deb")
    assert done.returncode in (2, 4), done
    assert "hint: " in done.stderr and "internal error" not in done.stderr


def test_the_completion_is_a_script_that_bash_reads(chroot):
    done = chroot("bash", "-n", "/usr/share/bash-completion/completions/umountbench")
    assert (done.returncode, done.stderr) == (0, "")


def test_removing_it_leaves_nothing(chroot):
    done = chroot("dpkg", "--purge", "umountbench")
    assert done.returncode == 0, done
    assert chroot("test", "-e", "/usr/share/umountbench").returncode == 1


def test_autopkgtest_runs_the_smoke_test_with_the_package(package, tmp_path):
    with debian(tmp_path / "bookworm", "apt", "autopkgtest") as inside:
        debian_folder = tmp_path / "bookworm/source/debian"
        shutil.copytree(f"{CONTRIB}/autopkgtest", debian_folder / "tests")
        (debian_folder / "control").write_text(CONTROL, encoding="utf-8")
        (debian_folder / "changelog").write_text(CHANGELOG, encoding="utf-8")
        shutil.copy(package, tmp_path / "bookworm/umountbench.deb")
        done = inside("autopkgtest", "--apt-upgrade", "--no-built-binaries", "--test-name=smoke", "--summary-file=/summary", "/umountbench.deb",
                      "/source/", "--", "null")
        assert done.returncode == 8, ("all that passed is superficial, as autopkgtest puts it", done)
        assert (tmp_path / "bookworm/summary").read_text(encoding="utf-8").split() == ["smoke", "PASS", "(superficial)"]
