# SPDX-License-Identifier: Apache-2.0
"""What cpack makes, and the RPM spec."""

import gzip
import os
import re
import stat
import subprocess

import pytest

from helpers import PROGRAM, TOP, needs_program, umountbench


def tool(*words, timeout=300):
    return subprocess.run([*map(str, words)], stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=timeout,
                          check=False)


@pytest.fixture(scope="session")
def unpacked(package, tmp_path_factory):
    folder = tmp_path_factory.mktemp("unpacked")
    assert tool("dpkg-deb", "-x", package, folder).returncode == 0
    return folder


@needs_program("lintian")
def test_lintian_finds_no_error(package):
    done = tool("lintian", "--allow-root", "--fail-on", "error", package)
    assert done.returncode == 0, done
    found = [line for line in done.stdout.splitlines() if line[:2] in ("E:", "W:")]
    # There is no bug report that asks Debian for a package.
    assert [line for line in found if "initial-upload-closes-no-bugs" not in line] == []


def test_the_control_file_names_what_it_needs_and_what_cases_are_about(package):
    control = tool("dpkg-deb", "-f", package).stdout
    fields = dict(re.findall(r"^(\S+): (.*)$", control, re.MULTILINE))
    depends = re.sub(r" \([^)]*\)", "", fields["Depends"]).split(", ")
    assert {"libc6", "libmount1", "libbenchmark1debian", "libstdc++6"} <= set(depends)
    for program in ("e2fsprogs", "gnuplot-nox", "crun", "qemu-system-x86", "mount", "libarchive13", "libkmod2"):
        assert program in fields["Recommends"], program
        assert program not in depends, "works without"
    assert (fields["Package"], fields["Section"], fields["Architecture"]) == ("umountbench", "admin", "amd64")


def test_each_file_is_where_debian_looks_for_it(unpacked):
    names = sorted(os.path.relpath(os.path.join(folder, name), unpacked) for folder, _, files in os.walk(unpacked)
                   for name in files)
    for name in ("usr/bin/umountbench", "usr/share/man/man8/umountbench.8.gz",
                 "usr/share/man/man5/umountbench-results.5.gz", "usr/share/doc/umountbench/copyright",
                 "usr/share/doc/umountbench/changelog.gz", "usr/share/doc/umountbench/changelog.Debian.gz",
                 "usr/share/doc/umountbench/docs/result.schema.json", "usr/share/doc/umountbench/docs/many-machines.md",
                 "usr/share/doc/umountbench/examples/slurm/submit", "usr/share/umountbench/configs/default.json",
                 "usr/share/bash-completion/completions/umountbench"):
        assert name in names
    for name in names:
        mode = os.lstat(unpacked / name).st_mode
        assert stat.S_ISREG(mode) and mode & 0o444 == 0o444, name


def test_the_packed_program_is_stripped_and_knows_its_configs(unpacked):
    program = unpacked / "usr/bin/umountbench"
    assert os.path.getsize(program) < os.path.getsize(PROGRAM) / 2
    done = umountbench("run", "--dry-run", "--config", "quick", program=program, cwd=unpacked)
    assert done.returncode == 0, done
    assert "umount/fs=tmpfs/" in done.stdout


def test_two_packages_of_one_build_have_the_same_pages(unpacked, installed):
    for name in ("man/man8/umountbench.8.gz", "man/man5/umountbench-results.5.gz", "bash-completion/completions/umountbench"):
        assert (unpacked / "usr/share" / name).read_bytes() == (installed / "share" / name).read_bytes()


def versions():
    """The version, as each place that has to say it does."""
    def only(path, pattern):
        with open(os.path.join(TOP, path), encoding="utf-8") as file:
            return re.search(pattern, file.read(), re.MULTILINE).group(1)
    return {"CMakeLists.txt": only("CMakeLists.txt", r"^project\(umountbench VERSION (\S+)"),
            "packaging/debian/changelog": only("packaging/debian/changelog", r"^umountbench \((.*)-1\)"),
            "packaging/umountbench.spec": only("packaging/umountbench.spec", r"^Version: +(\S+)"),
            "the spec's changelog": only("packaging/umountbench.spec", r"^\* .* - (\S+)-1$")}


def test_all_places_say_the_same_version(package, unpacked):
    found = versions()
    assert len(set(found.values())) == 1, found
    [version] = set(found.values())
    assert tool("dpkg-deb", "-f", package, "Version").stdout.strip() == f"{version}-1"
    with gzip.open(unpacked / "usr/share/doc/umountbench/changelog.Debian.gz", "rt", encoding="utf-8") as file:
        assert file.readline().startswith(f"umountbench ({version}-1) ")


@needs_program("rpmspec")
def test_rpm_reads_the_spec():
    spec = os.path.join(TOP, "packaging/umountbench.spec")
    parsed = tool("rpmspec", "-P", spec)
    assert (parsed.returncode, parsed.stderr) == (0, "")
    assert tool("rpmspec", "-q", "--qf", "%{name} %{license}\n", spec).stdout == "umountbench Apache-2.0\n"


@needs_program("rpmlint")
def test_rpmlint_finds_no_error_in_the_spec():
    done = tool("rpmlint", os.path.join(TOP, "packaging/umountbench.spec"))
    assert done.returncode == 0 and " 0 errors" in done.stdout, done


def test_the_spec_lists_all_that_an_installation_has(installed):
    """rpmbuild refuses files that %files does not name: seen here by the folders and files it does name."""
    with open(os.path.join(TOP, "packaging/umountbench.spec"), encoding="utf-8") as file:
        listed = re.search(r"^%files\n(.*?)^%changelog", file.read(), re.MULTILINE | re.DOTALL).group(1)
    for macro, path in (("%{_bindir}", "bin"), ("%{_datadir}", "share"), ("%{_mandir}", "share/man"),
                        ("%{_docdir}", "share/doc"), ("%{name}", "umountbench")):
        listed = listed.replace(macro, path)
    named = [line.rstrip("*") for line in listed.split() if "/" in line]
    for folder, _, files in os.walk(installed):
        for name in files:
            path = os.path.relpath(os.path.join(folder, name), installed)
            assert any(path.startswith(prefix) for prefix in named), path
