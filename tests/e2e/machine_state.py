# SPDX-License-Identifier: Apache-2.0
"""What a run must leave as it was: mounts, loop devices, RCU knobs, processes, ledgers, control groups.

As a program it prints one line a thing; with such a list's file, how the machine differs from it, and ends with 1 if so.
"""

import glob
import os
import sys
import time


# With logins and services of systemd, never with us.
COMES_AND_GOES = ("/run/user/", "/run/credentials/", "/proc/sys/fs/binfmt_misc")


def _read(path):
    try:
        with open(path, encoding="utf-8", errors="replace") as file:
            return file.read().rstrip("\n")
    except OSError:
        return None


def _mounts():
    """Of the machine's own mount namespace, or of ours where that can't be read. Ids are left out: they are used again."""
    text = _read("/proc/1/mountinfo") or _read("/proc/self/mountinfo") or ""
    for line in text.splitlines():
        before, _, after = line.partition(" - ")
        fields = before.split()
        if fields[4].startswith(COMES_AND_GOES) and "umountbench" not in fields[4]:
            continue
        yield f"mount {fields[4]} of {fields[3]} in {' '.join(after.split()[:2])}"


def _loop_devices():
    for path in glob.glob("/sys/block/loop*/loop/backing_file"):
        yield f"loop device {path.split('/')[3]} on {_read(path)}"


def _knobs():
    for path in ("/sys/kernel/rcu_normal", "/sys/kernel/rcu_expedited"):
        yield f"{path} is {_read(path)}"


def _is_guest_of_ours(command_line):
    """Of `vm run` or `vm shell`, or the tiny one of `vm doctor`; not another virtual machine of the user's."""
    text = _read(command_line) or ""
    return "-- vm-guest" in text or "isa-debug-exit,iobase=0xf4" in text


def _is_among_mounts_of_ours(mountinfo):
    """In a sandbox, or in a container that was started in one: whatever the process calls itself."""
    return " - tmpfs umountbench " in (_read(mountinfo) or "")


def _processes():
    """By name: neither a test program nor a shell in a folder of that name is one. A dead one that nobody has reaped, as
    in a container whose first process doesn't, is over."""
    for path in glob.glob("/proc/[0-9]*/comm"):
        name = _read(path)
        stat = _read(path.replace("comm", "stat")) or ") Z"
        ours = name and (name.startswith("umountbench") or
                         name.startswith("qemu-system") and _is_guest_of_ours(path.replace("comm", "cmdline")) or
                         _is_among_mounts_of_ours(path.replace("comm", "mountinfo")))
        if ours and stat.rpartition(")")[2].split()[0] != "Z":
            yield f"process {path.split('/')[2]} ({name})"


def _ledgers():
    """What runs keep in root's state folder and in those of users; the lock stays there for good."""
    for top in ("/run/umountbench", *glob.glob("/run/user/*/umountbench"), *glob.glob("/tmp/umountbench-[0-9]*")):
        for folder, folders, files in os.walk(top):
            for name in folders + files:
                if name != "lock":
                    yield f"left by a run: {os.path.join(folder, name)}"
    for folder in glob.glob("/var/tmp/umountbench-*"):
        yield f"left by a run: {folder}"


def _control_groups():
    for path in glob.glob("/sys/fs/cgroup/umountbench-*") + glob.glob("/sys/fs/cgroup/*/umountbench-*"):
        yield f"control group {path}"


def _runtimes_states():
    """Where runtimes keep what they know of containers, unless they are told another place; ours are called c1, c2…"""
    for path in glob.glob("/run/runc/c[0-9]*") + glob.glob("/run/crun/c[0-9]*"):
        yield f"a runtime's {path}"


def machine_state():
    """Sorted lines; equal before and after means that nothing was left behind."""
    return sorted([*_mounts(), *_loop_devices(), *_knobs(), *_processes(), *_ledgers(), *_control_groups(),
                   *_runtimes_states()])


def difference(before, after):
    """Lines "- gone" and "+ new"; empty when nothing changed. Lines may repeat (mounts stacked on one point)."""
    gone, new = list(before), []
    for line in after:
        if line in gone:
            gone.remove(line)
        else:
            new.append(line)
    return [f"- {line}" for line in gone] + [f"+ {line}" for line in new]


def settled_difference(before, seconds=5.0):
    """The difference to now, once it is empty or `seconds` are over: a guardian undoes a killed run a moment later."""
    deadline = time.monotonic() + seconds
    while True:
        changes = difference(before, machine_state())
        if not changes or time.monotonic() > deadline:
            return changes
        time.sleep(0.05)


def main():
    if len(sys.argv) == 1:
        print("\n".join(machine_state()))
        return 0
    changes = settled_difference(_read(sys.argv[1]).splitlines())
    if changes:
        print("left on the machine:", *changes, sep="\n")
    return 1 if changes else 0


if __name__ == "__main__":
    sys.exit(main())
