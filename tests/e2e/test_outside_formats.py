# SPDX-License-Identifier: Apache-2.0
"""Other projects' formats: what their readers make of results and comparisons."""

import os
import statistics
import subprocess

import pytest

import format_readers
from format_readers import READERS
from helpers import PROGRAM, umountbench
from made_results import CASES, LAZY_DEFAULT, LAZY_NORMAL, NEW, PLAIN_NORMAL, boot, case_of, folder_of_boots, save, two_sides

SLOWER = "umount.fs-tmpfs.mode-plain.method-syscall.rcu-normal"
DOTTED = [case.replace("/", ".").replace("=", "-") for case in CASES]


@pytest.fixture(scope="module")
def sides(tmp_path_factory):
    """One case slower, one faster, two the same."""
    return two_sides(tmp_path_factory.mktemp("outside"), times={"plain.*rcu=normal": 1.3, "lazy.*rcu=normal": 0.7})


@pytest.fixture(scope="module")
def result(tmp_path_factory):
    """A result with a measured case, a failed check, a skipped and a failed case."""
    made = boot()
    case_of(made, PLAIN_NORMAL)["checks"] = [{"name": "released", "outcome": "failed", "message": "still there"}]
    case_of(made, LAZY_DEFAULT).update(outcome="skipped", reason="no tmpfs # here", samples={
        name: [] for name in case_of(made, LAZY_DEFAULT)["samples"]}, phases={})
    case_of(made, CASES[3]).update(outcome="failed", reason="umount2: EBUSY")
    assert case_of(made, CASES[3])["samples"]["return_ns"], "those of earlier blocks are kept"
    return save(tmp_path_factory.mktemp("result") / "result.json", made)


def shown(*command):
    done = umountbench(*command)
    assert done.returncode in (0, 1) and done.stderr == "", done
    return done.stdout


def compared(sides, name, *options):
    return READERS[name](shown("compare", *sides, "--format", name, *options))


def reported(name, *files):
    return READERS[name](shown("report", *files, "--format", name))


def counted(result, case):
    """The case's samples that count."""
    samples = case_of(result, case)["samples"]
    return [value for value, warm, errno in zip(samples["return_ns"], *(
        samples[key] if isinstance(samples[key], list) else [samples[key]] * len(samples["return_ns"])
        for key in ("warmup", "errno"))) if value is not None and not warm and not errno]


@pytest.mark.parametrize("name", READERS)
def test_every_format_is_read_for_one_result_several_and_comparisons(tmp_path, sides, result, name):
    third = folder_of_boots(tmp_path / "third", 2, kernel="6.14.0", facts={"cpu_model": "another"})
    for command in (("report", result), ("report", *sides), ("show", result), ("compare", *sides),
                    ("compare", *sides, third), ("compare", "--by", "rcu", sides[0]),
                    ("compare", "--metric", "released_ns", *sides), ("compare", f"{sides[0]}/boot-0.json", result)):
        READERS[name](shown(*command, "--format", name))


@pytest.mark.skipif(bool(format_readers.prove_refusal()), reason=format_readers.prove_refusal() or "prove is here")
def test_prove_counts_what_failed(tmp_path, sides, result):
    for command, code, failed in ((("report", sides[0]), 0, 0), (("report", result), 1, 2), (("compare", *sides), 1, 1)):
        out = tmp_path / "out.ktap"
        out.write_text(shown(*command, "--format", "ktap"), encoding="utf-8")
        assert format_readers.prove(out) == (code, failed, [])


def test_ktap_fails_the_slower_case_alone(sides):
    assert compared(sides, "ktap") == {name: "not ok" if name == SLOWER else "ok" for name in DOTTED}


def test_inside_kselftest_ktap_has_no_first_line_on_stdout(tmp_path, sides):
    done = umountbench("compare", *sides, "--format", "ktap", "--write", f"ktap={tmp_path / 'file'}", env={"KSFT_TAP_LEVEL": "1"})
    assert done.stdout.startswith("1..4\n")
    assert (tmp_path / "file").read_text() == "KTAP version 1\n" + done.stdout


@pytest.mark.skipif(bool(format_readers.tmt_schema_refusal()), reason=format_readers.tmt_schema_refusal() or "the schema is here")
def test_the_schema_of_tmt_would_notice(sides):
    said = format_readers.strict_json(shown("compare", *sides, "--format", "tmt"))
    assert format_readers.tmt_faults(said) == []
    assert format_readers.tmt_faults([{**said[0], "colour": "blue"}]) and format_readers.tmt_faults([{"name": "x"}])


