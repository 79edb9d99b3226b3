# SPDX-License-Identifier: Apache-2.0
"""help, list, doctor and clean."""

import json
import os

import pytest

from helpers import UNPRIVILEGED, needs_root, umountbench

COMMANDS = ("run", "show", "list", "doctor", "clean")
LEVELS = {"ok", "note", "noisy", "missing"}


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_a_help_with_its_options_and_an_example(command):
    done = umountbench("help", command)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith(f"usage: umountbench {command} ")
    assert f"umountbench {command}" in done.stdout.split("examples:")[1]
    for option in ("--quiet", "--color", "--log-format", "--exit-code"):
        assert option in done.stdout
    assert umountbench(command, "-h").stdout == done.stdout
    assert all(len(line) <= 120 for line in done.stdout.splitlines())


def test_list_tells_every_parameter_with_its_values_and_default(tmp_path):
    text = umountbench("list", cwd=tmp_path)
    assert (text.returncode, text.stderr) == (0, "")
    told = json.loads(umountbench("list", "--format", "json", cwd=tmp_path).stdout)
    for scenario in told["scenarios"]:
        assert f"{scenario['name']}: {scenario['summary']}" in text.stdout
        for parameter in scenario["parameters"]:
            assert f"  {parameter['name']} = " in text.stdout
            if "kind" in parameter:  # of a command, whose values are the user's own
                assert parameter["default"] in (None, "[]")
                assert "(must be given)" in text.stdout and "(default none)" in text.stdout
                continue
            assert f"(default {parameter['default']})" in text.stdout
            values = [value["value"] for value in parameter.get("values", [])]
            assert parameter["default"] in values or parameter["minimum"] <= int(parameter["default"])
            assert all(value["runs_here"] or value["reason"] for value in parameter.get("values", []))
    assert umountbench("list", "-o", "list.txt", cwd=tmp_path).stdout == ""
    assert (tmp_path / "list.txt").read_text() == text.stdout


def test_doctor_changes_nothing_and_names_a_command_for_what_is_missing(tmp_path):
    text = umountbench("doctor", cwd=tmp_path)
    assert (text.returncode, text.stderr) == (0, "")
    findings = json.loads(umountbench("doctor", "--format", "json", cwd=tmp_path).stdout)["findings"]
    assert len(findings) > 10
    for finding in findings:
        assert finding["level"] in LEVELS
        assert finding["topic"] and finding["message"]
        assert f"{finding['topic']}: " in text.stdout
        if finding["command"]:
            assert finding["level"] != "ok"
    assert os.listdir(tmp_path) == []


@needs_root
def test_doctor_works_for_every_user_and_says_what_needs_root(installed, open_folder):
    done = umountbench("doctor", program=installed, prefix=UNPRIVILEGED, cwd=open_folder)
    assert (done.returncode, done.stderr) == (0, "")
    assert "sudo" in done.stdout or "root" in done.stdout


@needs_root
def test_clean_with_nothing_to_do_says_so(tmp_path):
    done = umountbench("clean", cwd=tmp_path)
    assert (done.returncode, done.stdout, done.stderr) == (0, "nothing was left behind\n", "")


@needs_root
def test_clean_of_an_ordinary_user_touches_nothing_of_roots(installed, open_folder):
    done = umountbench("clean", program=installed, prefix=UNPRIVILEGED, cwd=open_folder)
    assert (done.returncode, done.stdout) == (0, "nothing was left behind by runs of this user\n"), done


def test_output_to_a_reader_that_went_away_is_no_crash():
    for command in (("help", "run"), ("list",), ("doctor",)):
        done = umountbench(*command, prefix=("sh", "-c", '"$@" | :; exit 0', "sh"))
        assert done.returncode == 0
        assert "terminate" not in done.stderr and "Aborted" not in done.stderr
