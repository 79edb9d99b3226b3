# SPDX-License-Identifier: Apache-2.0
"""Every file system that a plan can name: measured with both clocks, or skipped with a reason that helps."""

import glob
import json
import os
import re
import signal

import pytest

from helpers import machine_state, needs_program, needs_root, settled_difference, umountbench
from real_runs import case_of, column, counted, load, running, wait_until

pytestmark = needs_root

IN_MEMORY = ("tmpfs", "ramfs", "overlay")
ON_LOOP = ("ext4", "xfs", "btrfs", "squashfs", "erofs", "vfat")
REASONS = (r"\w+ is not in /proc/filesystems, nor is there a module of it for this kernel",
           r"mk[\w.]+ is not installed \(Debian package [\w-]+\)", r"/var/tmp can't hold images on a disk: .*",
           r"/dev/loop-control is not there.*")


def run(folder, cases, *options, samples=5):
    config = folder / "mine.json"
    config.write_text(json.dumps({"samples": samples, "settle": "none", "time_limit": "300ms", "cases": cases}))
    done = umountbench("run", "-c", config, "-o", folder / "result.json", *options)
    assert done.returncode == 0, done
    return load(folder / "result.json")


@pytest.fixture(scope="module")
def result(tmp_path_factory):
    before = machine_state()
    made = run(tmp_path_factory.mktemp("file_systems"),
               [{"scenario": "umount", "fs": [*IN_MEMORY, "bind", *ON_LOOP], "api": ["mount", "fsmount"]},
                {"scenario": "umount", "fs": list(ON_LOOP), "backing": "dir"},
                {"scenario": "loop", "fs": list(ON_LOOP)}])
    assert not settled_difference(before)
    return made


def test_each_is_measured_or_skipped_with_a_reason(result):
    for case in result["cases"]:
        if case["outcome"] == "skipped":
            assert any(re.fullmatch(reason, case["reason"]) for reason in REASONS), case["reason"]
            continue
        assert case["outcome"] == "measured", (case["id"], case["reason"])
        assert counted(case) and set(column(case, "errno")) == {0}
        assert all(check["outcome"] == "passed" for check in case["checks"]), case["id"]


def test_each_says_when_it_was_released_or_why_that_cannot_be_told(result):
    for case in result["cases"]:
        if case["outcome"] == "skipped":
            continue
        released = [value for value in column(case, "released_ns") if value is not None]
        missing = case["metrics"]["released_ns"].get("missing") or ""
        if "fs=bind" in case["id"]:
            assert not released and "super block" in missing
        else:
            assert released and all(value > 0 for value in released), case["id"]
            assert ("watched" in missing) == any(f"fs={fs}/" in case["id"] for fs in IN_MEMORY), case["id"]


def test_what_cannot_go_together_is_skipped_and_the_rest_is_measured(tmp_path):
    made = run(tmp_path, [{"scenario": "umount", "fs": ["tmpfs", "erofs", "vfat"], "files": [0, 20000]},
                          {"scenario": "umount", "fs": "tmpfs", "backing": "dir"}], samples=1)
    assert "read-only" in case_of(made, "fs=erofs", "files=20000")["reason"]
    assert "files=10000" in case_of(made, "fs=vfat", "files=20000")["reason"]
    assert "no image" in case_of(made, "fs=tmpfs", "backing=dir")["reason"]
    assert case_of(made, "fs=tmpfs", "files=20000")["outcome"] == "measured"


@needs_program("mkfs.ext4")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGKILL])
def test_images_on_a_disk_go_with_the_run_however_it_ends(tmp_path, number):
    before = machine_state()
    config = tmp_path / "mine.json"
    config.write_text('{"samples": 10000000, "time_limit": "60s", "cases": '
                      '[{"scenario": "umount", "fs": "ext4", "backing": "dir"}]}')
    with running(tmp_path / "result.json", "-c", config) as process:
        [image] = glob.glob("/var/tmp/umountbench-*/*.img")
        process.send_signal(number)
        process.wait(timeout=10)
    assert wait_until(lambda: not os.path.exists(os.path.dirname(image)))
    umountbench("clean")  # of a killed run its journal stays, and is told of
    assert settled_difference(before) == []
