# SPDX-License-Identifier: Apache-2.0
"""What `compare` takes for a side: folders, files, groups of files, and one set of boots split by a parameter or a fact."""

import glob
import os
import re

import pytest

from helpers import umountbench
from made_results import CASES, NEW, OLD, boot, compare, folder_of_boots, row_of, save, two_sides, verdicts


@pytest.fixture(scope="module")
def sides(tmp_path_factory):
    """Seven boots a side, rcu=normal 30% slower in the new kernel."""
    return two_sides(tmp_path_factory.mktemp("sides"), times={"rcu=normal": 1.3})


def files_of(folder):
    return sorted(glob.glob(os.path.join(folder, "*.json")))


def names(comparison):
    return [side["name"] for side in comparison["sides"]]


def assert_usage_error(done, error, hint=""):
    assert (done.returncode, done.stdout) == (2, ""), done
    lines = done.stderr.splitlines()
    assert lines[0].startswith("umountbench: error: ") and error in lines[0], done.stderr
    assert hint in (lines[1] if hint else ""), done.stderr


def test_a_folder_is_a_side_with_its_name_and_all_its_results(sides):
    _, said = compare(sides[0] + "/", sides[1])
    assert names(said) == ["before", "after"]
    assert [side["boot_count"] for side in said["sides"]] == [7, 7]


def test_a_folder_has_its_name_with_one_boot_in_it_too(tmp_path):
    _, said = compare(*two_sides(tmp_path, count=1))
    assert names(said) == ["before", "after"]


def test_what_else_lies_in_a_folder_is_left_alone(tmp_path):
    before, after = two_sides(tmp_path, count=2)
    for name in ("README.md", "notes.txt", "boot-0.json.orig"):
        with open(os.path.join(before, name), "w", encoding="utf-8") as file:
            file.write("no result")
    os.mkdir(os.path.join(before, "old.json"))
    done, said = compare(before, after)
    assert done.returncode == 0, done
    assert said["sides"][0]["boot_count"] == 2


def test_a_side_is_named_and_put_together_by_hand(sides):
    old, new = map(files_of, sides)
    _, said = compare("stable=" + ",".join(old[:3]), "next=" + ",".join(new[:3]))
    assert names(said) == ["stable", "next"]
    assert [[boot["source"] for boot in side["boots"]] for side in said["sides"]] == [old[:3], new[:3]]


def test_a_named_side_may_mix_folders_and_files(sides):
    before, after = sides
    _, said = compare(f"old={before},{files_of(after)[0]}", f"new={after}")
    assert [side["boot_count"] for side in said["sides"]] == [8, 7]
    assert any("old mixes kernels: 6.12.1, 6.13.0" in warning for warning in said["warnings"])


def test_two_files_of_one_name_are_told_apart_by_their_kernels(sides):
    _, said = compare(files_of(sides[0])[0], files_of(sides[1])[0])
    assert names(said) == [OLD, NEW]


def test_more_than_two_plain_files_are_grouped_by_what_is_under_test_and_the_grouping_is_told(sides):
    old, new = map(files_of, sides)
    mixed = [file for pair in zip(old, new) for file in pair]
    done, said = compare(*mixed)
    assert names(said) == [OLD, NEW], "the first file's side is the baseline"
    assert done.stderr.splitlines() == [f"umountbench: side '{OLD}': " + ", ".join(old),
                                        f"umountbench: side '{NEW}': " + ", ".join(new)]
    by_folder = compare(*sides)[1]
    assert verdicts(said) == verdicts(by_folder) and said["verdict"] == "slower"


@pytest.mark.parametrize("difference", [
    {"label": "patched"},
    {"facts": {"command_line": "quiet rcupdate.rcu_normal_after_boot=1"}},
    {"facts": {"rcu_normal": 1}},
    {"facts": {"kernel_build_id": "another build of the same release"}},
])
def test_plain_files_are_different_sides_for_a_label_a_command_line_a_knob_or_a_build(tmp_path, difference):
    before = folder_of_boots(tmp_path / "before", 3)
    after = folder_of_boots(tmp_path / "after", 3, side=1, **difference)
    done, said = compare(*files_of(before), *files_of(after))
    assert done.returncode == 0, done
    assert [side["boot_count"] for side in said["sides"]] == [3, 3]
    assert len(set(names(said))) == 2


def test_plain_files_that_are_all_alike_are_no_comparison(sides):
    done = umountbench("compare", *files_of(sides[0]))
    assert_usage_error(done, "all results are one side: they are alike in kernel, RCU", "compare BEFORE=FILE,FILE AFTER=")
    assert_usage_error(umountbench("compare", sides[0]), "all results are one side", "--by rcu")


