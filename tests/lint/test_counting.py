# SPDX-License-Identifier: Apache-2.0
"""scripts/test's last line is only as good as its count of what the stages' logs say."""

import os
import subprocess

import pytest

COUNTER = os.path.join(os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__)))),
                       "scripts/lib/count-tests.awk")


def count(log):
    done = subprocess.run(["awk", "-f", COUNTER], input=log, capture_output=True, text=True, timeout=20, check=True)
    return done.stdout.splitlines()


def test_gtest_under_ctest():
    assert count("""\
1: [ RUN      ] Ledger.undoes_a_loop_device_after_a_kill
1: [       OK ] Ledger.undoes_a_loop_device_after_a_kill (3 ms)
1: [ RUN      ] Ledger.is_there
1: [  FAILED  ] Ledger.is_there (0 ms)
2: [ RUN      ] Knob.goes_back
2: /src/sys/knob_root_test.cpp:12: Skipped
2: no /sys/kernel/rcu_normal
2:
2: [  SKIPPED ] Knob.goes_back (0 ms)
1: [  FAILED  ] 1 test, listed below:
1: [  FAILED  ] Ledger.is_there
2: [  SKIPPED ] 1 test, listed below:
50% tests passed, 1 tests failed out of 2
""") == ["1 1 1", "1 skipped: no /sys/kernel/rcu_normal"]


@pytest.mark.parametrize("line, counts", [
    ("28 passed in 1.72s", "28 0 0"),
    ("9 failed, 19 passed in 2.33s", "19 9 0"),
    ("26 failed, 1 passed, 3 skipped, 2 errors in 1.42s", "1 28 3"),
    ("1 passed, 45 deselected in 0.40s", "1 0 0"),
    ("===== 2 passed, 1 skipped in 65.00s (0:01:05) =====", "2 0 1"),
])
def test_pytest(line, counts):
    assert count(f"....\n{line}\n") == [counts]


def test_reasons_of_pytest_are_added_up():
    assert count("SKIPPED [2] tests/e2e/test_a.py:3: needs root\nSKIPPED [1] tests/e2e/test_b.py:9: needs root\n"
                 "3 skipped in 0.1s\n") == ["0 0 3", "3 skipped: needs root"]


def test_a_log_without_tests_counts_nothing():
    assert count("ninja: no work to do.\nbuilt 3 passed things\n") == ["0 0 0"]
