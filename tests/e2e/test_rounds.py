# SPDX-License-Identifier: Apache-2.0
"""Rounds and boots: fresh processes, orders drawn anew from a stored seed, one file a boot."""

import os
import shutil

from helpers import needs_root, umountbench
from real_runs import column, load, quick, read

pytestmark = needs_root

SIX_CASES = "^umount/fs=(tmpfs|bind)/mode=(plain|lazy)/method=syscall/"


def rounds_of(tmp_path, name, *options):
    done = umountbench("run", *quick(SIX_CASES, rcu="default,expedited", samples=2, time_limit="100ms"), *options, "-o",
                       tmp_path / name)
    assert done.returncode == 0, done
    return load(tmp_path / name)


def test_each_round_is_a_fresh_process_with_an_order_of_its_own_that_the_seed_gives_again(tmp_path):
    result = rounds_of(tmp_path, "first.json", "--rounds", 2, "--seed", 1)
    first, second, *_ = result["rounds"]
    assert len([one for one in result["rounds"] if not one.get("repeats_disturbed")]) == 2
    assert [one["index"] for one in result["rounds"]] == list(range(len(result["rounds"])))
    assert len({one["pid"] for one in result["rounds"]}) == len(result["rounds"])
    assert sorted(first["order"]) == sorted(second["order"]) == sorted(case["id"] for case in result["cases"])
    assert first["order"] != second["order"]
    assert result["run"]["seed"] == 1
    for case in result["cases"]:
        assert set(column(case, "round")) == set(range(len(result["rounds"])))

    assert rounds_of(tmp_path, "again.json", "--seed", 1)["rounds"][0]["order"] == first["order"]
    assert rounds_of(tmp_path, "other.json", "--seed", 2)["rounds"][0]["order"] != first["order"]


def test_into_collects_one_file_a_boot_and_counts_them(tmp_path):
    release, boot = os.uname().release, read("/proc/sys/kernel/random/boot_id")
    command = ("run", *quick(), "--into", "side")
    first = umountbench(*command, cwd=tmp_path)
    assert first.returncode == 0, first
    assert os.listdir(tmp_path / "side") == [f"{release}-{boot}.json"]
    assert f"umountbench: boot 1 of 7 of kernel {release}" in first.stderr
    assert "reboot and run the same command again" in first.stderr
    assert load(tmp_path / "side" / f"{release}-{boot}.json")["boot_id"] == boot

    refused = umountbench(*command, cwd=tmp_path)
    assert refused.returncode == 2, refused
    assert refused.stdout == ""
    assert "umountbench: error: this boot has a result in 'side' already" in refused.stderr
    assert "--again" in refused.stderr
    assert len(os.listdir(tmp_path / "side")) == 1

    again = umountbench(*command, "--again", cwd=tmp_path)
    assert again.returncode == 0, again
    assert f"umountbench: boot 1 of 7 of kernel {release}" in again.stderr, "a boot counts once"
    assert len(os.listdir(tmp_path / "side")) == 2


def test_into_counts_the_boots_of_this_kernel_only_and_ends_at_seven(tmp_path):
    release, boot = os.uname().release, read("/proc/sys/kernel/random/boot_id")
    assert umountbench("run", *quick(), "--into", "side", cwd=tmp_path).returncode == 0
    mine = tmp_path / "side" / f"{release}-{boot}.json"
    for number in range(5):
        shutil.copy(mine, tmp_path / "side" / f"{release}-0000000{number}{boot[8:]}.json")
    shutil.copy(mine, tmp_path / "side" / f"1.2.3-{boot}.json")
    mine.rename(tmp_path / "side" / f"{release}-99999999{boot[8:]}.json")
    seventh = umountbench("run", *quick(), "--into", "side", cwd=tmp_path)
    assert seventh.returncode == 0, seventh
    assert f"umountbench: boot 7 of 7 of kernel {release}" in seventh.stderr
    assert "reboot" not in seventh.stderr
