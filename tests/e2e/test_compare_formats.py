# SPDX-License-Identifier: Apache-2.0
"""A comparison in every format, and what those formats' own readers say of it."""

import csv
import io
import json
import os
import re
import shutil
import subprocess
import xml.etree.ElementTree

import pytest

from helpers import TOP, umountbench
from made_results import CASES, NEW, compare, folder_of_boots, two_sides

FORMATS = ("terminal", "markdown", "html", "json", "csv", "junit", "github", "lkml")
JUNIT_SCHEMA = os.path.join(TOP, "../shared/third_party/junit-10.xsd")
ACTIONS = {"GITHUB_ACTIONS": "true"}
ANNOTATION = re.compile(r"^::(error|warning|notice) title=[^:]+::.+$")


@pytest.fixture(scope="module")
def sides(tmp_path_factory):
    """One case slower, one faster, two the same."""
    return two_sides(tmp_path_factory.mktemp("formats"), times={"plain.*rcu=normal": 1.3, "lazy.*rcu=normal": 0.7})


@pytest.fixture(scope="module")
def shown(sides):
    """{format: what `compare --format` prints}"""
    texts = {}
    for name in FORMATS:
        done = umountbench("compare", *sides, "--format", name)
        assert (done.returncode, done.stderr) == (1, ""), done
        texts[name] = done.stdout
    return texts


def junit_schema_refusal():
    if not shutil.which("xmllint"):
        return "not installed: xmllint (Debian package libxml2-utils)"
    return "" if os.path.exists(JUNIT_SCHEMA) else "junit-10.xsd is not beside the project (../shared/third_party)"


def junit_faults(text):
    """What xmllint says against a JUnit file; "" for a valid one."""
    told = subprocess.run(["xmllint", "--noout", "--nonet", "--schema", JUNIT_SCHEMA, "-"], input=text,
                          capture_output=True, text=True, timeout=20, check=False)
    return "" if told.returncode == 0 else told.stderr


def json_faults(document, schema):
    jsonschema = pytest.importorskip("jsonschema", reason="not installed: python3-jsonschema")
    with open(os.path.join(TOP, "docs", schema), encoding="utf-8") as file:
        validator = jsonschema.Draft7Validator(json.load(file))
    return [f"{list(error.path)}: {error.message}" for error in validator.iter_errors(document)]


def test_every_format_is_written_by_write_as_by_format(tmp_path, sides, shown):
    writes = [word for name in FORMATS for word in ("--write", f"{name}={name}.out")]
    done = umountbench("compare", *sides, "--format", "csv", "-o", "main.csv", *writes, cwd=tmp_path)
    assert (done.returncode, done.stdout, done.stderr) == (1, "", "")
    assert sorted(os.listdir(tmp_path)) == sorted(["main.csv", *(f"{name}.out" for name in FORMATS)])
    for name in FORMATS:
        assert (tmp_path / f"{name}.out").read_text(encoding="utf-8") == shown[name]
    assert (tmp_path / "main.csv").read_text(encoding="utf-8") == shown["csv"]


def test_the_verdict_in_words_comes_first(shown):
    words = "slower: 1 of 4 cases, most of all umount of tmpfs (plain, syscall, rcu=normal), 30% slower"
    assert shown["terminal"].startswith(words)
    assert shown["markdown"].startswith(f"### {words}")
    assert re.search("<h1>(.*?)</h1>", shown["html"]).group(1).startswith(words)
    assert next(iter(json.loads(shown["json"]).items()))[1].startswith(words)
    assert xml.etree.ElementTree.fromstring(shown["junit"]).get("name").startswith(words)
    assert shown["github"].startswith(f"::error title=umountbench::{words}".replace("%", "%25"))
    assert " ".join(shown["lkml"].split()).startswith(words)


def test_json_follows_its_schema(tmp_path, sides, shown):
    assert json_faults(json.loads(shown["json"]), "comparison.schema.json") == []
    one_boot = compare(*two_sides(tmp_path, count=1))[1]
    assert json_faults(one_boot, "comparison.schema.json") == []
    split = compare("--by", "rcu", sides[0])[1]
    assert json_faults(split, "comparison.schema.json") == []


def test_the_schema_would_notice_a_missing_and_a_new_key(shown):
    said = json.loads(shown["json"])
    assert json_faults({**said, "colour": "blue"}, "comparison.schema.json")
    del said["pairs"][0]["rows"][0]["verdict"]
    assert json_faults(said, "comparison.schema.json")


@pytest.mark.skipif(bool(junit_schema_refusal()), reason=junit_schema_refusal() or "the schema is here")
def test_junit_is_valid_for_jenkins(tmp_path, sides, shown):
    assert junit_faults(shown["junit"]) == ""
    others = [umountbench("compare", *sides, folder_of_boots(tmp_path / "third", 1), "--format", "junit").stdout,
              umountbench("compare", *two_sides(tmp_path / "machine", 2, facts={"cpu_model": "x"}), "--format",
                          "junit").stdout,
              umountbench("report", sides[0], "--format", "junit").stdout]
    assert [junit_faults(text) for text in others] == ["", "", ""]
    assert junit_faults(shown["junit"].replace("testcase", "test")) != "", "xmllint looks at the schema"


def test_junit_fails_exactly_the_case_that_fails_the_run(shown):
    root = xml.etree.ElementTree.fromstring(shown["junit"])
    tests = list(root.iter("testcase"))
    assert [test.get("name") for test in tests] == list(CASES)
    [failed] = [test for test in tests if test.find("failure") is not None]
    assert failed.get("name") == "umount/fs=tmpfs/mode=plain/method=syscall/rcu=normal"
    assert failed.find("failure").get("type") == "regression" and "30% slower" in failed.find("failure").get("message")
    assert (root.get("tests"), root.get("failures"), root.get("errors")) == ("4", "1", "0")


