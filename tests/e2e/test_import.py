# SPDX-License-Identifier: Apache-2.0
"""What perf stat and hyperfine measured becomes a result, marked as theirs, and is compared with whole programs only."""

import json
import os
import subprocess

import jsonschema
import pytest

from helpers import TOP, needs_program, needs_root, umountbench
from real_runs import counted, load

TIMES = [0.00101, 0.00099, 0.00102, 0.00098, 0.001, 0.00103]
EXEC = "umount/fs=tmpfs/mode=plain/method=exec/rcu=default"


def hyperfine(folder, *commands, times=TIMES):
    path = os.path.join(folder, "hyperfine.json")
    with open(path, "w", encoding="utf-8") as file:
        json.dump({"results": [{"command": command, "mean": 0.001, "stddev": None, "median": 0.001, "user": 0.0,
                                "system": 0.0, "min": min(times), "max": max(times), "times": times,
                                "exit_codes": [0] * len(times)} for command in commands]}, file)
    return path


def imported(folder, kind, file, *options, name="imported.json"):
    """The result's path; it is as the schema says, and `show` shows it."""
    path = os.path.join(folder, name)
    done = umountbench("import", kind, file, "-o", path, *options)
    assert done.returncode == 0, done
    jsonschema.Draft7Validator(load(os.path.join(TOP, "docs/result.schema.json"))).validate(load(path))
    shown = umountbench("show", path)
    assert shown.returncode == 0 and load(path)["run"]["imported"] in shown.stdout, shown
    return path


def refused(*arguments):
    done = umountbench("import", *arguments)
    assert done.returncode == 2, done
    lines = done.stderr.splitlines()
    assert len(lines) == 2 and lines[1].startswith("umountbench: hint: "), done
    return lines[0]


def test_hyperfines_commands_are_cases_and_all_that_it_does_not_tell_is_unknown(tmp_path):
    result = load(imported(tmp_path, "hyperfine", hyperfine(tmp_path, "umount /mnt", "Umount -l '/mnt'"), "--label", "old"))
    assert [case["id"] for case in result["cases"]] == ["command/name=umount-mnt/rcu=as-found",
                                                        "command/name=umount-l-mnt/rcu=as-found"]
    assert counted(result["cases"][0]) == [round(time * 1e9) for time in TIMES]
    assert result["run"]["imported"] == "hyperfine" and result["run"]["label"] == "old"
    assert result["environment"] == {"before": {}, "after": {}, "changed": []} and result["boot_id"] is None
    assert any("are unknown" in warning["message"] for warning in result["warnings"])


def test_a_baseline_of_an_import_keeps_its_mark(tmp_path):
    path = imported(tmp_path, "hyperfine", hyperfine(tmp_path, "umount"))
    small = tmp_path / "small.json"
    assert umountbench("shrink", path, "-o", small).returncode == 0
    done = umountbench("compare", f"a={small}", f"b={path}")
    assert done.returncode == 0, done
    assert "was measured by hyperfine" in done.stdout


@needs_root
def test_it_is_compared_with_cases_of_method_exec_and_nothing_else(tmp_path):
    own = tmp_path / "own.json"
    plan = tmp_path / "plan.json"
    plan.write_text(json.dumps({"settle": "none", "samples": 10, "time_limit": "1s", "rcu": "default", "cases": [
        {"scenario": "umount", "fs": "tmpfs", "method": ["exec", "syscall"]}]}))
    assert umountbench("run", "--config", plan, "-o", own).returncode == 0
    path = imported(tmp_path, "hyperfine", hyperfine(tmp_path, "umount m"), "--case", EXEC)
    done = umountbench("compare", f"a={own}", f"b={path}")
    assert done.returncode == 0, done
    assert "inconclusive" in done.stdout and "incomparable" not in done.stdout, done.stdout
    # Nobody makes such a file but by hand.
    changed = load(path)
    changed["cases"][0]["id"] = EXEC.replace("exec", "syscall")
    changed["cases"][0]["parameters"]["method"] = "syscall"
    with open(path, "w", encoding="utf-8") as file:
        json.dump(changed, file)
    done = umountbench("compare", f"a={own}", f"b={path}")
    assert done.returncode == 4, done
    assert "which times whole programs" in done.stdout, done.stdout


