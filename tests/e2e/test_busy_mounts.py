# SPDX-License-Identifier: Apache-2.0
"""Mounts that are held, walks through mounts, umounts beside others' load, and many containers at once."""

import json

import pytest

from helpers import machine_state, needs_program, needs_root, settled_difference, umountbench
from kills import nothing_stays_of_killed_runs
from real_runs import case_of, column, counted, load

pytestmark = needs_root

HOLDING = ("open_fd", "o_path_fd", "cwd", "mapped_file", "child_mount")
WALKING = ("walk_through", "walk_into")
LOADS = ("none", "mount_storm", "writeback", "rcu_callbacks", "mountinfo_reader")


def config(folder, cases, **more):
    path = folder / "mine.json"
    path.write_text(json.dumps({"settle": "none", "samples": 20, "time_limit": "400ms", "rcu": "default", "cases": cases,
                                **more}))
    return path


def measured(folder, *cases):
    before = machine_state()
    done = umountbench("run", "-c", config(folder, list(cases)), "-o", folder / "result.json")
    assert done.returncode == 0, done
    assert not settled_difference(before)
    return load(folder / "result.json"), done.stdout


def checks(case):
    return {check["name"]: check["outcome"] for check in case["checks"]}


def test_each_holder_has_the_outcome_that_it_must_have(tmp_path):
    result, table = measured(tmp_path, {"scenario": "umount", "mode": ["plain", "lazy"],
                                        "holder": ["none", *HOLDING, *WALKING]})
    for holder in HOLDING:
        plain = case_of(result, "mode=plain", f"holder={holder}")
        assert checks(plain) == {"call": "passed", "ebusy_as_expected": "passed"}
        assert set(column(plain, "errno")) == {0} and set(column(plain, "released_ns")) == {None}
        assert counted(plain)
        assert "is refused" in plain["metrics"]["released_ns"]["missing"]
        lazy = case_of(result, "mode=lazy", f"holder={holder}")
        assert checks(lazy) == {"call": "passed", "released": "passed"}
        assert any(value is not None for value in column(lazy, "released_ns"))
    through = case_of(result, "mode=plain", "holder=walk_through")
    assert checks(through) == {"call": "passed", "released": "passed", "spurious_ebusy": "passed",
                               "released_at_return": "passed"}
    assert "phases" not in through or not through["phases"]
    for lazy in (case_of(result, "mode=lazy", "holder=walk_through"), result["cases"][8]):
        assert checks(lazy) == {"call": "passed", "released": "passed", "released_at_return": "passed"}, lazy["id"]
    into = case_of(result, "mode=plain", "holder=walk_into")
    assert "spurious_ebusy" not in checks(into)
    refused = column(into, "ebusy")
    assert set(refused) <= {0, 1}
    assert all(time is None for time, ebusy in zip(column(into, "return_ns"), refused) if ebusy)
    assert result["cases"][0]["id"] == "umount/fs=tmpfs/mode=plain/method=syscall/rcu=default"
    if any(ebusy for ebusy, warmup in zip(refused, column(into, "warmup")) if not warmup):
        assert "which is a result here" in table


def test_a_read_only_file_system_says_what_it_cannot_be_held_by(tmp_path):
    done = umountbench("run", "--dry-run", "-c", config(tmp_path, [{"scenario": "umount", "fs": "squashfs",
                                                                    "holder": ["cwd", "mapped_file"]}]))
    assert done.returncode == 0, done
    assert "squashfs is read-only: holder=mapped_file makes a file in it" in done.stdout
    assert "holder=cwd makes" not in done.stdout


def test_walks_have_a_rate_and_traffic_has_one_too(tmp_path):
    result, table = measured(tmp_path, {"scenario": "path_walk", "threads": [1, 2], "traffic": ["off", "on"]})
    for case in result["cases"]:
        assert min(counted(case, "lookups_per_s")) > 0 and set(column(case, "released_ns")) == {None}
        rates = set(column(case, "mounts_per_s"))
        assert rates == {None} if "traffic=off" in case["id"] else max(rates) > 0, case["id"]
    assert "lookups_per_s" in table


def test_a_bystander_is_measured_beside_each_load_or_skipped_for_a_reason(tmp_path):
    result, _ = measured(tmp_path, {"scenario": "bystander", "load": list(LOADS)},
                         {"scenario": "bystander", "load": "mount_storm", "mode": "lazy"})
    for case in result["cases"]:
        if case["outcome"] == "skipped":
            assert "load=writeback" in case["id"]
            assert "needs a cgroup2 with memory and io for its groups" in case["reason"]
            continue
        assert case["outcome"] == "measured", case["reason"]
        assert checks(case) == {"call": "passed", "released": "passed", "released_at_return": "passed"}
        assert counted(case)


def test_a_load_is_the_run_s_own_and_disturbs_no_round(tmp_path):
    def share(name):
        result = tmp_path / f"{name}.json"
        done = umountbench("run", "-c", config(tmp_path, [{"scenario": "bystander", "load": name}], time_limit="2s",
                                               samples=100_000), "-o", result)
        assert done.returncode == 0, done
        return load(result)["rounds"][0]["foreign_cpu_share"]
    seen = []
    for _ in range(6):  # the load takes half of two CPUs, each time; others come and go
        seen.append((share("rcu_callbacks"), share("none")))
        quiet = [loaded for loaded, alone in seen if None not in (loaded, alone) and alone <= 0.05]
        if len(quiet) >= 3:
            assert sorted(quiet)[1] < 0.2, seen
            return
        if len(quiet) == len(seen) and quiet[-1] < 0.2:
            return
    pytest.skip(f"others use this machine's CPUs: {seen}")


def test_a_storm_is_longer_than_each_of_its_starts(tmp_path):
    result, _ = measured(tmp_path, {"scenario": "container_storm", "starts": [1, 4], "order": ["parallel", "sequence"]})
    for case in result["cases"]:
        for whole, p50, p99 in zip(*(column(case, name) for name in ("return_ns", "start_p50_ns", "start_p99_ns"))):
            assert whole >= p99 >= p50 > 0
        assert min(counted(case, "starts_per_s")) > 0


@needs_program("crun", "runc")
def test_a_storm_of_runtimes_leaves_no_control_group(tmp_path):
    result, _ = measured(tmp_path, {"scenario": "container_storm", "runtime": ["crun", "runc"], "starts": 3,
                                    "order": ["parallel", "sequence"]})
    for case in result["cases"]:
        assert case["outcome"] == "measured" and case["facts"]["runtime_version"], case


@pytest.mark.parametrize("cases", [
    pytest.param([{"scenario": "umount", "fs": ["tmpfs", "ext4"], "mode": ["plain", "lazy"], "holder": [*HOLDING, *WALKING]}],
                 id="umount", marks=needs_program("mkfs.ext4")),
    pytest.param([{"scenario": "path_walk", "threads": [1, 4], "traffic": ["off", "on"]}], id="path_walk"),
    pytest.param([{"scenario": "bystander", "load": list(LOADS)}], id="bystander"),
    pytest.param([{"scenario": "container_storm", "runtime": ["builtin", "crun"], "order": ["parallel", "sequence"]}],
                 id="container_storm", marks=needs_program("crun"))])
def test_killed_at_any_moment_nothing_stays(tmp_path, cases):
    nothing_stays_of_killed_runs(config(tmp_path, cases, samples=1_000_000, time_limit="60s", rcu=["default", "normal"]), 2)
