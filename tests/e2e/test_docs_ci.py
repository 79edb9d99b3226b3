# SPDX-License-Identifier: Apache-2.0
"""docs/ci.md: every umountbench command in it is run, and its scripts too, on a machine that is made of small programs."""

import json
import os
import subprocess

import pytest

from docs_blocks import MEASURING, StandIn, blocks, commands, script, write_program
from helpers import PROGRAM, needs_program, umountbench
from made_results import NEW, folder_of_boots

COMMANDS = commands("ci.md")
# What the variables in them stand for.
VARIABLES = {"there": "new", "side": "a", "tools": ".", "commit": "0123456789ab"}


def shell(text, cwd, env, timeout=120):
    return subprocess.run(["sh", "-c", text], cwd=cwd, env={**os.environ, **env}, stdin=subprocess.DEVNULL,
                          capture_output=True, text=True, timeout=timeout, check=False)


@pytest.fixture
def job(tmp_path):
    """A job's folder with the files that the commands of the document talk of; the candidates are as fast as the baseline."""
    old = folder_of_boots(tmp_path / "boots/good")
    for name in ("baseline.json", "good.json"):
        assert umountbench("shrink", old, "-o", tmp_path / name).returncode == 0
    return tmp_path


def candidates(job, **changes):
    for side, kernel, more in ((0, "6.12.1", {}), (1, NEW, changes)):
        folder_of_boots(job / "boots" / "ab"[side], kernel=kernel, side=side, **more)
    folder_of_boots(job / "bisect/0123456789ab", kernel=NEW, side=1, **changes)


def test_the_document_shows_the_commands_that_it_is_about():
    words = [command.split()[1] for command in COMMANDS]
    assert len(COMMANDS) >= 15 and {"run", "ab", "compare", "shrink"} <= set(words), COMMANDS
    assert sum(text.count("umountbench compare ") for _, text in blocks("ci.md")) == words.count("compare"), "all are found"


@pytest.mark.parametrize("command", sorted(set(COMMANDS)))
def test_every_command_works_as_it_stands(job, command):
    candidates(job)
    word = command.split()[1]
    text = command.replace("umountbench", f"'{PROGRAM}'", 1) + (" --dry-run" if word in MEASURING else "")
    done = shell(text, job, VARIABLES)
    assert done.returncode == 0, (text, done)
    assert "error" not in done.stderr and "warning" not in done.stderr


@pytest.mark.parametrize("command", sorted({command for command in COMMANDS if command.startswith("umountbench compare")
                                            and "baseline.json" not in command}))
def test_every_comparison_of_two_kernels_exits_1_for_a_slower_one(job, command):
    candidates(job, times={"rcu=normal": 1.5})
    done = shell(command.replace("umountbench", f"'{PROGRAM}'", 1), job, VARIABLES)
    assert done.returncode == 1, (command, done)
    assert "slower: 2 of 4 cases" in done.stdout


@pytest.mark.parametrize("command", sorted({command for command in COMMANDS if "--fail-on inconclusive" in command
                                            and "boots/b" in command}))
def test_what_stays_open_is_the_5_that_the_pipelines_look_for(job, command):
    candidates(job, noise=0.3)
    done = shell(command.replace("umountbench", f"'{PROGRAM}'", 1), job, VARIABLES)
    assert done.returncode == 5, (command, done)


def test_the_comparisons_write_the_files_that_the_pipelines_collect(job):
    candidates(job, times=1.5)
    for command in COMMANDS:
        if "--write" in command and command.startswith("umountbench compare"):
            shell(command.replace("umountbench", f"'{PROGRAM}'", 1), job, VARIABLES)
            assert (job / "junit.xml").read_text(encoding="utf-8").startswith("<?xml")
            verdict = "same" if "baseline.json" in command else "slower"
            assert (job / "report.md").read_text(encoding="utf-8").startswith(f"### {verdict}: ")
            os.unlink(job / "junit.xml")
            os.unlink(job / "report.md")


def with_scripts(folder, *names):
    """The document's scripts as programs in a folder."""
    for name in names:
        write_program(folder / name, script("ci.md", name))


