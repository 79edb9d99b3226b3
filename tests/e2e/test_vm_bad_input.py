# SPDX-License-Identifier: Apache-2.0
"""Bad input to the vm commands: one clear line, a hint, the right exit code, and no folder made."""

import glob
import os
import shutil
import subprocess

import pytest

from helpers import needs_root, umountbench
from real_runs import hide, in_private_mounts
from test_bad_input import assert_refused
from vm_runs import EXT4, KERNEL, SIDE, boots, in_cache, needs_qemu

pytestmark = needs_qemu
KINDS = "name a kernel image (bzImage, vmlinuz; IMAGE:modules=FOLDER)"
PLAN = boots()[2:]  # without the kernel
NAME = f"--kernel={KERNEL}"


def run(*words, cache, folder, **options):
    """`vm run` into "out" in `folder`."""
    return umountbench("vm", "run", *words, "-o", "out", env=in_cache(cache), cwd=folder, **options)


@pytest.fixture
def fetched(vm_cache):
    """The path of the kernel's package."""
    [path] = glob.glob(f"{vm_cache}/umountbench/packages/linux-image-6.1*.deb")
    return path


@pytest.fixture
def unpacked(vm_cache, fetched, tmp_path):
    """A folder with the kernel's image and modules, as packages are unpacked for guests."""
    done = umountbench("vm", "plan", "--kernel", fetched, *PLAN, env=in_cache(vm_cache), cwd=tmp_path)
    assert done.returncode == 0, done
    [image] = glob.glob(f"{vm_cache}/umountbench/kernels/*/vmlinuz")
    return os.path.dirname(image)


@pytest.mark.parametrize("words, error, hint", [
    ([], "there is nothing to boot: no kernel is named", '--kernel [NAME=]SPEC, or "kernels" in the config'),
    (["--kernel", ""], "the kernel '' is empty", KINDS),
    (["--kernel", "./none"], "no such kernel: './none': './none': No such file or directory", KINDS),
    (["--kernel", "none.deb"], "no such kernel: 'none.deb'", KINDS),
    (["--kernel", "."], "'.' is no kernel build tree", "make bzImage"),
    (["--kernel", "./file"], "'./file' is no kernel image", "name a bzImage or vmlinuz"),
    (["--kernel", "file:modules="], "no folder follows ':modules='", "IMAGE:modules=FOLDER"),
    (["--kernel", "empty.deb"], "cannot read the package 'empty.deb': it is empty", "get it again"),
    (["--kernel", "empty.deb,file"], "mixes packages with something else", ".deb files only"),
    (["--kernel", "debian:9.9-foo"], "there is no kernel 'debian:9.9-foo'", "debian:VERSION or debian:SUITE"),
    (["--kernel", "x=debian:"], "no such kernel: 'x=debian:'", "debian:6.1-rt"),
    ([NAME, NAME], f"two guests would both be called '{SIDE}'", "--kernel NAME=SPEC"),
    ([NAME, "--append", "quiet", "--append", "quiet"], f"two guests would both be called '{SIDE}.quiet'", "once"),
    ([NAME, "--append", "x -- y"], "--append can't hold '--'", "the guest's init"),
    ([NAME, "--append", "two\nlines"], "has control characters", ""),
    ([NAME, "--memory", "5"], "--memory does not know '5'", "512M, 2G"),
    ([NAME, "--memory", "64M"], "--memory does not know '64M'", "from 128M on"),
    ([NAME, "--cpus", "0"], "--cpus: '0' is out of range", "from 1 to"),
    ([NAME, "--boots", "0"], "--boots: '0' is out of range", "from 1 to"),
    ([NAME, "--jobs", "0"], "--jobs: '0' is out of range", "from 1 to"),
    ([NAME, "--shard", "5/4"], "--shard does not know '5/4'", "part I of N"),
    ([NAME, "--shard", "0/4"], "--shard does not know '0/4'", "part I of N"),
    ([NAME, "--shard", "1/2", "--cell", "x"], "--cell and --shard can't go together", ""),
    ([NAME, "--cell", f"{SIDE}.boot8"], f"there is no cell '{SIDE}.boot8'", f"did you mean '{SIDE}.boot"),
    ([NAME, "--cell", "nosuch", "--boots", "1"], "there is no cell 'nosuch'", f"one of: {SIDE}.boot1"),
    ([NAME, "--accel", "xen"], "--accel does not know 'xen'", "one of: auto, kvm, tcg"),
    ([NAME, "--time-limit", "5"], "--time-limit: '5' is not a duration", "5s"),
    ([NAME, "--filter", "fs=zfs"], "--filter: 'fs=zfs' matches none of", "umount/"),
    ([NAME, "--config", "qick"], "no config 'qick'", "quick"),
    ([NAME, "--unprivileged"], "unknown option '--unprivileged'", ""),
])
def test_one_clear_line_and_no_folder_is_made(vm_cache, tmp_path, words, error, hint):
    (tmp_path / "file").write_text("no kernel")
    (tmp_path / "empty.deb").touch()
    assert_refused(run(*words, cache=vm_cache, folder=tmp_path), 2, error, hint)
    assert sorted(os.listdir(tmp_path)) == ["empty.deb", "file"]


