# SPDX-License-Identifier: Apache-2.0
"""Bad input to `run` as root: one clear line, a hint, the right exit code, and nothing touched."""

import os
import shutil

import pytest

from helpers import needs_program, needs_root, public_folder, umountbench
from real_runs import ENDLESS, TMPFS, case_of, hide, in_private_mounts, load, quick

pytestmark = needs_root
CALLER = {"SUDO_UID": "65534", "SUDO_GID": "65534"}
ALL = "^umount/fs=(tmpfs|ext4)/mode=plain/method=syscall/"


def assert_refused(done, code, error, hint=""):
    """One error line with `error` in it, and a hint with `hint` if that isn't empty; nothing on stdout."""
    lines = done.stderr.splitlines()
    assert done.returncode == code, done
    assert done.stdout == ""
    assert lines[0].startswith("umountbench: error: ") and error in lines[0], done.stderr
    assert len(lines) == 1 or len(lines) == 2 and lines[1].startswith("umountbench: hint: "), done.stderr
    if hint:
        assert len(lines) == 2 and hint in lines[1], done.stderr


@pytest.mark.parametrize("words, error, hint", [
    (["rnu"], "unknown command 'rnu'", "did you mean 'run'?"),
    (["frobnicate"], "unknown command 'frobnicate'", "one of: run, ab, compare"),
    (["help", "rnu"], "unknown command 'rnu'", "did you mean 'run'?"),
    (["run", "--sampels", "3"], "unknown option '--sampels'", "did you mean '--samples'?"),
    (["--verson"], "there is no command before '--verson'", "did you mean '--version'?"),
    (["-q", "run"], "there is no command before '-q'", "options stand behind the command: umountbench run -q"),
    (["run", "-Z"], "unknown option '-Z'", "umountbench help run"),
    (["run", "extra"], "unexpected argument 'extra'", "umountbench help run"),
    (["run", "--filter"], "--filter needs a value", "umountbench help run"),
    (["run", "--seed", "1", "--seed", "2"], "--seed is given twice", "umountbench help run"),
    (["run", "--rcu", "norml"], "'norml'", "did you mean 'normal'?"),
    (["run", "--rcu", "default,"], "--rcu", "one of: as-found"),
    (["run", "--settle", "rondom"], "'rondom'", "did you mean 'random'?"),
    (["run", "--samples", "0"], "--samples: '0' is out of range", "from 1 to 10000000"),
    (["run", "--samples", "1000000000000"], "--samples: '1000000000000' is out of range", "from 1 to 10000000"),
    (["run", "--samples", "99999999999999999999"], "--samples", "from 1 to 10000000"),
    (["run", "--samples", "many"], "--samples: 'many' is not a whole number", "from 1"),
    (["run", "--rounds", "0"], "--rounds: '0' is out of range", "from 1 to 1000"),
    (["run", "--seed", "-1"], "--seed: '-1' is no seed", "from 0 to 18446744073709551615"),
    (["run", "--time-limit", "5"], "--time-limit: '5' is not a duration", "5s"),
    (["run", "--time-limit", "0s"], "--time-limit: '0s' is out of range", "5s"),
    (["run", "--time-limit", "25h"], "--time-limit: '25h' is out of range", "24 h"),
    (["run", "--filter", "fs=("], "--filter: 'fs=(' is not a regular expression", "^umount/"),
    (["run", "--filter", "fs=zfs"], "--filter: 'fs=zfs' matches none of 134 cases", "umount/fs=tmpfs"),
    (["run", "--config", "qick"], "no config 'qick'", "quick"),
    (["run", "--config", "./none.json"], "cannot read './none.json': No such file or directory", "such as 'quick'"),
    (["run", "--label", "two\nlines"], "--label: 'two\\x0alines'", "one line"),
    (["run", "--format", "jsn"], "--format does not know 'jsn'", "did you mean 'json'?"),
    (["run", "--write", "table.txt"], "--write 'table.txt' is not FORMAT=FILE", "terminal=FILE"),
    (["run", "--write", "jsn=a.json"], "unknown format 'jsn'", "did you mean 'json'?"),
    (["run", "--exit-code", "bisct"], "--exit-code does not know 'bisct'", "did you mean 'bisect'?"),
    (["run", "-o", "none/result.json"], "cannot write 'none/result.json': there is no folder 'none/'", "make the folder"),
    (["run", "-o", "a.json", "--write", "terminal=./a.json"], "'./a.json' is named twice", "a place of its own"),
    (["run", "--write", "json=-"], "two outputs would go to stdout", "a place of its own"),
    (["show", "a.json", "-o", "a.json"], "'a.json' is named twice", "a place of its own"),
    (["run", "--again"], "--again without --into", "--into DIR"),
    (["run", "-o", "."], "cannot write '.': that is no file's name", "name a file"),
    (["run", "-o", "/tmp"], "cannot write '/tmp': it is a folder", "name a file"),
    (["run", "-o", "/dev/null"], "cannot write '/dev/null': it is not a plain file", "'-'"),
    (["run", "-o", ""], "cannot write ''", ""),
    (["run", "--write", "json=none/a.json"], "there is no folder 'none/'", "make the folder"),
    (["run", "--into", "none/side"], "cannot make the folder 'none/side'", "its parent"),
    (["run", "--into", "side", "-o", "result.json"], "--output and --into can't go together", "--into names"),
    (["run", "--into", "side", "--write", "json=none/a.json"], "there is no folder 'none/'", "make the folder"),
    (["show", "none.json"], "cannot read 'none.json': No such file or directory", "name a result"),
    (["show", "."], "cannot read '.': it is a folder", "name a result"),
    (["show"], "there is no result in results/ or here", "name a file"),
    (["list", "--format", "yaml"], "--format does not know 'yaml'", "one of: terminal, json"),
    (["clean", "all"], "all", "umountbench help clean"),
])
def test_one_clear_line_and_nothing_is_touched(tmp_path, words, error, hint):
    done = umountbench(*words, cwd=tmp_path, timeout=10)
    assert_refused(done, 2, error, hint)
    assert os.listdir(tmp_path) == []


