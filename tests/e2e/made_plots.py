# SPDX-License-Identifier: Apache-2.0
"""Results with something to show in every kind of plot, made as in made_results.py."""

import copy
import os

from made_results import CASES, NEW, OLD, PLAIN_NORMAL, boot, case_of, save, scale
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
