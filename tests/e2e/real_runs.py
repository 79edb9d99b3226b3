# SPDX-License-Identifier: Apache-2.0
"""For the tests that measure: short plans, what stands in a result, and the processes of a run."""

import contextlib
import json
import os
import shlex
import subprocess
import time

from helpers import start_umountbench

TMPFS = "^umount/fs=tmpfs/mode=plain/method=syscall/"
# A run that lasts until somebody ends it, with all that can be left behind: mounts, loop devices, knobs.
ENDLESS = ("--filter", "^(umount/fs=(tmpfs|ext4)/mode=plain/method=syscall|loop/fs=ext4/mode=plain)/", "--rcu",
           "default,normal", "--settle", "none", "--time-limit", "60s", "--samples", "10000000")


def quick(filter_regex=TMPFS, rcu="default", samples=5, time_limit="400ms"):
    """The options of a run of well under a second a case."""
    return ("--filter", filter_regex, "--rcu", rcu, "--settle", "none", "--samples", samples, "--time-limit",
            time_limit)


def load(path):
    with open(path, encoding="utf-8") as file:
        return json.load(file)


def case_of(result, *words):
    """The one case whose id has all these words."""
    found = [case for case in result["cases"] if all(word in case["id"] for word in words)]
    assert len(found) == 1, (words, [case["id"] for case in result["cases"]])
    return found[0]


def length_of(case):
    return len(case["samples"]["started_at_ns"])


def column(case, name):
    """A column as a list, also where the file has a single value for all."""
    values = {**case["samples"], **case["phases"]}[name]
    return values if isinstance(values, list) else [values] * length_of(case)


def in_a_row(times, count=10):
    """All runs of `count` values that follow each other. Single calls may take as long as one another to the ns, or to the
    10 ns of a coarse clock; ten in a row do not."""
    return {tuple(times[first:first + count]) for first in range(len(times) - count + 1)}


def counted(case, name="return_ns"):
    """The values that count: no warm-up, worked, not watched."""
    rows = zip(column(case, name), column(case, "warmup"), column(case, "errno"))
    return [value for value, warmup, errno in rows if not warmup and errno == 0 and value is not None]


def read(path):
    with open(path, encoding="utf-8") as file:
        return file.read().strip()


def wait_until(condition, seconds=20):
    """Whether `condition()` became true in time."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if condition():
            return True
        time.sleep(0.01)
    return False


def _stat(pid):
    """(name, state, parent) of a process, or None."""
    try:
        stat = read(f"/proc/{pid}/stat")
    except OSError:
        return None
    state, parent = stat[stat.rindex(")") + 2:].split()[:2]
    return stat[stat.index("(") + 1:stat.rindex(")")], state, int(parent)


def is_running(pid):
    """One that is dead and not reaped is not."""
    found = _stat(pid)
    return found is not None and found[1] not in "ZX"


def children_of(parent, name=None):
    """Pids, of those with that name if one is given."""
    for pid in filter(str.isdigit, os.listdir("/proc")):
        found = _stat(pid)
        if found and found[2] == parent and name in (None, found[0]):
            yield int(pid)


def part_of(run, part):
    """The pid of a run's "guardian", "init" (of its PID namespace) or "worker"."""
    init = next(children_of(run.pid, "umountbench-box"), 0)
    found = {"init": init,
             "guardian": next(children_of(run.pid, "umountbench-grd"), 0),
             "worker": next(children_of(init, "umountbench-wrk"), 0) if init else 0}[part]
    assert found, f"no {part} of {run.pid}: a signal to 0 would be one to all of us"
    return found


def journal_of(result):
    return f"{result}.partial"


def has_samples(result):
    try:
        with open(journal_of(result), "rb") as file:
            return b'{"block"' in file.read()
    except FileNotFoundError:
        return False


@contextlib.contextmanager
def once(run, has_begun, seconds=20):
    """A started program, once `has_begun()`; killed at the end if the test has not ended it."""
    try:
        assert wait_until(lambda: has_begun() or run.poll() is not None, seconds)
        assert run.poll() is None, run.communicate()
        yield run
    finally:
        if run.poll() is None:
            run.kill()
        run.communicate(timeout=30)


def running(result, *options):
    """A run that has begun to measure into `result`."""
    return once(start_umountbench("run", *options, "-o", result), lambda: has_samples(result))


def in_private_mounts(script):
    """A prefix for umountbench(): its mounts are its own, and `script` (as root) has changed them."""
    return ("unshare", "--mount", "sh", "-c", f'{script} && exec "$@"', "sh")


class PrivateMounts:
    """The same for several commands: a mount namespace that lasts as long as this object."""

    def __init__(self, script):
        self._holder = subprocess.Popen(["unshare", "--mount", "sh", "-c", f"{script} && echo ready && exec sleep 1800"],
                                        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True)
        assert self._holder.stdout.readline() == "ready\n"
        self.prefix = ("nsenter", f"--mount=/proc/{self._holder.pid}/ns/mnt", "--")

    def path(self, inside):
        """Where a file of the namespace is seen from outside."""
        return f"/proc/{self._holder.pid}/root{inside}"

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self._holder.kill()
        self._holder.communicate()


def hide(path):
    """Shell: a program that is not installed. A file that can't be executed hides it."""
    return f"mount --bind /dev/null {shlex.quote(path)}"
