# SPDX-License-Identifier: Apache-2.0
"""`show`: a result again, the newest or a named one, compressed or not, whole or left by a kill."""

import gzip
import json
import os
import shutil
import subprocess

import pytest

from helpers import needs_program, needs_root, umountbench
from real_runs import ENDLESS, journal_of, quick, running

pytestmark = needs_root


@pytest.fixture(scope="module")
def result(tmp_path_factory):
    path = tmp_path_factory.mktemp("show") / "result.json"
    done = umountbench("run", *quick(), "-o", path)
    assert done.returncode == 0, done
    return path


@pytest.fixture(scope="module")
def table(result):
    return umountbench("show", result).stdout


def test_a_named_result_is_shown_as_the_run_showed_it(tmp_path):
    path = tmp_path / "result.json"
    done = umountbench("run", *quick(), "-o", path)
    shown = umountbench("show", path)
    assert (shown.returncode, shown.stderr) == (0, "")
    assert shown.stdout == done.stdout


def test_without_a_name_the_newest_is_shown(tmp_path, result, table):
    os.mkdir(tmp_path / "results")
    for name, age in (("old.json", 100), ("results/older.json", 200), ("results/new.json", 50)):
        shutil.copy(result, tmp_path / name)
        when = os.stat(result).st_mtime - age
        os.utime(tmp_path / name, (when, when))
    shown = umountbench("show", cwd=tmp_path)
    assert shown.returncode == 0, shown
    assert shown.stderr == "umountbench: showing results/new.json\n"
    assert shown.stdout == table
    os.unlink(tmp_path / "results/new.json")
    os.unlink(tmp_path / "results/older.json")
    assert umountbench("show", cwd=tmp_path).stderr == "umountbench: showing ./old.json\n"


def test_a_gzipped_result_is_shown(tmp_path, result, table):
    packed = tmp_path / "result.json.gz"
    packed.write_bytes(gzip.compress(result.read_bytes()))
    assert umountbench("show", packed).stdout == table
    packed.write_bytes(gzip.compress(result.read_bytes())[:-20])
    broken = umountbench("show", packed)
    assert broken.returncode == 2, broken
    assert broken.stderr.startswith(f"umountbench: error: cannot read '{packed}'")


@needs_program("zstd")
def test_a_result_packed_by_zstd_is_shown(tmp_path, result, table):
    packed = tmp_path / "result.json.zst"
    subprocess.run(["zstd", "-q", result, "-o", packed], check=True, timeout=20)
    assert umountbench("show", packed).stdout == table


def test_as_json_it_is_the_file_again(result, tmp_path):
    shown = umountbench("show", result, "--format", "json", "--write", f"terminal={tmp_path / 'table.txt'}", "-o",
                        tmp_path / "again.json")
    assert (shown.returncode, shown.stdout, shown.stderr) == (0, "", "")
    assert (tmp_path / "again.json").read_bytes() == result.read_bytes()
    assert "released p50" in (tmp_path / "table.txt").read_text()


@needs_program("mkfs.ext4")
def test_the_journal_of_a_run_that_goes_on_can_be_shown(tmp_path):
    path = tmp_path / "result.json"
    with running(path, *ENDLESS):
        shown = umountbench("show", journal_of(path))
        assert shown.returncode == 0, shown
        assert "interrupted" in shown.stdout
    assert umountbench("clean").returncode == 0


@pytest.mark.parametrize("cut", [1, 10, 200])
def test_a_journal_without_its_end_is_shown_as_far_as_it_goes(tmp_path, result, cut):
    with running(tmp_path / "run.json", *quick(samples=10_000_000, time_limit="60s")) as run:
        shutil.copy(tmp_path / "run.json.partial", tmp_path / "cut.json.partial")
        run.terminate()
        run.wait(timeout=10)
    os.truncate(tmp_path / "cut.json.partial", os.path.getsize(tmp_path / "cut.json.partial") - cut)
    shown = umountbench("show", tmp_path / "cut.json.partial", "--format", "json")
    assert shown.returncode == 0, shown
    assert json.loads(shown.stdout)["run"]["interrupted"] is True
    assert shown.stderr.startswith("umountbench: warning: ") and "incomplete" in shown.stderr


def test_a_changed_line_of_a_journal_is_noticed(tmp_path):
    journal = tmp_path / "run.json.partial"
    with running(tmp_path / "run.json", *quick(samples=10_000_000, time_limit="60s")) as run:
        text = journal.read_bytes()
        run.terminate()
        run.wait(timeout=10)
    at = text.index(b'{"block"') + 40
    journal.write_bytes(text[:at] + b"~" + text[at + 1:])
    shown = umountbench("show", journal)
    assert shown.returncode == 0, shown
    assert "umountbench: warning: " in shown.stderr


def test_a_newer_schema_is_refused_and_a_key_that_is_not_known_is_warned_of(tmp_path, result):
    text = json.loads(result.read_text())
    newer, more = tmp_path / "newer.json", tmp_path / "more.json"
    newer.write_text(json.dumps({**text, "schema_version": 2}))
    more.write_text(json.dumps({**text, "colour": "blue"}))
    refused = umountbench("show", newer)
    assert refused.returncode == 2, refused
    assert "schema" in refused.stderr and "2" in refused.stderr
    warned = umountbench("show", more)
    assert warned.returncode == 0, warned
    assert "umountbench: warning: " in warned.stderr and "colour" in warned.stderr


def test_names_in_a_result_cannot_command_the_terminal(tmp_path, result):
    text = result.read_text().replace("mode=plain/method=syscall", "mode=\\u001b]0;x\\u0007/method=\\u009b31m")
    (tmp_path / "evil.json").write_text(text)
    shown = umountbench("show", tmp_path / "evil.json")
    assert "\x1b" not in shown.stdout + shown.stderr
    assert "\x07" not in shown.stdout and "\x9b" not in shown.stdout
