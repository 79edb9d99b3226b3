# SPDX-License-Identifier: Apache-2.0
"""The samples of contrib/: they can be read, their commands are the program's, and what can run here runs."""

import json
import os
import re
import shutil

import pytest
import yaml

from docs_blocks import StandIn, write_program
from helpers import PROGRAM, umountbench
from made_results import folder_of_boots
from samples import CONTRIB, DOCUMENT, blocks, commands, files, formats, sh, text_of

SAMPLES = [path for path in files() if not path.endswith(".md")]
COMMANDS = [(path, name, words) for path in [*SAMPLES, DOCUMENT] for name, words in commands(path)]


@pytest.mark.parametrize("path", files(".yaml", ".yml", ".fmf"))
def test_yaml_is_yaml(path):
    assert isinstance(yaml.safe_load(text_of(path)), dict)


def test_the_document_shows_the_samples_as_they_are():
    for language, text in blocks():
        if language == "yaml":
            assert isinstance(yaml.safe_load(text), dict)
    assert 'run: umountbench vm run $PLAN --shard' in text_of(DOCUMENT)
    for name in re.findall(r"\(\.\./(contrib/[^)]*)\)", text_of(DOCUMENT)):
        assert os.path.exists(os.path.join(os.path.dirname(CONTRIB), name)), name
    steps = yaml.safe_load(text_of("lava/umountbench-guests.yaml"))["run"]["steps"]
    assert all(step in text_of(DOCUMENT) for step in steps if step.startswith("umountbench "))


def test_the_samples_have_the_commands_that_they_are_about():
    assert len(COMMANDS) >= 24
    shown = {(path.split("/")[0], name) for path, name, _ in COMMANDS}
    assert {("tmt", "run"), ("tmt", "compare"), ("autopkgtest", "run"), ("lava", "run"), ("lava", "vm run"), ("lkp", "run"),
            ("github", "vm run"), ("github", "report"), ("gitlab", "vm run"), ("gitlab", "compare")} <= shown


@pytest.mark.parametrize("path, name, words", COMMANDS, ids=lambda value: value if isinstance(value, str) else "-")
def test_each_command_exists_and_takes_its_options(path, name, words):
    # Seen through --help, before which all options and their words are looked at, but for the formats of --write.
    done = umountbench(*name.split(), *words, "--help")
    assert done.returncode == 0, (path, words, done.stderr)
    written = {words[at + 1].split("=")[0] for at, word in enumerate(words) if word == "--write"}
    assert written <= set(formats(name))


def test_scripts_inside_of_yaml_are_scripts():
    found = []
    for path in ("github/umount-guests.yml", "gitlab/umount-guests.gitlab-ci.yml", "lava/umountbench.yaml",
                 "lava/umountbench-guests.yaml"):
        text = text_of(path)
        for job in yaml.safe_load(text).get("jobs", {}).values():
            found += [step["run"] for step in job["steps"] if "run" in step]
        for job in yaml.safe_load(text).values():
            if isinstance(job, dict) and "script" in job:
                found += job["script"]
            if isinstance(job, dict) and path.startswith("lava/") and "steps" in job:
                found += job["steps"]
    assert len(found) >= 10
    for script in found:
        done = sh("sh", "-n", "-c", re.sub(r"\$\{\{[^}]*\}\}", "1", script), cwd=CONTRIB)
        assert (done.returncode, done.stderr) == (0, ""), script


def test_what_the_samples_refer_to_is_there():
    for test in yaml.safe_load(text_of("lava/job.yaml"))["actions"][2]["test"]["definitions"]:
        assert os.path.exists(f"{CONTRIB}/lava/{test['path']}")
        known = yaml.safe_load(text_of(f"lava/{test['path']}"))["params"]
        assert set(test["parameters"]) == set(known)
    for name in re.findall(r"^Tests: (.*)$", text_of("autopkgtest/control"), re.MULTILINE):
        assert os.access(f"{CONTRIB}/autopkgtest/{name}", os.X_OK)
    assert os.access(f"{CONTRIB}/tmt/{yaml.safe_load(text_of('tmt/main.fmf'))['test']}", os.X_OK)


