# SPDX-License-Identifier: Apache-2.0
"""The scenarios that can leave what no namespace takes with it: loop devices without autoclear, and FUSE connections."""

import json
import os
import subprocess

import pytest

from helpers import difference, machine_state, needs_program, needs_root, umountbench
from kills import nothing_stays_of_killed_runs
from real_runs import case_of, column, counted, load, wait_until

pytestmark = [needs_root, needs_program("mkfs.ext4", "e2fsck"),
              pytest.mark.skipif(not os.path.exists("/dev/fuse"), reason="needs /dev/fuse")]

REUSE = {"scenario": "reuse", "device": ["same_file", "same_loop"], "rounds": 4}
STUCK = {"scenario": "stuck", "kind": ["destroy", "request"], "mode": ["plain", "lazy"]}


def config(tmp_path, *cases, **more):
    path = tmp_path / "config.json"
    path.write_text(json.dumps({"settle": "none", "samples": 3, "time_limit": "1s", "rcu": "default",
                                "cases": cases, **more}))
    return path


def fuse_connections():
    """The kernel's list, from a mount that nobody else sees."""
    listed = subprocess.run(["unshare", "--mount", "sh", "-c", "mount -t fusectl none /mnt && ls /mnt"],
                            stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=20, check=True)
    return listed.stdout.split()


def state():
    return sorted([*machine_state(), *(f"FUSE connection {number}" for number in fuse_connections())])


def checks(case):
    return {check["name"]: (check["outcome"], check["message"]) for check in case["checks"]}


def test_both_pass_on_a_healthy_kernel_and_leave_nothing(tmp_path):
    result, before = tmp_path / "result.json", state()
    done = umountbench("run", "--config", config(tmp_path, REUSE, STUCK), "-o", result, timeout=120)
    assert done.returncode == 0, done
    assert wait_until(lambda: state() == before, 10), difference(before, state())
    cases = load(result)["cases"]
    assert {case["outcome"] for case in cases} == {"measured"}
    for case in cases:
        assert {outcome for outcome, _ in checks(case).values()} == {"passed"}, case["checks"]
    assert {"mkfs", "mount", "e2fsck", "content", "not_busy", "detached"} <= set(checks(case_of(load(result), "same_loop")))
    lazy = case_of(load(result), "kind=request", "mode=lazy")
    assert set(column(lazy, "released_at_return")) == {0}, "released only when the task was let go"
    destroy = case_of(load(result), "kind=destroy", "mode=plain")
    assert min(counted(destroy, "return_ns")) > 10 * min(counted(destroy, "beside_p50_ns"))
    assert {"stuck", "others_not_held_up"} <= set(checks(destroy))
    assert min(counted(destroy, "beside_released_p50_ns")) > 0
    assert set(column(lazy, "released_ns")) == {None}, "when it was let go is the program's own doing"
    assert set(column(case_of(load(result), "kind=request", "mode=plain"), "released_ns")) == {None}


def test_the_control_run_with_a_descriptor_kept_open_fails_and_says_why(tmp_path):
    result = tmp_path / "result.json"
    control = {"scenario": "reuse", "device": "same_loop", "control": "kept_fd"}
    done = umountbench("run", "--config", config(tmp_path, control), "-o", result, timeout=120)
    assert done.returncode == 1, done
    [case] = load(result)["cases"]
    assert case["outcome"] == "failed"
    refused = umountbench("run", "-n", "--config", config(tmp_path, {**control, "device": "same_file"}))
    assert "control=kept_fd goes with device=same_loop" in refused.stdout


@pytest.mark.parametrize("case", [{**REUSE, "rounds": 1000}, STUCK], ids=["reuse", "stuck"])
def test_killed_at_any_moment_no_loop_device_connection_or_process_stays(tmp_path, case):
    nothing_stays_of_killed_runs(config(tmp_path, case, samples=1_000_000, time_limit="60s"), 2, state)
