# SPDX-License-Identifier: Apache-2.0
"""docs/many-boots.md: the script that its systemd unit runs at every start, over boots that never were."""

import os
import re
import subprocess

from docs_blocks import StandIn, blocks, write_program
from helpers import umountbench


def unit_script(machine):
    [text] = [text for _, text in blocks("many-boots.md") if "grub-reboot" in text]
    for old, new in (("boots=/var/lib/umountbench", f"boots={machine.machine}/results"),
                     ("/proc/sys/kernel/random/boot_id", f"{machine.machine}/boot_id")):
        assert old in text
        text = text.replace(old, new)
    path = machine.machine / "umountbench-boots"
    write_program(path, text)
    return path


def start(machine, path):
    return subprocess.run([path], env={**os.environ, **machine.env}, stdin=subprocess.DEVNULL, capture_output=True, text=True,
                          timeout=60, check=False)


def asked(machine):
    return machine.get("asked").split("\n")[:-1] if (machine.machine / "asked").exists() else []


def test_the_unit_collects_seven_boots_a_side_in_turns_and_ends_by_itself(tmp_path):
    machine = StandIn(tmp_path)
    path = unit_script(machine)
    machine.set("kernel", "6.12.1")
    for number in range(14):
        assert asked(machine) == ["reboot"] * number, "still at it"
        done = start(machine, path)
        assert done.returncode == 0, done
    assert asked(machine)[13:] == ["disable umountbench-boots.service"]
    a, b = "6.12.1", "6.12.2"
    assert [a, *machine.booted] == [a, b, b, a, a, b, b, a, a, b, b, a, a, b]
    done = umountbench("compare", "results/a", "results/b", cwd=machine.machine)
    assert done.returncode == 0 and done.stdout.startswith("same: "), done


def test_a_wrong_config_ends_the_chain_instead_of_rebooting_for_ever(tmp_path):
    machine = StandIn(tmp_path)
    path = unit_script(machine)
    machine.set("kernel", "6.12.1")
    text = path.read_text(encoding="utf-8")
    path.write_text(re.sub("--config compare", "--config none", text), encoding="utf-8")
    done = start(machine, path)
    assert done.returncode != 0, "systemd calls the unit failed"
    assert "no config 'none'" in done.stderr
    assert asked(machine) == []


def test_a_start_whose_boot_has_its_result_goes_on_to_the_next(tmp_path):
    machine = StandIn(tmp_path)
    path = unit_script(machine)
    machine.set("kernel", "6.12.1")
    (machine.machine / "results/a").mkdir(parents=True)
    (machine.machine / "results/a/6.12.1-0.json").write_text("")
    assert start(machine, path).returncode == 0
    assert os.listdir(machine.machine / "results/a") == ["6.12.1-0.json"]
    assert asked(machine) == ["reboot"] and machine.booted == ["6.12.2"]


def test_another_kernel_is_left_alone(tmp_path):
    machine = StandIn(tmp_path)
    assert start(machine, unit_script(machine)).returncode == 0
    assert asked(machine) == []