def test_results_of_tests_are_told_apart(result, sides):
    assert [test["status"] for test in reported("kcidb", result).values()] == ["DONE", "FAIL", "SKIP", "ERROR"]
    assert [word for word, _ in reported("lava", result).values()] == ["pass", "fail", "skip", "fail"]
    assert list(reported("tmt", result).values()) == ["fail", "pass", "fail", "skip", "error"]
    assert {test["status"] for test in compared(sides, "kcidb").values()} == {"PASS", "FAIL"}
    one_boot = [f"{side}/boot-0.json" for side in sides]
    assert {test["status"] for test in compared(one_boot, "kcidb").values()} == {"DONE"}
    assert set(compared(one_boot, "tmt").values()) == {"info"}


FIGURES = ("google-benchmark", "github-action-benchmark", "bencher", "benchstat", "hyperfine", "otava")


@pytest.mark.parametrize("name", FIGURES)
def test_what_failed_is_no_figure(result, name):
    shown_names = shown("report", result, "--format", name).replace(":", "-").replace("=", "-").replace(".", "/")
    assert [case for case in CASES if case.replace("=", "-").lower() in shown_names.lower()] == [CASES[0]]


def test_what_failed_has_no_number_where_it_is_a_test(result):
    assert {name: value is not None for name, (_, value) in reported("lava", result).items()} == {
        name: name == DOTTED[0] for name in DOTTED}
    assert [path for path, test in reported("kcidb", result).items() if "number" in test] == [DOTTED[0]]
    assert {key.rsplit(".", 1)[0] for key in reported("lkp", result) if key.endswith("_ns")} == {DOTTED[0]}
    times = {case for name, case, _ in reported("openmetrics", result) if "seconds" in name}
    assert times == {CASES[0]}


@pytest.mark.parametrize("name", FIGURES)
def test_of_a_comparison_a_side_where_a_case_failed_has_no_figure_of_it(tmp_path, name):
    def spoil(result):
        if result["run"]["id"].endswith(" 0"):
            case_of(result, PLAIN_NORMAL).update(outcome="failed", reason="umount2: EBUSY")
            case_of(result, LAZY_NORMAL)["checks"] = [{"name": "released", "outcome": "failed", "message": "still there"}]
    before = folder_of_boots(tmp_path / "before", 3)
    after = folder_of_boots(tmp_path / "after", 3, kernel=NEW, side=1, change=spoil)
    done = umountbench("compare", before, after, "--format", name)
    assert done.returncode == 1, done
    read = READERS[name](done.stdout)
    text = done.stdout.replace(":", "=")
    for case in (PLAIN_NORMAL, LAZY_NORMAL):
        if name in ("github-action-benchmark", "bencher", "otava"):
            assert case not in text and case.replace("/", ".").replace("=", "-") not in text
        elif name == "benchstat":
            assert {one[0]["side"][0] for one in read if one[1].lower() == case} == {"A"}
        else:
            assert f"{case}/side=A" in text and f"{case}/side=B" not in text


def test_every_format_has_the_same_median(sides):
    one = os.path.join(sides[0], "boot-0.json")
    wanted = statistics.median(counted(boot(noise=0.01), PLAIN_NORMAL))
    name = PLAIN_NORMAL
    assert reported("github-action-benchmark", one)[name] == reported("bencher", one)[name]["latency"] == wanted
    assert reported("lava", one)[SLOWER][1] == reported("lkp", one)[SLOWER + ".p50_ns"] == wanted
    assert float(reported("otava", one)[0][SLOWER + ".return_ns"]) == wanted
    assert reported("kcidb", one)[SLOWER]["number"]["value"] == pytest.approx(wanted / 1e9)
    assert statistics.median(reported("hyperfine", one)[name]) == pytest.approx(wanted / 1e9)
    assert reported("openmetrics", one)["umountbench_return_seconds", name, "0.5"] == pytest.approx(wanted / 1e9, rel=0.005)


def test_formats_of_samples_have_every_counted_one_in_its_order(sides):
    one = os.path.join(sides[0], "boot-0.json")
    wanted = counted(boot(), PLAIN_NORMAL)
    assert len(wanted) > 20
    assert reported("google-benchmark", one)[PLAIN_NORMAL.replace("=", ":") + "/real_time"] == wanted
    name = PLAIN_NORMAL[0].upper() + PLAIN_NORMAL[1:]
    assert [value for _, case, value, _ in reported("benchstat", one) if case == name] == wanted
    assert reported("hyperfine", one)[PLAIN_NORMAL] == pytest.approx([ns / 1e9 for ns in wanted])


def test_of_a_comparison_they_have_a_value_a_boot_and_side(sides):
    rows = compared(sides, "google-benchmark")
    assert set(map(len, rows.values())) == {7} and len(rows) == 8
    a, b = (rows[f"{PLAIN_NORMAL.replace('=', ':')}/side:{side}/real_time"] for side in "AB")
    assert 1.2 < statistics.median(b) / statistics.median(a) < 1.4
    assert {settings["side"] for settings, *_ in compared(sides, "benchstat")} == {"A before", "B after"}
    assert len(compared(sides, "hyperfine")) == 8


