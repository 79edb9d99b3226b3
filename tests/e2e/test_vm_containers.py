# SPDX-License-Identifier: Apache-2.0
"""Containers and a user's own commands in guests, also by the path that only later kernels have."""

import json

import pytest

from real_runs import counted, load
from vm_runs import BOOT_SECONDS, KERNEL, fetch, needs_qemu, vm_run

pytestmark = needs_qemu

WITH_NAMESPACES = "debian:7.2-cloud"
PLAN = {"settle": "none", "samples": 5, "time_limit": "30s", "rcu": "as-found", "cases": [
    {"scenario": "container", "net": ["none", "new"]},
    {"scenario": "container", "path": "open_tree_namespace"},
    {"scenario": "command", "name": "own", "prepare": ["mount", "-t", "tmpfs", "none", "m"], "measure": ["umount", "m"]}]}


@pytest.mark.parametrize("kernel", [KERNEL, WITH_NAMESPACES])
def test_containers_and_commands_are_measured_in_a_guest_and_are_its_own_work(vm_cache, tmp_path, kernel):
    assert fetch(kernel, cache=vm_cache).returncode == 0
    config = tmp_path / "guest.json"
    config.write_text(json.dumps(PLAN))
    done = vm_run("--kernel", f"guest={kernel}", "--config", config, "--boots", 1, "--accel", "tcg", cache=vm_cache,
                  folder=tmp_path / "out", seconds=4 * BOOT_SECONDS)
    assert done.returncode == 0, done
    result = load(tmp_path / "out/guest.boot1.json")
    cases = {case["id"]: case for case in result["cases"]}
    builtin = "container/runtime=builtin/rcu=as-found"
    for measured in (builtin, f"{builtin}/net=new", "command/name=own/rcu=as-found"):
        assert len(counted(cases[measured])) == 5, measured
    by_namespace = cases[f"{builtin}/path=open_tree_namespace"]
    if kernel == WITH_NAMESPACES:
        assert by_namespace["facts"] == {"container_path": "open_tree_namespace"}
        assert len(counted(by_namespace)) == 5
    else:
        assert by_namespace["reason"] == "this kernel has no OPEN_TREE_NAMESPACE (Linux 7.0)"
    # Nobody else works in a guest: what the containers used must not pass for others' work.
    round_, = result["rounds"]
    assert round_["foreign_cpu_share"] < 0.25, round_
