# SPDX-License-Identifier: Apache-2.0
"""run --explain where the kernel can be traced: in a guest, since this machine's kernel may have no kprobes."""

import contextlib
import json
import os
import re
import subprocess
import time
import types

import jsonschema
import pytest

from helpers import PROGRAM, TOP, needs_program, umountbench
from real_runs import column as column_of_samples, in_a_row, load
from vm_runs import BOOT_SECONDS, KERNEL, SIDE, in_cache, needs_qemu, vm_run

pytestmark = [needs_qemu, needs_program("mkfs.ext4", "busybox")]

MEGABYTE = 1 << 20
PLAN = {
    "name": "explained", "samples": 10, "settle": "none", "rcu": ["default", "normal"],
    "cases": [{"scenario": "umount", "fs": "tmpfs", "mode": ["plain", "lazy"]},
              {"scenario": "umount", "fs": "overlay"},
              {"scenario": "umount", "fs": "ext4", "dirty_bytes": MEGABYTE},
              {"scenario": "container"},
              {"scenario": "tree", "mounts": 1000, "take_off": ["detach", "recursive"], "rcu": "default"},
              {"scenario": "concurrent", "umounters": 4, "rcu": "default"},
              {"scenario": "bystander", "load": ["mount_storm", "writeback"], "rcu": "default"},
              {"scenario": "umount", "fs": "tmpfs", "mode": "lazy", "holder": ["open_fd", "walk_into"], "rcu": "default"},
              {"scenario": "propagation", "peers": 8, "rcu": "default"},
              {"scenario": "namespace_exit", "mounts": 30, "rcu": "default"},
              {"scenario": "container_storm", "starts": 2, "rcu": "default"},
              {"scenario": "stuck", "rcu": "default"},
              {"scenario": "reuse", "rounds": 10, "rcu": "default"},
              {"scenario": "path_walk", "rcu": "default"}]}
NOTHING_TRACED = "path_walk/"  # looks paths up, and that alone


@pytest.fixture(scope="module")
def done(vm_cache, tmp_path_factory):
    """One boot with a second pass: its result, and the attributions by case."""
    folder = tmp_path_factory.mktemp("explained")
    (folder / "plan.json").write_text(json.dumps(PLAN))
    run = vm_run("--explain", "--kernel", KERNEL, "--boots", 1, "--config", folder / "plan.json", "--accel", "tcg",
                 cache=vm_cache, folder=folder / "out", seconds=12 * BOOT_SECONDS)
    assert run.returncode == 0, run
    path = folder / "out" / f"{SIDE}.boot1.json"
    result = load(path)
    return types.SimpleNamespace(path=path, result=result, cases={one["case"]: one for one in result["attribution"]})


def seen_in(done, *words):
    """The attributions of the cases with all these words in their id; at least one."""
    found = [one for case, one in done.cases.items() if all(word in case for word in words)]
    assert found, words
    return found


def per_sample(attribution, values):
    """One value a sample, however they are packed."""
    walls = attribution["samples"]["wall_ns"]
    return values if isinstance(values, list) else [values] * (len(walls) if isinstance(walls, list) else 1)


def listed(attribution, name):
    return per_sample(attribution, attribution["samples"][name])


def column(attribution, cause):
    return per_sample(attribution, attribution["causes_ns"][cause])


def test_every_case_is_traced_and_the_result_is_as_the_schema_says(done):
    jsonschema.Draft7Validator(load(os.path.join(TOP, "docs/result.schema.json"))).validate(done.result)
    assert sorted(done.cases) == sorted(case["id"] for case in done.result["cases"])
    for case, one in done.cases.items():
        assert (one["method"], one["reason"]) == ("traced", None), case
        assert (len(listed(one, "wall_ns")) >= 1) != case.startswith(NOTHING_TRACED), case
        assert one["lost_events"] == 0, case
        assert one["floor_ns"] >= 1000


def test_each_hard_case_is_measured_in_a_guest_and_passes_its_checks(done):
    for case in done.result["cases"]:
        assert case["outcome"] == "measured", (case["id"], case.get("reason"))
        assert [check for check in case["checks"] if check["outcome"] == "failed"] == [], case["id"]


def test_the_causes_add_up_to_the_wall_time_of_every_sample(done):
    for case, one in done.cases.items():
        walls = listed(one, "wall_ns")
        sums = [sum(values) for values in zip(*(column(one, name) for name in one["causes_ns"]))]
        assert sums == walls, case


def test_a_traced_sample_is_not_among_the_measured_ones(done):
    for case in done.result["cases"]:
        traced = listed(done.cases[case["id"]], "wall_ns")
        count = min(10, len(traced))
        assert not count or not in_a_row(column_of_samples(case, "return_ns"), count) & in_a_row(traced, count), case["id"]


@pytest.mark.parametrize("mode", ["plain", "lazy"])
@pytest.mark.parametrize("rcu, kind", [("default", "expedited"), ("normal", "normal")])
def test_an_umount_of_a_tmpfs_waits_for_one_grace_period_of_the_kind_that_is_set(done, mode, rcu, kind):
    one = done.cases[f"umount/fs=tmpfs/mode={mode}/method=syscall/rcu={rcu}"]
    waits = listed(one, "grace_period_waits")
    assert set(waits) == {1}
    assert [(wait["function"], wait["kind"]) for wait in one["waits"]] == [("synchronize_rcu_expedited", kind)]
    if rcu == "normal":
        assert sum(column(one, "grace_period")) >= 0.8 * sum(listed(one, "wall_ns"))


