# SPDX-License-Identifier: Apache-2.0
"""`history`: a case over builds, on made-up results."""

import csv
import io
import json

import pytest

from helpers import needs_program, umountbench
from made_results import LAZY_DEFAULT, boot, save

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


def test_commits_give_the_order_and_choose_the_builds(folder, tmp_path):
    (tmp_path / "commits").write_text("".join(f"abcdef{number:04}00000000 a subject\n" for number in (5, 3)))
    made = json.loads(umountbench("history", folder, "--commits", tmp_path / "commits", "--format", "json").stdout)
    assert [build["kernel_release"] for build in made["builds"]] == [release(5), release(3)]
    assert "12 builds are of none of the given commits" in made["cautions"][0]


def test_csv_marks_the_change_and_otava_gets_no_empty_cell(folder, tmp_path):
    done = umountbench("history", folder, "--format", "csv", "--write", f"otava={tmp_path}/otava.csv")
    rows = list(csv.DictReader(io.StringIO(done.stdout)))
    changed = [row for row in rows if row["change"] == "true"]
    assert [(row["case"], row["kernel_release"]) for row in changed] == [(LAZY_DEFAULT, release(CHANGED_AT))]
    with open(tmp_path / "otava.csv", encoding="utf-8") as file:
        otava = list(csv.DictReader(file))
    assert len(otava) == BUILDS
    for row in otava:
        metrics = [value for name, value in row.items() if name not in ("time", "kernel", "label", "source")]
        assert metrics and all(float(value) > 0 for value in metrics)


@pytest.mark.parametrize("words, told", [
    (("--metric", "sync_ns"), "sync_ns"), (("--quantile", "50"), "did you mean '50%'?"), (("--last", "0"), "--last"),
    (("--case", "("), "--case"), (("--commits", "/dev/null"), "neither a file")])
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
