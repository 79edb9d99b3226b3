# SPDX-License-Identifier: Apache-2.0
"""Where a run's output goes, whose it is, and how it is told."""

import json
import os
import pty
import re
import stat
import subprocess

import pytest

from helpers import PROGRAM, needs_root, public_folder, umountbench
from real_runs import load, quick

pytestmark = needs_root

LOG_KEYS = {"level", "code", "message", "hint", "case", "errno"}
LEVELS = {"debug", "info", "warning", "error"}


@pytest.fixture
def callers_folder():
    """A folder of the user who called sudo."""
    folder = public_folder()
    os.chown(folder, 65534, 65534)
    yield folder
    for top, folders, files in os.walk(folder, topdown=False):
        for name in files:
            os.unlink(os.path.join(top, name))
        for name in folders:
            os.rmdir(os.path.join(top, name))
    os.rmdir(folder)


def test_under_sudo_what_is_written_belongs_to_the_calling_user(callers_folder):
    done = umountbench("run", *quick(), "--into", "side", "--write", "terminal=table.txt", cwd=callers_folder,
                       env={"SUDO_UID": "65534", "SUDO_GID": "65534", "SUDO_USER": "nobody"})
    assert done.returncode == 0, done
    written = ["side", "table.txt", *(os.path.join("side", name) for name in os.listdir(f"{callers_folder}/side"))]
    assert len(written) == 3
    for name in written:
        facts = os.stat(os.path.join(callers_folder, name))
        assert (facts.st_uid, facts.st_gid) == (65534, 65534), name
        assert stat.S_IMODE(facts.st_mode) == (0o755 if name == "side" else 0o644), name


def test_without_an_output_the_result_is_named_after_kernel_and_time_and_lies_in_results_if_that_is_here(tmp_path):
    name = re.compile(r"umountbench-%s-\d{8}T\d{6}Z\.json" % re.escape(os.uname().release))
    assert umountbench("run", *quick(), cwd=tmp_path).returncode == 0
    [result] = os.listdir(tmp_path)
    assert name.fullmatch(result)
    (tmp_path / "results").mkdir()
    assert umountbench("run", *quick(), cwd=tmp_path).returncode == 0
    [result] = os.listdir(tmp_path / "results")
    assert name.fullmatch(result)


def test_a_dash_puts_the_result_itself_on_stdout_and_nothing_else(tmp_path):
    done = umountbench("run", *quick(), "-o", "-", cwd=tmp_path)
    assert done.returncode == 0, done
    assert json.loads(done.stdout)["cases"][0]["outcome"] == "measured"
    assert os.listdir(tmp_path) == []


def test_further_outputs_are_written_beside_the_result(tmp_path):
    done = umountbench("run", *quick(), "-o", "result.json", "--format", "json", "--write", "terminal=table.txt",
                       "--write", "json=more.json", cwd=tmp_path)
    assert done.returncode == 0, done
    assert (tmp_path / "more.json").read_bytes() == (tmp_path / "result.json").read_bytes()
    assert done.stdout == (tmp_path / "result.json").read_text()
    assert "released p50" in (tmp_path / "table.txt").read_text()
    assert sorted(os.listdir(tmp_path)) == ["more.json", "result.json", "table.txt"]


def test_quiet_says_nothing_but_warnings(tmp_path):
    done = umountbench("run", "-q", *quick(), "-o", "result.json", cwd=tmp_path)
    assert done.returncode == 0, done
    warnings = load(tmp_path / "result.json")["warnings"]
    said = done.stderr.splitlines()
    assert len(said) == len(warnings), done.stderr
    for line, warning in zip(said, warnings):
        assert line.startswith("umountbench: warning: ") and line.endswith(warning["message"])


@pytest.mark.parametrize("options", [quick(), ("--filter", "("), ("--frob",), ("--rcu", "norml")])
def test_the_json_log_has_one_object_a_line(tmp_path, options):
    done = umountbench("run", *options, "-o", "result.json", "--log-format", "json", cwd=tmp_path)
    lines = [json.loads(line) for line in done.stderr.splitlines()]
    assert lines
    for line in lines:
        assert {"level", "message"} <= set(line) <= LOG_KEYS
        assert line["level"] in LEVELS
    if done.returncode == 0:
        [finished] = [line for line in lines if line.get("code") == "case_done"]
        assert finished["case"] == "umount/fs=tmpfs/mode=plain/method=syscall/rcu=default"
    else:
        [error] = lines
        assert (error["level"], error["code"]) == ("error", "usage") and error["hint"]


