# SPDX-License-Identifier: Apache-2.0
"""Names in results that try to command a terminal, a browser, a spreadsheet, a CI server or a mailing list."""

import csv
import io
import json
import os
import re
import unicodedata
import xml.etree.ElementTree

import pytest

from format_readers import READERS
from helpers import needs_program, umountbench
from made_results import boot, case_of, folder_of_boots, save, PLAIN_NORMAL
from made_plots import KINDS
from test_compare_formats import json_faults, junit_faults, junit_schema_refusal
from test_html import checked

HOSTILE = {
    "terminal": "\x1b]0;title\x07\x1b[31mred\x9b2J\r\x08\x7f",
    "lines": "one\ntwo\n::error title=x::forged\n\n# heading\n",
    "markup": "<script>alert(1)</script>&amp;]]>\"'<!--",
    "markdown": "](http://x) [a](b) | `x` **b** @somebody #1 <img src=x> ~~s~~ \\",
    "formula": "=cmd|' /C calc'!A0",
    "formulas": "+1\t-1@SUM(1)",
    "percent": "%0A::warning::x %25 100%",
    "invisible": "a\u202eb\u200fc\u2066d\ufeffe\u00adf",
    "not XML": "\ufffe\uffff\x00\x01",
    "wide": "\U0001f600 \u6f22\u5b57 e\u0301",
    "long": "x" * 20_000,
    "gnuplot": "'; system('touch here') #\" . system(\"touch here\") . \" %s %c @x {/Bold x}_y^z \\n&{",
    "shell": "$(touch here); `touch here`; 'x' \"y\" > here",
}
COMPARISON = ("terminal", "markdown", "html", "json", "csv", "junit", "github", "lkml")

HISTORY = ("terminal", "json", "csv", "otava")


def spoil(result, text):
    """Puts the text wherever a result has one that isn't a word of ours."""
    result["run"].update(label=text, id=result["run"]["id"] + text, session=text)
    result["run"]["config"].update(name=text, description=text)
    result["tool"].update(commit=text)
    result["boot_id"] += text
    for environment in (result["environment"]["before"], result["environment"]["after"]):
        environment.update(kernel_version=text, cpu_model=text, host_name=text, mitigations=text, command_line=text,
                           preemption_model=text, governor=text)
    result["rounds"][0].update(disturbed=True, reason=text)
    result["warnings"] = [{"code": "rcu_mode_not_confirmed", "message": text, "case": PLAIN_NORMAL}]
    case = case_of(result, PLAIN_NORMAL)
    case["checks"] = [{"name": text, "outcome": "failed", "message": text}]
    case["id"] += "/x=" + text
    case["parameters"]["x"] = text
    case["metrics"]["return_ns"]["missing"] = text
    failed = case_of(result, "umount/fs=tmpfs/mode=lazy/method=syscall/rcu=normal")
    failed.update(outcome="failed", reason=text)


@pytest.fixture(scope="module", params=HOSTILE, ids=[name.replace(" ", "-") for name in HOSTILE])
def sides(request, tmp_path_factory):
    """(text, folder): three boots a side, the names of both full of that text, the candidate's kernel as well."""
    folder, text = tmp_path_factory.mktemp("names"), HOSTILE[request.param]
    folder_of_boots(folder / "before", 3, change=lambda result: spoil(result, text), facts={"rcu_normal_after_boot_requested": text})
    folder_of_boots(folder / "after", 3, kernel=text, side=1, times=2, change=lambda result: spoil(result, text))
    return text, folder


def outputs(folder):
    """(command, format, text) of everything that can be printed about them."""
    name = "a\x1b[31m<b>|"
    for what, formats in ((("compare", f"{name}=before", "after"), COMPARISON),
                          (("compare", "--by", "rcu_normal_after_boot", "before", "after"), COMPARISON),
                          (("report", "before", "after"), [one for one in COMPARISON if one != "github"])):
        for format_name in formats:
            done = umountbench(*what, "--format", format_name, cwd=folder)
            assert done.returncode in (0, 1, 4), done.stderr[:1000]
            harmless_talk(done.stderr)
            assert done.stdout
            yield what[0], format_name, done.stdout
        writes = [word for format_name in READERS for word in ("--write", f"{format_name}={format_name}.out")]
        done = umountbench(*what, "--format", "csv", *writes, cwd=folder)
        assert done.returncode in (0, 1, 4), done.stderr[:1000]
        for format_name in READERS:
            yield what[0], format_name, (folder / f"{format_name}.out").read_text(encoding="utf-8")


    for format_name in HISTORY:
        done = umountbench("history", "before", "after", "--format", format_name, cwd=folder)
        assert done.returncode == 0, done.stderr[:1000]
        harmless_talk(done.stderr)
        yield "history", format_name, done.stdout


def harmless_talk(text):
    assert harmless(text)
    for line in text.splitlines():
        assert line.startswith("umountbench: "), line


def harmless(text):
    """No character that moves the cursor, ends a line or turns the direction of what follows."""
    bad = [char for char in text if char != "\n" and unicodedata.category(char) in ("Cc", "Cs", "Zl", "Zp")]
    bad += re.findall("[\u202a-\u202e\u2066-\u2069]", text)
    assert not bad, [hex(ord(char)) for char in bad[:5]]
    return True


def check_terminal(_, text):
    assert harmless(text)
    assert not re.search(r"^(::|# )", text, re.MULTILINE)


