# SPDX-License-Identifier: Apache-2.0
"""Containers are measured, told of where they fail, and leave nothing."""

import json
import os

import pytest

from helpers import machine_state, needs_program, needs_root, settled_difference, start_umountbench, umountbench
from kills import nothing_stays_of_killed_runs
from real_runs import case_of, column, counted, has_samples, hide, in_private_mounts, load, once, wait_until

PHASES = ("clone_ns", "mounts_ns", "root_switch_ns", "old_root_umount_ns", "exec_to_exit_ns", "namespace_end_ns")


def config(tmp_path, *cases, **more):
    path = tmp_path / "containers.json"
    path.write_text(json.dumps({"settle": "none", "samples": 5, "time_limit": "20s", "rcu": "default",
                                "cases": [{"scenario": "container", **case} for case in cases], **more}))
    return path


@needs_root
def test_the_builtin_start_has_phases_that_sum_up_to_the_whole(tmp_path):
    result = tmp_path / "result.json"
    done = umountbench("run", "--config", config(tmp_path, {}, {"net": "new"}), "-o", result)
    assert done.returncode == 0, done
    for case in load(result)["cases"]:
        assert case["outcome"] == "measured", case
        whole, phases = column(case, "return_ns"), [column(case, name) for name in PHASES]
        assert [sum(sample) for sample in zip(*phases)] == whole
        assert set(column(case, "released_ns")) == {None}
    assert "namespace_end" in done.stdout


@needs_root
@needs_program("crun", "runc")
def test_real_runtimes_are_timed_as_a_whole_and_leave_nothing(tmp_path):
    result, before = tmp_path / "result.json", machine_state()
    done = umountbench("run", "--config", config(tmp_path, {"runtime": ["crun", "runc"]}), "-o", result)
    assert done.returncode == 0, done
    for case in load(result)["cases"]:
        assert len(counted(case)) == 5, case
        for name in PHASES:
            assert set(column(case, name)) == {None}
    assert settled_difference(before) == []


@needs_root
@needs_program("crun")
def test_a_runtime_given_by_its_path_is_one_word_of_the_id_and_tells_version_and_path(tmp_path):
    result = tmp_path / "result.json"
    done = umountbench("run", "--config", config(tmp_path, {"runtime": ["crun", "/usr/bin/crun", "builtin"]}), "-o", result)
    assert done.returncode == 0, done
    case = case_of(load(result), "container/runtime=_usr_bin_crun/rcu=default")
    assert case["parameters"]["runtime"] == "/usr/bin/crun"
    assert len(counted(case)) == 5
    assert case["facts"]["runtime_version"].startswith("crun version ")
    assert case["facts"]["container_path"] in ("pivot", "open_tree_namespace")
    assert case["facts"] == case_of(load(result), "runtime=crun/")["facts"]
    assert case_of(load(result), "runtime=builtin")["facts"] == {"container_path": "pivot"}
    markdown = umountbench("show", result, "--format", "markdown").stdout
    for told in (done.stdout, markdown):
        assert f" started its containers by {case['facts']['container_path']} (crun version " in " ".join(told.split())


@needs_root
def test_paths_that_are_no_runtime_are_outcomes_in_their_own_words(tmp_path):
    result, text, data = tmp_path / "result.json", tmp_path / "text", tmp_path / "data"
    text.write_text("This is no program.\n")
    text.chmod(0o755)
    data.write_text("nor is this\n")
    wrong = {"/bin/true": "it ended well without running the container's program", "/bin/false": "exit code 1",
             text: "Exec format error"}
    missing = {"/no/such/runtime": "can't be run: No such file or directory", data: "can't be run: it is not executable",
               "/usr": "can't be run: it is no file"}
    paths = [str(path) for path in [*wrong, *missing]]
    done = umountbench("run", "--config", config(tmp_path, {"runtime": [*paths, "builtin"]}), "-o", result)
    assert done.returncode == 1, done
    by_runtime = {case["parameters"]["runtime"]: case for case in load(result)["cases"]}
    for path, words in wrong.items():
        assert by_runtime[str(path)]["outcome"] == "failed" and words in by_runtime[str(path)]["reason"]
        assert by_runtime[str(path)]["samples"]["started_at_ns"] == []
    for path, words in missing.items():
        assert by_runtime[str(path)]["outcome"] == "skipped" and words in by_runtime[str(path)]["reason"]
    assert by_runtime["builtin"]["outcome"] == "measured"


@pytest.mark.parametrize("wrong", ["crun2", "usr/bin/crun", "/usr/../bin/crun", "/usr//bin/crun", "/"])
def test_what_is_neither_a_word_nor_a_plain_path_is_refused(tmp_path, wrong):
    done = umountbench("run", "--dry-run", "--config", config(tmp_path, {"runtime": wrong}))
    assert done.returncode == 2, done
    assert "/cases/0/runtime: " in done.stderr


@needs_root
def test_the_path_in_a_namespace_of_its_own_has_no_old_root_or_is_skipped_for_the_kernel(tmp_path):
    result = tmp_path / "result.json"
    cases = [{}, {"path": "open_tree_namespace"}, {"path": "open_tree_namespace", "runtime": "crun"}]
    done = umountbench("run", "--config", config(tmp_path, *cases), "-o", result)
    assert done.returncode == 0, done
    case = case_of(load(result), "runtime=builtin", "path=open_tree_namespace")
    if case["outcome"] == "skipped":
        assert case["reason"] == "this kernel has no OPEN_TREE_NAMESPACE (Linux 7.0)"
    else:
        assert case["facts"] == {"container_path": "open_tree_namespace"}
        assert set(column(case, "root_switch_ns")) == {None} == set(column(case, "old_root_umount_ns"))
        assert min(counted(case, "mounts_ns")) > 0
    other = case_of(load(result), "runtime=crun")
    assert (other["outcome"], other["reason"]) == ("skipped", "path is of the builtin start: a runtime takes its own")


