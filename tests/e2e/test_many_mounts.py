# SPDX-License-Identifier: Apache-2.0
"""Trees of mounts, mounts that are passed on, umounts side by side, and namespaces that end: measured, checked, and
nothing of them is left."""

import json

import pytest

from helpers import machine_state, needs_root, needs_userns, settled_difference, umountbench
from kills import nothing_stays_of_killed_runs
from real_runs import case_of, column, counted, load

# With what the config asks of each, and what the checks are called.
SCENARIOS = {
    "tree": ({"mounts": 30, "shape": ["flat", "deep", "stacked", "direct_map"], "take_off": ["recursive", "detach"]},
             {"tree gone"}),
    "propagation": ({"peers": 8, "kind": ["shared", "slave"], "mode": ["plain", "lazy"]},
                    {"passed on", "gone everywhere"}),
    "concurrent": ({"umounters": 4, "namespace": ["shared", "own"], "mode": ["plain", "lazy"]},
                   {"every call worked", "mounts gone"}),
    "namespace_exit": ({"mounts": [1, 30]}, {"task exited"}),
}


def config(tmp_path, *scenarios, **more):
    path = tmp_path / "many.json"
    path.write_text(json.dumps({"settle": "none", "samples": 10, "time_limit": "2s", "rcu": "default",
                                "watched_share": "25%", **more,
                                "cases": [{"scenario": name, **SCENARIOS[name][0]} for name in scenarios]}))
    return path


def assert_measured(result, checks):
    checks = checks | {"call", "released", "released_at_return"}
    for case in result["cases"]:
        assert case["outcome"] == "measured", case
        outcomes = {check["name"]: check["outcome"] for check in case["checks"]}
        assert checks <= outcomes.keys(), case["id"]
        assert set(outcomes.values()) == {"passed"}, case["checks"]
        assert len(counted(case)) > 0 and any(value is not None for value in column(case, "released_ns")), case["id"]


@needs_root
@pytest.mark.parametrize("scenario", SCENARIOS)
def test_every_value_is_measured_with_both_clocks_and_its_checks(tmp_path, scenario):
    result, before = tmp_path / "result.json", machine_state()
    done = umountbench("run", "--config", config(tmp_path, scenario), "-o", result)
    assert done.returncode == 0, done
    assert_measured(load(result), SCENARIOS[scenario][1])
    assert settled_difference(before) == []


@needs_userns
def test_all_of_them_work_without_root(tmp_path):
    result = tmp_path / "result.json"
    done = umountbench("run", "--unprivileged", "--config", config(tmp_path, *SCENARIOS, samples=3), "-o", result)
    assert done.returncode == 0, done
    assert {case["outcome"] for case in load(result)["cases"]} == {"measured"}


@needs_root
def test_a_tree_s_share_of_a_mount_is_the_whole_by_their_number(tmp_path):
    result = tmp_path / "result.json"
    done = umountbench("run", "--config", config(tmp_path, "tree"), "--filter", "shape=flat/take_off=recursive", "-o", result)
    assert done.returncode == 0, done
    case = case_of(load(result), "tree/mounts=30/shape=flat/take_off=recursive/rcu=default")
    for whole, share, longest in zip(column(case, "return_ns"), column(case, "per_mount_ns"), column(case, "call_max_ns")):
        if whole is not None:
            assert share == whole // 30 and share <= longest <= whole


@needs_root
@pytest.mark.parametrize("scenario", SCENARIOS)
def test_killed_at_any_moment_nothing_stays(tmp_path, scenario):
    nothing_stays_of_killed_runs(config(tmp_path, scenario, samples=1_000_000, time_limit="60s"), 1.5)
