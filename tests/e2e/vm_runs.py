# SPDX-License-Identifier: Apache-2.0
"""For the tests that boot guests: a kernel to boot, short plans for guests, and the QEMU processes of a run."""

import contextlib
import json
import os
import time

import pytest

from helpers import needs_program, start_umountbench, umountbench
from real_runs import once, read

KERNEL = "debian:6.1-cloud"
SIDE = "debian-6.1-cloud"
NORMAL = "rcupdate.rcu_normal_after_boot=1"
# The kernel looks for its root elsewhere then, where there is none, and panics.
PANICS = "rdinit=/nonexistent"
TMPFS = "umount/fs=tmpfs/mode=plain/method=syscall/rcu=as-found"
EXT4 = "umount/fs=ext4/mode=plain/method=syscall/rcu=as-found"
BOOT_SECONDS = 120  # of emulation on a busy machine
OFFLINE = ("Could not resolve", "Could not connect", "Failed to fetch", "Cannot initiate", "not done within",
           "no mirror of Debian", "debian-archive-keyring.gpg is not there", "Temporary failure", "Some index files failed", "Service Unavailable", "Connection failed", "timed out")

needs_qemu = needs_program("qemu-system-x86_64", "apt-get", "dpkg-deb")


def in_cache(cache):
    return {"XDG_CACHE_HOME": str(cache)}


def fetch(*arguments, cache, **options):
    """`vm fetch` done, or the test skipped for want of a network."""
    done = umountbench("vm", "fetch", *arguments, env=in_cache(cache), timeout=1300, **options)
    if done.returncode == 4 and any(word in done.stderr for word in OFFLINE):
        pytest.skip(f"can't fetch here: {done.stderr.splitlines()[-2]}")
    return done


def boots(*appends, cases=TMPFS, samples=10, boot_count=1):
    """The options of one kernel, with each of the command lines, and of a plan of a second or two."""
    words = [word for append in appends for word in ("--append", append)]
    return ("--kernel", KERNEL, *words, "--boots", boot_count, "--filter", f"^{cases}$", "--rcu", "as-found",
            "--samples", samples, "--settle", "none", "--accel", "tcg")


# A guest that measures until somebody ends it.
ENDLESS = ("--samples", 10_000_000, "--rounds", 1000)


def endless(*appends):
    words = boots(*appends)
    at = words.index("--samples")
    return (*words[:at], *words[at + 2:], *ENDLESS)


def vm_run(*options, cache, folder, seconds=3 * BOOT_SECONDS, **more):
    """`vm run` to its end. Once is enough: the tests' machine may be as busy as it likes."""
    return umountbench("vm", "run", *options, "--keep-disturbed", "-o", folder, env=in_cache(cache), timeout=seconds,
                       **more)


def vm_running(*options, cache, folder):
    """`vm run`, once its first QEMU is there."""
    run = start_umountbench("vm", "run", *options, "--keep-disturbed", "-o", folder, env=in_cache(cache))
    return once(run, lambda: qemus(folder), 60)


def _has_open(pid, folder):
    """Whether a process has a file in `folder` open: QEMU its console, under whatever number."""
    for fd in os.listdir(f"/proc/{pid}/fd"):
        with contextlib.suppress(FileNotFoundError):  # closed meanwhile
            if os.readlink(f"/proc/{pid}/fd/{fd}").startswith(f"{folder}/"):
                return True
    return False


def qemus(folder):
    """The command line of each QEMU whose console is a file in `folder`, by pid."""
    found = {}
    for pid in filter(str.isdigit, os.listdir("/proc")):
        with contextlib.suppress(OSError):
            words = read(f"/proc/{pid}/cmdline").rstrip("\0").split("\0")
            if words[0].endswith("qemu-system-x86_64") and _has_open(pid, folder):
                found[int(pid)] = words
    return found


def plan_of(*options, cache, folder):
    """The lines of `vm plan` as objects."""
    done = umountbench("vm", "plan", *options, "-o", folder, env=in_cache(cache))
    assert (done.returncode, done.stderr) == (0, ""), done
    return [json.loads(line) for line in done.stdout.splitlines()]


def watch(run, folder, seconds):
    """Waits for the end of a `vm run`; its stdout, its stderr, and the command line of each QEMU that was seen."""
    seen = {}
    deadline = time.monotonic() + seconds
    while run.poll() is None and time.monotonic() < deadline:
        seen.update(qemus(folder))
        time.sleep(0.1)
    table, talk = run.communicate(timeout=10)
    return table, talk, list(seen.values())
