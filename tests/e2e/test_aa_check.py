# SPDX-License-Identifier: Apache-2.0
"""scripts/aa-check: false alarms and power of the comparison."""

import os
import random
import re
import shutil
import subprocess

import pytest

from helpers import BUILD, TOP

BOOTS = os.path.join(os.path.dirname(TOP), "shared/boots")
ENGINE = os.path.join(BUILD, "tests/aa/aa_check")
SIZES = (1, 2, 3, 5, 7, 10)


def aa_check(*arguments, timeout=120):
    return subprocess.run([os.path.join(TOP, "scripts/aa-check"), *map(str, arguments)], timeout=timeout, text=True,
                          env={**os.environ, "AA_CHECK": ENGINE}, stdin=subprocess.DEVNULL, capture_output=True, check=False)


def rows_of(text, table):
    """{first words: [cells]} of the table of that number."""
    lines = re.split(r"^\d\. ", text, flags=re.MULTILINE)[table].splitlines()
    start = next(number for number, line in enumerate(lines) if " k=1 " in line)
    rows = {}
    for line in lines[start + 1:]:
        if line:
            name, *cells = re.split(r"  +", line.strip())
            rows[name] = cells
    return rows


def number(cell):
    return float(cell.split()[0])


def test_tables_of_samples_are_read_and_the_pooled_test_alarms_at_nothing(tmp_path):
    draw = random.Random(1)
    lines = ["boot,mode,flag,pos,umount_ns"]
    for boot in range(8):
        centre = 40_000 * draw.lognormvariate(0, 0.1)
        lines += [f"{boot},fast,0,{pos},{round(centre * draw.lognormvariate(0, 0.05))}" for pos in range(100)]
    (tmp_path / "6.1.csv").write_text("\n".join(lines) + "\n")
    done = aa_check(tmp_path, "--groups", 50, "--seed", 3)
    assert (done.returncode, done.stderr) == (0, "")
    assert re.search(r"6\.1/mode=fast/flag=0 +8 +90 ", done.stdout)
    alarms = rows_of(done.stdout, 1)
    assert alarms["the program's rule"][0] == "cannot" and alarms["the program's rule"][4:] == ["-", "-"]
    assert number(alarms["the program's rule"][2]) <= 15
    assert number(alarms["pooled Mann-Whitney U"][2]) > 60
    assert aa_check(tmp_path, "--groups", 50, "--seed", 3, "--jobs", 1).stdout == done.stdout


def test_what_cannot_be_read_is_told_and_ends_with_2(tmp_path):
    for arguments, told in ((("nowhere",), "there is no folder"), ((tmp_path,), "there are no boots")):
        done = aa_check(*arguments)
        assert done.returncode == 2 and told in done.stderr
    (tmp_path / "boot.json").write_text("{}")
    done = aa_check(tmp_path)
    assert done.returncode == 2 and "boot.json" in done.stderr


@pytest.mark.skipif(not os.path.isdir(BOOTS), reason=f"no boots in {os.path.relpath(BOOTS, TOP)}")
@pytest.mark.skipif(not shutil.which("xz"), reason="not installed: xz")
def test_real_boots_alarm_the_program_in_at_most_5_percent_and_the_pooled_test_in_over_60():
    """For each number of boots a side: no contradiction to 5% (Wilson's 95% interval from the groups without a boot in
    common reaches down to it), and no more than chance adds to 5% in some 1000 draws of the same few boots (6.5%). Over
    all of them together the mean is at most 5%."""
    done = aa_check(BOOTS, "--groups", 200, timeout=900)
    assert (done.returncode, done.stderr) == (0, "")
    cells = dict(zip(SIZES, rows_of(done.stdout, 1)["the program's rule"]))
    shares = {size: number(cells[size]) for size in (2, 3, 5, 7, 10)}
    for size, share in shares.items():
        assert share <= 6.5 and int(re.search(r"\[(\d+)-", cells[size]).group(1)) <= 5, (size, cells)
    assert sum(shares.values()) / len(shares) <= 5, shares
    pooled = [number(cell.split("/")[1]) for name, cells in rows_of(done.stdout, 3).items() if "mode=fast" in name
              for cell in cells[:3]]
    assert len(pooled) == 3 * 4
    assert sum(pooled) / len(pooled) > 60, pooled