@needs_root
def test_a_runtime_that_is_none_is_an_outcome_in_its_own_words_and_never_a_sample(tmp_path):
    result = tmp_path / "result.json"
    liar = tmp_path / "crun"
    liar.write_text("#!/bin/sh\necho all is well\necho this is no runtime >&2\nexit 3\n")
    liar.chmod(0o755)
    if not os.path.exists("/usr/bin/crun"):
        pytest.skip("not installed: crun")
    done = umountbench("run", "--config", config(tmp_path, {"runtime": ["builtin", "crun"]}), "-o", result,
                       prefix=in_private_mounts(f"mount --bind {liar} /usr/bin/crun"))
    assert done.returncode == 1, done
    failed = case_of(load(result), "runtime=crun")
    assert failed["outcome"] == "failed"
    assert failed["reason"] == "'/usr/bin/crun' could not run the container: exit code 3: this is no runtime"
    assert failed["samples"]["started_at_ns"] == []
    assert case_of(load(result), "runtime=builtin")["outcome"] == "measured"


@needs_root
@pytest.mark.parametrize("runtime, kilobytes, words", [
    pytest.param("crun", 6000, "failed to map segment", marks=needs_program("crun")),
    pytest.param("runc", 60000, "fatal error: ", marks=needs_program("runc"))])
@pytest.mark.parametrize("first_start", ["", "[ -e ${0%/*}/started ] && "], ids=["never", "at-first"])
def test_a_runtime_that_gets_no_memory_is_an_outcome_in_its_own_words(tmp_path, runtime, kilobytes, words, first_start):
    result, wrapper = tmp_path / "result.json", tmp_path / f"{runtime}-in-little"
    wrapper.write_text(f"#!/bin/sh\n{first_start}ulimit -v {kilobytes}\n: >${{0%/*}}/started\nexec {runtime} \"$@\"\n")
    wrapper.chmod(0o755)
    done = umountbench("run", "--config", config(tmp_path, {"runtime": str(wrapper)}, {}), "-o", result)
    assert done.returncode == 1, done
    failed, other = load(result)["cases"]
    if failed["parameters"]["runtime"] == "builtin":
        failed, other = other, failed
    assert failed["outcome"] == "failed"
    assert "could not run the container: " in failed["reason"] and words in failed["reason"], failed["reason"]
    assert failed["samples"]["started_at_ns"] == []
    assert other["outcome"] == "measured"


@needs_root
def test_a_runtime_that_is_not_installed_is_skipped_with_its_package(tmp_path):
    result = tmp_path / "result.json"
    script = hide("/usr/bin/crun") if os.path.exists("/usr/bin/crun") else "true"
    done = umountbench("run", "--config", config(tmp_path, {"runtime": ["builtin", "crun"]}), "-o", result,
                       prefix=in_private_mounts(script))
    assert done.returncode == 0, done
    assert case_of(load(result), "runtime=crun")["reason"] == "crun is not installed (Debian package crun)"


@needs_root
@pytest.mark.parametrize("runtime", [pytest.param("crun", marks=needs_program("crun")),
                                     pytest.param("runc", marks=needs_program("runc"))])
def test_a_hierarchy_that_the_machine_has_not_mounted_gets_no_groups_that_would_stay(tmp_path, runtime):
    unified = "/sys/fs/cgroup/unified"
    if not os.path.ismount(unified):
        pytest.skip("this machine has no cgroup2 beside version 1")
    result, before = tmp_path / "result.json", machine_state()
    endless = config(tmp_path, {"runtime": runtime}, samples=1_000_000, time_limit="60s")
    run = start_umountbench("run", "--config", endless, "-o", result, prefix=in_private_mounts(f"umount {unified}"))
    with once(run, lambda: has_samples(result)):
        run.kill()
        run.wait()
    assert wait_until(lambda: all("journals-of-" in line for line in settled_difference(before, 0)), 60)
    assert umountbench("clean").returncode == 0


NEW_NET = {"scenario": "container", "net": "new"}
# Programs that go on by themselves, and mounts upon a mount, at any moment.
UNTIDY = {"scenario": "command", "name": "untidy", "prepare": ["mount", "-t", "tmpfs", "none", "m"],
          "measure": ["sh", "-c", "setsid sleep 5 & mkdir m/n && mount -t tmpfs none m/n && umount m/n"],
          "conclude": ["umount", "m"]}


@needs_root
@pytest.mark.parametrize("case", [
    NEW_NET, pytest.param({**NEW_NET, "runtime": "crun"}, marks=needs_program("crun")),
    pytest.param({**NEW_NET, "runtime": "runc"}, marks=needs_program("runc")), UNTIDY],
                         ids=["builtin", "crun", "runc", "command"])
def test_killed_at_any_moment_no_process_namespace_mount_or_control_group_stays(tmp_path, case):
    nothing_stays_of_killed_runs(config(tmp_path, case, samples=1_000_000, time_limit="60s"), 1.2)
