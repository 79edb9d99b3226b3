# SPDX-License-Identifier: Apache-2.0
"""run --explain on this machine, traced or, where its kernel has no kprobes, by the coarse split."""

import os
import re

import pytest

from helpers import needs_root, umountbench
from real_runs import column, load, quick

pytestmark = [needs_root, pytest.mark.skipif(not os.access("/sys/kernel/rcu_normal", os.W_OK),
                                             reason="/sys/kernel/rcu_normal can't be written here")]


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    result = tmp_path_factory.mktemp("explained") / "result.json"
    done = umountbench("run", "--explain", *quick(rcu="default,normal", samples=40), "-o", result)
    assert done.returncode == 0, done
    traced = all(one["method"] == "traced" for one in load(result)["attribution"])
    assert done.stderr.startswith("umountbench: warning: ") != traced, "said before anything is measured"
    assert ("--explain makes a coarse split" in done.stderr) != traced
    return result


def values(attribution, column_of):
    walls = attribution["samples"]["wall_ns"]
    count = len(walls) if isinstance(walls, list) else 1
    return column_of if isinstance(column_of, list) else [column_of] * count


def in_a_row(times, count=10):
    return {tuple(times[first:first + count]) for first in range(len(times) - count + 1)}


def test_every_case_is_split_by_one_method_and_says_why_it_is_not_the_better_one(path):
    result = load(path)
    assert len(result["attribution"]) == len(result["cases"])
    for one in result["attribution"]:
        assert one["method"] in ("traced", "coarse"), one
        assert (one["reason"] is None) == (one["method"] == "traced"), one


def test_the_causes_add_up_and_none_of_the_samples_is_a_measured_one(path):
    result = load(path)
    for one in result["attribution"]:
        walls = values(one, one["samples"]["wall_ns"])
        assert len(walls) >= 10, one["case"]
        sums = [sum(all_causes) for all_causes in zip(*(values(one, ns) for ns in one["causes_ns"].values()))]
        assert all(abs(total - wall) <= 0.02 * wall for total, wall in zip(sums, walls)), one["case"]
        (case,) = (case for case in result["cases"] if case["id"] == one["case"])
        # Single calls may take as long as one another to the ns, or to the 10 ns of a coarse clock; ten in a row do not.
        measured = in_a_row(column(case, "return_ns"))
        assert not measured & in_a_row(walls), one["case"]


def test_with_rcu_normal_waiting_for_rcu_is_over_95_percent(path):
    told = umountbench("explain", path, "--case", "rcu=normal")
    assert told.returncode == 0, told
    share = re.search(r"RCU share by the difference of the RCU modes: ([0-9.>]+)%", told.stdout)
    assert float(share[1].lstrip(">")) > 95, told.stdout
    (one,) = (one for one in load(path)["attribution"] if "rcu=normal" in one["case"])
    waiting = sum(values(one, one["causes_ns"].get("grace_period", 0)))
    assert waiting > 0.8 * sum(values(one, one["samples"]["wall_ns"])), one