@pytest.mark.parametrize("words, error, hint", [
    (["vm", "rum"], "unknown command 'vm rum'", "did you mean 'vm run'?"),
    (["help", "vm", "rum"], "unknown command 'vm rum'", "did you mean 'vm run'?"),
    (["vm", "-k", "x"], "unknown command 'vm'", "vm"),
    (["vm", "run", "--kernl", "x"], "unknown option '--kernl'", "did you mean '--kernel'?"),
    (["vm", "run", "extra"], "unexpected argument 'extra'", "help vm run"),
    (["vm", "plan", "--resume"], "unknown option '--resume'", "help vm plan"),
    (["vm", "shell", "-k", "a", "-k", "b"], "a shell is for one kernel with one command line", "--kernel once"),
    (["vm-guest"], "this is what runs inside a guest", "umountbench vm run boots one"),
])
def test_words_that_make_no_command_are_refused(tmp_path, words, error, hint):
    assert_refused(umountbench(*words, cwd=tmp_path), 2, error, hint)


def test_the_group_has_a_help_and_so_has_each_of_its_commands():
    alone = umountbench("vm")
    assert (alone.returncode, alone.stderr) == (2, "")
    assert (umountbench("help", "vm").stdout, umountbench("vm", "--help").stdout) == (alone.stdout, alone.stdout)
    for name in ("run", "plan", "fetch", "shell", "doctor"):
        assert f"\n  vm {name} " in alone.stdout
        done = umountbench("help", "vm", name)
        assert (done.returncode, done.stderr) == (0, "")
        assert done.stdout.startswith(f"usage: umountbench vm {name} [OPTION]...")
        assert umountbench("vm", name, "--help").stdout == done.stdout


