# SPDX-License-Identifier: Apache-2.0
"""What other projects' programs could take for another thing than it is: directions, verdicts and names."""

import os

import pytest

import format_readers
from format_readers import READERS
from helpers import umountbench
from made_results import NEW, PLAIN_NORMAL, boot, case_of, folder_of_boots, save
from test_outside_formats import DOTTED, compared, reported, shown


def test_gitlab_finds_the_metrics_of_a_merge_request_in_its_base(tmp_path):
    def metrics(name, **options):
        made = boot(**options)
        return format_readers.gitlab_metrics(shown("report", save(tmp_path / name, made), "--format", "openmetrics"))
    base = metrics("umountbench-6.12.1-20260302.json")
    request = metrics("umountbench-6.13.0-20260303.json", kernel=NEW, side=1, times=1.5, label="PR #12")
    different = {name.split("{")[0] for name in set(base) ^ set(request)}
    assert different == {"umountbench_run_info"}
    assert [name for name in request if "label=PR \\x2312" in name]
    time = f"umountbench_return_seconds{{case={PLAIN_NORMAL},quantile=0.5}}"
    assert float(request[time]) == pytest.approx(1.5 * float(base[time]), rel=0.1)


def test_what_fails_a_comparison_is_the_verdict_of_openmetrics(tmp_path):
    def spoil(result):
        case_of(result, PLAIN_NORMAL)["checks"] = [{"name": "released", "outcome": "failed", "message": "still there"}]
    before = folder_of_boots(tmp_path / "before", 7)
    after = folder_of_boots(tmp_path / "after", 7, kernel=NEW, side=1, change=spoil)
    text = shown("compare", before, after, "--format", "openmetrics")
    assert 'umountbench_comparison_fails{verdict="failed"} 1\n' in text
    assert text.count(',verdict="failed"} 1\n') == 1 and text.count(',verdict="same"} 1\n') == 3


def test_what_is_better_when_higher_is_no_smaller_is_better(tmp_path):
    def with_rates(result):
        for one in result["cases"]:
            one["metrics"]["calls_per_s"] = {"unit": "1/s", "better": "higher"}
            one["samples"]["calls_per_s"] = [value and round(1e9 / value) for value in one["samples"]["return_ns"]]
    before = folder_of_boots(tmp_path / "before", 7, change=with_rates)
    after = folder_of_boots(tmp_path / "after", 7, kernel=NEW, side=1, times=0.5, change=with_rates)
    rates = ("--metric", "calls_per_s")
    assert compared((before, after), "github-action-benchmark", *rates) == {}
    assert len(compared((before, after), "github-action-benchmark")) == 4
    assert len(compared((before, after), "bencher", *rates)) == 4
    assert "Unit calls_per_s/op better=higher" in shown("compare", before, after, *rates, "--format", "benchstat")
    assert {line.split()[-1] for line in shown("compare", before, after, *rates, "--format", "lava").splitlines()} == {"per_s"}


def test_a_result_has_one_name_however_it_is_given(tmp_path):
    for number, name in enumerate(("ok.json", "a b.json", "a_b.json")):
        save(tmp_path / name, boot(number=number))
    os.mkdir(tmp_path / "x")

    def lines(*files):
        done = umountbench("report", *files, "--format", "lkp", cwd=tmp_path)
        assert done.returncode == 0, done
        return READERS["lkp"](done.stdout)
    first = lines("ok.json", "a b.json", "a_b.json")
    assert first == lines("./ok.json", "x/../a b.json", ".//a_b.json") == lines("a_b.json", "ok.json", "a b.json")
    assert f"{DOTTED[0]}.result-a_b.json.p50_ns" in first


def test_tmt_says_what_the_exit_code_says(tmp_path):
    before = folder_of_boots(tmp_path / "before", 7)
    other = folder_of_boots(tmp_path / "other", 7, kernel="6.14.0", facts={"cpu_model": "another"})
    done = umountbench("compare", before, other, "--format", "tmt")
    assert done.returncode == 4 and READERS["tmt"](done.stdout)["/"] == "error"
    made = boot()
    for one in made["cases"]:
        one.update(outcome="skipped", reason="no tmpfs here", samples={name: [] for name in one["samples"]}, phases={})
    assert set(reported("tmt", save(tmp_path / "skipped.json", made)).values()) == {"skip"}
