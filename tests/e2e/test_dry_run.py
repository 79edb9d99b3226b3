# SPDX-License-Identifier: Apache-2.0
"""`run --dry-run`: the plan, what would be skipped and why, and the time it takes, for any user."""

import os
import re
import shutil
import time

import pytest

from helpers import TOP, UNPRIVILEGED, needs_program, needs_root, umountbench
from real_runs import hide, in_private_mounts, load

IDS = re.compile(r"^(run|skip) +(\S+)(?:  \((.*)\))?$", re.MULTILINE)
UNITS = {"ms": 0.001, "s": 1, "min": 60, "h": 3600}


def told_seconds(text):
    [line] = re.findall(r"^time: about (.*?)(?:, without .*)?$", text, re.MULTILINE)
    return sum(float(number) * UNITS[unit] for number, unit in re.findall(r"([\d.]+) (ms|s|min|h)", line))


def test_an_unprivileged_user_sees_the_plan_in_order(installed, open_folder):
    done = umountbench("run", "--dry-run", program=installed, prefix=UNPRIVILEGED, cwd=open_folder)
    assert done.returncode == 0, done
    assert done.stderr == ""
    plan = load(os.path.join(TOP, "configs/default.json"))
    told = IDS.findall(done.stdout)
    first, second = plan["cases"][0], plan["cases"][1]
    wished = [f"umount/fs={fs}/mode={mode}/method=syscall/rcu={rcu}" for fs in first["fs"] for mode in first["mode"]
              for rcu in plan["rcu"]]
    wished += [f"umount/fs=tmpfs/mode={mode}/method={method}/rcu={rcu}" for mode in second["mode"]
               for method in second["method"] for rcu in plan["rcu"]]
    assert [case for _, case, _ in told[:len(wished)]] == wished
    assert {(what, reason) for what, _, reason in told[:len(wished)]} == {("run", "")}
    assert len(told) == 134
    running = [case for what, case, _ in told if what == "run"]
    assert f"{len(running)} of {len(told)} cases, 1 round, settle=random" in done.stdout
    assert 60 < told_seconds(done.stdout) < 600
    assert os.listdir(open_folder) == []


def test_flags_win_over_the_config(tmp_path):
    config = tmp_path / "mine.json"
    config.write_text('{"samples": 7, "settle": "none", "seed": 3, "rounds": 4, "cases": [{"scenario": "umount"}]}')
    from_config = umountbench("run", "-n", "-c", config)
    assert ("1 of 1 cases, 4 rounds, settle=none, at most 7 samples and 10.0 s a case and round, seed 3\n"
            in from_config.stdout)
    from_flags = umountbench("run", "-n", "-c", config, "--samples", 8, "--settle", "random", "--seed", 5, "--rounds",
                             2, "--time-limit", "2s", "--rcu", "normal,as-found")
    assert ("2 of 2 cases, 2 rounds, settle=random, at most 8 samples and 2.00 s a case and round, seed 5\n"
            in from_flags.stdout)
    assert [case.rpartition("/")[2] for _, case, _ in IDS.findall(from_flags.stdout)] == ["rcu=normal", "rcu=as-found"]


@needs_root
@needs_program("mkfs.ext4")
def test_what_would_be_skipped_is_told_with_its_reason(installed):
    hidden = in_private_mounts(hide(shutil.which("mkfs.ext4", path="/usr/sbin:/sbin:/usr/bin:/bin")))
    done = umountbench("run", "--dry-run", "--filter", "fs=(tmpfs|ext4|bind)/", program=installed,
                       prefix=(*hidden, *UNPRIVILEGED), cwd="/")
    assert done.returncode == 0, done
    for what, case, reason in IDS.findall(done.stdout):
        needs_mkfs = "fs=ext4" in case
        assert what == ("skip" if needs_mkfs else "run"), case
        assert reason == ("mkfs.ext4 is not installed (Debian package e2fsprogs)" if needs_mkfs else "")
    assert "skip " in done.stdout and "run " in done.stdout


def test_what_a_user_namespace_cannot_do_is_told_with_its_reason():
    done = umountbench("run", "--dry-run", "--unprivileged", "--filter",
                       "mode=plain/method=syscall|^loop/fs=ext4/mode=plain/rcu")
    told = {case: (what, reason) for what, case, reason in IDS.findall(done.stdout)}
    assert told["umount/fs=ext4/mode=plain/method=syscall/rcu=as-found"][0] == "skip"
    assert "needs root" in told["umount/fs=ext4/mode=plain/method=syscall/rcu=as-found"][1]
    assert "needs root" in told["loop/fs=ext4/mode=plain/rcu=as-found"][1]


@needs_root
@needs_program("mkfs.ext4")
def test_the_told_time_holds_within_a_factor_of_one_and_a_half(tmp_path):
    plan = ("--filter", "^umount/fs=(tmpfs|ext4)/mode=plain/method=syscall/", "--rcu", "default,normal", "--settle",
            "random", "--samples", 100, "--time-limit", "1500ms")
    told = told_seconds(umountbench("run", "--dry-run", *plan).stdout)
    assert 3 < told < 8
    seen = []
    for attempt in range(4):
        result = tmp_path / f"{attempt}.json"
        started = time.monotonic()
        done = umountbench("run", *plan, "-o", result)
        took = time.monotonic() - started
        assert done.returncode == 0, done
        if told / 1.5 <= took <= told * 1.5:
            return
        seen.append((round(took, 1), load(result)["rounds"][0]["disturbed"]))
        if len([1 for _, disturbed in seen if not disturbed]) == 2:
            raise AssertionError(f"{seen} s instead of {told:.1f} s")
    pytest.skip(f"{load(result)['rounds'][0]['reason']}; {seen} s instead of {told:.1f} s")


def test_every_seed_that_a_config_may_have_can_be_given():
    done = umountbench("run", "--dry-run", "--seed", 2**64 - 1)
    assert done.returncode == 0, done
    assert f"seed {2**64 - 1}" in done.stdout.splitlines()[0]