@pytest.mark.parametrize("text, error, hint", [
    ('{', "line 1, column 2", "docs/config.md"),
    ('{"name": "x",\n "cases": [}', "line 2, column 12", "docs/config.md"),
    ('{"cases": [{"scenario": "umount"}],}', "line 1, column 36", "docs/config.md"),
    ('// none', "line 1, column 1", "docs/config.md"),
    ('{"sample": 3}', "/sample: unknown key", "did you mean 'samples'?"),
    ('{"cases": [{"scenario": "umount", "filez": 3}]}', "/cases/0/filez: unknown key", "did you mean 'files'?"),
    ('{"cases": [{"scenario": "umont"}]}', "/cases/0/scenario: unknown scenario 'umont'", "did you mean 'umount'?"),
    ('{"cases": [{"scenario": "umount", "fs": ["tmpfs", "ext5"]}]}', "/cases/0/fs/1: 'ext5'", "did you mean 'ext4'?"),
    ('{"cases": [{"scenario": "umount", "rcu": "norml"}]}', "/cases/0/rcu: 'norml'", "did you mean 'normal'?"),
    ('{"cases": "umount"}', "/cases: expected a list", ""),
    ('{"cases": []}', "/cases: an empty list", ""),
    ('{"samples": "3", "cases": [{"scenario": "umount"}]}', "/samples: expected a number", "without quotes"),
    ('{"samples": 0, "cases": [{"scenario": "umount"}]}', "/samples: '0' is out of range", "from 1 to 10000000"),
    ('{"samples": 1000000000000, "cases": [{"scenario": "umount"}]}', "/samples: '1000000000000'", "from 1 to 10000000"),
    ('{"samples": 1e3, "cases": [{"scenario": "umount"}]}', "/samples", "from 1 to 10000000"),
    ('{"time_limit": 5, "cases": [{"scenario": "umount"}]}', "/time_limit", "5s"),
    ('{"cases": [{"scenario": "umount", "files": -1}]}', "/cases/0/files: '-1'", "from 0 to 100000"),
    ('{"cases": [{"scenario": "umount"}, {"scenario": "umount"}]}', "/cases/1", "leave it out"),
])
def test_a_bad_config_is_refused_where_it_is_bad(tmp_path, text, error, hint):
    config = tmp_path / "bad.json"
    config.write_text(text)
    done = umountbench("run", "--config", "bad.json", cwd=tmp_path, timeout=10)
    assert_refused(done, 2, "config 'bad.json': ", hint)
    assert error in done.stderr.splitlines()[0]
    assert os.listdir(tmp_path) == ["bad.json"]


def test_a_folder_that_the_calling_user_may_not_write_to_is_refused_before_anything_runs():
    folder = public_folder()
    try:
        done = umountbench("run", *ENDLESS, "-o", "result.json", cwd=folder, env=CALLER, timeout=10)
        assert_refused(done, 2, "cannot write 'result.json': its folder isn't writable: Permission denied",
                       "calling user")
        done = umountbench("run", *ENDLESS, "--into", "side", cwd=folder, env=CALLER, timeout=10)
        assert_refused(done, 2, "cannot make the folder 'side': Permission denied", "writable")
        done = umountbench("run", *ENDLESS, cwd=folder, env=CALLER, timeout=10)
        assert done.returncode == 2, done
        assert os.listdir(folder) == []
    finally:
        shutil.rmtree(folder)


def test_a_result_file_that_is_a_link_is_not_followed(tmp_path):
    target = tmp_path / "target"
    target.write_text("mine")
    (tmp_path / "result.json").symlink_to(target)
    done = umountbench("run", *ENDLESS, "-o", tmp_path / "result.json", timeout=10)
    assert done.returncode == 2, done
    assert target.read_text() == "mine"


def test_the_journal_of_a_killed_run_is_not_overwritten(tmp_path):
    (tmp_path / "result.json.partial").write_text("kept")
    done = umountbench("run", *quick(), "-o", tmp_path / "result.json", timeout=20)
    assert_refused(done, 2, "it holds what a killed run has measured", "umountbench show")
    assert (tmp_path / "result.json.partial").read_text() == "kept"
    assert os.listdir(tmp_path) == ["result.json.partial"]


