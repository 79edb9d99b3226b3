# SPDX-License-Identifier: Apache-2.0
"""contrib/lava: taken by LAVA's schemas, and its test cases as the dispatcher reads them from the device's output."""

import os
import shutil

import pytest
import yaml

from docs_blocks import write_program
from helpers import umountbench
from lava_reader import Dispatcher, missing, needs_lava
from made_results import folder_of_boots
from samples import CONTRIB, sh, text_of

DEFINITIONS = ["umountbench.yaml", "umountbench-guests.yaml"]
pytestmark = needs_lava
if not missing():
    from lava_common.schemas import validate as validate_job
    from lava_common.schemas.test.testdef import validate as validate_definition
    from voluptuous import Invalid


@pytest.fixture(scope="module")
def dispatcher(tmp_path_factory):
    return Dispatcher(tmp_path_factory.mktemp("dispatcher"))


@pytest.fixture
def device(dispatcher, tmp_path):
    """A folder with the programs that a test finds on its device, and how to run one there."""
    dispatcher.put_programs(tmp_path)

    def run(*command):
        done = sh(*command, cwd=tmp_path, env={"PATH": f"{tmp_path}:{os.environ['PATH']}", "LAVA_RESULT_DIR": str(tmp_path)})
        assert (done.returncode, done.stderr) == (0, ""), done
        return done.stdout
    return run


def test_lava_takes_the_job():
    job = yaml.safe_load(text_of("lava/job.yaml"))
    validate_job(job)
    del job["timeouts"]["job"]
    with pytest.raises(Invalid):
        validate_job(job)


@pytest.mark.parametrize("name", DEFINITIONS)
def test_lava_takes_the_test_definitions(name):
    definition = yaml.safe_load(text_of(f"lava/{name}"))
    validate_definition(definition)
    definition["run"]["steps"] = "one text"
    with pytest.raises(Invalid):
        validate_definition(definition)


@pytest.mark.parametrize("status, whole", [(0, "pass"), (1, "fail"), (4, "skip")])
def test_lines_become_test_cases(dispatcher, device, tmp_path, status, whole):
    (tmp_path / "result.txt").write_text("a.b pass 34500 ns\nc skip\nd fail\ne pass 1.02e-05 per_s\n", encoding="utf-8")
    assert dispatcher.cases(device(f"{CONTRIB}/lava/report", "result.txt", str(status))) == {
        "umountbench": (whole, None, None), "a.b": ("pass", 34500, "ns"), "c": ("skip", None, None),
        "d": ("fail", None, None), "e": ("pass", 1.02e-05, "per_s")}


def test_lava_reads_all_that_we_write_for_it(dispatcher, device, tmp_path):
    boots = folder_of_boots(tmp_path / "boots")
    said = umountbench("report", boots, "--format", "lava", "-o", tmp_path / "result.txt")
    assert said.returncode == 0, said
    wanted = {"umountbench": ("pass", None, None)}
    for line in (tmp_path / "result.txt").read_text(encoding="utf-8").splitlines():
        name, result, value, unit = (*line.split(), None, None)[:4]
        wanted[name] = (result, value and float(value), unit)
    assert len(wanted) >= 3 and dispatcher.cases(device(f"{CONTRIB}/lava/report", "result.txt", "0")) == wanted


@pytest.mark.parametrize("definition", DEFINITIONS)
@pytest.mark.parametrize("measured, code, whole", [(True, 0, "pass"), (True, 1, "fail"), (False, 4, "skip"), (False, 2, "fail")])
def test_a_test_keeps_its_figures_where_a_case_failed(dispatcher, device, tmp_path, definition, measured, code, whole):
    """The steps as LAVA runs them: one script, with `set -e`, and a line at its end that must be reached."""
    wanted = yaml.safe_load(text_of(f"lava/{definition}"))
    write_program(tmp_path / "umountbench", '#!/bin/sh\n[ ! -e measured ] || echo "a.b pass 34500 ns" >output/result.txt\n'
                                            f'exit {code}\n')
    shutil.copy(f"{CONTRIB}/lava/report", tmp_path)
    if measured:
        (tmp_path / "measured").touch()
    lines = ["set -e", *(f"export {name}='{value}'" for name, value in wanted["params"].items()), *wanted["run"]["steps"],
             "lava-test-case end --result pass"]
    figures = {"a.b": ("pass", 34500, "ns")} if measured else {}
    assert dispatcher.cases(device("sh", "-c", "\n".join(lines))) == {
        "umountbench": (whole, None, None), **figures, "end": ("pass", None, None)}