def test_csv_has_a_row_for_every_case_and_quantile(shown):
    rows = list(csv.DictReader(io.StringIO(shown["csv"])))
    assert [(row["case"], row["quantile"]) for row in rows] == [(case, p) for case in CASES for p in ("0.5", "0.9", "0.99")]
    assert {row["case_verdict"] for row in rows} == {"slower", "faster", "same"}
    assert all(None not in row and None not in row.values() for row in rows), "as many cells as the header has"


def test_lkml_is_plain_ascii_of_75_columns(shown):
    assert shown["lkml"].isascii()
    assert max(map(len, shown["lkml"].splitlines())) <= 75
    assert "umountbench compare" in shown["lkml"], "how to do it again"


def test_markdown_fits_into_a_comment_and_its_tables_have_even_rows(tmp_path, shown):
    def many_cases(result):
        result["cases"] = [{**case, "id": f"{case['id']}/files={number}"} for case in result["cases"] for number in range(60)]
        for case in result["cases"]:
            case["samples"] = {name: values[:9] if isinstance(values, list) else values
                               for name, values in case["samples"].items()}
    before = folder_of_boots(tmp_path / "before", 2, change=many_cases)
    after = folder_of_boots(tmp_path / "after", 2, change=many_cases, kernel=NEW, side=1, times=3)
    large = umountbench("compare", before, after, "--format", "markdown").stdout
    for text in (shown["markdown"], large):
        assert len(text.encode()) < 65536
        for table in re.findall(r"(?:^\|.*\n)+", text, re.MULTILINE):
            assert len({line.count("|") for line in table.splitlines()}) == 1
    assert "<details>" in large


def annotations(text):
    return [line for line in text.splitlines() if line.startswith("::")]


def test_under_github_actions_annotations_come_unasked_and_behind_the_report(sides, shown):
    done = umountbench("compare", *sides, env=ACTIONS)
    assert done.returncode == 1
    assert done.stdout == shown["terminal"] + shown["github"]
    assert len(annotations(done.stdout)) == 3 and all(map(ANNOTATION.match, annotations(done.stdout)))
    assert annotations(umountbench("compare", *sides, env={"GITHUB_ACTIONS": "false"}).stdout) == []


def test_annotations_stay_out_of_what_a_program_reads(tmp_path, sides, shown):
    done = umountbench("compare", *sides, "--format", "json", env=ACTIONS)
    assert done.stdout == shown["json"] and done.stderr == shown["github"]
    done = umountbench("compare", *sides, "--format", "json", "-o", tmp_path / "said.json", env=ACTIONS)
    assert done.stdout == shown["github"] and (tmp_path / "said.json").read_text(encoding="utf-8") == shown["json"]


def test_annotations_that_are_asked_for_come_once(tmp_path, sides, shown):
    assert umountbench("compare", *sides, "--format", "github", env=ACTIONS).stdout == shown["github"]
    done = umountbench("compare", *sides, "--write", f"github={tmp_path / 'notes'}", env=ACTIONS)
    assert annotations(done.stdout) == [] and (tmp_path / "notes").read_text(encoding="utf-8") == shown["github"]


def test_one_output_that_cannot_be_written_does_not_cost_the_others(tmp_path, sides, shown):
    done = umountbench("compare", *sides, "--write", "json=/dev/full", cwd=tmp_path)
    assert done.returncode == 2 and "/dev/full" in done.stderr, "seen before anything is compared"
    done = umountbench("compare", *sides, "--write", "csv=table.csv", cwd=tmp_path,
                       prefix=("sh", "-c", 'exec "$@" >/dev/full', "sh"))
    assert done.returncode == 3 and done.stderr.startswith("umountbench: error: "), done
    assert (tmp_path / "table.csv").read_text(encoding="utf-8") == shown["csv"]


@pytest.mark.parametrize("name", ["terminal", "markdown", "html", "json", "csv", "junit", "lkml"])
def test_report_has_the_same_formats_for_one_result_and_for_a_folder(tmp_path, sides, name):
    one, out = os.path.join(sides[0], "boot-0.json"), tmp_path / "out"
    for what, count in ((one, 1), (sides[0], 7)):
        done = umountbench("report", what, "--format", name)
        assert (done.returncode, done.stderr) == (0, ""), done
        assert CASES[0] in " ".join(done.stdout.replace("<wbr>", "").split())
        if name == "json":
            assert len(json.loads(done.stdout)["runs"]) == count
        written = umountbench("report", what, "--format", "csv", "-o", "/dev/stdout", "--write", f"{name}={out}")
        assert written.returncode == 2, "a place that is no file is refused"
        written = umountbench("report", what, "--write", f"{name}={out}")
        assert written.returncode == 0 and out.read_text(encoding="utf-8") == done.stdout


def test_report_does_not_know_annotations(sides):
    done = umountbench("report", sides[0], "--format", "github")
    assert (done.returncode, done.stdout) == (2, "")
    assert "--format does not know 'github'" in done.stderr


def test_sides_with_a_label_are_called_by_it(tmp_path):
    old, new = folder_of_boots(tmp_path / "a", 2, label="stock"), folder_of_boots(tmp_path / "b", 2, kernel=NEW, label="mine")
    files = [os.path.join(folder, name) for folder in (old, new) for name in sorted(os.listdir(folder))]
    said = compare(*files)[1]
    assert [side["name"] for side in said["sides"]] == ["stock", "mine"]