def test_three_sides_are_two_comparisons_with_the_first(tmp_path, sides):
    third = folder_of_boots(tmp_path / "third", kernel="6.14.0", side=1)
    done, said = compare(*sides, third)
    assert (done.returncode, names(said)) == (1, ["before", "after", "third"])
    assert [(pair["baseline"], pair["candidate"]) for pair in said["pairs"]] == [("before", "after"), ("before", "third")]
    assert "slower" in verdicts(said, 0).values() and set(verdicts(said, 1).values()) == {"same"}
    assert said["gate_size"] == 2 * len(CASES), "both candidates are of one family"
    assert "[2 sides against before]" in said["headline"]


def test_the_baseline_can_be_chosen(sides):
    done, said = compare(*sides, "--baseline", "after")
    assert (done.returncode, names(said), said["verdict"]) == (0, ["after", "before"], "faster")
    assert_usage_error(umountbench("compare", *sides, "--baseline", "aftr"), "no side is called 'aftr'",
                       "did you mean 'after'?")


def test_the_same_file_on_both_sides_is_pointed_out(sides):
    file = files_of(sides[0])[0]
    for arguments in ((file, file), (sides[0], sides[0]), (sides[0], f"x={file},{files_of(sides[1])[0]}")):
        done = umountbench("compare", *arguments)
        assert f"the same run is on both sides: {file}" in done.stdout, done


def test_a_copy_of_a_file_on_the_other_side_is_pointed_out_too(tmp_path, sides):
    copy = save(tmp_path / "copy.json", boot())
    done = umountbench("compare", sides[0], copy)
    assert f"the same run is on both sides: {files_of(sides[0])[0]} and {copy}" in done.stdout


def test_by_rcu_pairs_the_boots_with_themselves(sides):
    done, said = compare("--by", "rcu", sides[0])
    assert (done.returncode, names(said)) == (1, ["rcu=default", "rcu=normal"])
    pair = said["pairs"][0]
    assert (pair["paired"], pair["unit_of_comparison"]) == (True, "boot")
    assert sorted(verdicts(said)) == ["umount/fs=tmpfs/mode=lazy/method=syscall", "umount/fs=tmpfs/mode=plain/method=syscall"]
    assert set(verdicts(said).values()) == {"slower"}
    assert re.search(r"times slower \(.+ of magnitude\) \[rcu=normal against rcu=default\]$", said["headline"])
    assert {one["method"] for row in pair["rows"] for one in row["quantiles"]} == {"paired t"}


def test_by_rcu_in_one_boot_pairs_its_rounds(sides):
    _, said = compare("--by", "rcu", files_of(sides[0])[0])
    pair = said["pairs"][0]
    assert (pair["paired"], pair["unit_of_comparison"]) == (True, "round")
    assert {row["baseline"]["units"] for row in pair["rows"]} == {3}


def test_by_rcu_the_baseline_is_named_by_its_value_alone(sides):
    done, said = compare("--by", "rcu", sides[0], "--baseline", "normal")
    assert (done.returncode, names(said), said["verdict"]) == (0, ["rcu=normal", "rcu=default"], "faster")


def test_by_mode_compares_plain_with_lazy(tmp_path):
    done, said = compare("--by", "mode", folder_of_boots(tmp_path / "boots", times={"mode=lazy": 2}))
    assert (done.returncode, names(said), said["verdict"]) == (1, ["mode=plain", "mode=lazy"], "slower")
    assert sorted(verdicts(said)) == [f"umount/fs=tmpfs/method=syscall/rcu={rcu}" for rcu in ("default", "normal")]


def test_by_kernel_splits_a_mixed_folder(tmp_path, sides):
    mixed = tmp_path / "mixed"
    mixed.mkdir()
    for side, folder in zip("ab", sides):
        for file in files_of(folder):
            os.link(file, mixed / f"{side}-{os.path.basename(file)}")
    done, said = compare("--by", "kernel", mixed)
    assert (done.returncode, names(said)) == (1, [OLD, NEW])
    assert said["pairs"][0]["paired"] is False
    assert verdicts(said) == verdicts(compare(*sides)[1])


def test_by_fs_compares_file_systems(tmp_path):
    def with_ext4(result):
        for case in [case for case in result["cases"] if "mode=lazy" in case["id"]]:
            case["id"] = case["id"].replace("fs=tmpfs", "fs=ext4").replace("mode=lazy", "mode=plain")
            case["parameters"].update(fs="ext4", mode="plain")
        result["run"]["config"]["cases"] = [case["id"] for case in result["cases"]]
    done, said = compare("--by", "fs", folder_of_boots(tmp_path / "boots", change=with_ext4))
    assert (done.returncode, names(said)) == (0, ["fs=tmpfs", "fs=ext4"])
    assert set(verdicts(said)) == {f"umount/mode=plain/method=syscall/rcu={rcu}" for rcu in ("default", "normal")}


