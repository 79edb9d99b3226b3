# SPDX-License-Identifier: Apache-2.0
"""The man pages: clean for both readers, and complete."""

import gzip
import json
import os
import re
import subprocess

import pytest

from helpers import TOP, needs_program, umountbench

PAGES = ["man8/umountbench.8", "man5/umountbench-results.5"]


@pytest.fixture(scope="session")
def pages(installed, tmp_path_factory):
    """Both pages, unpacked."""
    folder = tmp_path_factory.mktemp("man")
    for name in PAGES:
        (folder / name).parent.mkdir()
        (folder / name).write_bytes(gzip.decompress((installed / f"share/man/{name}.gz").read_bytes()))
    return folder


def tool(*words, **more):
    done = subprocess.run([*map(str, words)], stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=60,
                          check=False, **more)
    assert done.returncode == 0, done
    return done


def sections(text, indent):
    """Heading to text; a heading has just that many blanks before it."""
    found, at = {}, None
    for line in text.splitlines():
        if re.match(rf" {{{indent}}}\S", line):
            at = line.strip()
            found[at] = ""
        elif at is not None:
            found[at] += line + "\n"
    return found


def shown(page):
    # As long as the lines like to be, so that no option is broken at its hyphen.
    return tool("mandoc", "-Tascii", "-Owidth=400", page).stdout.replace("\b", "").replace("_\b", "")


def commands():
    """Each command with its options, as --help tells them."""
    listed = re.search(r"^commands:\n(.*?)\n\n", umountbench("--help").stdout, re.MULTILINE | re.DOTALL).group(1)
    names = re.findall(r"^  (\S+(?: \S+)?)(?:  |\n)", listed + "\n", re.MULTILINE)
    return {name: set(re.findall(r"^ +(?:-\w, )?(--[a-z-]+)", umountbench("help", *name.split()).stdout, re.MULTILINE))
            for name in names if not name.startswith("help")}


@needs_program("mandoc")
@pytest.mark.parametrize("name", PAGES)
def test_mandoc_has_nothing_against_it(pages, name):
    tool("mandoc", "-Tlint", "-Wwarning", pages / name)


@needs_program("man")
@pytest.mark.parametrize("name", PAGES)
def test_groff_has_nothing_against_it(pages, name):
    done = tool("man", "--warnings", "-E", "UTF-8", "-l", "-Tutf8", "-Z", pages / name,
                env={**os.environ, "LC_ALL": "C.UTF-8", "MANROFFSEQ": "", "MANWIDTH": "80"})
    assert done.stderr == ""


@needs_program("mandoc")
def test_it_has_each_command_and_each_option_of_the_help(pages):
    text = re.sub(r".\x08", "", tool("mandoc", "-Tascii", "-Owidth=400", pages / PAGES[0]).stdout)
    found = sections(sections(text, 0)["COMMANDS"], 3)
    everywhere = set(re.findall(r"(--[a-z-]+)", found.pop("Every command")))
    assert {"--quiet", "--color", "--exit-code"} <= everywhere
    told = commands()
    assert len(told) >= 18 and {"run", "vm run", "import perf", "completion"} <= set(told)
    assert list(found) == list(told), "all commands, in the order of the help"
    for name, options in told.items():
        missing = {option for option in options - everywhere if not re.search(rf"{option}\b", found[name])}
        assert missing == set(), name


@needs_program("mandoc")
def test_it_has_the_sections_that_people_look_for(pages):
    text = re.sub(r".\x08", "", tool("mandoc", "-Tascii", pages / PAGES[0]).stdout)
    found = sections(text, 0)
    for name in ("NAME", "SYNOPSIS", "DESCRIPTION", "ENVIRONMENT", "FILES", "EXIT STATUS", "EXAMPLES", "NOTES"):
        assert found[name].strip(), name
    for word in ("rcu_normal", "killed", "loop devices", "clean"):
        assert word in found["NOTES"]


def test_the_exit_codes_are_those_of_the_program():
    with open(os.path.join(TOP, "packaging/man/umountbench.8.in"), encoding="utf-8") as file:
        rows = re.findall(r"^\.It Cm (\w+) Ta (.*)$", file.read(), re.MULTILINE)
    codes = {style: [int(code) for code in row.split(" Ta ")] for style, row in rows}
    for style, expected in codes.items():
        assert umountbench("run", "--filter", "(", "--exit-code", style).returncode == expected[2]
    assert codes["default"] == [0, 1, 2, 3, 4, 5]
    assert set(codes) == {"default", "bisect", "ksft", "autopkgtest"}


@needs_program("mandoc")
def test_the_examples_are_commands_that_the_program_takes(pages, tmp_path):
    with open(os.path.join(TOP, "packaging/man/umountbench.8.in"), encoding="utf-8") as file:
        lines = re.findall(r"^(?:sudo )?(umountbench .*)$", file.read(), re.MULTILINE)
    assert len(lines) >= 8
    for line in lines:
        words = line.replace("\\-", "-").replace("\\(aq", "").split()
        asked = umountbench(*words[1:], "--help", cwd=tmp_path)
        assert asked.returncode == 0, (words, asked)


def test_it_has_every_variable_of_the_environment_that_the_program_reads():
    names = set()
    for folder, _, files in os.walk(os.path.join(TOP, "src")):
        for name in files:
            if name.endswith(".cpp") and not name.endswith("_test.cpp"):
                with open(os.path.join(folder, name), encoding="utf-8") as file:
                    names |= set(re.findall(r'(?:getenv|environment)\("([A-Z_]+)"\)', file.read()))
    assert {"NO_COLOR", "XDG_CACHE_HOME", "SUDO_UID"} <= names
    with open(os.path.join(TOP, "packaging/man/umountbench.8.in"), encoding="utf-8") as file:
        told = set(re.findall(r"[A-Z_]{3,}", re.search(r"^\.Sh ENVIRONMENT\n(.*?)^\.Sh", file.read(), re.MULTILINE | re.DOTALL)
                              .group(1)))
    assert names - told - {"LIBMOUNT_UTAB"} == set(), "that one is libmount's own, and only handed on"


def keys(schema, *names):
    for name in names:
        yield from schema["definitions"][name]["properties"]


def test_the_results_page_names_every_key_of_the_schema():
    with open(os.path.join(TOP, "docs/result.schema.json"), encoding="utf-8") as file:
        schema = json.load(file)
    with open(os.path.join(TOP, "packaging/man/umountbench-results.5"), encoding="utf-8") as file:
        words = set(re.findall(r"\w+", file.read()))
    samples = schema["definitions"]["case"]["properties"]["samples"]["properties"]
    wanted = {*schema["properties"], *schema["properties"]["run"]["properties"], *samples,
              *keys(schema, "round", "case", "attribution")}
    assert wanted - words == set()
