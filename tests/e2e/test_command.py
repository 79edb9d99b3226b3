# SPDX-License-Identifier: Apache-2.0
"""The scenario `command`: a case of the user's own is measured like the program's, told of, and leaves nothing."""

import json
import os
import statistics
import time

import pytest

from helpers import (UNPRIVILEGED, machine_state, needs_root, needs_userns, settled_difference, start_umountbench,
                     umountbench)
from real_runs import case_of, column, counted, has_samples, load, once, wait_until

MOUNT = ["mount", "-t", "tmpfs", "none", "m"]
UMOUNT = {"name": "tmpfs", "prepare": MOUNT, "measure": ["umount", "m"]}


def config(folder, *cases, **more):
    path = os.path.join(folder, "commands.json")
    with open(path, "w", encoding="utf-8") as file:
        json.dump({"settle": "none", "samples": 20, "time_limit": "3s", "rcu": "default",
                   "cases": [{"scenario": "command", **case} for case in cases], **more}, file)
    return path


def measure(folder, *cases, exit_code=0, **more):
    result, before = os.path.join(folder, "result.json"), machine_state()
    done = umountbench("run", "--config", config(folder, *cases, **more), "-o", result)
    assert done.returncode == exit_code, done
    assert settled_difference(before) == []
    return load(result)


def failed_for(result):
    case, = result["cases"]
    assert case["outcome"] == "failed"
    assert case["samples"]["started_at_ns"] == []
    return case["reason"]


@needs_root
def test_a_users_umount_agrees_with_the_method_exec_and_waits_like_it_in_normal_mode(tmp_path):
    twin = {"scenario": "umount", "fs": "tmpfs", "method": "exec"}
    path = config(tmp_path, UMOUNT, rcu=["default", "normal"], samples=60, time_limit="5s")
    plan = load(path)
    plan["cases"].append(twin)
    with open(path, "w", encoding="utf-8") as file:
        json.dump(plan, file)
    seen = []
    for attempt in range(5):  # a busy machine adds to one case and not to the other; a command that does not wait, never
        result = tmp_path / f"{attempt}.json"
        assert umountbench("run", "--config", path, "-o", result).returncode == 0
        # The medians of a busy machine are of its other work.
        p10 = {case["id"].split("/")[0] + case["parameters"]["rcu"]: statistics.quantiles(counted(case), n=10)[0]
               for case in load(result)["cases"]}
        seen.append(p10)
        command, umount = (p10[who + "normal"] - p10[who + "default"] for who in ("command", "umount"))
        alike = all(0.5 < p10["command" + mode] / p10["umount" + mode] < 2 for mode in ("default", "normal"))
        if alike and command > 0.5 * umount > 1e6:
            return
    raise AssertionError(seen)


@needs_root
def test_the_result_holds_the_programs_and_a_comparison_of_others_says_so(tmp_path):
    case, = measure(tmp_path, UMOUNT)["cases"]
    assert case["id"] == "command/name=tmpfs/rcu=default"
    assert case["parameters"] == {"name": "tmpfs", "rcu": "default", "prepare": json.dumps(MOUNT, separators=(",", ":")),
                                  "measure": '["umount","m"]', "conclude": "[]"}
    assert set(column(case, "released_ns")) == {None}
    os.rename(tmp_path / "result.json", tmp_path / "before.json")
    measure(tmp_path, {**UMOUNT, "measure": ["umount", "-l", "m"]})
    done = umountbench("compare", tmp_path / "before.json", f"lazy={tmp_path}/result.json")
    assert done.returncode == 4, done
    assert "'measure' differs" in done.stdout and '["umount","-l","m"]' in done.stdout, done.stdout
    for name in ("before", "result"):
        assert umountbench("shrink", tmp_path / f"{name}.json", "-o", tmp_path / f"{name}-small.json").returncode == 0
    done = umountbench("compare", f"a={tmp_path}/before-small.json", f"b={tmp_path}/result-small.json")
    assert done.returncode == 4 and "'measure' differs" in done.stdout, done


