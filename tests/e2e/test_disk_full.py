# SPDX-License-Identifier: Apache-2.0
"""A disk that becomes full while a run writes: exit 3, and what was measured is not lost."""

import json
import os

from helpers import machine_state, needs_root, settled_difference, umountbench
from real_runs import PrivateMounts, load, quick

pytestmark = needs_root

KIB = 1024
FOLDER = "/mnt"


def assert_interrupted_result(text):
    result = json.loads(text)
    assert result["run"]["interrupted"] is True
    assert len(result["cases"]) == 1


def test_wherever_a_disk_becomes_full_the_journal_stays_and_clean_makes_a_result_of_it_once_there_is_room():
    journals = 0
    with PrivateMounts(f"mount -t tmpfs -o size=32m none {FOLDER}") as mounts:
        seen, before = mounts.path(FOLDER), machine_state()
        # How much a run writes depends on how many samples the warm-up takes here: steps that become wider.
        for free in [*range(0, 80, 4), *(2**step for step in range(7, 15))]:
            with open(f"{seen}/filler", "wb") as filler:
                filler.write(bytes((32 * 1024 - free) * KIB))
            done = umountbench("run", *quick(samples=20), "-o", f"{FOLDER}/result.json", prefix=mounts.prefix)
            if done.returncode == 0:
                break
            assert done.returncode == 3, done
            errors = [line for line in done.stderr.splitlines() if ": error: " in line]
            assert len(errors) == 1 and "No space left on device" in errors[0], done.stderr
            assert "umountbench: hint: " in done.stderr
            assert done.stdout == ""
            left = set(os.listdir(seen)) - {"filler"}
            assert left <= {"result.json.partial"}, f"{free} KiB were free"
            if not left:
                continue
            journals += 1
            shown = umountbench("show", f"{FOLDER}/result.json.partial", "--format", "json", prefix=mounts.prefix)
            assert shown.returncode == 0, shown
            assert_interrupted_result(shown.stdout)

            os.unlink(f"{seen}/filler")
            cleaned = umountbench("clean", prefix=mounts.prefix)
            assert (cleaned.returncode, cleaned.stderr) == (0, ""), cleaned
            assert os.listdir(seen) == ["result.json"]
            assert_interrupted_result(open(f"{seen}/result.json", encoding="utf-8").read())
            os.unlink(f"{seen}/result.json")
            assert settled_difference(before) == []
        assert journals >= 2
        assert done.returncode == 0, done
        assert load(f"{seen}/result.json")["run"]["interrupted"] is False


def test_clean_on_a_disk_that_is_still_full_keeps_the_journal_for_the_next_clean():
    with PrivateMounts(f"mount -t tmpfs -o size=1m none {FOLDER}") as mounts:
        seen = mounts.path(FOLDER)
        for free in range(8, 80, 4):
            with open(f"{seen}/filler", "wb") as filler:
                filler.write(bytes((1024 - free) * KIB))
            done = umountbench("run", *quick(samples=20), "-o", f"{FOLDER}/result.json", prefix=mounts.prefix)
            if os.path.exists(f"{seen}/result.json.partial"):
                break
        assert done.returncode == 3, done
        with open(f"{seen}/filler", "ab") as filler:
            try:
                filler.write(bytes(100 * KIB))
                filler.flush()
            except OSError:
                pass
        full = umountbench("clean", prefix=mounts.prefix)
        assert full.returncode == 3, full
        assert "No space left on device" in full.stderr
        assert os.path.exists(f"{seen}/result.json.partial")
        os.unlink(f"{seen}/filler")
        assert umountbench("clean", prefix=mounts.prefix).returncode == 0
        assert os.listdir(seen) == ["result.json"]


def test_a_full_disk_for_a_further_output_costs_only_that_one(tmp_path):
    with PrivateMounts(f"mount -t tmpfs -o size=4k none {FOLDER}") as mounts:
        done = umountbench("run", *quick(), "-o", tmp_path / "result.json", "--write", f"json={FOLDER}/more.json",
                           prefix=mounts.prefix)
        assert done.returncode == 3, done
        assert "cannot write '/mnt/more.json': No space left on device" in done.stderr
        assert "released p50" in done.stdout
        assert os.listdir(mounts.path(FOLDER)) == []
    assert load(tmp_path / "result.json")["run"]["interrupted"] is False
    assert os.listdir(tmp_path) == ["result.json"]


def test_a_full_stdout_is_an_error_and_the_result_is_kept(tmp_path):
    done = umountbench("run", *quick(), "-o", tmp_path / "result.json", "--write", f"terminal={tmp_path / 'table.txt'}",
                       prefix=("sh", "-c", 'exec "$@" >/dev/full', "sh"))
    assert done.returncode == 3, done
    assert "cannot write 'stdout': No space left on device" in done.stderr
    assert load(tmp_path / "result.json")["run"]["interrupted"] is False
    assert "released p50" in (tmp_path / "table.txt").read_text()