def test_a_package_that_was_cut_short_is_refused_wherever_it_was_cut(vm_cache, fetched, tmp_path):
    size = os.path.getsize(fetched)
    for left in (1, 7, 100, size // 2, size - 1):
        shutil.copy(fetched, tmp_path / "cut.deb")
        os.truncate(tmp_path / "cut.deb", left)
        done = run("--kernel", "cut.deb", *PLAN, cache=vm_cache, folder=tmp_path)
        assert_refused(done, 2, "cannot read the package 'cut.deb'", "get it again")
        assert os.listdir(tmp_path) == ["cut.deb"]


def test_a_package_without_a_kernel_is_answered_with_those_that_have_one(vm_cache, tmp_path):
    (tmp_path / "package/DEBIAN").mkdir(parents=True)
    (tmp_path / "package/DEBIAN/control").write_text(
        "Package: none\nVersion: 1\nArchitecture: all\nMaintainer: none <none@example.org>\nDescription: none\n")
    subprocess.run(["dpkg-deb", "--build", "package", "none.deb"], cwd=tmp_path, check=True, timeout=30,
                   stdin=subprocess.DEVNULL, capture_output=True)
    done = run("--kernel", "none.deb", *PLAN, cache=vm_cache, folder=tmp_path)
    assert_refused(done, 2, "there is no kernel in 'none.deb'", "linux-binary and linux-modules")


def test_modules_of_another_kernel_are_refused(vm_cache, unpacked, tmp_path):
    shutil.copytree(f"{unpacked}/modules", tmp_path / "modules")
    with open(tmp_path / "modules/kernel/drivers/block/loop.ko", "r+b") as file:
        content = file.read()
        assert b"vermagic=6.1.0-" in content
        file.seek(0)
        file.write(content.replace(b"vermagic=6.1.0-", b"vermagic=6.1.9-"))
    kernel = f"{unpacked}/vmlinuz:modules={tmp_path}/modules"
    done = run("--kernel", kernel, *boots(cases=EXT4)[2:], cache=vm_cache, folder=tmp_path)
    assert_refused(done, 2, "6.1.9-", "modules")
    done = run("--kernel", f"{unpacked}/vmlinuz:modules={tmp_path}", *PLAN, cache=vm_cache, folder=tmp_path)
    assert_refused(done, 2, f"there are no kernel modules in '{tmp_path}'", "lib/modules/6.1")
    assert os.listdir(tmp_path) == ["modules"]


def test_a_folder_that_can_not_be_made_is_told(vm_cache, tmp_path):
    done = umountbench("vm", "run", *boots(), "-o", tmp_path / "none/out", env=in_cache(vm_cache))
    assert_refused(done, 2, f"cannot make the folder '{tmp_path}/none/out': No such file or directory", "its parent")
    (tmp_path / "file").touch()
    done = umountbench("vm", "run", *boots(), "-o", tmp_path / "file", env=in_cache(vm_cache))
    assert_refused(done, 2, f"'{tmp_path}/file'", "")
    assert os.listdir(tmp_path) == ["file"]


def test_a_folder_with_something_else_or_with_results_is_not_written_to(vm_cache, tmp_path):
    (tmp_path / "out").mkdir()
    # As another part of the matrix, done elsewhere, would have left it.
    plan = umountbench("vm", "plan", *boots(), "-o", "out", env=in_cache(vm_cache), cwd=tmp_path)
    (tmp_path / "out/matrix.jsonl").write_text(plan.stdout)
    done = run(*boots("", "quiet"), cache=vm_cache, folder=tmp_path)
    assert_refused(done, 2, f"'{tmp_path}/out' holds another matrix or plan: {tmp_path}/out/matrix.jsonl", "-o")
    (tmp_path / f"out/{SIDE}.boot1.json").write_text("mine")
    done = run(*boots(), cache=vm_cache, folder=tmp_path)
    assert_refused(done, 2, f"'{tmp_path}/out/{SIDE}.boot1.json' is there already", "--resume")
    assert (tmp_path / f"out/{SIDE}.boot1.json").read_text() == "mine"
    assert sorted(os.listdir(tmp_path / "out")) == [f"{SIDE}.boot1.json", "matrix.jsonl"]


def test_more_memory_than_there_is_is_refused_before_anything_boots(vm_cache, tmp_path):
    done = run(*boots(), "--memory", "4000G", cache=vm_cache, folder=tmp_path)
    assert_refused(done, 4, "not enough memory for 1 guest: 4096", "a smaller --memory")
    done = run(*boots(boot_count=7), "--memory", "1000G", "--jobs", "4", cache=vm_cache, folder=tmp_path)
    assert_refused(done, 4, "not enough memory for 4 guests: 4096", "or fewer --jobs")
    assert os.listdir(tmp_path) == []


def test_kvm_where_it_does_not_work_is_refused_and_never_replaced_in_silence(vm_cache, tmp_path):
    words = [word for word in boots() if word not in ("--accel", "tcg")]
    planned = umountbench("vm", "plan", *words, "--accel", "auto", env=in_cache(vm_cache), cwd=tmp_path)
    if '"accelerator":"kvm"' in planned.stdout:
        pytest.skip("KVM works here")
    done = run(*words, "--accel", "kvm", cache=vm_cache, folder=tmp_path)
    assert_refused(done, 4, "KVM does not work here: ", "--accel tcg")
    assert os.listdir(tmp_path) == []


@needs_root
@pytest.mark.parametrize("command", ["run", "plan", "shell"])
def test_without_qemu_it_names_the_package(vm_cache, tmp_path, command):
    hidden = in_private_mounts(hide(os.path.realpath(shutil.which("qemu-system-x86_64"))))
    done = umountbench("vm", command, "--kernel", KERNEL, env=in_cache(vm_cache), cwd=tmp_path, prefix=hidden)
    assert_refused(done, 4, "there is no QEMU here: qemu-system-x86_64 is not installed",
                   "apt install qemu-system-x86")
    assert os.listdir(tmp_path) == []