@needs_root
@pytest.mark.parametrize("case, reason", [
    ({"measure": ["umount", "m"]}, "measure: 'umount' failed: exit code 32: umount: m: not mounted."),
    ({"measure": ["sh", "-c", "kill -KILL $$"]}, "measure: 'sh' failed: ended by signal 9"),
    ({"prepare": ["mount", "-t", "nosuchfs", "none", "m"], "measure": ["true"]},
     "prepare: 'mount' failed: exit code 32: mount: m: unknown filesystem type 'nosuchfs'."),
    ({"prepare": MOUNT, "measure": ["umount", "m"], "conclude": ["sh", "-c", "echo oh dear >&2; exit 7"]},
     "conclude: 'sh' failed: exit code 7: oh dear"),
])
def test_a_failure_is_an_outcome_in_the_programs_words_and_never_a_sample(tmp_path, case, reason):
    told = failed_for(measure(tmp_path, {"name": "bad", **case}, exit_code=1))
    # mount(8) of later versions names its folder in full.
    assert told.split(" m: ")[0].startswith(reason.split(" m: ")[0]), told


@needs_root
def test_what_takes_too_long_is_killed_and_told(tmp_path):
    begun = time.monotonic()
    told = failed_for(measure(tmp_path, {"name": "slow", "measure": ["sh", "-c", "sleep 300 & sleep 300"]}, exit_code=1))
    assert told == "measure: 'sh' failed: not done within its time limit"
    assert time.monotonic() - begun < 50


@needs_root
def test_mounts_and_processes_that_a_case_leaves_go_with_it(tmp_path):
    result = measure(tmp_path, {"name": "untidy", "prepare": [["sh", "-c", "sleep 300 &"], MOUNT], "measure": ["true"]},
                     {**UMOUNT, "name": "after"})
    assert [case["outcome"] for case in result["cases"]] == ["measured", "measured"]


@needs_root
@pytest.mark.parametrize("prepare", [["mount", "--bind", "{folder}", "."], ["mount", "--bind", "{folder}", "m"],
                                     ["mount", "--rbind", "{folder}/..", "../command-untidy-default"]])
def test_what_a_case_leaves_mounted_on_its_folder_is_taken_off_and_never_emptied(tmp_path, prepare):
    precious = tmp_path / "users/precious"
    precious.parent.mkdir()
    precious.write_text("x")
    words = [word.format(folder=precious.parent) for word in prepare]
    case, = measure(tmp_path, {"name": "untidy", "prepare": words, "measure": ["true"]}, samples=2)["cases"]
    assert case["outcome"] == "measured", case
    assert precious.read_text() == "x"


@needs_root
def test_a_missing_program_skips_the_case_and_names_it(tmp_path):
    result = measure(tmp_path, {"name": "gone", "prepare": ["no-such-program"], "measure": ["true"]}, UMOUNT)
    gone = case_of(result, "name=gone")
    assert (gone["outcome"], gone["reason"]) == ("skipped", "no-such-program is not installed")
    assert case_of(result, "name=tmpfs")["outcome"] == "measured"


@needs_root
def test_killed_while_a_program_runs_nothing_stays(tmp_path):
    before, result = machine_state(), tmp_path / "result.json"
    path = config(tmp_path, {"name": "long", "prepare": MOUNT, "measure": ["sleep", "0.2"], "conclude": ["umount", "m"]},
                  time_limit="60s")
    with once(start_umountbench("run", "--config", path, "-o", result), lambda: has_samples(result)) as run:
        run.kill()
        run.wait()
    # The journal is what `clean` tells of, and it puts away the note of where it is.
    assert wait_until(lambda: all("journals-of-" in line for line in settled_difference(before, 0)), 60)
    assert umountbench("clean").returncode == 0
    assert settled_difference(before) == []


@needs_userns
def test_without_root_it_measures_what_the_programs_can_do_there(installed, open_folder):
    path = config(open_folder, UMOUNT, rcu="as-found", time_limit="30s")
    done = umountbench("run", "--unprivileged", "--config", path, "-o", "result.json", program=installed,
                       prefix=UNPRIVILEGED, cwd=open_folder)
    assert done.returncode == 0, done
    case, = load(os.path.join(open_folder, "result.json"))["cases"]
    assert len(counted(case)) == 20
