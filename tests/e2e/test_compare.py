# SPDX-License-Identifier: Apache-2.0
"""`compare`: what it says of two sides, and the exit code that a script gets for it."""

import pytest

from helpers import umountbench
from made_results import (CASES, LAZY_NORMAL, NEW, PLAIN_DEFAULT, PLAIN_NORMAL, case_of, compare, folder_of_boots, row_of,
                          scale, two_sides, verdicts)


def first_line(done):
    return done.stdout.splitlines()[0]


@pytest.fixture(scope="module")
def slower(tmp_path_factory):
    """Seven boots a side, rcu=normal 30% slower in the new kernel."""
    return two_sides(tmp_path_factory.mktemp("slower"), times={"rcu=normal": 1.3})


@pytest.fixture(scope="module")
def same(tmp_path_factory):
    return two_sides(tmp_path_factory.mktemp("same"))


@pytest.fixture(scope="module")
def noisy(tmp_path_factory):
    """Boots that differ so much that nothing can be said."""
    return two_sides(tmp_path_factory.mktemp("noisy"), noise=0.15)


@pytest.fixture(scope="module")
def other_machine(tmp_path_factory):
    return two_sides(tmp_path_factory.mktemp("machine"), facts={"cpu_model": "Another Processor"})


def test_a_slower_kernel_is_called_so_in_the_first_line_and_exits_1(slower):
    done = umountbench("compare", *slower)
    assert (done.returncode, done.stderr) == (1, "")
    assert first_line(done).startswith("slower: 2 of 4 cases, most of all umount of tmpfs")
    assert "% slower [after against before]" in first_line(done)
    assert "2 of 4 cases the same within 5% (--all shows them)" in done.stdout
    assert PLAIN_DEFAULT not in done.stdout
    assert PLAIN_DEFAULT in umountbench("compare", *slower, "--all").stdout


def test_the_slowdown_that_was_put_in_is_the_one_that_is_told(slower):
    _, said = compare(*slower)
    for case in (PLAIN_NORMAL, LAZY_NORMAL):
        row = row_of(said, case)
        [p50] = [one for one in row["quantiles"] if one["p"] == 0.5]
        assert p50["low"] < 1.3 < p50["high"]
        assert (p50["gated"], p50["verdict"], row["fails"]) == (True, "slower", True)
        assert (row["baseline"]["units"], row["candidate"]["units"]) == (7, 7)
    assert {verdicts(said)[case] for case in CASES if "rcu=default" in case} == {"same"}
    assert said["verdict"] == "slower" and said["fails"] is True


def test_the_other_way_round_it_is_faster_and_exits_0(slower):
    before, after = slower
    done = umountbench("compare", after, before)
    assert done.returncode == 0
    assert first_line(done).startswith("faster: 2 of 4 cases") and "faster [before against after]" in first_line(done)


def test_what_did_not_change_is_the_same_and_exits_0(same):
    done = umountbench("compare", *same)
    assert (done.returncode, done.stderr) == (0, "")
    assert first_line(done) == "same: all 4 cases are the same within 5% [after against before]"


@pytest.mark.parametrize("options, code", [
    ((), 0),
    (("--fail-on", "slower"), 0),
    (("--fail-on", "inconclusive"), 5),
    (("--exit-code", "bisect"), 125),
    (("--exit-code", "ksft", "--fail-on", "inconclusive"), 4),
    (("--exit-code", "autopkgtest", "--fail-on", "inconclusive"), 77),
    (("--exit-code", "bisect", "--fail-on", "slower"), 0),
])
def test_what_stays_open_fails_only_where_that_is_asked_for(noisy, options, code):
    done = umountbench("compare", *noisy, *options)
    assert done.returncode == code, done
    assert first_line(done).startswith("inconclusive: no verdict for 4 of 4 cases")


@pytest.mark.parametrize("options, code", [
    (("--fail-on", "never"), 0),
    (("--exit-code", "bisect", "--fail-on", "never"), 0),
    (("--fail-on", "inconclusive"), 1),
    (("--exit-code", "bisect"), 1),
    (("--exit-code", "ksft"), 1),
    (("--exit-code", "autopkgtest"), 1),
])
def test_slower_is_1_for_everybody_unless_nothing_shall_fail(slower, options, code):
    assert umountbench("compare", *slower, *options).returncode == code


def test_another_machine_is_incomparable_and_exits_4(other_machine):
    done = umountbench("compare", *other_machine)
    assert done.returncode == 4, done
    assert first_line(done).startswith("incomparable: cpu_model differs: AMD EPYC in before, Another Processor in after")
    assert umountbench("compare", *other_machine, "--fail-on", "inconclusive").returncode == 5
    assert umountbench("compare", *other_machine, "--exit-code", "bisect").returncode == 125
    assert umountbench("compare", *other_machine, "--fail-on", "never").returncode == 0


