# SPDX-License-Identifier: Apache-2.0
"""The examples of README, of every document and of every command's help, run as they stand: those that measure as --dry-run,
those that boot up to the kernel, which is not there."""

import json
import os
import re
import shutil
import subprocess

import pytest

from docs_blocks import MEASURING, commands, commands_in
from helpers import PROGRAM, TOP, umountbench
from made_results import CASES, NEW, boot, folder_of_boots, save
from test_explain import attribution

# ci.md and many-boots.md have tests of their own.
DOCUMENTS = ["../README.md", *sorted(name for name in os.listdir(os.path.join(TOP, "docs"))
                                     if name.endswith(".md") and name not in ("ci.md", "many-boots.md"))]
NO_KERNEL = "/no/kernel/here"
# What some of them do is not for a test, and why.
LEFT_OUT = {"vm fetch": "loads packages", "vm shell": "boots", "vm doctor": "judges this machine", "doctor": "judges this machine",
            "clean": "is for the machine as a whole"}
FILLED_IN = {" … ": " --kernel debian:6.1-cloud ", "FILE": "theirs-raw.json", "RESULT...": "a.json", "$PLAN": "--kernel debian:6.1-cloud",
             "${{ matrix.shard }}": "1", "$BOOTS": "2", "$SHARD": "1/4"}


def words_of_help():
    said = umountbench("--help").stdout
    names = re.findall(r"^  ([a-z]+(?: [a-z]+)?)  ", said, re.MULTILINE)
    assert {"run", "compare", "vm run", "import perf", "history"} <= set(names), said
    return names


def examples_of_help():
    return [(f"help {name}", command) for name in words_of_help()
            for command in commands_in(umountbench("help", *name.split()).stdout) if "[OPTION]" not in command]


def examples():
    found = [(document, command) for document in DOCUMENTS for command in commands(document)] + examples_of_help()
    return sorted({command: (where, command) for where, command in found}.values())


def explained(kernel, number=0):
    return {**boot(kernel=kernel, number=number), "attribution": [attribution(case) for case in CASES]}


PERF = [{"counter-value": f"{value}.000000", "unit": "ns", "event": "duration_time"} for value in (11_000_000, 12_000_000)]
HYPERFINE = [{"results": [{"command": "umount /mnt/x", "times": [0.01, 0.011, 0.012, 0.0105], "exit_codes": [0, 0, 0, 0],
                          "mean": 0.0109, "median": 0.0107, "min": 0.01, "max": 0.012, "user": 0.001, "system": 0.002}]}]


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    """A folder with every file that the examples name."""
    folder = tmp_path_factory.mktemp("examples")
    for side, kernel in enumerate(("6.12.1", NEW)):
        for name in (("boots/6.12", "boots/a", "before"), ("boots/6.13", "boots/b", "after", "new-boots"))[side]:
            folder_of_boots(folder / name, count=10, kernel=kernel, side=side)
    for name in ("boots", "out", "output/boots", "vm-results", "results", "nightly"):
        os.makedirs(folder / name, exist_ok=True)
        for number in range(20):
            kernel = f"6.12.{number}-g0123456789a{number % 10}" if name == "nightly" else ("6.12.1", NEW)[number % 2]
            facts = {"rcu_normal_after_boot_requested": number % 2, "rcu_normal_after_boot_effective": number % 2}
            save(folder / name / f"boot-{number}.json", boot(kernel=kernel, number=number, minute=2 * number, facts=facts))
    for name in ("a", "c", "a1", "a2", "ours", "container", "result", "results/before"):
        save(folder / f"{name}.json", explained("6.12.1", len(name)))
    for name in ("b", "d", "b1", "b2"):
        save(folder / f"{name}.json", explained(NEW, len(name)))
    save(folder / "hyperfine.json", HYPERFINE[0])
    (folder / "commits").write_text("0123456789a1\n0123456789a2\n", encoding="utf-8")
    shutil.copytree(os.path.join(TOP, "configs"), folder / "configs")
    shutil.copy(os.path.join(TOP, "configs/container.json"), folder / "one-start.json")
    made = (("import", "hyperfine", "hyperfine.json", "--case", CASES[0].replace("syscall", "exec"), "-o", "theirs.json"),
            ("shrink", "boots/a", "-o", "baseline.json"), ("noise", "boots/a", "-o", "profile.json"))
    for command in made:
        assert umountbench(*command, cwd=folder).returncode == 0, command
    ours = boot()
    ours["cases"][0]["id"] = CASES[0].replace("syscall", "exec")
    save(folder / "ours.json", ours)
    return folder


def filled_in(command, folder):
    """The command with this program and a file for what stands for one."""
    for old, new in FILLED_IN.items():
        command = command.replace(old, new)
    raw = PERF if " perf " in command else HYPERFINE
    (folder / "theirs-raw.json").write_text("".join(json.dumps(line) + "\n" for line in raw), encoding="utf-8")
    command = re.sub(r"(--kernel|-k) ([\w.]+=)?\S+", rf"\1 \2{NO_KERNEL}", command)
    return command.replace("umountbench", f"'{PROGRAM}'", 1)


def exit_code(command):
    """By what the files of the examples are: nothing is slower but rcu=normal, and what was imported is of another machine."""
    if "compare theirs.json" in command:
        return 4
    return 1 if "compare --by rcu " in command else 0


@pytest.mark.parametrize("where, command", examples())
def test_every_example_works_as_it_stands(files, where, command):
    word = " ".join(re.findall("[a-z]+", command)[1:3 if command.split()[1] in ("vm", "import") else 2])
    if word in LEFT_OUT:
        assert umountbench("help", *word.split()).returncode == 0
        return
    text = filled_in(command, files) + (" --dry-run" if word in MEASURING and "--dry-run" not in command else "")
    done = subprocess.run(["sh", "-c", text], cwd=files, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=120,
                          check=False)
    if word in ("vm run", "vm plan"):
        assert done.returncode == 2 and NO_KERNEL in done.stderr, (where, text, done)
        return
    assert done.returncode == exit_code(command), (where, text, done)
