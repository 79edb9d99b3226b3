# SPDX-License-Identifier: Apache-2.0
"""`run --unprivileged`: what an ordinary user can measure in a user namespace."""

import os
import stat

from helpers import UNPRIVILEGED, needs_root, needs_userns, umountbench
from real_runs import case_of, column, counted, load

pytestmark = needs_userns

OPTIONS = ("run", "--unprivileged", "--settle", "none", "--samples", 5, "--time-limit", "300ms", "--config", "all.json")


def all_file_systems(folder):
    with open(os.path.join(folder, "all.json"), "w", encoding="utf-8") as config:
        config.write('{"cases": [{"scenario": "umount", "fs": ["tmpfs", "bind", "ramfs", "overlay", "ext4"]}, {"scenario": "loop"}]}')


def test_a_user_measures_what_lies_in_memory_and_is_told_why_not_the_rest(installed, open_folder):
    all_file_systems(open_folder)
    done = umountbench(*OPTIONS, "-o", "result.json", program=installed, prefix=UNPRIVILEGED, cwd=open_folder)
    assert done.returncode == 0, done
    path = os.path.join(open_folder, "result.json")
    result = load(path)
    assert result["run"]["config"]["unprivileged"] is True
    assert "unprivileged" in done.stdout
    for fs in ("tmpfs", "bind", "ramfs"):
        case = case_of(result, f"umount/fs={fs}", "rcu=as-found")
        assert case["outcome"] == "measured", case["reason"]
        assert counted(case) and set(column(case, "errno")) == {0}
    overlay = case_of(result, "umount/fs=overlay")
    assert overlay["outcome"] == "measured" or "overlay is not in /proc/filesystems" in overlay["reason"]
    for case in (case_of(result, "umount/fs=ext4"), case_of(result, "loop/")):
        assert case["outcome"] == "skipped"
        assert "needs root" in case["reason"] and case["reason"] in done.stdout
    if UNPRIVILEGED:
        assert os.stat(path).st_uid == 65534
    assert stat.S_IMODE(os.stat(path).st_mode) & 0o133 == 0
    assert sorted(os.listdir(open_folder)) == ["all.json", "result.json"]


def test_a_user_starts_containers_of_the_builtin_kind_only(installed, open_folder):
    with open(os.path.join(open_folder, "all.json"), "w", encoding="utf-8") as config:
        config.write('{"cases": [{"scenario": "container", "runtime": ["builtin", "crun", "/bin/true"], "net": ["none", "new"]},'
                     '{"scenario": "container", "path": "open_tree_namespace"}]}')
    done = umountbench(*OPTIONS, "-o", "result.json", program=installed, prefix=UNPRIVILEGED, cwd=open_folder)
    assert done.returncode == 0, done
    for case in load(os.path.join(open_folder, "result.json"))["cases"]:
        if case["parameters"]["runtime"] == "builtin" and case["parameters"]["path"] == "pivot":
            assert case["outcome"] == "measured", case["reason"]
            assert counted(case) and set(column(case, "errno")) == {0}
            assert min(counted(case, "old_root_umount_ns")) > 0
        else:
            assert case["reason"] == "needs root: --unprivileged can't do it"


def test_rcu_modes_other_than_as_found_are_refused(installed, open_folder):
    done = umountbench("run", "--unprivileged", "--rcu", "normal", program=installed, prefix=UNPRIVILEGED,
                       cwd=open_folder)
    assert done.returncode == 2, done
    assert "umountbench: error: --rcu: 'normal' does not go with --unprivileged" in done.stderr
    assert "umountbench: hint: " in done.stderr
    assert os.listdir(open_folder) == []


def test_only_what_needs_root_is_nothing_that_can_run(installed, open_folder):
    all_file_systems(open_folder)
    done = umountbench(*OPTIONS, "--filter", "fs=ext4", program=installed, prefix=UNPRIVILEGED, cwd=open_folder)
    assert done.returncode == 4, done
    assert "nothing can run here" in done.stderr and "needs root" in done.stderr
    assert os.listdir(open_folder) == ["all.json"]


@needs_root
def test_root_may_ask_for_it_too(tmp_path):
    all_file_systems(tmp_path)
    done = umountbench(*OPTIONS, "-o", "result.json", cwd=tmp_path)
    assert done.returncode == 0, done
    assert case_of(load(tmp_path / "result.json"), "fs=tmpfs")["outcome"] == "measured"


@needs_root
def test_where_user_namespaces_are_forbidden_it_says_so(installed, open_folder):
    all_file_systems(open_folder)
    forbidden = ("unshare", "--user", "--map-root-user", "sh", "-c",
                 'echo 0 >/proc/sys/user/max_user_namespaces && exec "$@"', "sh")
    done = umountbench(*OPTIONS, program=installed, prefix=forbidden, cwd=open_folder)
    assert done.returncode == 4, done
    assert "user namespace" in done.stderr
    assert os.listdir(open_folder) == ["all.json"]
