# SPDX-License-Identifier: Apache-2.0
"""`ab`: two settings measured in turns on this machine, and judged. The measuring ones need root."""

import glob
import json
import os
import re
import signal

import pytest

from helpers import UNPRIVILEGED, machine_state, needs_root, settled_difference, start_umountbench, umountbench
from real_runs import column, has_samples, length_of, load, wait_until

PLAIN = "umount/fs=tmpfs/.*mode=plain.*method=syscall"
SETTINGS = ("--a", "rcu=default", "--b", "rcu=normal")
SHORT = (*SETTINGS, "--filter", PLAIN, "--rounds", 3, "--time-limit", "400ms")
CASE = "umount/fs=tmpfs/mode=plain/method=syscall"


@pytest.fixture(scope="module")
def measured(tmp_path_factory):
    """(the run of `ab`, its folder, the machine before and after)"""
    for _ in range(5):  # rounds that others disturbed are left out, and may leave too few for a verdict
        folder = tmp_path_factory.mktemp("ab")
        before = machine_state()
        done = umountbench("ab", *SHORT, "-o", "out", "--write", "json=said.json", cwd=folder, timeout=120)
        left = settled_difference(before)
        if done.returncode != 0 or left or not any(one["disturbed"] for one in load(result_of(folder))["rounds"]):
            break
    return done, folder, before, left


def result_of(folder):
    [path] = glob.glob(f"{folder}/out/umountbench-*.json")
    return path


@needs_root
def test_normal_grace_periods_are_called_slower_in_words_and_exit_1(measured):
    done, _, _, _ = measured
    assert done.returncode == 1, done
    first = done.stdout.splitlines()[0]
    assert re.match(r"slower: 1 of 1 case, most of all umount of tmpfs \(plain, syscall\), \d+ times slower "
                    r"\((nearly )?(an order|(two|three|four) orders) of magnitude\) \[rcu=normal against rcu=default\]$", first), first
    assert "paired by round" in done.stdout and "Judged by paired t" in done.stdout


@needs_root
def test_the_report_goes_to_stdout_and_the_result_into_the_folder(measured):
    done, folder, _, _ = measured
    assert sorted(os.listdir(folder)) == ["out", "said.json"]
    path = os.path.relpath(result_of(folder), folder)
    assert os.listdir(folder / "out") == [os.path.basename(path)], "no journal stays"
    assert f"umountbench: result: {path}\n" in done.stderr
    assert f"compare it again: umountbench compare --by rcu {path}\n" in done.stderr
    result = load(folder / path)
    assert [case["id"] for case in result["cases"]] == [f"{CASE}/rcu=default", f"{CASE}/rcu=normal"]
    assert len(result["rounds"]) >= 3 and result["run"]["config"]["rounds"] == 3


@needs_root
def test_knobs_and_mounts_are_as_before(measured):
    assert measured[3] == []


@needs_root
def test_compare_by_rcu_says_the_same_of_the_file(measured):
    done, folder, _, _ = measured
    again = umountbench("compare", "--by", "rcu", os.path.relpath(result_of(folder), folder), cwd=folder)
    assert again.returncode == 1
    assert again.stdout == done.stdout
    by_json = json.loads(umountbench("compare", "--by", "rcu", os.path.relpath(result_of(folder), folder), "--format", "json",
                                     cwd=folder).stdout)
    assert by_json == load(folder / "said.json")


@needs_root
def test_blocks_are_measured_in_the_order_a_b_b_a(measured):
    """Pass by pass the pair is turned round, as long as neither has come to its end."""
    result = load(result_of(measured[1]))
    turns = 0
    for index in range(len(result["rounds"])):
        samples = sorted((sequence, letter, block)
                         for letter, case in zip("AB", result["cases"])
                         for sequence, block, number in zip(column(case, "sequence"), column(case, "repetition"),
                                                            column(case, "round")) if number == index)
        assert [sequence for sequence, _, _ in samples] == list(range(len(samples))), "one counter for both"
        blocks = list(dict.fromkeys((letter, block) for _, letter, block in samples))
        common = min(max((block for letter, block in blocks if letter == side), default=-1) for side in "AB")
        order = "".join(letter for letter, block in blocks if block <= common)
        assert order in [(turn * len(order))[:len(order)] for turn in ("ABBA", "BAAB")], (index, order)
        turns += common
    assert turns >= 3, "there was something to turn round"


@needs_root
def test_two_modes_are_compared_like_two_rcu_modes(tmp_path):
    done = umountbench("ab", "--a", "mode=plain", "--b", "mode=lazy", "--filter", "fs=tmpfs", "--rounds", 2, "--time-limit",
                       "200ms", "-o", tmp_path, timeout=60)
    assert done.returncode in (0, 1), done
    assert "mode=lazy against mode=plain" in done.stdout.splitlines()[0]
    assert "umount/fs=tmpfs/method=syscall/rcu=as-found" in done.stdout or "1 of 1 cases the same" in done.stdout


@needs_root
def test_fail_on_never_and_another_format(tmp_path):
    done = umountbench("ab", *SHORT[:6], "--rounds", 2, "--time-limit", "200ms", "-o", tmp_path, "--fail-on", "never",
                       "--format", "json", timeout=60)
    assert done.returncode == 0, done
    assert json.loads(done.stdout)["by"] == "rcu"


