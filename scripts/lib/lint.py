# SPDX-License-Identifier: Apache-2.0
"""What the lints share: the project's files, and how findings are told."""

import os
import subprocess
import sys

TOP = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))


def root():
    """The tree to look at: the first argument (the lints' own tests), else this project."""
    return os.path.abspath(sys.argv[1]) if len(sys.argv) > 1 else TOP


def files(*endings):
    """Paths from the root of what is committed or about to be, sorted; all files when no endings are given."""
    listed = subprocess.run(
        ["git", "-c", "safe.directory=*", "-C", root(), "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        check=True, capture_output=True).stdout.decode().split("\0")
    return sorted({path for path in listed
                   if path and (not endings or path.endswith(endings)) and os.path.isfile(os.path.join(root(), path))})


def lines(path):
    """(number, line) of a text file; nothing of a binary one."""
    with open(os.path.join(root(), path), "rb") as file:
        data = file.read()
    if b"\0" in data:
        return []
    return list(enumerate(data.decode("utf-8", "replace").splitlines(), 1))


class Findings:
    """Collects "file:line: message"; leave() prints them and ends with 1 if there are any."""

    def __init__(self):
        self.count = 0

    def add(self, path, line, message):
        self.count += 1
        print(f"{path}:{line}: {message}")

    def leave(self):
        sys.exit(1 if self.count else 0)