@needs_program("mkfs.ext4")
def test_without_mkfs_ext4_is_skipped_and_doctor_names_the_package(tmp_path):
    hidden = in_private_mounts(hide(shutil.which("mkfs.ext4", path="/usr/sbin:/sbin:/usr/bin:/bin")))
    done = umountbench("run", *quick(ALL), "-o", tmp_path / "result.json", prefix=hidden)
    assert done.returncode == 0, done
    result = load(tmp_path / "result.json")
    skipped = case_of(result, "fs=ext4")
    assert (skipped["outcome"], skipped["reason"]) == ("skipped",
                                                       "mkfs.ext4 is not installed (Debian package e2fsprogs)")
    assert case_of(result, "fs=tmpfs")["outcome"] == "measured"
    assert skipped["reason"] in done.stdout
    assert "apt-get install e2fsprogs" in umountbench("doctor", prefix=hidden).stdout
    assert_refused(umountbench("run", *quick("fs=ext4"), cwd=tmp_path, prefix=hidden), 4,
                   "nothing can run here: umount/fs=ext4/mode=plain/method=syscall/rcu=default: mkfs.ext4 is not",
                   "umountbench list")


NO_LOOP_CONTROL = ('mount -t tmpfs none /mnt && cp -a /dev/null /dev/zero /dev/urandom /mnt/ && '
                   'mount --move /mnt /dev')


@needs_program("mkfs.ext4")
def test_without_loop_control_what_needs_a_loop_device_is_skipped(tmp_path):
    without = in_private_mounts(NO_LOOP_CONTROL)
    done = umountbench("run", *quick(ALL), "-o", tmp_path / "result.json", prefix=without)
    assert done.returncode == 0, done
    assert "/dev/loop-control is not there" in case_of(load(tmp_path / "result.json"), "fs=ext4")["reason"]
    assert "modprobe loop" in umountbench("doctor", prefix=without).stdout
    done = umountbench("run", *quick("^loop/"), cwd=tmp_path, prefix=without)
    assert_refused(done, 4, "/dev/loop-control is not there", "list")


READ_ONLY_SYS = "mount --bind /sys /sys && mount -o remount,bind,ro /sys"
NO_RCU_KNOBS = "mount -t tmpfs none /sys/kernel"


@pytest.mark.parametrize("script, reason", [(READ_ONLY_SYS, "/sys is read-only here"),
                                            (NO_RCU_KNOBS, "this kernel has no /sys/kernel/rcu_normal")])
def test_without_rcu_knobs_only_as_found_is_measured(tmp_path, script, reason):
    without = in_private_mounts(script)
    done = umountbench("run", *quick(rcu="as-found,normal"), "-o", tmp_path / "result.json", prefix=without)
    assert done.returncode == 0, done
    result = load(tmp_path / "result.json")
    assert case_of(result, "rcu=as-found")["outcome"] == "measured"
    assert case_of(result, "rcu=normal")["outcome"] == "skipped"
    assert reason in case_of(result, "rcu=normal")["reason"]
    assert "only rcu=as-found" in umountbench("doctor", prefix=without).stdout
    done = umountbench("run", *quick(rcu="normal"), cwd=tmp_path, prefix=without)
    assert_refused(done, 4, reason, "list")
    assert os.listdir(tmp_path) == ["result.json"]


def test_when_no_loop_device_is_free_the_case_fails_in_words_and_the_others_go_on(tmp_path):
    # A control device that hands out nothing: every request to it fails.
    broken = in_private_mounts(NO_LOOP_CONTROL + " && cp -a /dev/null /dev/loop-control")
    done = umountbench("run", *quick(ALL), "-o", tmp_path / "result.json", prefix=broken)
    assert done.returncode == 1, done
    result = load(tmp_path / "result.json")
    assert case_of(result, "fs=tmpfs")["outcome"] == "measured"
    assert case_of(result, "fs=ext4")["outcome"] == "failed"
    assert "loop device" in case_of(result, "fs=ext4")["reason"]


@pytest.mark.parametrize("style, code", [("default", 2), ("bisect", 128), ("ksft", 1), ("autopkgtest", 1)])
@pytest.mark.parametrize("words", [["run", "--frob"], ["run", "--filter", "("], ["rnu"]])
def test_a_usage_error_has_the_exit_code_of_the_asked_style(style, code, words):
    assert umountbench(*words, "--exit-code", style).returncode == code


@pytest.mark.parametrize("style, code", [("default", 4), ("bisect", 125), ("ksft", 4), ("autopkgtest", 77)])
def test_where_nothing_can_run_the_exit_code_is_the_asked_styles_skip(tmp_path, style, code):
    done = umountbench("run", "--filter", TMPFS, "--rcu", "normal", "--exit-code", style, cwd=tmp_path,
                       prefix=in_private_mounts(NO_RCU_KNOBS))
    assert done.returncode == code, done
    assert os.listdir(tmp_path) == []
