# SPDX-License-Identifier: Apache-2.0
"""Runs that are killed at random moments, and what may not stay of them."""
import os
import random
import time

from helpers import start_umountbench, umountbench
from machine_state import difference, machine_state
from real_runs import wait_until


def kill_moments(earliest, latest):
    """UMOUNTBENCH_KILLS times (5) a number, the seconds from a run's start to its kill, and both in words; the same
    ones again for the same UMOUNTBENCH_KILL_SEED."""
    seed = int(os.environ.get("UMOUNTBENCH_KILL_SEED", random.SystemRandom().randrange(1_000_000)))
    print(f"UMOUNTBENCH_KILL_SEED={seed}")
    moments = random.Random(seed)
    for number in range(int(os.environ.get("UMOUNTBENCH_KILLS", "5"))):
        after = moments.uniform(earliest, latest)
        yield number, after, f"kill {number}, {after:.3f} s after the start, seed {seed}"


def start_and_kill(after, *arguments):
    run = start_umountbench(*arguments)
    time.sleep(after)
    run.kill()
    run.communicate(timeout=60)


def nothing_stays_of_killed_runs(endless, latest, state=machine_state):
    """Of runs of the config `endless`: for a moment the note of a journal and, of a run that was killed before its
    guardian began, an empty folder; after `clean` nothing at all."""
    before = state()

    def left():
        return [line for line in difference(before, state()) if "+ left by a run: /run/umountbench/" not in line]
    for number, after, where in kill_moments(0.1, latest):
        start_and_kill(after, "run", "--config", endless, "-o", endless.parent / f"killed-{number}.json")
        assert wait_until(lambda: not left(), 60), (left(), where)
        assert umountbench("clean").returncode == 0, where
        stayed = difference(before, state())
        assert stayed == [], (stayed, where)
