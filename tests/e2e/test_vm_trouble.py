# SPDX-License-Identifier: Apache-2.0
"""vm run, with guests that panic or don't end, and a host that ends it or has no room: the rest is still done."""

import os
import re
import signal

import pytest

from helpers import needs_root, umountbench
from real_runs import PrivateMounts, load, wait_until
from vm_runs import (BOOT_SECONDS, NORMAL, PANICS, SIDE, boots, endless, needs_qemu, qemus, vm_run, vm_running)

pytestmark = needs_qemu
CELL = f"{SIDE}.boot1"
PANIC = "Kernel panic - not syncing: VFS: Unable to mount root fs"


def content(path):
    with open(path, "rb") as file:
        return file.read()


def partials_in(folder):
    return [name for name in os.listdir(folder) if name.endswith(".partial")]


def assert_partial_is_readable(path):
    shown = umountbench("show", path)
    assert shown.returncode == 0, shown
    # It comes in pieces of bytes: of the last line there may be a part.
    assert shown.stderr == "" or shown.stderr.count("\n") == 1 and "is incomplete" in shown.stderr, shown
    assert "warning: The run was interrupted: this is what was measured until then." in shown.stdout


def test_a_kernel_that_panics_costs_only_its_own_boot_and_resume_tries_only_that_again(vm_cache, tmp_path):
    folder = tmp_path / "out"
    words = boots(PANICS, "")
    fine, panicked = f"{SIDE}.as-booted.boot1", f"{SIDE}.rdinit--nonexistent.boot1"
    done = vm_run(*words, cache=vm_cache, folder=folder)
    assert done.returncode == 1, done
    assert re.search(f"warning: boot [12] of 2, {panicked}: {PANIC}", done.stderr), done.stderr
    tail = [line for line in done.stderr.splitlines() if line.startswith("umountbench:   console: ")]
    assert any(PANIC in line for line in tail) and len(tail) > 3
    assert f"umountbench: --resume -o {folder} boots what is missing" in done.stderr
    rows = dict(line.split(None, 1) for line in done.stdout.splitlines())
    assert rows[panicked].startswith(f"failed: {PANIC}")
    assert rows[fine].startswith("done")
    console = content(folder / f"{panicked}.console.log")
    assert PANIC.encode() in console
    assert sorted(os.listdir(folder)) == sorted([f"{fine}.json", f"{fine}.console.log", f"{panicked}.console.log",
                                                 "matrix.jsonl"])
    kept = {name: (content(folder / name), os.stat(folder / name).st_mtime_ns)
            for name in (f"{fine}.json", f"{fine}.console.log", "matrix.jsonl")}
    assert load(folder / f"{fine}.json")["cases"][0]["outcome"] == "measured"

    again = vm_run(*words, "--resume", cache=vm_cache, folder=folder)
    assert again.returncode == 1, again
    assert [line.split()[0] for line in again.stdout.splitlines()] == [panicked, "results:"]
    assert f"boot 1 of 1, {panicked}: {PANIC}" in again.stderr
    assert {name: (content(folder / name), os.stat(folder / name).st_mtime_ns) for name in kept} == kept
    assert content(folder / f"{panicked}.try1.console.log") == console, "of the first try"


def test_a_guest_that_takes_too_long_is_ended_and_what_came_over_stays(vm_cache, tmp_path):
    folder = tmp_path / "out"
    done = vm_run(*endless(), "--time-limit", "30s", cache=vm_cache, folder=folder, seconds=90)
    assert done.returncode == 1, done
    assert f"warning: boot 1 of 1, {CELL}: not done within 30.0 s" in done.stderr
    assert done.stdout.splitlines() == [f"{CELL}  failed: not done within 30.0 s", f"results: {folder}"]
    assert not qemus(folder)
    assert not (folder / f"{CELL}.json").exists()
    if not partials_in(folder):
        pytest.skip("this machine is too slow: nothing came over within 30 s (all else of this test holds)")
    assert partials_in(folder) == [f"{CELL}.partial"]
    assert_partial_is_readable(folder / f"{CELL}.partial")


