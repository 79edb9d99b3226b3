# SPDX-License-Identifier: Apache-2.0
"""Results with something to show in every kind of plot, made as in made_results.py."""

import copy
import os

from made_results import CASES, NEW, OLD, PLAIN_NORMAL, boot, case_of, folder_of_boots, save, scale
from test_explain import attribution

KINDS = ("distribution", "boots", "drift", "matrix", "growth", "return-released", "causes")
MOUNTS = (1, 10, 100, 1000)


def add_growth(result):
    """The first case once more with some numbers of mounts, each taking as long as the root of its number."""
    first = case_of(result, PLAIN_NORMAL)
    for mounts in MOUNTS:
        case = copy.deepcopy(first)
        case["id"] = f"{PLAIN_NORMAL}/mounts={mounts}"
        case["parameters"]["mounts"] = str(mounts)
        scale(case, mounts ** 0.5)
        result["cases"].append(case)


def full(result):
    add_growth(result)
    result["attribution"] = [attribution(case, waits=number % 2) for number, case in enumerate(CASES)]
    return result


def two_full_sides(folder, count=7):
    """Folders `before` and `after` with that many boots each; the latter is 12% slower."""
    for side, (name, kernel, times) in enumerate((("before", OLD, 1.0), ("after", NEW, 1.12))):
        os.makedirs(os.path.join(folder, name))
        for number in range(count):
            save(os.path.join(folder, name, f"boot-{number}.json"),
                 full(boot(kernel=kernel, number=number, side=side, times=times, noise=0.02)))
    return folder


def with_samples(case, count, factor):
    """The case with that many samples, no two alike."""
    case["samples"] = {"round": [0] * count, "sequence": list(range(count)), "repetition": [0] * count, "warmup": [False] * count,
                       "started_at_ns": [index * 100_000 for index in range(count)], "errno": [0] * count,
                       "return_ns": [round(factor * (30_000 + index * 7919 % 99_991)) for index in range(count)],
                       "released_ns": [round(factor * (50_000 + index * 104_729 % 99_989)) for index in range(count)]}
    case["phases"] = {}
    return case


def of_cases(result, names, count, factor=1.0):
    """The result with a case of each of these ids, which begin as one of its own does."""
    first = result["cases"][0]
    result["cases"] = []
    for number, (name, parameters) in enumerate(names):
        case = with_samples(copy.deepcopy(first), count, factor * (1 + number / 10))
        case["id"] = name
        case["parameters"].update(parameters)
        result["cases"].append(case)
    return result


def many_curves(folder):
    """Two sides of six panels with four modes each, 3000 samples a case: 48 curves."""
    names = [(f"umount/fs=tmpfs/mode=plain/method=syscall/rcu={mode}/mounts={mounts}", {"rcu": mode, "mounts": str(mounts)})
             for mounts in range(1, 7) for mode in ("default", "normal", "expedited", "async")]
    for side, (name, kernel) in enumerate((("before", OLD), ("after", NEW))):
        save(os.path.join(folder, f"{name}.json"), of_cases(boot(kernel=kernel, side=side), names, 3000, 1 + side / 20))
    return "before.json", "after.json"


def kernels_and_modes(folder, kernels, without=None):
    """A result each of so many kernels in three modes; `without`: (kernel's number, mode) of a case that is not there."""
    files = []
    for number in range(kernels):
        names = [(f"umount/fs=tmpfs/mode=plain/method=syscall/rcu={mode}", {"rcu": mode})
                 for mode in ("default", "normal", "expedited") if (number, mode) != without]
        files.append(f"{number}.json")
        save(os.path.join(folder, files[-1]), of_cases(boot(kernel=f"6.{number}.0", side=number), names, 40))
    return files


def many_boots(folder, count):
    for side, (name, kernel) in enumerate((("before", OLD), ("after", NEW))):
        folder_of_boots(os.path.join(folder, name), count, change=full, kernel=kernel, side=side, noise=0.05)
    return "before", "after"
