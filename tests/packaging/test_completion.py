# SPDX-License-Identifier: Apache-2.0
"""The completion for bash: in a shell of its own, and at the keyboard."""

import json
import os
import pty
import re
import select
import signal
import subprocess
import time

import pytest

from helpers import needs_program, umountbench

ASK = """
source "$1"; shift
COMP_WORDS=("$@") COMP_CWORD=$(($# - 1))
_umountbench
printf '%s\\n' "${COMPREPLY[@]}"
"""


@pytest.fixture(scope="module")
def script(installed):
    return installed / "share/bash-completion/completions/umountbench"


@pytest.fixture
def complete(script, installed, tmp_path):
    """What can stand for the last of the words, as bash has split them."""
    (tmp_path / "result.json").touch()
    (tmp_path / "resting").mkdir()

    def ask(*words):
        done = subprocess.run(["bash", "--norc", "-uc", ASK, "ask", script, "umountbench", *words], cwd=tmp_path,
                              env={"PATH": f"{installed}/bin:/usr/bin:/bin"}, stdin=subprocess.DEVNULL,
                              capture_output=True, text=True, timeout=20, check=False)
        assert (done.returncode, done.stderr) == (0, ""), done
        return done.stdout.split()
    return ask


def test_the_installed_one_is_what_the_program_prints(script):
    assert script.read_text(encoding="utf-8") == umountbench("completion", "bash").stdout


def test_another_shell_is_refused():
    done = umountbench("completion", "bsh")
    assert done.returncode == 2
    assert "no completion for 'bsh'" in done.stderr and "bash" in done.stderr


@needs_program("shellcheck")
def test_it_is_a_clean_script(script):
    done = subprocess.run(["shellcheck", script], capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stdout


def test_commands_and_the_commands_of_groups(complete):
    assert complete("co") == ["compare", "completion"]
    assert complete("v") == ["vm"]
    assert complete("vm", "") == ["run", "plan", "fetch", "shell", "doctor"]
    assert complete("help", "vm", "p") == ["plan"]
    assert complete("help", "s") == ["show", "shrink"]
    assert complete("nonsense", "--") == []


@pytest.mark.parametrize("name", ["run", "ab", "compare", "vm run", "import perf", "clean"])
def test_all_options_of_a_command_complete(complete, name):
    told = re.findall(r"^ +(?:-\w, )?(--[a-z-]+)", umountbench("help", *name.split()).stdout, re.MULTILINE)
    assert complete(*name.split(), "--") == [*told, "--help"]


def test_an_option_completes_from_its_beginning(complete):
    assert complete("run", "--se") == ["--settle", "--seed"]
    assert complete("vm", "run", "--sh") == ["--shard"]


def test_values(complete):
    assert complete("run", "--settle", "") == ["random", "none"]
    assert complete("run", "--settle", "=", "r") == ["random"]
    assert complete("run", "--settle", "=") == ["random", "none"]
    assert complete("list", "--format", "j") == ["json"]
    assert complete("run", "--color", "n") == ["never"]
    assert complete("run", "--rcu", "as-found,d") == ["as-found,default"]
    assert complete("run", "--samples", "") == []
    assert complete("completion", "") == ["bash"]


def test_scenario_names_where_cases_are_chosen(complete):
    names = [scenario["name"] for scenario in json.loads(umountbench("list", "--format", "json").stdout)["scenarios"]]
    for word in (["run", "--filter"], ["vm", "run", "-f"], ["ab", "--filter"]):
        assert complete(*word, "") == [f"^{name}/" for name in names]
    assert complete("run", "-f", "^umo") == ["^umount/"]


def test_configs_by_name_and_files(complete):
    assert complete("run", "--config", "q") == ["quick"]
    assert {"quick", "reference", "result.json"} <= set(complete("vm", "plan", "-c", ""))
    assert set(complete("show", "res")) == {"result.json", "resting"}
    assert complete("run", "--into", "res") == ["resting"]
    assert "markdown=" in complete("run", "--write", "")
    assert set(complete("run", "--write", "markdown", "=", "res")) == {"result.json", "resting"}
    assert set(complete("vm", "run", "--kernel", "old", "=", "res")) == {"result.json", "resting"}


def typed(keys, until, script, installed):
    """What an interactive bash shows for these keys, up to the text that is waited for."""
    pid, terminal = pty.fork()
    if pid == 0:
        os.execve("/bin/bash", ["bash", "--norc", "--noprofile", "-i"],
                  {"PATH": f"{installed}/bin:/usr/bin:/bin", "PS1": "ready> ", "TERM": "dumb", "HISTFILE": "/dev/null",
                   "INPUTRC": "/dev/null"})
    text, deadline = "", time.monotonic() + 60
    try:
        os.write(terminal, f"source {script}\n{keys}".encode())
        while until not in text.replace("\a", "") and time.monotonic() < deadline:
            if select.select([terminal], [], [], 0.3)[0]:
                text += os.read(terminal, 4096).decode(errors="replace")
    finally:
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
        os.close(terminal)
    return text.replace("\a", "")


def test_at_the_keyboard_what_can_only_be_one_thing_is_filled_in(script, installed):
    wanted = "umountbench run --settle=none --write markdown=x"
    assert wanted in typed("umountbench ru\t--settle=no\t--write mark\tx", wanted, script, installed)
