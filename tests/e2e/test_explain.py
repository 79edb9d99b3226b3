# SPDX-License-Identifier: Apache-2.0
"""`explain`, and what `compare` makes of grace-period waits: on made-up results, so without root."""

import json
import os

import pytest

from helpers import TOP, umountbench
from made_results import CASES, LAZY_DEFAULT, PLAIN_NORMAL, boot, compare, row_of, save, two_sides


def attribution(case, waits=1, deferred=0, samples=20):
    waited = 13_700_000 if waits else 0
    return {"case": case, "method": "traced", "reason": None,
            "samples": {"wall_ns": [waited + 100_000] * samples, "grace_period_waits": waits,
                        "deferred_grace_periods": deferred, "voluntary_switches": waits},
            "causes_ns": {"grace_period": waited, "shut_down": 61_000, "rest": 39_000},
            "waits": [{"function": "synchronize_rcu_expedited", "kind": "normal", "count": waits * samples,
                       "total_ns": waited * samples}] if waits else [],
            "calls": [], "missing": [], "dropped_samples": 0, "lost_events": 0, "floor_ns": 1300}


def with_waits(**options):
    def change(result):
        result["attribution"] = [attribution(case, **options) for case in CASES]
    return change


@pytest.fixture
def explained(tmp_path):
    result = boot()
    result["attribution"] = [attribution(PLAIN_NORMAL), attribution(LAZY_DEFAULT, waits=0, deferred=1)]
    return save(tmp_path / "explained.json", result)


def test_each_case_has_its_verdict_in_words(explained):
    done = umountbench("explain", explained)
    assert (done.returncode, done.stderr) == (0, "")
    assert "  1 normal grace period, 99.3% of the call\n" in done.stdout
    assert "  0 waits in the call, 1 deferred: moved to a worker; the largest part: shutting the super" in done.stdout
    assert "RCU share by the difference of the RCU modes: " in done.stdout
    assert "The traced pass took " in done.stdout


def test_a_regular_expression_chooses_the_cases(explained):
    done = umountbench("explain", explained, "--case", "mode=lazy.*default")
    assert f"\n{LAZY_DEFAULT}\n" in done.stdout and f"\n{PLAIN_NORMAL}\n" not in done.stdout
    for wrong in ("nothing-like-it", "("):
        assert umountbench("explain", explained, "--case", wrong).returncode == 2


def test_it_goes_to_files_too_and_not_over_its_own_result(tmp_path, explained):
    done = umountbench("explain", explained, "--format", "markdown", "-o", tmp_path / "a.md", "--write",
                       f"terminal={tmp_path}/a.txt")
    assert (done.returncode, done.stdout) == (0, "")
    assert "| waiting for grace periods |" in (tmp_path / "a.md").read_text()
    assert "1 normal grace period" in (tmp_path / "a.txt").read_text()
    assert umountbench("explain", explained, "-o", explained).returncode == 2


def test_without_a_name_the_newest_is_explained(tmp_path, explained):
    os.utime(explained)
    done = umountbench("explain", cwd=tmp_path)
    assert done.returncode == 0, done
    assert "showing ./explained.json" in done.stderr


def test_a_result_that_nobody_traced_has_none(tmp_path):
    result = boot()
    result["cases"] = [case for case in result["cases"] if case["id"].endswith("rcu=default")]
    done = umountbench("explain", save(tmp_path / "plain.json", result))
    assert done.returncode == 4, done
    assert "run --explain" in done.stderr


def test_the_share_of_rcu_needs_two_modes_and_no_pass(tmp_path):
    reference = os.path.join(TOP, "results/reference/6.1-rt")
    done = umountbench("explain", os.path.join(reference, sorted(os.listdir(reference))[0]), "--case", "rcu=normal")
    assert done.returncode == 0, done
    assert "rcu=default" in done.stdout


def test_a_report_has_the_causes_in_short_and_show_says_where_they_are(explained):
    assert "1 normal grace period, 99.3% of the call" in umountbench("report", explained, "--format", "markdown").stdout
    assert f"causes: umountbench explain {explained}" in umountbench("show", explained).stdout


def test_the_result_and_the_comparison_are_as_their_schemas_say(tmp_path, explained):
    jsonschema = pytest.importorskip("jsonschema")
    with open(os.path.join(TOP, "docs/result.schema.json"), encoding="utf-8") as file:
        schema = json.load(file)
    written = json.loads(umountbench("show", explained, "--format", "json").stdout)
    assert len(written["attribution"]) == 2
    jsonschema.validate(written, schema)
    with open(os.path.join(TOP, "docs/comparison.schema.json"), encoding="utf-8") as file:
        schema = json.load(file)
    before, after = two_sides(tmp_path, count=2)
    for folder, waits in ((before, 0), (after, 1)):
        for name in os.listdir(folder):
            path = os.path.join(folder, name)
            with open(path, encoding="utf-8") as file:
                result = json.load(file)
            with_waits(waits=waits)(result)
            save(path, result)
    jsonschema.validate(compare(before, after)[1], schema)


def sides(tmp_path, before, after):
    paths = []
    for name, kernel, side, options in (("before", "6.12.1", 0, before), ("after", "6.13.0", 1, after)):
        os.mkdir(tmp_path / name)
        for number in range(7):
            result = boot(kernel=kernel, number=number, side=side)
            with_waits(**options)(result)
            save(tmp_path / name / f"{number}.json", result)
        paths.append(tmp_path / name)
    return paths


def test_more_waits_fail_although_the_clock_says_the_same(tmp_path):
    before, after = sides(tmp_path, {"waits": 0}, {"waits": 1})
    done, said = compare(before, after)
    assert done.returncode == 1, done
    assert said["headline"].startswith("failed: more grace-period waits in 4 of 4 cases (")
    row = row_of(said, PLAIN_NORMAL)
    assert (row["grace_period_waits"], row["fails"]) == ("more", True)
    assert row["words"].startswith("more grace-period waits: 0 -> 1 (all 140 calls with ")
    for name in ("terminal", "markdown", "junit", "github", "lkml", "csv"):
        assert "grace-period waits: 0 -" in umountbench("compare", before, after, "--format", name).stdout, name
    baseline = tmp_path / "baseline.json"
    assert umountbench("shrink", before, "-o", baseline).returncode == 0
    done, said = compare(baseline, after)
    assert done.returncode == 1
    assert row_of(said, PLAIN_NORMAL)["grace_period_waits"] == "more"


def test_fewer_waits_are_an_improvement_unless_they_only_moved(tmp_path):
    before, after = sides(tmp_path, {"waits": 1}, {"waits": 0})
    done, said = compare(before, after)
    assert done.returncode == 0, done
    assert row_of(said, PLAIN_NORMAL)["grace_period_waits"] == "fewer"
    os.mkdir(tmp_path / "moved")
    before, after = sides(tmp_path / "moved", {"waits": 1}, {"waits": 0, "deferred": 1})
    done, said = compare(before, after)
    assert done.returncode == 0, done
    assert row_of(said, PLAIN_NORMAL)["grace_period_waits"] == "moved"
    assert "moved" in row_of(said, PLAIN_NORMAL)["marks"]
