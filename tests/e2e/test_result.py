# SPDX-License-Identifier: Apache-2.0
"""What one real run puts into its result file, and what it says meanwhile."""

import os
import re
import types

import jsonschema
import pytest

from helpers import TOP, needs_program, needs_root, settled_difference, machine_state, umountbench
from real_runs import case_of, column, counted, length_of, load

pytestmark = [needs_root, needs_program("mkfs.ext4")]


@pytest.fixture(scope="module")
def done(tmp_path_factory):
    """One run of every scenario and kind of file system: .result, .path, and .stdout, .stderr, .returncode of the program."""
    path = tmp_path_factory.mktemp("result") / "result.json"
    before = machine_state()
    run = umountbench("run", "--filter", "^(umount/fs=(tmpfs|ext4|bind)/mode=plain/method=syscall|loop/fs=ext4/mode=plain)/",
                      "--rcu", "default,normal", "--settle", "none", "--samples", 20, "--time-limit", "1s", "-o", path)
    assert run.returncode == 0, run
    assert not settled_difference(before)
    return types.SimpleNamespace(path=path, result=load(path), stdout=run.stdout, stderr=run.stderr)


def test_it_is_as_the_schema_says(done):
    jsonschema.Draft7Validator(load(os.path.join(TOP, "docs/result.schema.json"))).validate(done.result)


def test_all_columns_of_a_case_have_one_length(done):
    for case in done.result["cases"]:
        columns = {**case["samples"], **case["phases"]}
        lengths = {len(values) for values in columns.values() if isinstance(values, list)}
        assert lengths == {length_of(case)}, case["id"]
        assert length_of(case) > 0


def test_every_case_was_measured_and_its_checks_passed(done):
    assert len(done.result["cases"]) == 12
    for case in done.result["cases"]:
        assert case["outcome"] == "measured", case["reason"]
        assert case["stop_reason"] in ("samples", "time", "interval")
        assert all(check["outcome"] == "passed" for check in case["checks"])
        assert counted(case), case["id"]


def test_a_null_has_its_reason_in_metrics(done):
    for case in done.result["cases"]:
        for name in (*case["metrics"], *case["phases"]):
            if None in column(case, name):
                assert case["metrics"][name]["missing"], (case["id"], name)


def test_warm_ups_are_marked_and_come_first_and_at_most_the_wished_samples_follow(done):
    for case in done.result["cases"]:
        warmup = column(case, "warmup")
        assert warmup[0] is True
        assert warmup == sorted(warmup, reverse=True)
        assert len(counted(case)) <= 20, case["id"]


def test_every_tenth_sample_of_tmpfs_is_watched_and_has_no_return_time(done):
    case = case_of(done.result, "fs=tmpfs", "rcu=default")
    rows = list(zip(column(case, "return_ns"), column(case, "released_ns"), column(case, "warmup")))
    for returned, released, warmup in rows:
        assert (returned is None) != (released is None)
        assert released is None or not warmup
    watched = [row for row in rows if row[0] is None]
    assert len(watched) == -(-(len(rows) - column(case, "warmup").count(True)) // 10)


def test_a_released_time_is_never_before_the_return(done):
    for case in done.result["cases"]:
        for returned, released in zip(column(case, "return_ns"), column(case, "released_ns")):
            assert returned is None or released is None or released >= returned, case["id"]


def test_ext4_tells_when_its_loop_device_was_free(done):
    case = case_of(done.result, "umount/fs=ext4", "rcu=default")
    assert None not in column(case, "released_ns")


def test_a_bind_mount_releases_nothing_and_says_so(done):
    case = case_of(done.result, "fs=bind", "rcu=default")
    assert set(column(case, "released_ns")) == {None}
    assert "super block" in case["metrics"]["released_ns"]["missing"]


@pytest.mark.parametrize("rcu", ["default", "normal"])
def test_the_life_of_a_loop_device_is_split_into_phases(done, rcu):
    case = next(case for case in done.result["cases"] if case["id"] == f"loop/fs=ext4/mode=plain/rcu={rcu}")
    assert list(case["phases"]) == ["attach_ns", "mount_ns", "umount_ns", "detach_ns"]
    parts = [column(case, name) for name in case["phases"]]
    for whole, *phases in zip(column(case, "return_ns"), *parts):
        assert all(phase > 0 for phase in phases)
        assert sum(phases) <= whole


def test_with_autoclear_the_detach_is_no_phase_of_its_own(done):
    case = case_of(done.result, "loop/", "rcu=default", "autoclear=on")
    assert set(column(case, "detach_ns")) == {None}
    assert case["metrics"]["detach_ns"]["missing"]


def test_samples_lie_in_their_order_on_one_clock(done):
    clock = done.result["clock"]
    assert clock["name"] == "CLOCK_MONOTONIC"
    taken = []
    for case in done.result["cases"]:
        taken += zip(column(case, "sequence"), column(case, "started_at_ns"))
    taken.sort()
    assert [sequence for sequence, _ in taken] == list(range(len(taken)))
    times = [started for _, started in taken]
    assert times == sorted(times)
    assert clock["monotonic_ns"] < times[0] < clock["monotonic_ns"] + 60e9


def test_the_round_tells_its_worker_its_order_and_the_rcu_probes(done):
    [one] = done.result["rounds"]
    assert one["pid"] > 0
    assert sorted(one["order"]) == sorted(case["id"] for case in done.result["cases"])
    assert {"default_tmpfs_umount_ns", "normal_tmpfs_umount_ns"} <= set(one["probes"])
    assert one["foreign_cpu_share"] is not None


def test_the_environment_is_told_before_and_after(done):
    environment = done.result["environment"]
    assert list(environment["before"]) == list(environment["after"])
    assert environment["before"]["kernel_release"] == os.uname().release
    assert environment["before"]["rcu_normal"] == environment["after"]["rcu_normal"]
    assert done.result["boot_id"]


def test_every_fact_of_the_environment_is_documented_in_its_order(done):
    with open(os.path.join(TOP, "docs/environment.md"), encoding="utf-8") as file:
        documented = re.findall(r"^\| `(\w+)` \|", file.read(), re.MULTILINE)
    told = list(done.result["environment"]["before"])
    assert documented == told


def test_nothing_that_tells_the_machine_or_its_user_is_in_the_file(done):
    text = done.path.read_text()
    for secret in ("/etc/machine-id", "/var/lib/dbus/machine-id", "/sys/class/dmi/id/product_uuid"):
        if os.path.exists(secret):
            with open(secret, encoding="utf-8") as file:
                told = file.read().strip()
                assert not told or told not in text
    assert os.environ["PATH"] not in text


def test_the_table_goes_to_stdout_and_the_talk_to_stderr(done):
    for case in done.result["cases"]:
        assert case["id"] in done.stdout
        assert f"umountbench: {case['id']}: round 1: done" in done.stderr
    assert "released p50" in done.stdout and "released p50" not in done.stderr
    assert f"umountbench: result: {done.path}" in done.stderr and "result:" not in done.stdout
    assert all(line.startswith("umountbench: ") for line in done.stderr.splitlines())


def test_no_journal_or_temporary_file_stays(done):
    assert os.listdir(done.path.parent) == ["result.json"]
