# SPDX-License-Identifier: Apache-2.0
"""A run that is ended from outside: all is undone, and what it had measured is kept."""

import json
import os
import pathlib
import re
import signal
import time

import pytest

from helpers import machine_state, needs_program, needs_root, settled_difference, umountbench
from kills import kill_moments, start_and_kill
from real_runs import ENDLESS, column, journal_of, length_of, load, part_of, quick, read, running, wait_until

pytestmark = [needs_root, needs_program("mkfs.ext4")]

def but_the_note(changes):
    """Without the note that tells `clean` of the journal, which is the user's to keep, and the empty folder of a run that
    was killed before its guardian began."""
    return [change for change in changes if not re.search(r"\+ left by a run: /run/umountbench/(journals-of-|run-)[^/]*$", change)]


def undone(before, seconds):
    """What is left `seconds` after a kill; empty at once when all is undone."""
    wait_until(lambda: not but_the_note(settled_difference(before, 0)), seconds)
    return but_the_note(settled_difference(before, 0))


def sample_count(result):
    return sum(length_of(case) for case in result["cases"])


def assert_interrupted(result):
    assert result["run"]["interrupted"] is True
    assert sample_count(result) > 0
    assert {case["stop_reason"] for case in result["cases"]} <= {"interrupted", "samples", "interval", "time", None}
    assert any(case["stop_reason"] == "interrupted" for case in result["cases"])


@pytest.mark.parametrize("number, code", [(signal.SIGINT, 130), (signal.SIGTERM, 143), (signal.SIGHUP, 129)])
def test_a_signal_ends_the_run_and_keeps_what_was_measured(tmp_path, number, code):
    result = tmp_path / "result.json"
    before = machine_state()
    with running(result, *ENDLESS) as run:
        run.send_signal(number)
        table, talk = run.communicate(timeout=60)
        assert run.returncode == code, talk
    assert settled_difference(before, 0) == [], "undone before it ended, not after"
    assert os.listdir(tmp_path) == ["result.json"]
    assert_interrupted(load(result))
    assert "interrupted" in table
    assert str(result) in talk


def test_a_signal_to_the_whole_group_as_from_a_terminal_does_not_end_the_workers_first(tmp_path):
    result = tmp_path / "result.json"
    with running(result, *ENDLESS) as run:
        for pid in (part_of(run, "worker"), part_of(run, "init"), part_of(run, "guardian"), run.pid):
            os.kill(pid, signal.SIGINT)
        _, talk = run.communicate(timeout=60)
        assert run.returncode == 130, talk
    assert {case["outcome"] for case in load(result)["cases"]} == {"measured"}


def test_two_signals_at_once_as_from_timeout_are_one_request(tmp_path):
    result = tmp_path / "result.json"
    with running(result, *ENDLESS) as run:
        os.kill(part_of(run, "worker"), signal.SIGSTOP)  # so that none comes when all is over
        run.send_signal(signal.SIGTERM)
        run.send_signal(signal.SIGINT)
        time.sleep(0.05)
        os.kill(part_of(run, "worker"), signal.SIGCONT)
        _, talk = run.communicate(timeout=60)
        assert run.returncode in (130, 143), talk
    assert os.listdir(tmp_path) == ["result.json"]
    assert_interrupted(load(result))


def test_a_second_ctrl_c_leaves_at_once_and_the_guardian_undoes(tmp_path):
    result = tmp_path / "result.json"
    before = machine_state()
    with running(result, *ENDLESS) as run:
        os.kill(part_of(run, "worker"), signal.SIGSTOP)
        run.send_signal(signal.SIGINT)
        time.sleep(0.3)
        assert run.poll() is None, "the first one waits for the sample that is being taken"
        run.send_signal(signal.SIGINT)
        assert run.wait(timeout=60) == 130
    assert undone(before, 60) == []
    assert os.listdir(tmp_path) == ["result.json.partial"]
    cleaned = umountbench("clean")
    assert cleaned.returncode == 0, cleaned
    assert str(result) in cleaned.stdout
    assert os.listdir(tmp_path) == ["result.json"]
    assert_interrupted(load(result))


def assert_readable(journal):
    shown = umountbench("show", journal, "--format", "json")
    assert shown.returncode == 0, shown
    assert json.loads(shown.stdout)["run"]["interrupted"] is True


def test_sigkill_at_any_moment_leaves_nothing_and_a_readable_journal(tmp_path):
    before = machine_state()
    for number, after, where in kill_moments(0, 1.5):
        result = tmp_path / f"{number}.json"
        journal = journal_of(result)
        start_and_kill(after, "run", *ENDLESS, "-o", result)
        assert undone(before, 60) == [], where
        had_journal = os.path.exists(journal) and b"\n" in pathlib.Path(journal).read_bytes()
        if had_journal:
            assert_readable(journal)
        if number % 2:
            again = umountbench("clean")
        else:
            again = umountbench("run", *quick(samples=1, time_limit="50ms"), "-o", tmp_path / "next.json")
        assert again.returncode == 0, (where, again)
        assert not os.path.exists(journal), where
        assert os.path.exists(result) == had_journal, where
        if had_journal:
            assert load(result)["run"]["interrupted"] is True, where
        assert settled_difference(before) == [], where