def test_shards_of_the_pipelines_make_a_whole():
    github = yaml.safe_load(text_of("github/umount-guests.yml"))["jobs"]["boots"]
    shards = github["strategy"]["matrix"]["shard"]
    assert shards == list(range(1, len(shards) + 1))
    assert all(f"/{len(shards)}" in step["run"] for step in github["steps"] if "run" in step)
    assert "$CI_NODE_INDEX/$CI_NODE_TOTAL" in text_of("gitlab/umount-guests.gitlab-ci.yml")


@pytest.fixture
def machine(tmp_path):
    """A machine of small programs on which a reboot is a number."""
    made = StandIn(tmp_path)
    write_program(made.programs / "tmt-reboot", '#!/bin/sh\ncp "$MACHINE_FOLDER/kernel" "$MACHINE_FOLDER/next"\n'
                                                'exec systemctl reboot\n')
    return made


def baseline(folder):
    boots = folder_of_boots(folder / "old", kernel="5.0")
    assert umountbench("shrink", boots, "-o", folder / "baseline.json").returncode == 0


@pytest.mark.parametrize("with_baseline, kernel, whole", [(True, "5.1", "pass"), (True, "5.1-slow", "fail"),
                                                          (False, "5.1", "pass")])
def test_the_tmt_test_takes_seven_boots_and_leaves_its_results(machine, tmp_path, with_baseline, kernel, whole):
    data, tree = tmp_path / "data", tmp_path / "tree"
    data.mkdir()
    shutil.copytree(f"{CONTRIB}/tmt", tree)
    if with_baseline:
        baseline(tmp_path)
        shutil.move(tmp_path / "baseline.json", tree)
    machine.set("kernel", kernel)
    for count in range(7):
        done = sh("./test.sh", cwd=tree, env={**machine.env, "TMT_TEST_DATA": str(data), "TMT_REBOOT_COUNT": str(count)})
        assert done.returncode == (whole == "fail" and count == 6), done
    assert machine.booted == [kernel] * 6 and len(os.listdir(data / "boots")) == 7
    results = json.loads((data / "results.json").read_text(encoding="utf-8"))
    assert all({"name", "result"} <= set(result) for result in results)
    assert [result["result"] for result in results if result["name"] == "/"] == [whole]
    assert (data / "report.md" if with_baseline else data / "baseline.json").exists()


@pytest.mark.parametrize("kernel, code", [("5.1", 0), ("5.1-slow", 1)])
def test_the_autopkgtest_takes_seven_boots_and_ends_as_the_comparison(machine, tmp_path, kernel, code):
    tree = tmp_path / "tree"
    (tree / "debian/tests").mkdir(parents=True)
    baseline(tmp_path)
    shutil.move(tmp_path / "baseline.json", tree / "debian/tests")
    write_program(machine.programs / "reboot-with-mark", '#!/bin/sh\nprintf %s "$1" >"$MACHINE_FOLDER/mark"\nexec tmt-reboot\n')
    script = text_of("autopkgtest/umount-boots").replace("/tmp/autopkgtest-reboot", "reboot-with-mark")
    write_program(tree / "debian/tests/umount-boots", script)
    machine.set("kernel", kernel)
    machine.set("mark", "")
    for count in range(7):
        assert machine.get("mark") == (str(count) if count else "")
        mark = {"AUTOPKGTEST_REBOOT_MARK": machine.get("mark")} if count else {}
        done = sh("debian/tests/umount-boots", cwd=tree, env={**machine.env, "AUTOPKGTEST_ARTIFACTS": str(tmp_path), **mark})
        assert done.returncode == (code if count == 6 else 0), done
    assert (tmp_path / "junit.xml").exists() and len(os.listdir(tmp_path / "boots")) == 7