def test_another_machine_is_compared_when_told_so_and_the_difference_stays_in_sight(other_machine):
    done = umountbench("compare", *other_machine, "--ignore-fingerprint")
    assert done.returncode == 0, done
    assert first_line(done).startswith("same: ")
    assert "ignored, though it must agree: cpu_model differs" in done.stdout


@pytest.mark.parametrize("candidate, words", [
    ({"settings": {"settle": "none"}}, "the setting 'settle' differs: random in before, none in after"),
    ({"settings": {"samples": 300}}, "the setting 'samples' differs: 24 in before, 300 in after"),
    ({"settings": {"unprivileged": True}}, "the setting 'unprivileged' differs: no in before, yes in after"),
    ({"settings": {"cases": list(CASES[:3])}}, "the plans have different cases (4 in before, 3 in after)"),
    ({"facts": {"clock_source": "hpet"}}, "clock_source differs: tsc in before, hpet in after"),
    ({"facts": {"cpus_online": 1}}, "cpus_online differs: 2 in before, 1 in after"),
    ({"facts": {"virtualisation": "kvm"}}, "virtualisation differs: firecracker in before, kvm in after"),
    ({"change": lambda result: result["tool"].update(version="1.0.0")}, "the tool's major version differs: 0 in before, 1"),
])
def test_what_must_agree_between_two_sides(tmp_path, candidate, words):
    done, said = compare(*two_sides(tmp_path, **candidate))
    assert done.returncode == 4, done
    assert any(words in difference for difference in said["pairs"][0]["differences"]), said["pairs"][0]["differences"]
    assert set(verdicts(said).values()) == {"incomparable"}


def test_a_difference_that_nobody_asked_about_is_warned_of_and_compared(tmp_path):
    done = umountbench("compare", *two_sides(tmp_path, facts={"rcu_normal": 1, "governor": "powersave"}))
    assert done.returncode == 0, done
    assert "not asked about: rcu_normal differs: 0 in before, 1 in after" in done.stdout
    assert "not asked about: governor differs: unknown in before, powersave in after" in done.stdout


def test_sides_of_different_sessions_are_marked_and_judged_more_coarsely(tmp_path):
    before, after = two_sides(tmp_path, times=1.07)
    later = folder_of_boots(tmp_path / "later", kernel=NEW, side=1, times=1.07, minute=10_000)
    done, said = compare(before, after)
    assert (done.returncode, said["pairs"][0]["across_sessions"], said["pairs"][0]["threshold"]) == (1, False, 0.05)
    done, said = compare(before, later)
    assert (done.returncode, said["pairs"][0]["across_sessions"], said["pairs"][0]["threshold"]) == (0, True, 0.1)
    assert all("across sessions" in row["marks"] for row in said["pairs"][0]["rows"])
    assert "(across sessions)" in said["headline"]
    shown = umountbench("compare", before, later).stdout
    assert "across sessions: the sides were measured one after the other" in shown
    assert shown.count("measured one after the other") == 1, "one line why"


def test_sides_of_different_sessions_are_incomparable_where_one_session_is_asked_for(tmp_path, same):
    later = folder_of_boots(tmp_path / "later", kernel=NEW, side=1, minute=10_000)
    done = umountbench("compare", same[0], later, "--same-session")
    assert done.returncode == 4, done
    assert first_line(done).startswith("incomparable: the sides were measured in different sessions")
    assert umountbench("compare", *same, "--same-session").returncode == 0


def test_one_boot_a_side_is_no_verdict_however_large_the_difference(tmp_path):
    before, after = two_sides(tmp_path, count=1, times=10)
    done, said = compare(before, after)
    assert (done.returncode, said["verdict"]) == (0, "inconclusive")
    assert {row["words"] for row in said["pairs"][0]["rows"]} == {
        "no verdict: 6 more boots a side (run --into, vm run --boots 7) would settle it"}
    assert "6 more boots a side" in said["headline"]
    assert umountbench("compare", before, after, "--fail-on", "inconclusive").returncode == 5


def test_one_boot_against_seven_is_no_verdict_either_and_says_where_boots_are_missing(tmp_path, same):
    after = folder_of_boots(tmp_path / "after", 1, kernel=NEW, side=1, times=10)
    done = umountbench("compare", same[0], after)
    assert done.returncode == 0, done
    assert "one boot on one side; 6 more there (run --into, vm run --boots) would settle it" in first_line(done)