def test_by_rcu_normal_after_boot_takes_what_was_asked_for_at_boot_and_tells_what_became_of_it(tmp_path):
    boots = folder_of_boots(tmp_path / "boots", 3, facts={"rcu_normal_after_boot_requested": 0})
    for number in range(3):
        save(f"{boots}/asked-{number}.json", boot(number=number, side=1, times=1.5, facts={
            "rcu_normal_after_boot_requested": 1, "rcu_normal_after_boot_effective": 1}))
    done, said = compare("--by", "rcu_normal_after_boot", boots, "--baseline", "rcu_normal_after_boot=0 (effective 0)")
    assert (done.returncode, said["verdict"]) == (1, "slower")
    assert names(said) == ["rcu_normal_after_boot=0 (effective 0)", "rcu_normal_after_boot=1 (effective 1)"]


def test_by_what_no_result_knows_or_what_never_differs_is_refused(sides):
    assert_usage_error(umountbench("compare", "--by", "krnel", *sides), "--by does not know 'krnel'", "did you mean 'kernel'?")
    assert_usage_error(umountbench("compare", "--by", "fs", *sides), "--by 'fs' gives one side only: 'tmpfs'", "it differs")


def test_without_a_common_case_both_sides_cases_are_listed(tmp_path, sides):
    def as_ext4(result):
        for case in result["cases"]:
            case["id"] = case["id"].replace("tmpfs", "ext4")
    other = folder_of_boots(tmp_path / "other", 2, kernel=NEW, side=1, change=as_ext4)
    done = umountbench("compare", sides[0], other)
    assert (done.returncode, done.stdout) == (4, ""), done
    assert done.stderr.startswith("umountbench: error: no case in common: before has umount/fs=tmpfs/")
    for case in CASES:
        assert case in done.stderr and case.replace("tmpfs", "ext4") in done.stderr
    assert umountbench("compare", sides[0], other, "--exit-code", "bisect").returncode == 125


def test_a_case_that_only_one_side_has_is_named_and_does_not_hide(tmp_path, sides):
    def without_lazy(result):
        result["cases"] = [case for case in result["cases"] if "mode=lazy" not in case["id"]]
    after = folder_of_boots(tmp_path / "after", kernel=NEW, side=1, change=without_lazy)
    done, said = compare(sides[0], after)
    assert (done.returncode, said["verdict"]) == (0, "same")
    assert said["pairs"][0]["only_baseline"] == [case for case in CASES if "mode=lazy" in case]
    assert f"only in A: {CASES[2]}" in umountbench("compare", sides[0], after).stdout


def test_a_filter_shows_fewer_cases_and_leaves_the_family_whole(sides):
    done, said = compare(*sides, "--filter", "mode=lazy")
    assert (done.returncode, list(verdicts(said))) == (1, [case for case in CASES if "mode=lazy" in case])
    whole = compare(*sides)[1]
    assert (said["gate_size"], whole["gate_size"]) == (4, 4)
    assert row_of(said, CASES[3]) == row_of(whole, CASES[3])
    assert compare(*sides, "--filter", "rcu=default")[0].returncode == 0, "what is not shown fails nothing"


@pytest.mark.parametrize("regex, error", [("fs=xfs", "--filter 'fs=xfs' matches no case that is compared"),
                                          ("(", "--filter: '(' is not a regular expression")])
def test_a_filter_that_matches_nothing_or_is_none_is_refused(sides, regex, error):
    assert_usage_error(umountbench("compare", *sides, "--filter", regex), error)


def test_another_metric_is_compared_and_an_unknown_one_gets_the_nearest(sides):
    done, said = compare(*sides, "--metric", "released_ns")
    assert (done.returncode, said["metric"], said["verdict"]) == (1, "released_ns", "slower")
    assert compare(*sides, "--metric", "thread_cpu_ns")[1]["verdict"] == "same"
    assert_usage_error(umountbench("compare", *sides, "--metric", "returned_ns"),
                       "no result has the metric 'returned_ns'", "did you mean 'return_ns'?")


@pytest.mark.parametrize("words, error, hint", [
    ([], "", "umountbench help compare"),
    (["none"], "there is no 'none'", "a folder of them"),
    (["a=none.json", "b=none.json"], "there is no 'none.json'", "a folder of them"),
    (["."], "there are no results in '.'", "NAME.json"),
    (["--fail-on", "slowr", "x"], "--fail-on does not know 'slowr'", "did you mean 'slower'?"),
    (["--format", "gitub", "x"], "--format does not know 'gitub'", "did you mean 'github'?"),
    (["--write", "md=x", "x"], "unknown format 'md'", "markdown"),
    (["-o", "none/report.txt", "x"], "there is no folder 'none/'", "make the folder"),
])
def test_bad_words_to_compare_are_one_clear_line(tmp_path, words, error, hint):
    assert_usage_error(umountbench("compare", *words, cwd=tmp_path), error, hint)
    assert os.listdir(tmp_path) == []