def killed_with_its_guardian(result):
    """Leaves a knob that isn't as it was found; its path, what was found, and what it is now."""
    knob = "/sys/kernel/rcu_normal"
    found = read(knob)
    mode, wrote = ("default", "0") if found == "1" else ("normal", "1")
    with running(result, *ENDLESS[:2], "--rcu", mode, *ENDLESS[4:]) as run:
        assert wait_until(lambda: read(knob) == wrote)
        os.kill(part_of(run, "guardian"), signal.SIGKILL)
        run.kill()
        run.wait(timeout=60)
    assert wait_until(lambda: not [line for line in machine_state() if "(umountbench" in line], 60), "no process stays"
    assert read(knob) == wrote, "nobody has put it back yet"
    return knob, found


def test_killed_together_with_its_guardian_clean_undoes(tmp_path):
    result = tmp_path / "result.json"
    before = machine_state()
    knob, found = killed_with_its_guardian(result)
    assert "umountbench clean" in umountbench("doctor").stdout
    cleaned = umountbench("clean")
    assert cleaned.returncode == 0, cleaned
    assert f"put {knob} back to {found}" in cleaned.stdout
    assert settled_difference(before) == []
    assert_interrupted(load(result))


def test_killed_together_with_its_guardian_the_next_run_undoes(tmp_path):
    result, following = tmp_path / "result.json", tmp_path / "next.json"
    knob, found = killed_with_its_guardian(result)
    done = umountbench("run", *quick(rcu="as-found"), "-o", following)
    assert done.returncode == 0, done
    assert f"of a killed run: put {knob} back to {found}" in done.stderr
    assert str(load(following)["environment"]["before"]["rcu_normal"]) == found
    assert_interrupted(load(result))


def test_a_killed_worker_fails_its_case_and_the_others_go_on(tmp_path):
    result = tmp_path / "result.json"
    with running(result, *quick("^umount/fs=(tmpfs|ext4)/mode=(plain|lazy)/method=syscall/", samples=10_000_000,
                                time_limit="1s")) as run:
        os.kill(part_of(run, "worker"), signal.SIGKILL)
        _, talk = run.communicate(timeout=30)
        assert run.returncode == 1, talk
    outcomes = sorted(case["outcome"] for case in load(result)["cases"])
    assert outcomes == ["failed", "measured", "measured", "measured"]
    [failed] = [case for case in load(result)["cases"] if case["outcome"] == "failed"]
    assert "signal 9" in failed["reason"] and failed["reason"] in talk
    assert load(result)["run"]["interrupted"] is False


def test_a_killed_sandbox_ends_the_run_which_keeps_what_it_has(tmp_path):
    result = tmp_path / "result.json"
    before = machine_state()
    with running(result, *ENDLESS) as run:
        os.kill(part_of(run, "init"), signal.SIGKILL)
        _, talk = run.communicate(timeout=30)
        assert run.returncode == 3, talk
    assert settled_difference(before, 0) == []
    assert "umountbench: error: " in talk and str(result) in talk
    assert os.listdir(tmp_path) == ["result.json"]
    assert_interrupted(load(result))
    assert "broken_off" in {warning["code"] for warning in load(result)["warnings"]}


def test_a_killed_guardian_does_not_keep_the_run_from_undoing_all_itself(tmp_path):
    result = tmp_path / "result.json"
    before = machine_state()
    with running(result, *quick(rcu="normal", samples=10_000_000, time_limit="3s")) as run:
        os.kill(part_of(run, "guardian"), signal.SIGKILL)
        _, talk = run.communicate(timeout=30)
        assert run.returncode == 0, talk
    assert settled_difference(before, 0) == []
    assert set(column(load(result)["cases"][0], "errno")) == {0}


def test_a_second_run_at_once_is_refused_with_the_pid_of_the_first(tmp_path):
    first, second = tmp_path / "first.json", tmp_path / "second.json"
    with running(first, *ENDLESS) as run:
        refused = umountbench("run", *quick(), "-o", second)
        assert refused.returncode == 4, refused
        assert refused.stderr.startswith("umountbench: error: ")
        assert f"(pid {run.pid})" in refused.stderr
        assert "umountbench: hint: " in refused.stderr
        assert umountbench("clean").returncode == 4
        assert os.listdir(tmp_path) == ["first.json.partial"]
        run.send_signal(signal.SIGINT)
        assert run.wait(timeout=60) == 130


@pytest.mark.parametrize("size", [0, 4096])
def test_a_journal_that_was_killed_before_its_first_line_or_within_it_is_taken_away(tmp_path, size):
    result = tmp_path / "result.json"
    with running(result, *ENDLESS) as run:
        run.kill()
        run.wait(timeout=60)
    assert wait_until(lambda: not [line for line in machine_state() if "(umountbench" in line], 60)
    os.truncate(journal_of(result), size)
    cleaned = umountbench("clean")
    assert (cleaned.returncode, cleaned.stderr) == (0, ""), cleaned
    assert os.listdir(tmp_path) == []