@needs_root
def test_ctrl_c_keeps_the_partial_result_and_exits_130(tmp_path):
    before = machine_state()
    run = start_umountbench("ab", *SETTINGS, "--filter", PLAIN, "--time-limit", "60s", "--samples", "10000000", "-o", tmp_path)
    try:
        def has_begun():
            return any(has_samples(path.removesuffix(".partial")) for path in glob.glob(f"{tmp_path}/*.partial"))
        assert wait_until(lambda: has_begun() or run.poll() is not None) and run.poll() is None, run.communicate()
        run.send_signal(signal.SIGINT)
        report, talk = run.communicate(timeout=20)
    finally:
        if run.poll() is None:
            run.kill()
            run.communicate(timeout=30)
    assert run.returncode == 130, talk
    assert settled_difference(before, 0) == [], "undone before it ended"
    [path] = glob.glob(f"{tmp_path}/*")
    result = load(path)
    assert result["run"]["interrupted"] is True and sum(map(length_of, result["cases"])) > 0
    assert path in talk
    assert report == "" or "interrupted" in report


@pytest.mark.parametrize("words, error, hint", [
    (["--a", "rcu=default"], "ab needs --b", "umountbench ab --a rcu=default --b rcu=normal"),
    (["--b", "rcu=default"], "ab needs --a", "umountbench ab --a rcu=default --b rcu=normal"),
    ([], "ab needs --a", "umountbench ab --a rcu=default --b rcu=normal"),
    (["--a", "rcu=default", "--b", "mode=lazy"], "--a and --b set different parameters: rcu and mode", "--b rcu=normal"),
    (["--a", "rcu=normal", "--b", "rcu=normal"], "--a and --b are the same", "--b rcu=normal"),
    (["--a", "rcuu=default", "--b", "rcuu=normal"], "no scenario has the parameter 'rcuu'", "did you mean 'rcu'?"),
    (["--a", "rcu=default", "--b", "rcu=norml"], "--b: 'norml' is unknown", "did you mean 'normal'?"),
    (["--a", "rcu", "--b", "rcu=normal"], "--a: 'rcu' is not PARAMETER=VALUE", "--a rcu=normal"),
    (["--a", "rcu=", "--b", "rcu=normal"], "--a: 'rcu=' is not PARAMETER=VALUE", "--a rcu=normal"),
    (["--a", "rcu=default,rcu=normal", "--b", "rcu=normal"], "--a: 'rcu' is there twice", ""),
    (["--a", "files=0", "--b", "files=many"], "--b: 'many' is not a whole number", "from 0 to 100000"),
    (["--a", "autoclear=on", "--b", "autoclear=off"], "no case of the config has the parameters", ""),
    ([*SETTINGS, "--filter", "fs=xfs"], "--filter: 'fs=xfs' matches none of the cases in either setting", "fs=tmpfs"),
    ([*SETTINGS, "--config", "qick"], "no config 'qick'", "quick"),
    ([*SETTINGS, "--rcu", "normal"], "unknown option '--rcu'", "umountbench help ab"),
    ([*SETTINGS, "--by", "rcu"], "unknown option '--by'", "did you mean '--b'?"),
])
def test_settings_that_make_no_comparison_are_one_clear_line(tmp_path, words, error, hint):
    done = umountbench("ab", *words, "--dry-run", cwd=tmp_path, timeout=10)
    lines = done.stderr.splitlines()
    assert (done.returncode, done.stdout) == (2, ""), done
    assert lines[0].startswith("umountbench: error: ") and error in lines[0], done.stderr
    assert hint in (lines[1] if len(lines) > 1 else "")
    assert os.listdir(tmp_path) == []


@needs_root
@pytest.mark.parametrize("words, error", [
    (["-o", "none/out"], "cannot make the folder 'none/out'"),
    (["--write", "json=none/said.json"], "there is no folder 'none/'"),
    (["--threshold", "5"], "--threshold '5'"),
    (["--format", "gitub"], "--format does not know 'gitub'"),
])
def test_a_bad_place_or_option_is_seen_before_anything_is_measured(tmp_path, words, error):
    done = umountbench("ab", *SETTINGS, *words, cwd=tmp_path, timeout=10)
    assert (done.returncode, done.stdout) == (2, ""), done
    assert error in done.stderr.splitlines()[0]
    assert os.listdir(tmp_path) == []


def test_a_dry_run_shows_the_pairs_and_needs_no_root(tmp_path):
    done = umountbench("ab", *SHORT, "--dry-run", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert "block by block, A B B A" in done.stdout
    assert "gate: 1 tests (pairs of cases times quantiles), judged as pairs of rounds" in done.stdout
    assert [line.split()[1] for line in done.stdout.splitlines() if line.startswith("run ")] == [
        f"{CASE}/rcu=default", f"{CASE}/rcu=normal"]
    assert os.listdir(tmp_path) == []


@needs_root
def test_without_root_it_exits_4_and_names_both_ways(installed, open_folder):
    done = umountbench("ab", *SHORT, program=installed, prefix=UNPRIVILEGED, cwd=open_folder)
    assert (done.returncode, done.stdout) == (4, ""), done
    assert "sudo" in done.stderr and "--unprivileged" in done.stderr
    assert os.listdir(open_folder) == []
    assert umountbench("ab", *SHORT, "--exit-code", "bisect", program=installed, prefix=UNPRIVILEGED,
                       cwd=open_folder).returncode == 125
