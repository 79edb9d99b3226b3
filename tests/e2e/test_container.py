# SPDX-License-Identifier: Apache-2.0
"""Containers are measured, told of where they fail, and leave nothing."""

import json
import os
import random
import time

import pytest

from helpers import machine_state, needs_program, needs_root, settled_difference, start_umountbench, umountbench
from real_runs import case_of, column, counted, hide, in_private_mounts, load, wait_until

PHASES = ("clone_ns", "mounts_ns", "root_switch_ns", "old_root_umount_ns", "exec_to_exit_ns", "namespace_end_ns")


def config(tmp_path, *cases, **more):
    path = tmp_path / "containers.json"
    path.write_text(json.dumps({"settle": "none", "samples": 5, "time_limit": "2s", "rcu": "default",
                                "cases": [{"scenario": "container", **case} for case in cases], **more}))
    return path


@needs_root
def test_the_builtin_start_has_phases_that_sum_up_to_the_whole(tmp_path):
    result = tmp_path / "result.json"
    done = umountbench("run", "--config", config(tmp_path, {}, {"net": "new"}), "-o", result)
    assert done.returncode == 0, done
    for case in load(result)["cases"]:
        assert case["outcome"] == "measured", case
        whole, phases = column(case, "return_ns"), [column(case, name) for name in PHASES]
        assert [sum(sample) for sample in zip(*phases)] == whole
        assert set(column(case, "released_ns")) == {None}
    assert "namespace_end" in done.stdout


@needs_root
@needs_program("crun", "runc")
def test_real_runtimes_are_timed_as_a_whole_and_leave_nothing(tmp_path):
    result, before = tmp_path / "result.json", machine_state()
    done = umountbench("run", "--config", config(tmp_path, {"runtime": ["crun", "runc"]}), "-o", result)
    assert done.returncode == 0, done
    for case in load(result)["cases"]:
        assert len(counted(case)) == 5, case
        for name in PHASES:
            assert set(column(case, name)) == {None}
    assert settled_difference(before, 0) == []


@needs_root
def test_a_runtime_that_is_none_is_an_outcome_in_its_own_words_and_never_a_sample(tmp_path):
    result = tmp_path / "result.json"
    liar = tmp_path / "crun"
    liar.write_text("#!/bin/sh\necho all is well\necho this is no runtime >&2\nexit 3\n")
    liar.chmod(0o755)
    if not os.path.exists("/usr/bin/crun"):
        pytest.skip("not installed: crun")
    done = umountbench("run", "--config", config(tmp_path, {"runtime": ["builtin", "crun"]}), "-o", result,
                       prefix=in_private_mounts(f"mount --bind {liar} /usr/bin/crun"))
    assert done.returncode == 1, done
    failed = case_of(load(result), "runtime=crun")
    assert failed["outcome"] == "failed"
    assert failed["reason"] == "'/usr/bin/crun' could not run the container: exit code 3: this is no runtime"
    assert failed["samples"]["started_at_ns"] == []
    assert case_of(load(result), "runtime=builtin")["outcome"] == "measured"


@needs_root
def test_a_runtime_that_is_not_installed_is_skipped_with_its_package(tmp_path):
    result = tmp_path / "result.json"
    script = hide("/usr/bin/crun") if os.path.exists("/usr/bin/crun") else "true"
    done = umountbench("run", "--config", config(tmp_path, {"runtime": ["builtin", "crun"]}), "-o", result,
                       prefix=in_private_mounts(script))
    assert done.returncode == 0, done
    assert case_of(load(result), "runtime=crun")["reason"] == "crun is not installed (Debian package crun)"


@needs_root
@needs_program("crun", "runc")
def test_killed_at_any_moment_no_container_namespace_or_control_group_stays(tmp_path):
    seed = int(os.environ.get("UMOUNTBENCH_KILL_SEED", random.SystemRandom().randrange(1_000_000)))
    print(f"UMOUNTBENCH_KILL_SEED={seed}")
    moments = random.Random(seed)
    before = machine_state()
    endless = config(tmp_path, {"runtime": ["builtin", "crun", "runc"]}, samples=1_000_000, time_limit="60s")
    for number in range(int(os.environ.get("UMOUNTBENCH_KILLS", "5"))):
        after = moments.uniform(0.1, 2)
        run = start_umountbench("run", "--config", endless, "-o", tmp_path / f"{number}.json")
        time.sleep(after)
        run.kill()
        run.communicate(timeout=10)

        def left():
            return [line for line in settled_difference(before, 0) if "journals-of-" not in line]
        assert wait_until(lambda: not left(), 5), (left(), f"kill {number}, {after:.3f} s after the start, seed {seed}")
        assert umountbench("clean").returncode == 0