def test_sigterm_ends_the_guest_keeps_what_came_over_and_says_what_is_missing(vm_cache, tmp_path):
    folder = tmp_path / "out"
    with vm_running(*endless("", NORMAL), cache=vm_cache, folder=folder) as run:
        assert wait_until(lambda: partials_in(folder) or run.poll() is not None, BOOT_SECONDS)
        run.send_signal(signal.SIGTERM)
        table, talk = run.communicate(timeout=20)
        assert run.returncode == 143, talk
    assert not qemus(folder)
    outcomes = sorted(line.split(None, 1)[1] for line in table.splitlines()[:2])
    assert outcomes == ["failed: not begun", "failed: stopped by signal 15"]
    assert table.splitlines()[2:] == [f"results: {folder}"]
    assert "error" not in talk
    [partial] = partials_in(folder)
    assert_partial_is_readable(folder / partial)
    assert not [name for name in os.listdir(folder) if name.endswith(".json")]


def test_after_sigkill_no_qemu_is_left_and_resume_works(vm_cache, tmp_path):
    folder = tmp_path / "out"
    with vm_running(*boots(), cache=vm_cache, folder=folder) as run:
        assert len(qemus(folder)) == 1
        run.kill()
        run.wait(timeout=60)
        assert wait_until(lambda: not qemus(folder), 60), "QEMU outlives the one who started it"
    again = vm_run(*boots(), "--resume", cache=vm_cache, folder=folder)
    assert again.returncode == 0, again
    assert load(folder / f"{CELL}.json")["cases"][0]["outcome"] == "measured"
    assert sorted(os.listdir(folder)) == sorted([f"{CELL}.json", f"{CELL}.console.log", f"{CELL}.try1.console.log",
                                                 "matrix.jsonl"])
    third = vm_run(*boots(), "--resume", cache=vm_cache, folder=folder)
    assert (third.returncode, third.stdout) == (0, ""), third
    assert "all results are there: nothing to boot" in third.stderr


def test_a_qemu_that_is_killed_costs_only_its_own_boot(vm_cache, tmp_path):
    folder = tmp_path / "out"
    with vm_running(*endless(), cache=vm_cache, folder=folder) as run:
        [qemu] = qemus(folder)
        os.kill(qemu, signal.SIGKILL)
        table, talk = run.communicate(timeout=20)
        assert run.returncode == 1, talk
    assert table.splitlines() == [f"{CELL}  failed: QEMU was ended by signal 9", f"results: {folder}"]
    assert f"warning: boot 1 of 1, {CELL}: QEMU was ended by signal 9" in talk


@needs_root
def test_a_full_disk_is_an_error_in_words_and_no_result_is_cut_short(vm_cache):
    folder = "/mnt/out"
    with PrivateMounts("mount -t tmpfs -o size=2m none /mnt") as mounts:
        seen = mounts.path("/mnt")
        for free, left in ((0, set()), (4096, {"matrix.jsonl", f"{CELL}.console.log"})):
            with open(f"{seen}/filler", "wb") as filler:
                filler.write(bytes((2 << 20) - free))
            done = vm_run(*boots(), cache=vm_cache, folder=folder, prefix=mounts.prefix)
            assert done.returncode == 3, done
            errors = [line for line in done.stderr.splitlines() if ": error: " in line]
            assert len(errors) == 1 and "No space left on device" in errors[0], done.stderr
            assert set(os.listdir(f"{seen}/out")) == left, f"{free} bytes were free"
            os.unlink(f"{seen}/filler")
        again = vm_run(*boots(), "--resume", cache=vm_cache, folder=folder, prefix=mounts.prefix)
        assert again.returncode == 0, again
        assert load(f"{seen}/out/{CELL}.json")["run"]["interrupted"] is False
