# SPDX-License-Identifier: Apache-2.0
"""contrib/slurm with a real Slurm: its job array of shards gives what `vm run` gives, also when a shard is killed.

Three matrices of eight guests: a stage of its own, in `scripts/test --full`.
"""

import glob
import json
import os
import re
import shutil
import signal
import time
import types

import pytest

from helpers import PROGRAM, TOP, needs_program, needs_root, public_folder, umountbench
from real_runs import load
from slurm_cluster import Cluster
from vm_runs import NORMAL, TMPFS, fetch, in_cache, needs_qemu, qemus, vm_run

pytestmark = [needs_root, needs_qemu, needs_program("slurmctld", "slurmd", "sbatch", "munged")]
SUBMIT = os.path.join(TOP, "contrib/slurm/submit")
MATRIX = ("--kernel", "rt=debian:6.1-rt", "--kernel", "cloud=debian:6.1-cloud", "--append", "", "--append", NORMAL, "--boots",
          "2", "--filter", f"^{TMPFS}$", "--rcu", "as-found", "--samples", "60", "--settle", "none", "--accel", "tcg")
MATRIX_SECONDS = 900  # of emulation on a busy machine


@pytest.fixture(scope="module")
def cache(vm_cache):
    done = fetch("debian:6.1-rt", cache=vm_cache)
    assert done.returncode == 0, done
    return vm_cache


@pytest.fixture
def cluster():
    folder = public_folder()  # munge refuses to work in one that is closed to others
    one = Cluster(folder)
    try:
        one.enter()
        yield one
    finally:
        one.leave()
        shutil.rmtree(folder)


@pytest.fixture(scope="module")
def plain(cache, tmp_path_factory):
    """What one `vm run` of the whole matrix gives."""
    folder = tmp_path_factory.mktemp("plain") / "out"
    done = vm_run(*MATRIX, cache=cache, folder=folder, seconds=MATRIX_SECONDS)
    assert done.returncode == 0, done
    return told_by(folder)


def told_by(folder):
    """The cells of a folder, what each of them measured, and the verdicts of their comparison."""
    results = {os.path.basename(path)[:-5]: load(path) for path in glob.glob(f"{folder}/*.json")}
    cells = {name: (result["run"]["label"], result["environment"]["before"]["kernel_release"],
                    result["environment"]["before"]["append_requested"], result["environment"]["before"]["rcu_normal"],
                    [(case["id"], case["outcome"]) for case in result["cases"]]) for name, result in results.items()}
    # Emulated boots of the fast side differ by up to a half: at 5 % two of them may carry no verdict, at 20 % they do.
    compared = umountbench("compare", folder, "--alpha", "20%", "--format", "json")
    assert compared.returncode in (0, 1), compared
    comparison = json.loads(compared.stdout)
    verdicts = {(pair["baseline"], pair["candidate"], row["case"]): (row["verdict"], row["fails"])
                for pair in comparison["pairs"] for row in pair["rows"]}
    assert not any(pair["across_sessions"] for pair in comparison["pairs"]), "measured in turns"
    return types.SimpleNamespace(cells=cells, verdicts=verdicts, verdict=comparison["verdict"],
                                 boot_ids={result["boot_id"] for result in results.values()})


def submit(cluster, cache, folder, *options):
    """Job ids of the tries, then that of the comparison."""
    env = {**in_cache(cache), "UMOUNTBENCH": PROGRAM}
    said = cluster.ask(SUBMIT, "-n", "2", *options, "-o", folder, *MATRIX, "--keep-disturbed", env=env, timeout=120)
    assert said.startswith("8 boots in 2 parts\n"), said
    return re.findall(r"job (\d+)", said)


def states(cluster):
    """"1_2" (job and element) or "3", and how it ended."""
    lines = cluster.ask("squeue", "-h", "-t", "all", "-r", "-o", "%i %T").split("\n")
    return dict(line.split() for line in lines if line)


def wait_for(found, seconds):
    deadline = time.monotonic() + seconds
    while not found():
        assert time.monotonic() < deadline
        time.sleep(0.1)
    return found()


def parent_of(pid):
    with open(f"/proc/{pid}/stat", encoding="utf-8") as file:
        return int(file.read().rpartition(")")[2].split()[1])


def assert_equals(folder, plain):
    ours = told_by(folder)
    assert ours.cells == plain.cells and len(plain.cells) == 8
    assert ours.verdicts == plain.verdicts and len(plain.verdicts) == 3
    assert ours.verdict == plain.verdict == "slower"
    assert len(ours.boot_ids | plain.boot_ids) == 16, "each was booted for itself"


def test_the_shards_of_a_job_array_give_what_one_vm_run_gives(cluster, cache, plain, tmp_path):
    folder = tmp_path / "out"
    first, second, gather = submit(cluster, cache, folder, "-t", "2")
    cluster.until_idle(MATRIX_SECONDS)
    compared = umountbench("compare", folder)
    assert states(cluster) == {f"{first}_1": "COMPLETED", f"{first}_2": "COMPLETED", f"{second}_1": "COMPLETED",
                               f"{second}_2": "COMPLETED", gather: "FAILED" if compared.returncode else "COMPLETED"}
    parts = [(folder / f"slurm/try1.part{part}.log").read_text(encoding="utf-8") for part in (1, 2)]
    for number, part in enumerate(parts, 1):
        assert len(re.findall(rf"^\S+\.boot{number} +done", part, re.MULTILINE)) == 4, "a turn each, with all sides in it"
        again = (folder / f"slurm/try2.part{number}.log").read_text(encoding="utf-8")
        assert "all results are there: nothing to boot" in again
    assert compared.stdout in (folder / "slurm/gather.log").read_text(encoding="utf-8"), "what compare says there, whole"
    assert_equals(folder, plain)


def test_a_killed_shard_is_tried_again_and_nothing_else_is(cluster, cache, plain, tmp_path):
    folder = tmp_path / "out"
    first, second, gather = submit(cluster, cache, folder, "-t", "2")
    # With a result, so that there is something to keep.
    wait_for(lambda: glob.glob(f"{folder}/*.boot*.json"), MATRIX_SECONDS)
    kept = {path: os.stat(path).st_ino for path in glob.glob(f"{folder}/*.json")}
    [pid] = wait_for(lambda: list(qemus(folder)), 60)
    os.kill(parent_of(pid), signal.SIGKILL)
    cluster.until_idle(MATRIX_SECONDS)
    ended = states(cluster)
    assert sorted(ended[f"{first}_{part}"] for part in (1, 2)) == ["COMPLETED", "FAILED"]
    assert [ended[f"{second}_{part}"] for part in (1, 2)] == ["COMPLETED", "COMPLETED"]
    assert {path: os.stat(path).st_ino for path in kept} == kept, "what was there was not booted again"
    assert_equals(folder, plain)


def test_wrong_options_are_refused_before_anything_is_queued(cluster, tmp_path):
    said = cluster.ask("bash", "-c", f'"{SUBMIT}" -o "{tmp_path}/out" --kernel /nonexistent 2>&1; echo "ended with $?"',
                       env={"UMOUNTBENCH": PROGRAM})
    assert "ended with 2" in said and "/nonexistent" in said
    assert cluster.ask("squeue", "-h", "-t", "all") == "" and not (tmp_path / "out").exists()
