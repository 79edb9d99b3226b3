# SPDX-License-Identifier: Apache-2.0
"""`history`: a case over builds, on made-up results."""

import csv
import io
import json
import os

import pytest

from helpers import needs_program, umountbench
from made_results import LAZY_DEFAULT, PLAIN_DEFAULT, boot, save

BUILDS = 14
CHANGED_AT = 8


def release(number):
    return f"6.13.0-rc1-{number:05}-gabcdef{number:04}"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Two boots of each of 14 builds; the lazy umounts of the last 6 take 1.3 times as long."""
    made = tmp_path_factory.mktemp("nightly")
    for number in range(BUILDS):
        for turn in range(2):
            times = {LAZY_DEFAULT: 1.3} if number >= CHANGED_AT else 1.0
            save(made / f"{number:02}-{turn}.json",
                 boot(kernel=release(number), number=turn, times=times, minute=10 * number + 2 * turn))
    return made


def test_it_names_the_build_from_which_on_a_case_is_slower_and_no_other(folder):
    done = umountbench("history", folder)
    assert done.returncode == 0, done
    (told,) = (line for line in done.stdout.splitlines() if " since " in line)
    assert "30% slower" in told or "29% slower" in told or "31% slower" in told, told
    assert f"since {release(CHANGED_AT)}:" in told
    assert "change points in 1 of " in done.stdout and f"over {BUILDS} builds" in done.stdout


def test_json_has_every_value_and_the_change(folder):
    made = json.loads(umountbench("history", folder, "--format", "json").stdout)
    assert (made["kind"], len(made["builds"])) == ("history", BUILDS)
    assert [build["commit"] for build in made["builds"]] == [f"abcdef{number:04}" for number in range(BUILDS)]
    assert all(build["boots"] == 2 for build in made["builds"])
    for series in made["series"]:
        assert len(series["values"]) == BUILDS
        assert [change["build"] for change in series["changes"]] == (
            [CHANGED_AT] if series["case"] == LAZY_DEFAULT else [])


def test_markdown_has_a_row_a_case_those_that_changed_first(folder):
    done = umountbench("history", folder, "--format", "markdown")
    assert done.returncode == 0, done
    rows = [line.split(" | ") for line in done.stdout.splitlines() if line.startswith("| <code>")]
    assert len(rows) == len(boot()["cases"]) and all(len(row) == 5 for row in rows)
    assert LAZY_DEFAULT in rows[0][0] and f"slower since {release(CHANGED_AT)}: " in rows[0][1]
    assert {row[1] for row in rows[1:]} == {""}


def test_commits_give_the_order_and_choose_the_builds(folder, tmp_path):
    (tmp_path / "commits").write_text("".join(f"abcdef{number:04}00000000 a subject\n" for number in (5, 3)))
    made = json.loads(umountbench("history", folder, "--commits", tmp_path / "commits", "--format", "json").stdout)
    assert [build["kernel_release"] for build in made["builds"]] == [release(5), release(3)]
    assert "12 builds are of none of the given commits" in made["cautions"][0]


def nightly(folder, count, times, change=None, settings=((None, 1.0),)):
    """A boot a build and setting (a command line and how many times as long all takes there) of one case; `times(number)`
    and `change(result, number)` make the builds."""
    os.makedirs(folder, exist_ok=True)
    for number in range(count):
        for place, (words, factor) in enumerate(settings):
            result = boot(kernel=release(number), number=number, label=None, times=factor * times(number),
                          minute=10 * number + 2 * place, facts={"command_line": words} if words else None)
            result["boot_id"] += f" {place}"
            result["run"]["id"] += f" {place}"
            result["cases"] = [case for case in result["cases"] if case["id"] == PLAIN_DEFAULT]
            if change:
                change(result, number)
            save(os.path.join(folder, f"{number:03}-{place}.json"), result)
    return folder


def changes(stdout):
    """The lines that tell of changes."""
    return [line.strip() for line in stdout.splitlines() if line.strip()[:1] in ("▲", "▼", "◆")]


def test_csv_marks_the_change_and_otava_gets_no_empty_cell(folder, tmp_path):
    for name in sorted(os.listdir(folder)):
        with open(os.path.join(folder, name), encoding="utf-8") as file:
            result = json.load(file)
        if name.startswith("03-"):
            result["cases"] = [case for case in result["cases"] if case["id"] != PLAIN_DEFAULT]
        save(tmp_path / name, result)
    done = umountbench("history", tmp_path, "--format", "csv", "--write", f"otava={tmp_path}/otava.csv")
    rows = list(csv.DictReader(io.StringIO(done.stdout)))
    changed = [row for row in rows if row["change"] == "true"]
    assert [(row["case"], row["kernel_release"]) for row in changed] == [(LAZY_DEFAULT, release(CHANGED_AT))]
    assert [row["value"] for row in rows if row["case"] == PLAIN_DEFAULT].count("") == 1
    with open(tmp_path / "otava.csv", encoding="utf-8") as file:
        otava = list(csv.DictReader(file))
    assert len(otava) == BUILDS
    for row in otava:
        metrics = {name: value for name, value in row.items() if name not in ("time", "kernel", "label", "source")}
        assert metrics and all(float(value) > 0 for value in metrics.values())
        assert not any("mode-plain" in name and "rcu-default" in name for name in metrics), "one build lacks it"


def test_a_kernel_under_two_command_lines_is_one_build_and_two_series(tmp_path):
    settings = (("console=ttyS0", 1.0), ("console=ttyS0 rcupdate.rcu_normal=1", 50.0))
    nightly(tmp_path, 20, lambda number: 1.3 if number >= 10 else 1.0, settings=settings)
    done = umountbench("history", tmp_path)
    told = changes(done.stdout)
    assert len(told) == 2 and all("slower since " + release(10) in line for line in told), done
    assert "over 20 builds" in done.stdout
    assert f"{PLAIN_DEFAULT} (rcupdate.rcu_normal=1)" in done.stdout
    made = json.loads(umountbench("history", tmp_path, "--format", "json").stdout)
    assert [series["case"] for series in made["series"]] == [PLAIN_DEFAULT] * 2
    assert {series["setting"] for series in made["series"]} == {"rcupdate.rcu_normal=1", "without rcupdate.rcu_normal"}


def test_a_change_that_is_over_is_told_with_its_end_and_its_own_level(tmp_path):
    nightly(tmp_path, 24, lambda number: 2.0 if 16 <= number < 21 else 1.0)
    made = json.loads(umountbench("history", tmp_path, "--format", "json").stdout)
    (series,) = made["series"]
    (change,) = series["changes"]
    assert (change["build"], change["until"]) == (16, 21)
    assert 1.95 < change["ratio"] < 2.05
    assert [(level["first"], level["last"]) for level in series["levels"]] == [(0, 15), (16, 20), (21, 23)]
    assert f"from {release(16)} until {release(21)}: " in change["words"]


def test_a_change_of_the_spread_alone_is_not_called_slower(tmp_path):
    nightly(tmp_path, 40, lambda number: 1.0 if number < 20 else (1.25, 0.8)[number % 2])
    done = umountbench("history", tmp_path)
    (told,) = changes(done.stdout)
    assert told.startswith("◆ the spread changed (") and "slower" not in done.stdout, done
    assert "no change of 5% or more in 1 case" in done.stdout


def test_the_order_of_the_files_says_nothing(tmp_path):
    def at_once(result, _):
        result["run"]["started_at"] = "2026-03-02T09:00:00Z"
    nightly(tmp_path, 16, lambda number: 1.4 if number >= 8 else 1.0, at_once)
    files = sorted(os.path.join(tmp_path, name) for name in os.listdir(tmp_path))
    forwards = umountbench("history", *files)
    assert "slower since " + release(8) in forwards.stdout, forwards
    assert umountbench("history", *reversed(files)).stdout == forwards.stdout


def test_any_quantile_can_be_asked_for_though_the_plan_has_a_gate(folder):
    assert boot()["run"]["config"]["gate"]
    done = umountbench("history", folder, "--quantile", "0.75")
    assert done.returncode == 0, done
    assert "p75 of each build" in done.stdout and "·" not in done.stdout


def test_a_small_alpha_finds_what_is_plain(tmp_path):
    nightly(tmp_path, 30, lambda number: 2.0 if number >= 15 else 1.0)
    assert len(changes(umountbench("history", tmp_path, "--alpha", "0.0005").stdout)) == 1
    refused = umountbench("history", tmp_path, "--alpha", "0.00001")
    assert refused.returncode == 2 and "at least 0.0001" in refused.stderr, refused


def test_a_count_that_was_0_is_seen_to_rise_and_cannot_be_drawn(tmp_path):
    def switches(result, number):
        for case in result["cases"]:
            samples = case["samples"]
            samples["voluntary_switches"] = [0 if number < 15 else 4] * len(samples["voluntary_switches"])
    nightly(tmp_path / "results", 30, lambda _: 1.0, switches)
    done = umountbench("history", tmp_path / "results", "--metric", "voluntary_switches")
    (told,) = changes(done.stdout)
    assert f"higher since {release(15)}: 0 -> 4, p" in told, done


@needs_program("gnuplot")
def test_that_there_is_nothing_to_draw_is_said_before_anything_is_written(folder, tmp_path):
    done = umountbench("history", folder, "--metric", "voluntary_switches", "-o", tmp_path / "history.txt", "--plot",
                       tmp_path / "history.svg")
    assert done.returncode == 2 and "nothing to draw" in done.stderr, done
    assert os.listdir(tmp_path) == []


def test_folders_of_nights_are_read_and_files_that_are_no_results_are_passed_over(tmp_path):
    for number in range(4):
        nightly(tmp_path / "nights" / f"night-{number}", 1, lambda _: 1.0,
                lambda result, _, kernel=release(number): result["environment"]["before"].update(kernel_release=kernel))
    nightly(tmp_path / "elsewhere", 1, lambda _: 1.0)
    os.symlink(tmp_path / "elsewhere", tmp_path / "nights" / "link")
    (tmp_path / "nights" / "notes.json").write_text('{"hello": 1}')
    done = umountbench("history", tmp_path / "nights")
    assert done.returncode == 0, done
    assert "over 4 builds" in done.stdout
    assert "warning: left out: cannot read '" in done.stderr and "notes.json" in done.stderr
    night = tmp_path / "nights" / "night-2" / "000-0.json"
    kept = umountbench("history", tmp_path / "nights", "-o", night)
    assert kept.returncode == 2 and "this command reads it" in kept.stderr, kept
    (tmp_path / "bad").mkdir()
    for name in ("one.json", "two.json"):
        (tmp_path / "bad" / name).write_text("{")
    refused = umountbench("history", tmp_path / "bad")
    assert refused.returncode == 2 and "none of these 2 files can be read" in refused.stderr, refused


def test_what_is_left_out_or_stands_the_wrong_way_round_is_said(folder, tmp_path):
    assert "2 older builds are left out (--last)" in umountbench("history", folder, "--last", BUILDS - 2).stdout
    (tmp_path / "log").write_text("".join(f"abcdef{number:04} a subject\n" for number in reversed(range(BUILDS))))
    done = umountbench("history", folder, "--commits", tmp_path / "log")
    assert "runs against the builds' times (13 of 13 steps)" in " ".join(done.stdout.split()), done


def test_a_change_of_the_machine_is_not_judged(tmp_path):
    def machine(result, number):
        result["environment"]["before"]["cpu_model"] = "Old CPU" if number < 12 else "New CPU"
    nightly(tmp_path, 20, lambda number: 1.3 if number >= 12 else 1.0, machine)
    done = umountbench("history", tmp_path)
    (told,) = changes(done.stdout)
    assert told.startswith("◆") and "not judged: the machine changed there too: cpu_model (Old CPU -> New CPU)" in told


@pytest.mark.parametrize("words, told", [
    (("--metric", "sync_ns"), "sync_ns"), (("--quantile", "50"), "did you mean '50%'?"), (("--last", "0"), "--last"),
    (("--case", "("), "--case"), (("--case", "nothing"), "--case 'nothing' matches no case"), (("--commits", "/dev/null"), "neither a file")])
def test_what_makes_no_sense_is_refused(folder, words, told):
    done = umountbench("history", folder, *words)
    assert done.returncode == 2, done
    assert told in done.stderr


@needs_program("gnuplot")
def test_it_is_drawn_with_its_levels(folder, tmp_path):
    done = umountbench("history", folder, "--plot", tmp_path / "history.svg")
    assert done.returncode == 0, done
    drawn = (tmp_path / "history.svg").read_text(encoding="utf-8")
    assert release(CHANGED_AT) in drawn and LAZY_DEFAULT in drawn
    assert len(drawn) < 200_000
    refused = umountbench("history", folder, "--plot", tmp_path / "history.gif")
    assert refused.returncode == 2 and "--plot plot.svg" in refused.stderr, refused
