# SPDX-License-Identifier: Apache-2.0
"""The command lines in docs/ci.md work as they stand there."""
import os
import re
import shlex

import pytest

from helpers import umountbench
from made_results import folder_of_boots

SOURCE = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))


def command_lines():
    """What stands behind umountbench in every call within a fenced block."""
    with open(os.path.join(SOURCE, "docs/ci.md"), encoding="utf-8") as page:
        blocks = re.findall(r"^```[a-z]*\n(.*?)^```", page.read(), re.MULTILINE | re.DOTALL)
    found = []
    for block in blocks:
        for line in block.splitlines():
            match = re.search(r"(?:^|[ '])umountbench ([^']*)", line)
            if match:
                found.append(match.group(1).strip())
    return found


def test_there_are_command_lines_to_try():
    assert len(command_lines()) >= 7


@pytest.fixture(name="folder")
def folder_with_boots(tmp_path):
    for side, name in enumerate(("base", "new", "good", "step")):
        folder_of_boots(tmp_path / "boots" / name, kernel=f"6.12.0-{name}", count=4, side=side % 2)
    assert umountbench("shrink", "boots/base", "-o", "baseline.json", cwd=tmp_path).returncode == 0
    return tmp_path


@pytest.mark.parametrize("line", command_lines())
def test_works_as_it_stands_there(folder, line):
    words = shlex.split(line)
    if words[0] in ("ab", "run"):
        words.append("--dry-run")
    done = umountbench(*words, cwd=folder)
    assert done.returncode in (0, 1), done.stderr
    for place in re.findall(r"(?:-o|--write \w+=) ?(\S+\.\w+)", line):
        if words[-1] != "--dry-run":
            assert os.path.getsize(folder / place) > 0
