# SPDX-License-Identifier: Apache-2.0
"""vm run, with guests that do well: what comes back from them, and the plan that says so before."""

import glob
import json
import os
import shutil
import subprocess
import time
import types

import jsonschema
import pytest

from helpers import PROGRAM, TOP, UNPRIVILEGED, needs_program, needs_root, umountbench
from real_runs import case_of, counted, load
from vm_runs import (BOOT_SECONDS, EXT4, KERNEL, NORMAL, SIDE, TMPFS, boots, in_cache, needs_qemu, plan_of,
                     vm_running, watch)

pytestmark = [needs_qemu, needs_program("mkfs.ext4")]
PLAIN_CELL, NORMAL_CELL = f"{SIDE}.as-booted.boot1", f"{SIDE}.rcu_normal_after_boot-1.boot1"


@pytest.fixture(scope="module")
def done(vm_cache, tmp_path_factory):
    """Two boots, as found and with another word on the command line: .plain and .normal are the results."""
    folder = tmp_path_factory.mktemp("vm") / "out"
    words = boots("", NORMAL, cases=f"({TMPFS}|{EXT4})")
    planned = plan_of(*words, cache=vm_cache, folder=folder)
    assert not folder.exists(), "a plan makes no folder"
    with vm_running(*words, cache=vm_cache, folder=folder) as run:
        table, talk, seen = watch(run, folder, 3 * BOOT_SECONDS)
        assert run.returncode == 0, talk
    return types.SimpleNamespace(folder=folder, planned=planned, table=table, talk=talk, seen=seen,
                                 plain=load(folder / f"{PLAIN_CELL}.json"), normal=load(folder / f"{NORMAL_CELL}.json"))


def test_each_boot_is_a_result_as_the_schema_says(done):
    schema = jsonschema.Draft7Validator(load(os.path.join(TOP, "docs/result.schema.json")))
    for result in (done.plain, done.normal):
        schema.validate(result)
        assert result["run"]["interrupted"] is False
        assert [case_of(result, fs)["outcome"] for fs in ("fs=tmpfs", "fs=ext4")] == ["measured", "measured"]
    assert sorted(os.listdir(done.folder)) == sorted(
        [f"{cell}.{end}" for cell in (PLAIN_CELL, NORMAL_CELL) for end in ("console.log", "json")] + ["matrix.jsonl"])
    lines = done.table.splitlines()
    assert sorted(line.split()[0] for line in lines[:2]) == [PLAIN_CELL, NORMAL_CELL]
    assert lines[2:] == [f"results: {done.folder}"]


def test_a_result_says_of_which_boot_it_is_and_what_the_host_knows_of_it(done):
    for result, append, label in ((done.plain, "", "as-booted"), (done.normal, NORMAL, "rcu_normal_after_boot-1")):
        assert result["run"]["label"] == f"{SIDE}.{label}"
        for facts in (result["environment"]["before"], result["environment"]["after"]):
            assert facts["accelerator"] == "tcg"
            assert facts["accelerator_reason"] == "asked for"
            assert facts["append_requested"] == append
            assert append in facts["command_line"]
            assert facts["kernel_release"].startswith("6.1.")
            assert facts["host_kernel_release"] == os.uname().release
            assert facts["host_cpu_model"] != facts["cpu_model"]
            assert facts["host_disturbed"] in (True, False)
            assert facts["qemu_version"] in subprocess.run(["qemu-system-x86_64", "--version"], capture_output=True,
                                                           text=True, timeout=20, check=True).stdout
            assert facts["cpus_online"] == 2
            assert facts["guest_memory_bytes"] == 1 << 30
            assert 0 < facts["boot_to_init_ns"] < BOOT_SECONDS * 1e9
    assert done.plain["run"]["session"] == done.normal["run"]["session"]
    assert done.plain["run"]["id"] != done.normal["run"]["id"]
    assert None not in (done.plain["boot_id"], done.normal["boot_id"])
    assert done.plain["boot_id"] != done.normal["boot_id"]


def test_what_the_command_line_asks_for_is_what_the_guest_does(done):
    before = [result["environment"]["before"] for result in (done.plain, done.normal)]
    assert [facts["rcu_normal"] for facts in before] == [0, 1]
    assert before[1]["rcu_normal_after_boot_effective"] == 1
    plain, normal = (min(counted(case_of(result, "fs=tmpfs"))) for result in (done.plain, done.normal))
    assert normal > 5 * plain, "umounts wait for normal grace periods"


