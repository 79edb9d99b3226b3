# SPDX-License-Identifier: Apache-2.0
"""For the tests of documents: their fenced blocks, and a machine that stands for the one that they talk to."""

import os
import re
import stat
import sys

from helpers import PROGRAM, TOP

COMMAND = re.compile(r"\bumountbench (run|ab|compare|shrink|noise|report|show|list|doctor|clean|explain|history|plot|import|vm"
                     r"|completion)(?= |$).*")
MEASURING = ("run", "ab")


def blocks(document):
    """(language, text) of every fenced block of a document in docs/."""
    with open(os.path.join(TOP, "docs", document), encoding="utf-8") as file:
        return re.findall(r"^```(\w*)\n(.*?)^```$", file.read(), re.MULTILINE | re.DOTALL)


def script(document, name):
    """The shell script whose first comment begins with `name`."""
    [text] = [text for _, text in blocks(document) if re.match(rf"#!/bin/sh\n# {name}\b", text)]
    return text


def commands(document):
    """Every umountbench command line in the blocks, as a shell takes it."""
    return [command for _, text in blocks(document) for command in commands_in(text)]


def commands_in(text):
    found = []
    for line in re.sub(r"\\\n\s*", " ", text).splitlines():
        match = COMMAND.search(line.split(" #")[0])
        if match:
            command = re.split(r"\s+(?:\|\|?|&&|>)\s", match.group(0))[0].rstrip()
            # The end of what an outer quotation holds.
            found.append(command.rpartition('"')[0] if command.count('"') % 2 else command.rstrip(")"))
    return found


def write_program(path, text):
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)
    os.chmod(path, os.stat(path).st_mode | stat.S_IXUSR)


class StandIn:
    """A folder of programs to be put in front of PATH: the machine under test, its boot loader, ssh to it, and an
    umountbench that measures nothing: `run` is tried with --dry-run, and then a made boot stands for the result. A kernel
    called …slow… takes half as long again, one called …hangs… never comes up."""

    def __init__(self, folder):
        self.programs, self.machine = folder / "programs", folder / "machine"
        self.programs.mkdir()
        self.machine.mkdir()
        self.set("boots", "")
        self.set("kernel", "5.0")
        self._add("sleep", ":")
        self._add("sudo", 'exec "$@"')
        self._add("uname", 'cat "$MACHINE_FOLDER/kernel"')
        self._add("grub-reboot", 'printf %s "${1##* }" >"$MACHINE_FOLDER/next"')
        self._add("ssh", '[ "$1" != -o ] || shift 2\nshift\ncd "$MACHINE_FOLDER" || exit 255\n'
                         'exec sh -c "$(printf %s "$*" | sed "s#/proc/sys/kernel/random/boot_id#boot_id#")"')
        self._add("scp", 'exec cp -r "$MACHINE_FOLDER/${2#*:}" "$3"')
        self._add("systemctl", 'echo "$*" >>"$MACHINE_FOLDER/asked"\n[ "$1" = reboot ] || exit 0\n'
                               'case $(cat "$MACHINE_FOLDER/next") in *hangs*) exit ;; esac\n'
                               'mv "$MACHINE_FOLDER/next" "$MACHINE_FOLDER/kernel"\n'
                               'cat "$MACHINE_FOLDER/kernel" >>"$MACHINE_FOLDER/boots"\necho >>"$MACHINE_FOLDER/boots"\n'
                               'wc -l <"$MACHINE_FOLDER/boots" >"$MACHINE_FOLDER/boot_id"')
        self.set("boot_id", "0\n")
        self._add("umountbench", f'case $1 in\n  {" | ".join(MEASURING)}) "{PROGRAM}" "$@" --dry-run >/dev/null || exit\n'
                                 f'    exec {sys.executable} "{TOP}/tests/e2e/docs_blocks.py" "$@" ;;\nesac\nexec "{PROGRAM}" "$@"')
        self.env = {"PATH": f"{self.programs}:{os.environ['PATH']}", "MACHINE_FOLDER": str(self.machine),
                    "PYTHONDONTWRITEBYTECODE": "1"}

    def _add(self, name, text):
        write_program(self.programs / name, f"#!/bin/sh\n{text}\n")

    def set(self, name, text):
        (self.machine / name).write_text(text, encoding="utf-8")

    def get(self, name):
        return (self.machine / name).read_text(encoding="utf-8")

    @property
    def booted(self):
        """The kernels in the order in which they were started."""
        return self.get("boots").split()


def main():
    """What `run --into DIR` leaves on that machine."""
    from made_results import boot, save  # here, since it is of no use to who imports us
    folder, machine = sys.argv[sys.argv.index("--into") + 1], os.environ["MACHINE_FOLDER"]
    with open(f"{machine}/kernel", encoding="utf-8") as file:
        kernel = file.read()
    with open(f"{machine}/boot_id", encoding="utf-8") as file:
        number = int(file.read())
    os.makedirs(folder, exist_ok=True)
    save(f"{folder}/{kernel}-{number}.json", boot(kernel=kernel, number=number, minute=5000 + 2 * number,
                                                  times=1.5 if "slow" in kernel else 1))


if __name__ == "__main__":
    main()