def test_an_overlay_waits_for_two(done):
    for one in seen_in(done, "fs=overlay"):
        assert set(listed(one, "grace_period_waits")) == {2}


def test_a_tree_waits_once_when_it_is_detached_and_once_a_mount_when_they_are_taken_off_one_by_one(done):
    for take_off, waits in (("detach", 1), ("recursive", 1000)):
        for one in seen_in(done, "tree/", f"take_off={take_off}"):
            assert set(listed(one, "grace_period_waits")) == {waits}


def test_the_waits_of_all_threads_that_umount_are_counted_and_those_of_a_load_beside_are_not(done):
    for one in seen_in(done, "concurrent/"):
        assert set(listed(one, "grace_period_waits")) == {4}
    for one in seen_in(done, "load=mount_storm"):
        assert set(listed(one, "grace_period_waits")) == {1}
        assert {call["call"] for call in one["calls"]} == {"umount2"}


def test_an_ext4_with_dirty_data_shows_what_is_written_and_the_shut_down(done):
    for one in seen_in(done, "fs=ext4"):
        assert all(value > 0 for value in column(one, "sync"))
        assert all(value > 0 for value in column(one, "shut_down"))


def test_a_container_is_told_by_its_mount_related_calls(done):
    for one in seen_in(done, "container/"):
        calls = {call["call"] for call in one["calls"]}
        assert {"mount", "pivot_root", "umount2", "exit"} <= calls, calls
        assert min(listed(one, "grace_period_waits")) >= 2, "the old root's umount, and the end of the namespace"


def test_explain_tells_it_in_words(done):
    told = umountbench("explain", done.path, "--case", "fs=tmpfs/mode=plain.*rcu=normal")
    assert told.returncode == 0, told
    assert "1 normal grace period" in told.stdout


KILL = """
T=/sys/kernel/tracing
busybox mkdir $T/instances/theirs; echo 'p:theirs/x vfs_read' >> $T/kprobe_events
echo 1 > $T/instances/theirs/events/theirs/x/enable
echo 0 > $T/options/overwrite; echo 1 > $T/options/latency-format; echo 1 > $T/options/stacktrace
echo '{plan}' > /tmp/plan.json
/init run --explain -c /tmp/plan.json -o /tmp/whole.json > /tmp/out 2> /tmp/log
echo WHOLE: $(busybox tr -d ' \n' < /tmp/whole.json | busybox grep -o '"method":"traced"' | busybox wc -l) traced, $(busybox tr -d ' \n' < /tmp/whole.json | busybox grep -o '"lost_events":0,' | busybox wc -l) without loss
/init run --explain -c /tmp/plan.json -o /tmp/result.json > /tmp/out 2> /tmp/log &
until busybox grep -q traced /tmp/log; do busybox usleep 50000; done
echo DURING: $(ls $T/instances) $(busybox grep -c :umountbench_ $T/kprobe_events) probes
kill -9 $!
until [ -z "$(ls -A /run/umountbench | busybox grep ^run-)" ]; do busybox usleep 50000; done
echo BUFFER: $(cat $T/buffer_size_kb)
echo THEIRS: $(cat $T/instances/theirs/tracing_on $T/instances/theirs/events/theirs/x/enable $T/options/overwrite) $(busybox head -n 200 $T/instances/theirs/trace | busybox grep -c 'x: (vfs_read')
echo AFTER: $(ls $T/instances) $(cat $T/kprobe_events)
exit
"""


def test_a_killed_run_leaves_no_instance_and_no_probes_and_those_of_others_stay(vm_cache):
    plan = {**PLAN, "cases": PLAN["cases"][:1]}
    with subprocess.Popen([PROGRAM, "vm", "shell", "--kernel", KERNEL, "--accel", "tcg"], stdin=subprocess.PIPE,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT, env={**os.environ, **in_cache(vm_cache)}) as shell:
        try:
            read_until(shell, "# ", 4 * BOOT_SECONDS)
            shell.stdin.write(KILL.replace("{plan}", json.dumps(plan)).encode())
            shell.stdin.flush()
            seen = read_until(shell, "AFTER: ", 4 * BOOT_SECONDS, starts=True)
            shell.wait(60)
        finally:
            shell.kill()
    lines = seen.splitlines()
    whole, during, buffer, theirs, after = (
        next(line for line in lines if line.lstrip("# >").startswith(word)).lstrip("# >")
        for word in ("WHOLE: ", "DURING: ", "BUFFER: ", "THEIRS: ", "AFTER: "))
    assert whole == "WHOLE: 4 traced, 4 without loss", "whatever options the machine's own buffer has"
    assert "expanded" in buffer or int(buffer.split()[1]) > 1000, buffer
    assert theirs.split()[1:4] == ["1", "1", "0"] and int(theirs.split()[4]) > 50, theirs
    assert "theirs umountbench-" in during and not during.endswith(" 0 probes"), during
    assert after == "AFTER: theirs p:theirs/x vfs_read"


def read_until(process, text, seconds, starts=False):
    """What a program says until `text` is in it, or begins one of its lines; the rest of that line too."""
    os.set_blocking(process.stdout.fileno(), False)
    seen = b""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        with contextlib.suppress(BlockingIOError):
            seen += os.read(process.stdout.fileno(), 65536)
        said = seen.decode(errors="replace").replace("\r", "")
        if text in said if not starts else re.search(f"^[# >]*{text}.*\n", said, re.MULTILINE):
            return said
        assert process.poll() is None, said
        time.sleep(0.05)
    raise AssertionError(f"not seen: {text!r} in:\n{said}")
