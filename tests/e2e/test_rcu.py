# SPDX-License-Identifier: Apache-2.0
"""The RCU modes: that they do what they say, and that what was found comes back."""

import os
import signal
import statistics

import pytest

from helpers import needs_root, umountbench
from real_runs import ENDLESS, case_of, counted, load, quick, read, running, wait_until

KNOB = "/sys/kernel/rcu_normal"

pytestmark = [needs_root, pytest.mark.skipif(not os.access(KNOB, os.W_OK), reason=f"{KNOB} can't be written here")]


@pytest.fixture
def knob_at_1():
    """rcu_normal=1, as an administrator may have set it."""
    found = read(KNOB)
    try:
        with open(KNOB, "w", encoding="ascii") as file:
            file.write("1")
        yield
        assert read(KNOB) == "1"
    finally:
        with open(KNOB, "w", encoding="ascii") as file:
            file.write(found)


@pytest.mark.skipif(os.cpu_count() < 2, reason="with one CPU some kernels need no grace period at all")
def test_back_to_back_rcu_normal_takes_at_least_a_hundred_times_as_long_as_default(tmp_path):
    ratios, disturbed = [], []
    for attempt in range(5):
        result = tmp_path / f"{attempt}.json"
        done = umountbench("run", *quick(rcu="default,normal", samples=60, time_limit="1500ms"), "-o", result)
        assert done.returncode == 0, done
        loaded = load(result)
        normal, default = (statistics.quantiles(counted(case_of(loaded, f"rcu={mode}")), n=10)[0]
                           for mode in ("normal", "default"))
        ratios.append(normal / default)
        if ratios[-1] >= 100:
            return
        disturbed.append(loaded["rounds"][0]["disturbed"])
    if all(disturbed):
        pytest.skip(f"{loaded['rounds'][0]['reason']}; rcu=normal took {max(ratios):.0f} times as long at most")
    raise AssertionError(f"rcu=normal took only {ratios} times as long as rcu=default")


def test_a_knob_that_was_1_before_is_1_again_after_a_run(tmp_path, knob_at_1):
    result = tmp_path / "result.json"
    done = umountbench("run", *quick(rcu="default,normal"), "-o", result)
    assert done.returncode == 0, done
    assert read(KNOB) == "1"
    loaded = load(result)
    assert loaded["environment"]["before"]["rcu_normal"] == 1
    assert loaded["environment"]["after"]["rcu_normal"] == 1
    assert loaded["environment"]["changed"] == [] or "rcu_normal" not in loaded["environment"]["changed"]


def test_a_knob_that_was_1_before_is_1_again_after_a_kill(tmp_path, knob_at_1):
    with running(tmp_path / "result.json", *ENDLESS) as run:
        assert wait_until(lambda: read(KNOB) == "0")
        run.send_signal(signal.SIGKILL)
        run.wait(timeout=60)
    assert wait_until(lambda: read(KNOB) == "1", 60)
    assert umountbench("clean").returncode == 0


def test_as_found_writes_no_knob(tmp_path, knob_at_1):
    with running(tmp_path / "result.json", *ENDLESS[:2], "--rcu", "as-found", *ENDLESS[4:]) as run:
        assert not wait_until(lambda: read(KNOB) != "1", 0.5)
        run.send_signal(signal.SIGINT)
        assert run.wait(timeout=60) == 130


def test_what_somebody_else_sets_meanwhile_is_what_comes_back(tmp_path):
    found = read(KNOB)
    result = tmp_path / "result.json"
    try:
        with running(result, *quick(rcu="expedited", samples=10_000_000, time_limit="60s")) as run:
            with open(KNOB, "w", encoding="ascii") as file:
                file.write("1")
            assert wait_until(lambda: read(KNOB) == "0"), "the next block has its own mode again"
            run.send_signal(signal.SIGINT)
            assert run.wait(timeout=60) == 130
        assert read(KNOB) == "1"
        assert "by somebody else" in str(load(result)["warnings"])
    finally:
        with open(KNOB, "w", encoding="ascii") as file:
            file.write(found)