def test_seven_files_of_one_boot_are_one_boot(tmp_path):
    _, said = compare(*two_sides(tmp_path, times=2, change=lambda result: result.update(boot_id="always the same")))
    assert [side["boot_count"] for side in said["sides"]] == [7, 1]
    assert said["verdict"] == "inconclusive"


def test_too_few_boots_for_so_many_gated_cases_are_judged_by_welch_and_it_is_said(tmp_path):
    done = umountbench("compare", *two_sides(tmp_path, count=4, times=1.3))
    assert done.returncode == 1, done
    assert "p is Welch's: the exact test can't get below 0.029 with 4 and 4 units, and 4 gated tests ask for" in done.stdout
    assert "With 4 boots a side the exact test carries 1 gated test." in done.stdout


def test_a_smaller_threshold_sees_a_smaller_difference(tmp_path):
    sides = two_sides(tmp_path, noise=0.003, times=1.03)
    assert first_line(umountbench("compare", *sides)).startswith("same: ")
    done = umountbench("compare", *sides, "--threshold", "2%")
    assert (done.returncode, first_line(done).split(":")[0]) == (1, "slower")
    assert umountbench("compare", *sides, "--threshold", "0.02").stdout == done.stdout


@pytest.mark.parametrize("option", ["--threshold", "--alpha"])
@pytest.mark.parametrize("value, error", [
    ("five", "'five' is not a share"), ("", "'' is not a share"), ("5 %", "'5 %' is not a share"),
    ("nan", "'nan' is not a share"), ("0", "'0' is out of range"), ("-5%", "'-5%' is out of range"),
    ("2000%", "'2000%' is out of range"), ("5", "'5'"),
])
def test_a_threshold_or_alpha_that_is_no_share_is_refused(slower, option, value, error):
    done = umountbench("compare", *slower, option, value)
    assert (done.returncode, done.stdout) == (2, ""), "a 5 that was meant as 5% must not switch the gate off"
    assert done.stderr.startswith(f"umountbench: error: {option}") and error in done.stderr
    assert "5%" in done.stderr.splitlines()[1]


def test_only_what_the_plan_declares_as_its_gate_can_fail(tmp_path):
    gate = {"gate": {"cases": "mode=plain", "quantiles": [0.5]}}
    before = folder_of_boots(tmp_path / "before", settings=gate)
    after = folder_of_boots(tmp_path / "after", kernel=NEW, side=1, settings=gate, times={"mode=lazy": 2})
    done, said = compare(before, after)
    assert (done.returncode, said["verdict"], said["gate_size"]) == (0, "same", 2)
    row = row_of(said, LAZY_NORMAL)
    assert (row["verdict"], row["gated"], row["fails"]) == ("slower", False, False)


def test_a_new_errno_fails_however_fast_the_rest_is(tmp_path):
    def busy(result):
        samples = case_of(result, PLAIN_NORMAL)["samples"]
        samples["errno"] = [16 if i == len(samples["round"]) - 1 else 0 for i in range(len(samples["round"]))]
    done, said = compare(*two_sides(tmp_path, times={"plain.*rcu=normal": 0.5}, change=busy))
    row = row_of(said, PLAIN_NORMAL)
    assert (done.returncode, row["fails"], row["verdict"]) == (1, True, "inconclusive")
    assert row["words"].startswith("new failure with after: ") and "none of" in row["words"]
    assert said["headline"].startswith("failed: something new fails in 1 of 4 cases")


def test_a_new_failed_check_fails_in_its_own_words(tmp_path):
    def never_released(result):
        case_of(result, PLAIN_NORMAL)["checks"] = [
            {"name": "released", "outcome": "failed", "message": "not released after 5 s"}]
    done = umountbench("compare", *two_sides(tmp_path, change=never_released))
    assert done.returncode == 1, done
    assert "check 'released' fails with after and not with before: not released after 5 s" in first_line(done)


def test_a_return_that_is_faster_with_a_later_release_is_not_called_faster(tmp_path):
    def moved(result):
        case = case_of(result, PLAIN_NORMAL)
        scale(case, 0.5, ["return_ns"])
        scale(case, 1.5, ["released_ns"])
    done, said = compare(*two_sides(tmp_path, change=moved))
    row = row_of(said, PLAIN_NORMAL)
    assert row["verdict"] == "inconclusive" and "moved" in row["marks"]
    assert row["words"] == "returns sooner, but releases later"
    assert any("the wait went elsewhere" in note for note in row["notes"])
    assert (done.returncode, said["verdict"]) == (0, "inconclusive")
