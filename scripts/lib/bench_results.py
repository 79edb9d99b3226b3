# SPDX-License-Identifier: Apache-2.0
"""Made-up results of any size, and what a program takes to read them: for scripts/bench-*."""

import json
import math
import os
import random
import subprocess
import sys
import time

ROUNDS = 7
CASE = {"fs": "tmpfs", "mode": "plain", "method": "syscall", "rcu": "default", "files": "0", "dirty_bytes": "0"}
ID = "umount/fs=tmpfs/mode=plain/method=syscall/rcu=default"


def columns(draw, count):
    """Umounts in two modes, 10 and 45 us, with a tail; every tenth is watched, as it is in a run."""
    samples = {name: [] for name in ("round", "sequence", "repetition", "warmup", "started_at_ns", "return_ns",
                                     "released_ns", "thread_cpu_ns", "voluntary_switches")}
    a_round = -(-count // ROUNDS)
    now = 2_849_945_664_979
    for index in range(count):
        took = round((10_000 if draw.random() < 0.6 else 45_000) * math.exp(draw.gauss(0, 0.15)))
        if draw.random() < 0.01:
            took *= draw.randrange(2, 60)
        watched = draw.random() < 0.1
        samples["round"].append(index // a_round)
        samples["sequence"].append(index % a_round)
        samples["repetition"].append(index % a_round // 30)
        samples["warmup"].append(index % a_round < 50)
        samples["started_at_ns"].append(now)
        samples["return_ns"].append(None if watched else took)
        samples["released_ns"].append(took + 9_000 if watched else None)
        samples["thread_cpu_ns"].append(None if watched else 8_000 + took // 10)
        samples["voluntary_switches"].append(None if watched else 1)
        now += took + draw.randrange(40_000, 90_000)
    return {**samples, "errno": 0}


def result(name, seed, count):
    started = "2026-01-05T12:00:00.000Z"
    machine = {"kernel_release": "6.12.1", "cpu_model": "made up", "cpus_online": 2, "clock_source": "tsc"}
    metrics = {metric: {"unit": "1" if metric == "voluntary_switches" else "ns", "better": "lower", "missing": "watched or not"}
               for metric in ("return_ns", "released_ns", "thread_cpu_ns", "voluntary_switches")}
    return {
        "schema_version": 1,
        "tool": {"name": "umountbench", "version": "0.1.0", "commit": "", "libraries": {}},
        "run": {"id": name, "started_at": started, "finished_at": "2026-01-05T12:02:00.000Z", "interrupted": False,
                "seed": seed, "label": name, "session": "bench",
                "config": {"name": "bench", "rounds": ROUNDS, "gate": {"cases": ".*", "quantiles": [0.5, 0.9, 0.99]},
                           "cases": [ID]}},
        "clock": {"name": "CLOCK_MONOTONIC", "resolution_ns": 1, "overhead_ns": 23, "monotonic_ns": 1, "utc": started},
        "environment": {"before": machine, "after": machine, "changed": []},
        "boot_id": name,
        "rounds": [{"index": index, "pid": 100 + index, "started_at": started, "order": [ID], "foreign_cpu_share": 0.0,
                    "steal_share": 0.0, "disturbed": False, "reason": None, "repeats_disturbed": False, "probes": {}}
                   for index in range(ROUNDS)],
        "cases": [{"id": ID, "scenario": "umount", "parameters": CASE, "outcome": "measured", "reason": None,
                   "stop_reason": "samples", "metrics": metrics, "checks": [],
                   "samples": columns(random.Random(seed), count), "phases": {}}],
        "warnings": [],
    }


def write_result(path, seed, count):
    with open(path, "w", encoding="utf-8") as file:
        json.dump(result(os.path.basename(path), seed, count), file, separators=(",", ":"))


def timed(*command):
    """Wall time in s and peak memory in MB."""
    begin = time.monotonic()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    took = time.monotonic() - begin
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        sys.exit(f"{os.path.basename(sys.argv[0])}: {command[0]} ended with {process.returncode}")
    return took, usage.ru_maxrss / 1024, usage.ru_utime + usage.ru_stime
