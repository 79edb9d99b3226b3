# SPDX-License-Identifier: Apache-2.0
"""For the tests of contrib/: its files, and the umountbench commands in them."""

import functools
import os
import re
import shlex
import subprocess

from helpers import TOP, umountbench

CONTRIB = os.path.join(TOP, "contrib")
# As the program's help has them: two words first.
COMMAND = re.compile(r"(?<![\w/.-])umountbench ((?:vm|import) \w+|[a-z]+)(?= |$)(.*)")


def files(*endings):
    """Paths from contrib/."""
    found = [os.path.relpath(os.path.join(folder, name), CONTRIB) for folder, _, names in os.walk(CONTRIB)
             for name in names]
    return sorted(path for path in found if not endings or path.endswith(endings))


def text_of(path):
    with open(os.path.join(CONTRIB, path), encoding="utf-8") as file:
        return file.read()


def sh(script, *arguments, cwd, env=None, **more):
    return subprocess.run([script, *arguments], cwd=cwd, env={**os.environ, **(env or {})}, capture_output=True, text=True,
                          timeout=120, check=False, **({"stdin": subprocess.DEVNULL} if "input" not in more else {}), **more)


DOCUMENT = "../docs/many-machines.md"


def blocks(path=DOCUMENT):
    """(language, text) of each fenced block."""
    return re.findall(r"^```(\w*)\n(.*?)^```$", text_of(path), re.MULTILINE | re.DOTALL)


def commands(path):
    """(name, words) of each command in a sample, or in the blocks of a document. A variable stands for one word, but for
    $PLAN, which the file defines."""
    text = "".join(block for _, block in blocks(path)) if path.endswith(".md") else text_of(path)
    plan = re.search(r"^ +PLAN: (.*)$", text, re.MULTILINE)
    text = re.sub(r"\\\n\s*", " ", re.sub(r"\|\|\n\s*", "|| ", text))
    found = []
    for line in text.splitlines():
        if line.lstrip().startswith(("#", "description:")):
            continue
        line = line.replace("$PLAN", plan.group(1) if plan else "")
        line = re.sub(r"\$\{\{[^}]*\}\}", "1", line)
        for part in re.split(r"\|\||&&|;|[^=]>|\|", line):
            match = COMMAND.search(part)
            if match:
                words = re.sub(r'"?\$\{?(\w+)[^\s"/}]*\}?("?)', r"\1\2", match.group(2)).replace('"', "")
                found.append((match.group(1), shlex.split(words)))
    return found


@functools.cache
def formats(name):
    """Those of a command's --format."""
    asked = subprocess.run(["bash", "-c", 'source /dev/stdin; _umountbench_value "$1" --format', "ask", name],
                           input=umountbench("completion", "bash").stdout, capture_output=True, text=True, timeout=20,
                           check=False)
    return asked.stdout.strip().removeprefix("words:").split()