def test_the_smoke_test_of_autopkgtest_needs_no_root(tmp_path):
    os.symlink(PROGRAM, tmp_path / "umountbench")
    done = sh(f"{CONTRIB}/autopkgtest/smoke", cwd=tmp_path, env={"PATH": f"{tmp_path}:{os.environ['PATH']}"})
    assert done.returncode == 0, done
    assert "umount/fs=" in done.stdout


def test_the_workflow_of_github_boots_anew_every_night(tmp_path):
    """On a runner of one's own, whose folder keeps what the night before left."""
    write_program(tmp_path / "umountbench", '#!/bin/sh\ncase "$*" in\n  *--resume*) ;;\n  *) [ ! -e boots ] || exit 2 ;;\nesac\n'
                                            'mkdir -p boots && [ -e boots/a.json ] || echo "$NIGHT" >boots/a.json\n')
    [step] = [step["run"] for step in yaml.safe_load(text_of("github/umount-guests.yml"))["jobs"]["boots"]["steps"] if "run" in step]
    for night in ("1", "2"):
        done = sh("bash", "-e", "-c", step.replace("${{ matrix.shard }}", "1"), cwd=tmp_path,
                  env={"NIGHT": night, "PLAN": "", "PATH": f"{tmp_path}:{os.environ['PATH']}"})
        assert done.returncode == 0, done
        assert (tmp_path / "boots/a.json").read_text() == f"{night}\n"


@pytest.mark.parametrize("verdict, options, code", [(0, (), 5), (0, ("--exit-code", "bisect"), 125),
                                                    (0, ("--exit-code=ksft",), 4), (0, ("--exit-code", "autopkgtest"), 77),
                                                    (0, ("--filter", "bisect"), 5), (1, (), 1), (4, (), 4)])
def test_gather_tells_which_boots_are_missing_and_calls_that_no_regression(tmp_path, verdict, options, code):
    write_program(tmp_path / "compare", f'#!/bin/sh\necho "$@"\nexit {verdict}\n')
    (tmp_path / "matrix.jsonl").write_text('{"cell": "a.boot1"}\n{"cell": "a.boot2"}\n', encoding="utf-8")
    (tmp_path / "a.boot1.json").touch()
    ask = {"cwd": tmp_path, "env": {"UMOUNTBENCH": str(tmp_path / "compare")}}
    done = sh(f"{CONTRIB}/slurm/gather", ".", *options, **ask)
    assert done.returncode == code, done
    assert done.stdout.splitlines() == ["no result: a.boot2 (see a.boot2.console.log)", " ".join(("compare", ".", *options))]
    (tmp_path / "a.boot2.json").touch()
    assert sh(f"{CONTRIB}/slurm/gather", ".", *options, **ask).returncode == verdict
    for wrong in ((), ("/nowhere",)):
        assert sh(f"{CONTRIB}/slurm/gather", *wrong, **ask).returncode == 2


def lkp_parse(tmp_path, text):
    return sh(f"{CONTRIB}/lkp/parse", cwd=tmp_path, input=text).stdout


def test_the_lkp_parser_takes_figures_and_nothing_else(tmp_path):
    lines = "umount.p50_ns: 34500\numount.ratio: 1.02e-05\n"
    assert lkp_parse(tmp_path, f"umountbench: warning: noise\n{lines}path: /tmp\n: 1\n") == lines


def test_the_lkp_parser_takes_all_that_we_write_for_it(tmp_path):
    said = umountbench("report", folder_of_boots(tmp_path / "boots"), "--format", "lkp")
    assert said.returncode == 0 and said.stdout
    assert lkp_parse(tmp_path, said.stdout) == said.stdout
    [key] = yaml.safe_load(text_of("lkp/meta.yaml"))["results"]
    assert f"{key}: " in said.stdout


def test_the_chart_of_github_gets_what_the_action_reads(tmp_path):
    said = umountbench("report", folder_of_boots(tmp_path / "boots"), "--format", "github-action-benchmark")
    assert said.returncode == 0, said
    points = json.loads(said.stdout)
    assert points and all({"name", "unit", "value"} <= set(point) for point in points)