def test_verbose_tells_of_the_config_and_of_each_round(tmp_path):
    done = umountbench("run", *quick(), "-v", "-o", "result.json", cwd=tmp_path)
    assert done.returncode == 0, done
    pid = load(tmp_path / "result.json")["rounds"][0]["pid"]
    assert re.search(r"^umountbench: debug: config: /.*/default\.json$", done.stderr, re.MULTILINE), done.stderr
    assert f"umountbench: debug: round 1 begins, process {pid}\n" in done.stderr
    assert "umountbench: debug: round 1 ended" in done.stderr
    assert "debug" not in umountbench("run", *quick(), "-o", "quiet.json", cwd=tmp_path).stderr


def test_redact_leaves_host_name_and_command_line_out(tmp_path):
    done = umountbench("run", *quick(), "--redact", "-o", "result.json", cwd=tmp_path)
    assert done.returncode == 0, done
    text = (tmp_path / "result.json").read_text()
    with open("/proc/cmdline", encoding="utf-8") as file:
        assert file.read().strip() not in text
    before = json.loads(text)["environment"]["before"]
    assert os.uname().nodename not in json.dumps({key: before.get(key) for key in ("host_name", "command_line")})


def test_label_and_seed_are_stored(tmp_path):
    done = umountbench("run", *quick(), "--label", "before the fix", "--seed", 42, "-o", "result.json", cwd=tmp_path)
    assert done.returncode == 0, done
    run = load(tmp_path / "result.json")["run"]
    assert (run["label"], run["seed"]) == ("before the fix", 42)
    assert "before the fix" in done.stdout


def on_a_terminal(*arguments, cwd, env):
    """What a terminal shows: stdout and stderr together."""
    ours, theirs = pty.openpty()
    shown = b""
    with subprocess.Popen([PROGRAM, *map(str, arguments)], cwd=cwd, env=env, stdin=subprocess.DEVNULL, stdout=theirs,
                          stderr=theirs) as program:
        os.close(theirs)
        while True:
            try:
                piece = os.read(ours, 65536)
            except OSError:  # EIO: the last one has closed it
                break
            if not piece:
                break
            shown += piece
        assert program.wait(timeout=60) == 0, shown
    os.close(ours)
    return shown.decode()


def terminal(**more):
    return {"PATH": os.environ["PATH"], "TERM": "xterm", "LC_ALL": "C.UTF-8", **more}


def test_a_terminal_gets_a_progress_line_instead_of_a_line_a_case(tmp_path):
    shown = on_a_terminal("run", *quick(time_limit="1s", samples=10_000_000), "-o", "result.json", cwd=tmp_path,
                          env=terminal())
    assert re.search(r"\r\x1b\[K\d+%  umount/fs=tmpfs", shown)
    assert "round 1: done" not in shown


COLOR = re.compile(r"\x1b\[[0-9;]*m")


def test_colour_is_for_terminals_unless_asked_for_or_unwanted(tmp_path):
    assert umountbench("run", *quick(), "-o", "result.json", cwd=tmp_path).returncode == 0
    shown = ("show", "result.json")
    assert COLOR.search(on_a_terminal(*shown, cwd=tmp_path, env=terminal()))
    assert not COLOR.search(on_a_terminal(*shown, cwd=tmp_path, env=terminal(NO_COLOR="1")))
    assert not COLOR.search(on_a_terminal(*shown, cwd=tmp_path, env=terminal(TERM="dumb")))
    assert not COLOR.search(on_a_terminal(*shown, "--color", "never", cwd=tmp_path, env=terminal()))
    assert not COLOR.search(umountbench(*shown, cwd=tmp_path).stdout)
    always = umountbench(*shown, "--color", "always", cwd=tmp_path).stdout
    assert COLOR.search(always)
    assert COLOR.sub("", always) == umountbench(*shown, cwd=tmp_path).stdout, "never colour alone"
