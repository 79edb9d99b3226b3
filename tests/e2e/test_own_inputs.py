# SPDX-License-Identifier: Apache-2.0
"""What was measured is never written over by a command that reads it."""

import os
import re
import shutil

import pytest

from helpers import TOP, umountbench
from made_results import boot, folder_of_boots, save
from test_explain import explained  # noqa: F401 (a fixture)


@pytest.fixture
def files(tmp_path):
    folder_of_boots(tmp_path / "a", 10)
    folder_of_boots(tmp_path / "b", 10, kernel="6.13.0", side=1)
    for number, name in enumerate(("one.json", "two.json")):
        save(tmp_path / name, boot(number=number))
    os.symlink("one.json", tmp_path / "link.json")
    os.symlink("one.json", tmp_path / "link.svg")
    assert umountbench("noise", tmp_path / "a", "-o", tmp_path / "noise.json").returncode == 0
    assert umountbench("shrink", tmp_path / "a", "-o", tmp_path / "baseline.json").returncode == 0
    shutil.copy(os.path.join(TOP, "configs/unprivileged.json"), tmp_path / "plan.json")
    (tmp_path / "commits").write_text("0123456789ab\n", encoding="utf-8")
    return tmp_path


def contents(folder):
    return {os.path.join(top, name): open(os.path.join(top, name), "rb").read()
            for top, _, names in os.walk(folder) for name in names}


@pytest.mark.parametrize("command", [
    "report one.json -o one.json", "report one.json --write markdown=./one.json", "report a -o a/boot-3.json",
    "report link.json -o one.json", "report one.json -o link.json", "show one.json --format csv -o one.json",
    "shrink one.json two.json -o two.json", "shrink baseline.json a -o baseline.json", "noise a -o a/boot-0.json",
    "compare a b -o b/boot-9.json", "compare a b --write csv=a/boot-0.json", "compare baseline.json b -o baseline.json",
    "compare one.json two.json --noise-profile noise.json -o noise.json", "history a b -o a/boot-0.json",
    "history a --commits commits -o commits", "plot a=link.svg b=two.json --kind boots -o link.svg",
    "explain explained.json -o explained.json", "run --unprivileged --config ./plan.json -o plan.json",
    "run --unprivileged --config ./plan.json --write csv=plan.json",
    "ab --unprivileged --config ./plan.json --a mode=plain --b mode=lazy --write csv=plan.json"])
def test_it_is_refused_before_anything_is_written(files, explained, command):  # noqa: F811
    assert os.path.dirname(explained) == str(files)
    before = contents(files)
    done = umountbench(*command.split(), cwd=files)
    assert done.returncode == 2 and done.stdout == "", done
    assert re.search("would be lost|is named twice|is a symbolic link", done.stderr), done
    assert contents(files) == before


def test_a_further_file_beside_them_is_written(files):
    assert umountbench("compare", "a", "b", "--fail-on", "never", "-o", "a/report.txt", cwd=files).returncode == 0
    assert (files / "a/report.txt").read_text(encoding="utf-8")