def test_nothing_that_reads_results_is_silent_about_emulation(done):
    assert "warning: guests run under emulation: asked for" in done.talk
    for result in (done.plain, done.normal):
        assert "emulated" in {warning["code"] for warning in result["warnings"]}
    shown = umountbench("show", done.folder / f"{PLAIN_CELL}.json")
    assert (shown.returncode, shown.stderr) == (0, "")
    assert "this guest ran under emulation (TCG; asked for)" in shown.stdout
    compared = umountbench("compare", done.folder)
    for side in (f"{SIDE}.as-booted", f"{SIDE}.rcu_normal_after_boot-1"):
        assert f"warning: {side}: 1 boot under emulation (TCG)" in compared.stdout
        assert f"{side}: 1 boot\n" in compared.stdout or f"{side} (baseline): 1 boot\n" in compared.stdout
    assert "\nC  " not in compared.stdout


def test_the_qemu_commands_are_those_of_the_plan_which_the_folder_keeps(done):
    assert sorted(done.seen) == sorted(line["argv"] for line in done.planned)
    with open(done.folder / "matrix.jsonl", encoding="utf-8") as file:
        assert [json.loads(line) for line in file] == done.planned


def test_a_plan_is_stable_and_takes_turns_and_its_shards_are_all_of_it(vm_cache, tmp_path):
    words = boots("", NORMAL, boot_count=4)
    whole = plan_of(*words, cache=vm_cache, folder=tmp_path / "out")
    assert plan_of(*words, cache=vm_cache, folder=tmp_path / "out") == whole
    ids = [line["cell"] for line in whole]
    assert len(set(ids)) == len(ids) == 8
    sides = [line["side"] for line in whole]
    turn = sides[:2]
    assert len(set(turn)) == 2
    assert sides == [*turn, *reversed(turn), *turn, *reversed(turn)]
    assert [line["boot"] for line in whole] == [1, 1, 2, 2, 3, 3, 4, 4]
    for line in whole:
        assert line["estimate_s"] > 0
        assert line["append"] in line["argv"][line["argv"].index("-append") + 1]
    parts = [plan_of(*words, "--shard", shard, cache=vm_cache, folder=tmp_path / "out") for shard in ("1/2", "2/2")]
    assert sorted(line["cell"] for part in parts for line in part) == sorted(ids)
    assert all({line["side"] for line in part} == set(turn) for part in parts), "each part can be compared by itself"
    [one] = plan_of(*words, "--cell", ids[3], cache=vm_cache, folder=tmp_path / "out")
    assert one == whole[3]
    assert os.listdir(tmp_path) == []


@needs_root
@needs_program("setpriv")
@pytest.mark.parametrize("prefix, caller", [(UNPRIVILEGED, {}), ((), {"SUDO_UID": "65534", "SUDO_GID": "65534"})],
                         ids=["without-root", "under-sudo"])
def test_it_needs_no_root_and_under_sudo_all_files_are_the_callers(vm_cache, installed, open_folder, prefix, caller):
    [package] = glob.glob(f"{vm_cache}/umountbench/packages/linux-image-6.1*.deb")
    kernel = shutil.copy(package, open_folder)
    for path in (open_folder, kernel):
        os.chown(path, 65534, 65534)
    done = umountbench("vm", "run", *boots()[2:], "--kernel", f"a={kernel}", "--keep-disturbed", "-o", "out",
                       prefix=prefix, program=installed, cwd=open_folder, timeout=4 * BOOT_SECONDS,
                       env={**caller, **in_cache(open_folder)})
    assert done.returncode == 0, done
    assert case_of(load(f"{open_folder}/out/a.boot1.json"), "fs=tmpfs")["outcome"] == "measured"
    found = {os.path.join(folder, name): os.lstat(os.path.join(folder, name)).st_uid
             for folder, names, files in os.walk(open_folder) for name in names + files}
    assert {path for path, owner in found.items() if owner != 65534} == set()


def read_until(stream, word, seconds):
    """What came up to and with `word`; all that came when it didn't."""
    os.set_blocking(stream.fileno(), False)
    text, deadline = "", time.monotonic() + seconds
    while word not in text and time.monotonic() < deadline:
        text += (stream.read() or b"").decode(errors="replace")
        time.sleep(0.05)
    return text


def test_a_shell_in_the_guest_answers_and_its_end_is_qemus(vm_cache):
    # A word that the kernel doesn't know: it gives it to init, who must not take it for a command.
    shell = subprocess.Popen([PROGRAM, "vm", "shell", "--kernel", KERNEL, "--accel", "tcg", "--append", "umb_e2e"],
                             env={**os.environ, **in_cache(vm_cache)}, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                             stderr=subprocess.DEVNULL)
    try:
        # What is typed before the shell listens is lost, as on every serial line.
        greeting = read_until(shell.stdout, "# ", BOOT_SECONDS)
        assert "# " in greeting
        shell.stdin.write(b"cat /proc/cmdline\n")
        shell.stdin.flush()
        assert " umb_e2e -- vm-guest shell" in read_until(shell.stdout, "vm-guest shell", 30)
        shell.stdin.write(b"exit\n")
        shell.stdin.flush()
        assert shell.wait(timeout=30) == 0
    finally:
        if shell.poll() is None:
            shell.kill()
        shell.communicate(timeout=10)
