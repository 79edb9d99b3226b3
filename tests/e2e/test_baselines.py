# SPDX-License-Identifier: Apache-2.0
"""What stands in for full results: baselines by `shrink`, noise profiles by `noise`, packed files, journals."""

import gzip
import json
import os
import subprocess

import pytest

from helpers import needs_program, umountbench
from made_results import (NEW, OLD, boot, compare, folder_of_boots, journal_of, save, two_sides, verdicts)
from test_compare_formats import json_faults


def shrunk(folder):
    """A baseline of a folder, beside it."""
    path = f"{folder}.json"
    done = umountbench("shrink", folder, "-o", path)
    assert (done.returncode, done.stdout) == (0, ""), done
    return path


def figures(comparison):
    """What was judged, without the names and paths of the sides."""
    return [[{key: value for key, value in row.items() if key not in ("notes", "words")} for row in pair["rows"]]
            for pair in comparison["pairs"]]


@pytest.mark.parametrize("candidate", [{"times": {"rcu=normal": 1.3}}, {"times": {"plain": 0.6}}, {}, {"noise": 0.1},
                                       {"count": 4, "times": 1.2}, {"count": 2, "times": 2}, {"count": 1}])
def test_a_shrunk_side_gets_the_same_figures_and_verdicts_as_the_full_one(tmp_path, candidate):
    before, after = two_sides(tmp_path, **candidate)
    full_done, full = compare(before, after)
    for sides in ((shrunk(before), after), (before, shrunk(after)), (shrunk(before), shrunk(after))):
        done, said = compare(*sides)
        assert done.returncode == full_done.returncode
        assert (said["verdict"], said["gate_size"]) == (full["verdict"], full["gate_size"])
        assert figures(said) == figures(full)


def test_a_shrunk_side_says_that_its_samples_are_gone(tmp_path):
    before, after = two_sides(tmp_path)
    done = umountbench("compare", shrunk(before), after)
    assert "warning: before: the samples of 7 boots are gone (a baseline by shrink): quantiles only" in done.stdout
    assert "are gone" not in umountbench("compare", before, after).stdout


def test_a_baseline_is_compared_by_rcu_and_by_released_ns_like_the_boots(tmp_path):
    before, after = two_sides(tmp_path, times={"rcu=normal": 1.3})
    baseline = shrunk(before)
    for options in (("--by", "rcu"), ("--by", "mode")):
        assert figures(compare(*options, baseline)[1]) == figures(compare(*options, before)[1])
    released = ("--metric", "released_ns")
    assert figures(compare(baseline, after, *released)[1]) == figures(compare(before, after, *released)[1])


def test_a_baseline_of_one_boot_is_compared_round_by_round_like_the_boot(tmp_path):
    def judged(path):
        said = compare("--by", "rcu", path)[1]
        assert said["pairs"][0]["unit_of_comparison"] == "round"
        return [(row["verdict"], [one for one in row["quantiles"] if one["gated"]]) for row in said["pairs"][0]["rows"]]
    boots = folder_of_boots(tmp_path / "boots", 1)
    assert judged(shrunk(boots)) == judged(boots), "of single rounds a baseline keeps what is gated"


def test_a_baseline_keeps_the_gate_of_its_plan(tmp_path):
    gate = {"gate": {"cases": "mode=plain", "quantiles": [0.5, 0.75]}}
    before = folder_of_boots(tmp_path / "before", settings=gate)
    after = folder_of_boots(tmp_path / "after", kernel=NEW, side=1, settings=gate, times={"mode=lazy": 3})
    said, full = compare(shrunk(before), after)[1], compare(before, after)[1]
    assert (said["gate"], said["gate_size"]) == ("p50, p75 of 2 cases", 4)
    assert figures(said) == figures(full)