@needs_program("hyperfine")
def test_a_real_export_of_hyperfine_is_taken(tmp_path):
    file = tmp_path / "real.json"
    subprocess.run(["hyperfine", "-N", "-i", "--runs", "5", "--export-json", file, "true", "false"], check=True,
                   stdin=subprocess.DEVNULL, capture_output=True, timeout=60)
    true, false = load(imported(tmp_path, "hyperfine", file))["cases"]
    assert len(counted(true)) == 5
    assert (false["outcome"], false["reason"]) == ("failed", "every run failed")


@needs_program("perf")
def test_real_output_of_perf_stat_is_taken_as_table_and_as_json(tmp_path):
    for name, options, times in (("table", ["-r", "5", "--table"], 1), ("lines", ["-j", "-e", "duration_time", "--append"], 3)):
        file = tmp_path / name
        for _ in range(times):
            tried = subprocess.run(["perf", "stat", *options, "-o", file, "true"], stdin=subprocess.DEVNULL,
                                   capture_output=True, text=True, timeout=60, check=False)
            if tried.returncode != 0:
                pytest.skip(f"perf stat does not work here: {tried.stderr.strip()}")
        case, = load(imported(tmp_path, "perf", file, "--case", "mine", name=f"{name}.json"))["cases"]
        assert case["id"] == "command/name=mine/rcu=as-found"
        assert len(counted(case)) == (5 if name == "table" else 3)


@pytest.mark.parametrize("text", ["", "{", "[]", '{"results": []}', '{"results": [{"command": "a", "times": [-1]}]}',
                                  '{"results": [{"command": "a", "times": [1e999]}]}', "[" * 100_000, "\x00",
                                  '{"results": [{"command": "\\ud800", "times": [1]}]}'])
@pytest.mark.parametrize("kind", ["perf", "hyperfine"])
def test_what_they_did_not_write_is_one_error_with_a_hint(tmp_path, kind, text):
    path = tmp_path / "bad"
    path.write_text(text)
    assert "bad" in refused(kind, path, "--case", "x", "-o", tmp_path / "out.json")
    assert not (tmp_path / "out.json").exists()


def test_the_wrong_words_are_refused_before_anything_is_written(tmp_path):
    two = hyperfine(tmp_path, "a", "b")
    out = ("-o", tmp_path / "out.json")
    assert "--case is there 1 times for 2 commands" in refused("hyperfine", two, "--case", "x", *out)
    assert "two commands would be the case" in refused("hyperfine", two, "--case", "x", "--case", "x", *out)
    assert "is no case of whole programs" in refused("hyperfine", two, "--case", "umount/fs=ext4", "--case", "x", *out)
    assert "'X' is no name for a case" in refused("hyperfine", two, "--case", "X", "--case", "y", *out)
    assert "'fs' is no parameter" in refused("hyperfine", two, "--case", "umount/fs", "--case", "y", *out)
    assert "control characters" in refused("hyperfine", two, "--label", "a\nb", *out)
    assert "is named twice" in refused("hyperfine", two, "-o", two)
    assert "names no command" in refused("hyperfine", hyperfine(tmp_path, "//"), *out)
    assert "no-such-file" in refused("perf", tmp_path / "no-such-file", *out)
    assert os.listdir(tmp_path) == ["hyperfine.json"]


def test_a_command_with_a_hostile_name_is_shown_on_one_line(tmp_path):
    path = imported(tmp_path, "hyperfine", hyperfine(tmp_path, "evil \x1b[31m\n::error::x"))
    for form in ("terminal", "markdown", "github"):
        shown = umountbench("show", path, "--format", form, "--color", "never")
        assert "\x1b" not in shown.stdout and "\n::error::x" not in shown.stdout, form
