# SPDX-License-Identifier: Apache-2.0
"""What every command keeps to: help, version, exit codes, and one clear line for bad input."""

import json
import os

import pytest

from helpers import UNPRIVILEGED, needs_root, umountbench

COMMANDS = ["run", "show", "list", "doctor", "clean"]


def assert_refused(done, *words):
    """Exit 2 with an error line and nothing on stdout; every word stands on stderr."""
    assert done.returncode == 2, done
    assert done.stdout == ""
    assert done.stderr.startswith("umountbench: error: "), done.stderr
    for word in words:
        assert word in done.stderr


def test_help_names_the_commands():
    done = umountbench("--help")
    assert done.returncode == 0
    assert done.stderr == ""
    for command in COMMANDS:
        assert command in done.stdout


def test_help_command_is_the_commands_own_help():
    asked = umountbench("help", "run")
    assert asked.returncode == 0
    assert asked.stdout == umountbench("run", "--help").stdout
    assert "--filter" in asked.stdout


def test_alone_it_prints_the_help_and_exits_2():
    done = umountbench()
    assert done.returncode == 2
    for command in COMMANDS:
        assert command in done.stdout + done.stderr


def test_version_tells_commit_schema_and_libraries():
    done = umountbench("--version")
    assert done.returncode == 0
    for word in ("umountbench", "commit", "schema", "libmount", "benchmark"):
        assert word in done.stdout


def test_unknown_command_gets_the_nearest_one():
    assert_refused(umountbench("rum"), "'rum'", "hint: did you mean 'run'?")


def test_unknown_option_is_refused():
    assert_refused(umountbench("run", "--filtre", "x"), "--filtre")


def test_filter_that_is_no_regex_is_refused():
    assert_refused(umountbench("run", "--dry-run", "--filter", "("), "(")


def test_filter_that_matches_nothing_is_refused():
    assert_refused(umountbench("run", "--dry-run", "--filter", "^no such case$"), "no such case")


@pytest.mark.parametrize("arguments", [("--samples", "0"), ("--samples", "1000000000000"), ("--rounds", "0"),
                                       ("--time-limit", "soon"), ("--settle", "often"), ("--rcu", "fast")])
def test_value_out_of_range_is_refused(arguments):
    assert_refused(umountbench("run", "--dry-run", *arguments), arguments[1])


@pytest.mark.parametrize("text, words", [
    ("{", ["line 1, column 2"]),
    ('{"name": "x",\n "cases": [}', ["line 2, column"]),
    ('{"no_such_key": 1}', ["no_such_key"]),
    ("[]", []),
    ("", []),
])
def test_bad_config_is_refused(tmp_path, text, words):
    config = tmp_path / "bad.json"
    config.write_text(text)
    assert_refused(umountbench("run", "--dry-run", "--config", config), "bad.json", *words)


def test_config_that_is_not_there_is_refused(tmp_path):
    assert_refused(umountbench("run", "--dry-run", "--config", tmp_path / "none.json"), "none.json")


@needs_root
def test_output_folder_that_is_not_there_is_refused_before_anything_runs(tmp_path):
    assert_refused(umountbench("run", "-o", tmp_path / "none" / "result.json", timeout=10), "none")


def test_unreadable_result_is_refused(tmp_path):
    result = tmp_path / "result.json"
    result.write_text("no result")
    assert_refused(umountbench("show", result), "result.json")


def test_names_are_escaped_on_the_terminal(tmp_path):
    done = umountbench("show", tmp_path / "a\x1b[31mb.json")
    assert_refused(done, "[31mb.json")
    assert "\x1b" not in done.stderr


@needs_root
def test_run_without_root_exits_4_and_names_both_ways(installed, open_folder):
    done = umountbench("run", program=installed, prefix=UNPRIVILEGED, cwd=open_folder)
    assert done.returncode == 4, done
    assert "sudo" in done.stderr and "--unprivileged" in done.stderr
    assert os.listdir(open_folder) == []


def test_json_log_is_one_object_a_line():
    done = umountbench("run", "--log-format", "json", "--filter", "(", "--dry-run")
    assert done.returncode == 2
    for line in done.stderr.splitlines():
        entry = json.loads(line)
        assert entry["level"] and entry["message"]


def test_list_as_json_names_every_scenario():
    done = umountbench("list", "--format", "json")
    assert done.returncode == 0
    text = json.dumps(json.loads(done.stdout))
    assert '"umount"' in text and '"loop"' in text


def test_no_colour_into_a_pipe():
    for command in (("--help",), ("list",), ("doctor",)):
        assert "\x1b[" not in umountbench(*command).stdout


def test_the_installed_program_finds_its_configs(installed, open_folder):
    done = umountbench("run", "--dry-run", "--rcu", "as-found", program=installed, cwd=open_folder)
    assert done.returncode == 0, done
    assert "umount/fs=tmpfs/mode=lazy/method=syscall/rcu=as-found" in done.stdout