def test_a_baseline_takes_under_20_kb_a_boot_and_follows_its_schema(tmp_path):
    def as_large_as_the_plan_for_comparisons(result):
        """Eight cases in seven rounds of 300 samples, as in configs/compare.json."""
        for case in result["cases"]:
            samples = {name: values * 4 if isinstance(values, list) else values for name, values in case["samples"].items()}
            samples["round"] = [number * 7 // len(samples["round"]) for number in range(len(samples["round"]))]
            case["samples"] = samples
        result["rounds"] = [{**result["rounds"][0], "index": number} for number in range(7)]
        result["cases"] += [{**case, "id": case["id"].replace("tmpfs", "ext4"), "parameters": {
            **case["parameters"], "fs": "ext4"}} for case in result["cases"]]
    boots = folder_of_boots(tmp_path / "boots", change=as_large_as_the_plan_for_comparisons)
    baseline = shrunk(boots)
    assert os.path.getsize(baseline) / 7 < 20_000
    with open(baseline, encoding="utf-8") as file:
        assert json_faults(json.load(file), "baseline.schema.json") == []


def test_shrink_prints_without_a_file_and_takes_files_folders_and_baselines(tmp_path):
    before, after = two_sides(tmp_path, count=2)
    baseline = shrunk(before)
    again = umountbench("shrink", baseline, os.path.join(after, "boot-0.json"))
    assert (again.returncode, again.stderr) == (0, "")
    boots = json.loads(again.stdout)["boots"]
    assert [one["environment"]["kernel_release"] for one in boots] == [OLD, OLD, NEW]
    assert umountbench("shrink", baseline).stdout == open(baseline, encoding="utf-8").read()


def test_two_kernels_in_one_baseline_are_sides_again(tmp_path):
    before, after = two_sides(tmp_path, times={"rcu=normal": 1.3})
    both = str(tmp_path / "both.json")
    assert umountbench("shrink", before, after, "-o", both).returncode == 0
    done, said = compare("--by", "kernel", both)
    assert (done.returncode, said["verdict"]) == (1, "slower")
    assert figures(said) == figures(compare(before, after)[1])


@pytest.mark.parametrize("command", ["show", "report"])
def test_a_baseline_has_no_run_to_show_and_what_can_be_done_with_it_is_said(tmp_path, command):
    done = umountbench(command, shrunk(folder_of_boots(tmp_path / "boots", 2)))
    assert (done.returncode, done.stdout) == (2, "")
    error, hint = done.stderr.splitlines()
    assert "it is a baseline, made by shrink: its samples are gone" in error
    assert hint.startswith("umountbench: hint: hold results against it: umountbench compare ")


def profile_of(folder):
    path = f"{folder}.profile"
    done = umountbench("noise", folder, "-o", path)
    assert (done.returncode, done.stdout) == (0, ""), done
    return path


def test_a_noise_profile_takes_ten_boots(tmp_path):
    boots = folder_of_boots(tmp_path / "boots", 9)
    refused = umountbench("noise", boots, "-o", tmp_path / "profile.json")
    assert (refused.returncode, refused.stdout) == (2, "")
    assert "a noise profile takes 10 boots of one kernel: there are 9" in refused.stderr
    assert not os.path.exists(tmp_path / "profile.json")
    save(f"{boots}/tenth.json", boot(number=9))
    done = umountbench("noise", boots, "-o", tmp_path / "profile.json")
    assert done.returncode == 0 and "of 10 results" in done.stderr
    with open(tmp_path / "profile.json", encoding="utf-8") as file:
        assert json_faults(json.load(file), "noise.schema.json") == []


@pytest.mark.parametrize("odd_one, words", [({"kernel": NEW}, "kernel"), ({"settings": {"settle": "none"}}, "settle"),
                                            ({"facts": {"cpu_model": "x"}}, "cpu_model")])
def test_a_noise_profile_is_of_one_kernel_plan_and_machine(tmp_path, odd_one, words):
    boots = folder_of_boots(tmp_path / "boots", 9)
    save(f"{boots}/odd.json", boot(number=9, **odd_one))
    done = umountbench("noise", boots, "-o", tmp_path / "profile.json")
    assert done.returncode == 2 and words in done.stderr, done


def test_with_a_noise_profile_one_boot_a_side_gets_a_provisional_verdict_that_fails_nothing(tmp_path):
    profile = profile_of(folder_of_boots(tmp_path / "calm", 10))
    sides = two_sides(tmp_path, count=1, times={"rcu=normal": 1.5})
    done, said = compare(*sides, "--noise-profile", profile)
    assert (done.returncode, said["verdict"], said["fails"]) == (0, "slower", False)
    assert all("provisional" in row["marks"] for row in said["pairs"][0]["rows"])
    assert "(provisional)" in said["headline"]
    assert compare(*sides)[1]["verdict"] == "inconclusive"
    for options, code in ((("--fail-on", "inconclusive"), 5), (("--exit-code", "bisect"), 125)):
        assert compare(*sides, "--noise-profile", profile, *options)[0].returncode == code, "provisionally slow is not good"


def test_with_two_boots_a_side_the_boots_speak_for_themselves(tmp_path):
    profile = profile_of(folder_of_boots(tmp_path / "calm", 10))
    sides = two_sides(tmp_path, count=2, times={"rcu=normal": 1.5})
    done, said = compare(*sides, "--noise-profile", profile)
    assert (done.returncode, said["verdict"]) == (1, "slower")
    assert not any("provisional" in row["marks"] for row in said["pairs"][0]["rows"])


def test_a_noise_profile_of_another_plan_or_machine_is_refused(tmp_path):
    profile = profile_of(folder_of_boots(tmp_path / "calm", 10, facts={"cpu_model": "Another Processor"}))
    done = umountbench("compare", *two_sides(tmp_path, count=1), "--noise-profile", profile)
    assert done.returncode == 2, done
    assert "the noise profile does not fit these results" in done.stderr and "cpu_model" in done.stderr


def test_noise_without_a_file_says_how_it_is_called(tmp_path):
    done = umountbench("noise", folder_of_boots(tmp_path / "boots", 1))
    assert done.returncode == 2 and "umountbench noise DIR -o profile.json" in done.stderr


def test_packed_results_and_baselines_are_compared_like_plain_ones(tmp_path):
    before, after = two_sides(tmp_path, times={"rcu=normal": 1.3})
    packed = tmp_path / "packed"
    packed.mkdir()
    for name in os.listdir(after):
        with open(os.path.join(after, name), "rb") as file:
            (packed / f"{name}.gz").write_bytes(gzip.compress(file.read()))
    with open(shrunk(before), "rb") as file:
        (tmp_path / "baseline.json.gz").write_bytes(gzip.compress(file.read()))
    done, said = compare(tmp_path / "baseline.json.gz", packed)
    assert (done.returncode, figures(said)) == (1, figures(compare(before, after)[1]))


@needs_program("zstd")
def test_results_packed_by_zstd_are_compared_too(tmp_path):
    before, after = two_sides(tmp_path, count=2)
    for name in os.listdir(after):
        subprocess.run(["zstd", "-q", "--rm", os.path.join(after, name)], check=True, timeout=20)
    assert {name.endswith(".json.zst") for name in os.listdir(after)} == {True}
    assert compare(before, after)[1]["verdict"] == compare(before, before)[1]["verdict"]


def test_journals_of_killed_runs_are_compared_as_far_as_they_go(tmp_path):
    before, after = two_sides(tmp_path, times={"rcu=normal": 1.3})
    full = verdicts(compare(before, after)[1])
    for number, name in enumerate(sorted(os.listdir(after))):
        path = os.path.join(after, name)
        with open(path, encoding="utf-8") as file:
            journal = journal_of(json.load(file))
        os.unlink(path)
        with open(f"{path}.partial", "wb") as file:
            file.write(journal if number else journal[:-7])
    done, said = compare(before, after)
    assert done.returncode == 1, done
    assert "after: 7 runs interrupted" in said["warnings"]
    assert done.stderr.startswith("umountbench: warning: ") and "is incomplete" in done.stderr
    assert [row["candidate"]["units"] for row in said["pairs"][0]["rows"]] == [7, 7, 7, 6], "one lacks its last block"
    assert verdicts(said) == full


def test_a_journal_beside_its_result_is_not_counted_twice(tmp_path):
    before, after = two_sides(tmp_path, count=2)
    with open(os.path.join(after, "boot-0.json"), encoding="utf-8") as file:
        journal = journal_of(json.load(file))
    with open(os.path.join(after, "boot-0.json.partial"), "wb") as file:
        file.write(journal)
    assert compare(before, after)[1]["sides"][1]["boot_count"] == 2


def test_shrink_takes_journals(tmp_path):
    path = tmp_path / "killed.json.partial"
    path.write_bytes(journal_of(boot()))
    done = umountbench("shrink", path)
    assert done.returncode == 0, done
    assert json.loads(done.stdout)["boots"][0]["run"]["interrupted"] is True