def test_several_results_are_one_sample_to_google_benchmark(sides):
    one = reported("google-benchmark", os.path.join(sides[0], "boot-0.json"))
    both = reported("google-benchmark", *(os.path.join(sides[0], f"boot-{number}.json") for number in (0, 1)))
    assert {name: len(times) for name, times in both.items()} == {name: 2 * len(times) for name, times in one.items()}


@pytest.mark.skipif(bool(format_readers.compare_py_refusal()), reason=format_readers.compare_py_refusal() or "compare.py is here")
def test_compare_py_finds_what_we_find(tmp_path, sides):
    for number, side in enumerate(sides):
        shown("report", side, "--format", "google-benchmark", "-o", str(tmp_path / f"{number}.json"))
    found = format_readers.compare_py(tmp_path, "benchmarks", tmp_path / "0.json", tmp_path / "1.json")
    assert len(found) == 4
    for case in CASES:
        one = found[case.replace("=", ":") + "/real_time"]
        assert len(one["measurements"]) == len(counted(boot(), case)) * 7
        assert (one["utest"]["time_pvalue"] < 1e-6) == ("rcu=normal" in case)
        a, b = (statistics.median(row[key] for row in one["measurements"]) for key in ("real_time", "real_time_other"))
        assert b / a == pytest.approx({"plain": 1.3, "lazy": 0.7}[case.split("mode=")[1].split("/")[0]]
                                      if "rcu=normal" in case else 1, rel=0.05)


@pytest.mark.skipif(bool(format_readers.compare_py_refusal()), reason=format_readers.compare_py_refusal() or "compare.py is here")
def test_compare_py_takes_the_sides_of_a_comparison_by_their_names(tmp_path, sides):
    shown("compare", *sides, "--format", "google-benchmark", "-o", str(tmp_path / "both.json"))
    found = format_readers.compare_py(tmp_path, "filters", tmp_path / "both.json", "side:A", "side:B")
    assert len(found) == 4 and all(len(one["measurements"]) == 7 for one in found.values())


def test_one_result_is_not_counted_twice(tmp_path, sides, result):
    copied = save(tmp_path / "copy.json", boot())
    for twice in ((result, result), (os.path.join(sides[0], "boot-0.json"), copied), (copied, sides[0])):
        for name in ("terminal", "openmetrics", "google-benchmark"):
            done = umountbench("report", *map(str, twice), "--format", name)
            assert done.returncode == 2 and done.stdout == "", done
            assert "error: one result is named twice: " in done.stderr and "umountbench: hint: " in done.stderr


@pytest.mark.skipif(bool(format_readers.promtool_refusal()), reason=format_readers.promtool_refusal() or "promtool is here")
def test_promtool_finds_no_fault(sides, result):
    for command in (("report", result), ("report", *sides), ("compare", *sides), ("compare", "--metric", "released_ns", *sides)):
        assert format_readers.promtool_faults(shown(*command, "--format", "openmetrics")) == ""
    assert format_readers.promtool_faults("a b c\n")


def test_two_cases_never_get_one_name(tmp_path):
    made = boot()
    ids = ["command/name=a.b", "command/name=a/b"]
    for one, new in zip(made["cases"], ids):
        one["id"] = new
    path = save(tmp_path / "result.json", made)
    done = umountbench("report", path, "--format", "ktap")
    assert done.returncode == 2 and done.stdout == ""
    assert "would be one case" in done.stderr and "umountbench: hint: " in done.stderr
    for name in ("json", "csv", "google-benchmark", "openmetrics"):
        assert umountbench("report", path, "--format", name).returncode == 0


def test_otava_has_a_row_a_boot_in_the_order_in_which_they_were_measured(sides):
    assert [row["kernel"] == NEW for row in compared(sides, "otava")] == [bool(int(side)) for side in "01100110011001"]
    assert len(reported("otava", *sides)) == 14


def test_another_metric_has_another_name(sides):
    names = list(compared(sides, "lava", "--metric", "released_ns"))
    assert names == [f"{name}.metric-released_ns" for name in DOTTED]
    assert {*compared(sides, "bencher", "--metric", "released_ns").popitem()[1]} == {"released-ns"}


def test_a_command_for_kselftest_is_one(sides):
    """The exit code and the output that its runner reads."""
    done = subprocess.run([PROGRAM, "compare", *sides, "--format", "ktap", "--exit-code", "ksft"], capture_output=True,
                          text=True, timeout=60, check=False)
    assert done.returncode == 1 and done.stdout.splitlines()[-1] == "# Totals: pass:3 fail:1 xfail:0 xpass:0 skip:0 error:0"
