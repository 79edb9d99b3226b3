# SPDX-License-Identifier: Apache-2.0
"""Results of boots that never were, for the tests that judge: made from one real result (tests/data/boot.json, three
rounds of four tmpfs cases on a busy machine, called calm here) by scaling its samples. No randomness: the same call
gives the same file."""

import copy
import datetime
import json
import os
import random
import re
import zlib

from helpers import TOP, umountbench

OLD, NEW = "6.12.1", "6.13.0"
PLAIN_DEFAULT = "umount/fs=tmpfs/mode=plain/method=syscall/rcu=default"
PLAIN_NORMAL = "umount/fs=tmpfs/mode=plain/method=syscall/rcu=normal"
LAZY_DEFAULT = "umount/fs=tmpfs/mode=lazy/method=syscall/rcu=default"
LAZY_NORMAL = "umount/fs=tmpfs/mode=lazy/method=syscall/rcu=normal"
CASES = (PLAIN_DEFAULT, PLAIN_NORMAL, LAZY_DEFAULT, LAZY_NORMAL)
START = datetime.datetime(2026, 3, 2, 9, 0)
TIMES = ("return_ns", "released_ns")

with open(os.path.join(TOP, "tests/data/boot.json"), encoding="utf-8") as _file:
    REAL = json.load(_file)


def _at(minute):
    return (START + datetime.timedelta(minutes=minute)).strftime("%Y-%m-%dT%H:%M:%S.000Z")


def turn(side, number):
    """The place of a side's boot (0 or 1 for A or B) in the order A B B A A B B A."""
    return 2 * number + (side ^ (number & 1))


def scale(case, factor, columns=TIMES):
    for name in columns:
        values = case["samples"].get(name)
        if isinstance(values, list):
            case["samples"][name] = [None if value is None else round(value * factor) for value in values]


def boot(kernel=OLD, number=0, side=0, times=1.0, noise=0.01, minute=None, label=None, facts=None, settings=None):
    """One result. `times`: how many times as long everything takes, or {regex of case ids: factor}; `noise`: the standard
    deviation between boots; `facts` and `settings` go into the environment and the plan."""
    result = copy.deepcopy(REAL)
    minute = 2 * turn(side, number) if minute is None else minute
    name = f"{kernel} {label} {side} {number}"
    result["run"].update(id=f"run of {name}", session=f"run of {name}", label=label, started_at=_at(minute),
                         finished_at=_at(minute + 1))
    result["run"]["config"].update(settings or {})
    result["boot_id"] = f"boot of {name}"
    for environment in (result["environment"]["before"], result["environment"]["after"]):
        environment.update({"kernel_release": kernel, "kernel_build_id": f"build of {kernel}", **(facts or {})})
    for case in result["cases"]:
        factor = 2.718281828 ** (noise * random.Random(f"{name} {case['id']}").gauss(0, 1))
        for regex, slower in (times if isinstance(times, dict) else {"": times}).items():
            factor *= slower if re.search(regex, case["id"]) else 1
        scale(case, factor)
    return result


def case_of(result, case_id):
    return next(case for case in result["cases"] if case["id"] == case_id)


def save(path, result):
    with open(path, "w", encoding="utf-8") as file:
        json.dump(result, file)
    return path


def folder_of_boots(folder, count=7, change=None, **options):
    """A folder of `count` boots, one file each; `change(result)` is done to every one before it is written."""
    os.makedirs(folder)
    for number in range(count):
        result = boot(number=number, **options)
        if change:
            change(result)
        save(os.path.join(folder, f"boot-{number}.json"), result)
    return folder


def two_sides(folder, count=7, **candidate):
    """Folders `before` of the old kernel and `after` of the new one, measured in turns; what is given is the latter's."""
    shared = {name: candidate[name] for name in ("noise",) if name in candidate}
    before = folder_of_boots(os.path.join(folder, "before"), count, **shared)
    after = folder_of_boots(os.path.join(folder, "after"), count, **{"kernel": NEW, "side": 1, **candidate})
    return before, after


def compare(*arguments, **options):
    """The run of `compare`, and what it says as JSON (None where it says nothing)."""
    done = umountbench("compare", *arguments, "--format", "json", **options)
    return done, json.loads(done.stdout) if done.stdout else None


def row_of(comparison, case_id, pair=0):
    return next(row for row in comparison["pairs"][pair]["rows"] if row["case"] == case_id)


def verdicts(comparison, pair=0):
    """{case: verdict} of a pair of sides."""
    return {row["case"]: row["verdict"] for row in comparison["pairs"][pair]["rows"]}


def journal_of(result):
    """The journal (bytes) that a run killed at its end would have left of this result: a line a block, each with length and
    checksum; the header has no samples and the cases no outcome yet."""
    def line(document):
        text = json.dumps(document).encode()
        return b"%d %08x %s\n" % (len(text), zlib.crc32(text), text)
    empty = {name: [] for name in ("round", "sequence", "repetition", "warmup", "started_at_ns", "errno")}
    header = {**result, "cases": [{**case, "samples": empty, "phases": {}} for case in result["cases"]]}
    blocks = [{"block": {"case": index, "samples": case["samples"], "phases": case["phases"]}}
              for index, case in enumerate(result["cases"])]
    return b"".join(map(line, [header, *blocks]))