def check_lkml(_, text):
    assert harmless(text) and text.isascii()
    assert not re.search(r"^(::|# heading)", text, re.MULTILINE)


def check_markdown(_, text):
    assert harmless(text) and len(text.encode()) < 65536
    assert not re.search(r"<(?!/?(code|details|summary|br)\b|0\.0)", text), "no markup but ours (and p <0.0001)"
    assert not re.search(r"(?<![\w&])@somebody|(?<!&)#1\b", text), "nobody is called, nothing linked"
    assert "](http" not in text and "](b)" not in text
    for table in re.findall(r"(?:^\|.*\n)+", text, re.MULTILINE):
        assert len({line.count("|") for line in table.splitlines()}) == 1, "a name opens no cell"
    assert not re.search(r"^(# heading|::)", text, re.MULTILINE)


def check_json(command, text):
    assert text.isascii()
    document = json.loads(text)
    if command == "compare":
        assert json_faults(document, "comparison.schema.json") == []


def check_csv(_, text):
    rows = list(csv.reader(io.StringIO(text)))
    assert len({len(row) for row in rows}) == 1, "a name opens no cell"
    for cell in (cell for row in rows for cell in row):
        assert not re.match(r"[=+@\t\r]|-(?![0-9.])", cell), cell
        assert harmless(cell)


def check_junit(_, text):
    root = xml.etree.ElementTree.fromstring(text)
    known = {"testsuites", "testsuite", "testcase", "properties", "property", "failure", "error", "skipped",
             "system-out", "system-err"}
    assert {element.tag for element in root.iter()} <= known, "a name opens no element"
    assert harmless(text) and not re.search("[\ufffe\uffff]", text)
    if not junit_schema_refusal():
        assert junit_faults(text) == ""


def check_github(_, text):
    assert harmless(text)
    for line in text.splitlines():
        assert re.match(r"^::(error|warning|notice) title=", line), "a name begins no line"
        assert "title=x::forged" not in line.split("::")[1]
        assert not re.search(r"%(?!25|0A|0D|3A|2C)", line)


def check_html(_, text):
    assert harmless(text)
    svg_elements = {"svg", "g", "path", "rect", "circle", "ellipse", "line", "text", "tspan", "polygon", "polyline", "use", "defs"}
    known = svg_elements | {"html", "head", "meta", "title", "style", "body", "main", "h1", "h2", "h3", "p", "ul", "li", "div",
                            "table", "thead", "tbody", "tr", "th", "td", "code", "wbr", "pre", "details", "summary", "figure",
                            "figcaption"}
    assert set(checked(text).elements) <= known, "a name opens no element"


CHECKS = {"html": check_html, "terminal": check_terminal, "lkml": check_lkml, "markdown": check_markdown, "json": check_json,
          "csv": check_csv, "junit": check_junit, "github": check_github,
          **{name: lambda _, text, read=read: (harmless(text), read(text)) for name, read in READERS.items()}}


def test_no_name_gets_out_of_its_place_in_any_format(sides):
    _, folder = sides
    for command, format_name, text in outputs(folder):
        CHECKS[format_name](command, text)


def test_a_name_goes_through_json_and_a_baseline_unchanged(sides):
    text, folder = sides
    shrunk = umountbench("shrink", "before", "after", cwd=folder)
    assert shrunk.returncode == 0, shrunk.stderr[:1000]
    (folder / "both.json").write_text(shrunk.stdout, encoding="utf-8")
    assert json.loads(shrunk.stdout)["boots"][0]["run"]["label"] == text
    said = json.loads(umountbench("compare", "--by", "rcu_normal_after_boot", "both.json", "--format", "json", cwd=folder).stdout)
    full = json.loads(umountbench("compare", "--by", "rcu_normal_after_boot", "before", "after", "--format", "json",
                                  cwd=folder).stdout)
    assert said["sides"][0]["boots"][0]["label"] == text
    assert [row["case"] for row in said["pairs"][0]["rows"]] == [row["case"] for row in full["pairs"][0]["rows"]]


def test_nothing_that_a_name_says_is_done(sides):
    _, folder = sides
    list(outputs(folder))
    assert not os.path.exists(folder / "here")


@needs_program("gnuplot")
def test_no_name_becomes_a_command_or_an_element_of_a_plot(sides):
    _, folder = sides
    name = "a'\"`touch here`"
    for kind in KINDS:
        done = umountbench("plot", f"{name}=before", "after", "--kind", kind, "-o", "plot.svg", cwd=folder)
        assert done.returncode == (4 if kind in ("growth", "causes") else 0), done.stderr
        harmless_talk(done.stderr)
        if done.returncode == 0:
            root = xml.etree.ElementTree.parse(folder / "plot.svg").getroot()
            assert not [one for one in root.iter() if one.tag.split("}")[1] in ("script", "a", "image", "foreignObject")]
    assert not os.path.exists(folder / "here")


@pytest.mark.parametrize("name", ["a\x1b[31mb.json", "a\nb.json", "=a.json", "<b>&.json", "-o.json", "a b'.json"])
def test_names_of_files_are_escaped_too(tmp_path, name):
    save(tmp_path / name, boot())
    save(tmp_path / "other.json", boot(kernel="6.13.0", side=1))
    for format_name in (*COMPARISON, *READERS):
        done = umountbench("compare", "other.json", f"./{name}", "--format", format_name, cwd=tmp_path)
        assert done.returncode == 0, done
        CHECKS[format_name]("compare", done.stdout)
        harmless_talk(done.stderr)