@pytest.mark.parametrize("kernel, code", [("6.12.2", 0), ("6.12.2-slow", 1)])
def test_collect_boots_takes_two_kernels_in_turns_and_what_it_brings_can_be_compared(tmp_path, kernel, code):
    machine = StandIn(tmp_path)
    with_scripts(tmp_path, "boot-kernel", "collect-boots")
    done = shell(f"./collect-boots testbox 6.12.1 {kernel}", tmp_path, machine.env)
    assert done.returncode == 0, done
    a, b = "6.12.1", kernel
    assert machine.booted == [a, b, b, a, a, b, b, a, a, b, b, a, a, b]
    assert [len(os.listdir(tmp_path / "boots" / side)) for side in "ab"] == [7, 7]
    said = umountbench("compare", "boots/a", "boots/b", "--format", "json", cwd=tmp_path)
    assert said.returncode == code, said
    assert json.loads(said.stdout)["pairs"][0]["across_sessions"] is False


def test_collect_boots_of_one_kernel_takes_seven(tmp_path):
    machine = StandIn(tmp_path)
    with_scripts(tmp_path, "boot-kernel", "collect-boots")
    assert shell("./collect-boots testbox 6.12.1", tmp_path, machine.env).returncode == 0
    assert machine.booted == ["6.12.1"] * 7
    assert os.listdir(tmp_path / "boots") == ["a"] and len(os.listdir(tmp_path / "boots/a")) == 7


def test_collect_boots_ends_with_a_kernel_that_does_not_come_up(tmp_path):
    machine = StandIn(tmp_path)
    with_scripts(tmp_path, "boot-kernel", "collect-boots")
    done = shell("./collect-boots testbox 6.12.1 6.12.2-hangs", tmp_path, machine.env)
    assert done.returncode == 1, done
    assert machine.booted == ["6.12.1"] and not os.path.exists(tmp_path / "boots")


MAKE = """#!/bin/sh
[ ! -e "broken-$1$2$3" ] || exit 2
kind=$(cat kind)
case "$*" in *kernelrelease*) echo "6.13-$kind-$(git rev-parse --short HEAD)" ;; *bindeb-pkg*) [ "$kind" != broken ] ;; esac
"""


@needs_program("git")
def test_git_bisect_run_finds_the_commit_that_made_it_slower(tmp_path):
    machine = StandIn(tmp_path)
    tools, tree = tmp_path / "ci", tmp_path / "linux"
    tools.mkdir()
    tree.mkdir()
    with_scripts(tools, "boot-kernel", "bisect-step")
    write_program(tools / "install-kernel", "#!/bin/sh\n")
    write_program(machine.programs / "make", MAKE)
    good = folder_of_boots(tmp_path / "good", kernel="6.12.0")
    assert umountbench("shrink", good, "-o", tools / "good.json").returncode == 0
    who = ("-c", "user.name=Test", "-c", "user.email=test@example.org")
    git = {**machine.env, "GIT_CONFIG_NOSYSTEM": "1", "GIT_CONFIG_GLOBAL": "/dev/null"}

    def run(*words):
        done = subprocess.run(["git", *who, *words], cwd=tree, env={**os.environ, **git}, stdin=subprocess.DEVNULL,
                              capture_output=True, text=True, timeout=300, check=False)
        assert done.returncode == 0, done
        return done.stdout

    run("init", "-q")
    names = []
    for kind in ("fast", "fast", "broken", "fast", "slow", "slow", "hangs-slow", "slow"):
        (tree / "kind").write_text(kind)
        (tree / "number").write_text(str(len(names)))
        run("add", "-A")
        run("commit", "-qm", f"{len(names)} {kind}")
        names.append(run("rev-parse", "HEAD").strip())
    run("bisect", "start", names[-1], names[0])
    told = run("bisect", "run", "../ci/bisect-step")
    assert f"{names[4]} is the first bad commit" in told, told
    assert len(os.listdir(tools / "bisect")) >= 2
    assert {len(os.listdir(tools / "bisect" / commit)) for commit in os.listdir(tools / "bisect")} == {5}


def test_a_bisect_step_that_is_called_wrongly_stops_the_bisection(tmp_path):
    machine = StandIn(tmp_path)
    with_scripts(tmp_path, "boot-kernel", "bisect-step")
    write_program(tmp_path / "install-kernel", "#!/bin/sh\n")
    write_program(machine.programs / "make", "#!/bin/sh\ncase \"$*\" in *kernelrelease*) echo 6.13-fast ;; esac\n")
    write_program(machine.programs / "git", "#!/bin/sh\necho 0123456789ab\n")
    done = shell("./bisect-step", tmp_path, machine.env)
    assert done.returncode == 128, done
    assert "good.json" in done.stderr
