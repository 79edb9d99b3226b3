# SPDX-License-Identifier: Apache-2.0
"""Files that are broken or mean harm, before every command that reads results: exit 2, one clear line with file and
place, in bounded memory and time."""

import gzip
import json
import os
import re
import time
import zlib

import pytest

from format_readers import READERS
from helpers import umountbench
from made_results import NEW, boot, compare, journal_of, save

# A 64-bit program maps more than it uses; what a run of the largest file here needs is far below.
MEMORY = ("prlimit", "--as=1000000000", "--core=0", "--")
SECONDS = 20
WHOLE = json.dumps(boot()).encode()
RETURNS = b'"return_ns": ['


def changed(old, new):
    """The whole result with the first `old` in it replaced."""
    assert old in WHOLE, old
    return WHOLE.replace(old, new, 1)


def with_first_return(value):
    return changed(RETURNS, RETURNS + value + b", ")


def flat_journal(header, *lines):
    """Journal lines with lengths and checksums that are right, whatever stands in them."""
    return b"".join(b"%d %08x %s\n" % (len(line), zlib.crc32(line), line) for line in (header, *lines))


JOURNAL = journal_of(boot())
HEADER = JOURNAL.split(b"\n")[0].split(b" ", 2)[2]

FILES = {
    "empty": (b"", "it is empty"),
    "blank": (b"  \n ", "line 2, byte 4: it ends in the middle"),
    "truncated": (WHOLE[:len(WHOLE) // 2], "line 1, byte 1"),
    "text": (b"hello\n", "line 1, byte 1: not valid JSON"),
    "binary": (bytes(range(256)) * 64, "line 1, byte 1: not valid JSON"),
    "a list": (b"[]", "line 1: expected an object, found a list"),
    "null": (b"null", "line 1: expected an object, found null"),
    "no keys": (b"{}", "line 1, /schema_version: this key is missing"),
    "two documents": (WHOLE + b"{}", "expected end of input"),
    "deep lists": (b"[" * 2_000_000, "nested deeper than 32 levels"),
    "deep objects": (b'{"a":' * 500_000, "nested deeper than 32 levels"),
    "a deep label": (changed(b'"label": null', b'"label": ' + b"[" * 50_000 + b"]" * 50_000), "/run/label/0/0"),
    "a column without end": (changed(RETURNS, RETURNS + b"1," * 12_000_000), "/return_ns: more than 10000000 samples"),
    "a round beyond all": (changed(b'"round": [0', b'"round": [4294967295'), "/cases/0/samples/round: there is no such"),
    "a round that is no number of 32 bits": (changed(b'"round": [0', b'"round": [4294967296'), "/cases/0/samples/round"),
    "NaN": (with_first_return(b"NaN"), "not valid JSON"),
    "Infinity": (with_first_return(b"-Infinity"), "not valid JSON"),
    "beyond 64 bits": (with_first_return(b"99999999999999999999"), "/return_ns/0: a whole number beyond 64 bits"),
    "beyond a double": (changed(b'"foreign_cpu_share": 0.01', b'"foreign_cpu_share": 1e999'),
                        "not valid JSON: number overflow parsing '1e999'"),
    "a negative time": (with_first_return(b"-5"), "/cases/0/samples/return_ns: value 0 of the column: -5 is negative"),
    "a broken time": (with_first_return(b"1.5"), "/cases/0/samples/return_ns"),
    "columns of unequal length": (with_first_return(b"5"), "columns of unequal length: 'round' has 117 values"),
    "a case twice": (WHOLE.replace(b"mode=lazy", b"mode=plain"), "/cases: there are two cases 'umount/fs=tmpfs/mode=plain"),
    "a key twice": (changed(b'"label": null', b'"label": null, "label": "x"'), "/run/label: this key is there twice"),
    "a number for a text": (changed(b'"boot_id": "', b'"boot_id": 5, "x": "'), "/boot_id: expected a text or null"),
    "a number for a list": (changed(b'"cases": [{', b'"cases": 5, "x": [{'), "/cases: expected a list"),
    "a text for a column": (changed(b'"errno": 0', b'"errno": "none"'), "/cases/0/samples/errno"),
    "a list for the config": (changed(b'"config": {', b'"config": [], "x": {'), "/run/config: expected an object"),
    "a newer schema": (changed(b'"schema_version": 1', b'"schema_version": 2'), "/schema_version: it has schema 2"),
    "a schema in words": (changed(b'"schema_version": 1', b'"schema_version": "1"'), "expected a whole number"),
    "no UTF-8": (changed(b'"label": null', b'"label": "\xff"'), "ill-formed UTF-8 byte"),
    "overlong UTF-8": (changed(b'"label": null', b'"label": "\xc0\xaf"'), "ill-formed UTF-8 byte"),
    "half a surrogate": (changed(b'"label": null', b'"label": "\\ud800"'), "surrogate"),
    "a journal cut in its head": (JOURNAL[:100], "line 1: the journal's beginning is incomplete"),
    "a journal with a damaged head": (JOURNAL.replace(b"boot of", b"BOOT of", 1), "line 1: the journal's beginning is damaged"),
    "a journal of an unknown case": (flat_journal(HEADER, b'{"block": {"case": 99, "samples": {}, "phases": {}}}'), "/block/case"),
    "a journal with a list": (flat_journal(HEADER, b"[]"), "line 2: expected an object, found a list"),
}
BASELINES = {
    "a baseline cut short": (b'{"baseline_version": 1, "boots": [', "ends in the middle"),
    "a newer baseline": (b'{"baseline_version": 2, "boots": []}', "it has baseline version 2"),
    "a baseline of nothing": (b'{"baseline_version": 1, "boots": []}', "/boots: there is no boot in it"),
    "a baseline of numbers": (b'{"baseline_version": 1, "boots": [1, 2]}', "/boots/0"),
}
PACKED = {
    "bad.json.gz": (b"not packed at all", "the gzip data are damaged"),
    "cut.json.gz": (gzip.compress(WHOLE)[:-20], "the packed data end in the middle"),
    "bomb.json.gz": (gzip.compress(b'{"schema_version": 1, "x": "' + b"a" * 200_000_000 + b'"}', 9), "of more than 1 MiB"),
    "bad.json.zst": (b"not packed at all", "zstd"),
}
COMMANDS = {"compare": ("compare", "good.json", "FILE"), "compare the other way": ("compare", "FILE", "good.json"),
            "report": ("report", "FILE"), "shrink": ("shrink", "FILE")}


@pytest.fixture
def good(tmp_path):
    save(tmp_path / "good.json", boot(kernel=NEW, side=1))
    return tmp_path


def refused(folder, words, name, place):
    """Runs the command and checks its refusal; `name` is the file that the error line must name."""
    start = time.monotonic()
    done = umountbench(*(name if word == "FILE" else word for word in words), cwd=folder, prefix=MEMORY, timeout=SECONDS)
    assert (done.returncode, done.stdout) == (2, ""), (done.returncode, done.stdout[:200], done.stderr[:500])
    lines = done.stderr.splitlines()
    assert lines[0].startswith(f"umountbench: error: cannot read '{name}': "), lines
    assert place in lines[0], lines
    assert len(lines) == 1 or len(lines) == 2 and lines[1].startswith("umountbench: hint: "), lines
    assert len(lines[0]) < 400 and lines[0].isprintable()
    assert "json.exception" not in lines[0]
    assert time.monotonic() - start < SECONDS


@pytest.mark.parametrize("words", COMMANDS.values(), ids=COMMANDS.keys())
@pytest.mark.parametrize("content, place", FILES.values(), ids=FILES.keys())
def test_a_broken_result_is_one_clear_line(good, words, content, place):
    (good / "bad.json").write_bytes(content)
    refused(good, words, "bad.json", place)


@pytest.mark.parametrize("command", ["compare", "compare the other way", "shrink"])
@pytest.mark.parametrize("content, place", BASELINES.values(), ids=BASELINES.keys())
def test_a_broken_baseline_is_one_clear_line(good, command, content, place):
    (good / "bad.json").write_bytes(content)
    refused(good, COMMANDS[command], "bad.json", place)


@pytest.mark.parametrize("words", COMMANDS.values(), ids=COMMANDS.keys())
@pytest.mark.parametrize("name", PACKED)
def test_what_cannot_be_unpacked_is_one_clear_line(good, words, name):
    content, place = PACKED[name]
    (good / name).write_bytes(content)
    refused(good, words, name, place)


@pytest.mark.parametrize("content, place", [
    (b"", "it is empty"), (b"hello", "not valid JSON"), (b"{}", "/noise_profile_version"), (WHOLE, "/noise_profile_version"),
    (b'{"noise_profile_version": 2}', "version 2"), (b"[" * 100_000, "nested deeper"),
])
def test_a_broken_noise_profile_is_one_clear_line(good, content, place):
    (good / "profile.json").write_bytes(content)
    refused(good, ("compare", "good.json", "good.json", "--noise-profile", "FILE"), "profile.json", place)


def test_one_bad_file_among_many_is_named(good):
    folder = good / "boots"
    folder.mkdir()
    for number in range(5):
        save(folder / f"{number}.json", boot(number=number))
    (folder / "3.json").write_bytes(WHOLE[:1000])
    done = umountbench("compare", "good.json", "boots", cwd=good, prefix=MEMORY)
    assert done.returncode == 2 and re.match(r"umountbench: error: cannot read 'boots/3\.json': line 1, byte ", done.stderr)


def test_a_claim_of_a_billion_samples_costs_nothing(good):
    save(good / "claim.json", boot(settings={"samples": 10**9, "rounds": 10**9}))
    done, said = compare("good.json", "claim.json", cwd=good, prefix=MEMORY)
    assert (done.returncode, said["verdict"]) == (4, "incomparable")
    assert "the setting 'samples' differs: 24 in good, 1000000000 in claim" in said["pairs"][0]["differences"]


@pytest.mark.parametrize("kind", ["pipe", "device", "folder"])
@pytest.mark.parametrize("command", ["report", "shrink", "compare"])
def test_what_is_no_file_is_refused_and_not_waited_for(good, command, kind):
    name = {"pipe": "pipe.json", "device": "/dev/zero", "folder": "folder.json"}[kind]
    if kind == "pipe":
        os.mkfifo(good / name)
    if kind == "folder":
        (good / name).mkdir()
    done = umountbench(*(name if word == "FILE" else word for word in COMMANDS[command]), cwd=good, timeout=SECONDS)
    assert (done.returncode, done.stdout) == (2, ""), done
    assert name in done.stderr.splitlines()[0]


def test_a_file_that_cannot_be_read_or_is_a_dead_link_is_said(good):
    (good / "dead.json").symlink_to(good / "nowhere")
    for command in ("report", "shrink", "compare"):
        done = umountbench(*("dead.json" if word == "FILE" else word for word in COMMANDS[command]), cwd=good)
        assert (done.returncode, done.stdout) == (2, "") and "'dead.json'" in done.stderr, done


def test_a_time_of_zero_has_no_ratio_and_is_no_crash(good):
    result = boot()
    for case in result["cases"]:
        case["samples"]["return_ns"] = 0
    save(good / "zero.json", result)
    done, said = compare("good.json", "zero.json", cwd=good)
    assert done.returncode == 4, done
    assert {row["verdict"] for row in said["pairs"][0]["rows"]} == {"incomparable"}
    assert "nothing to compare with zero" in said["headline"]


def test_the_longest_time_there_is_overflows_nowhere(good):
    result = boot()
    for case in result["cases"]:
        case["samples"]["return_ns"] = 2**63 - 1
    save(good / "long.json", result)
    for name in ("terminal", "markdown", "html", "json", "csv", "junit", "github", "lkml", *READERS):
        done = umountbench("compare", "good.json", "long.json", "--format", name, cwd=good)
        assert done.returncode == 0, done
        assert not re.search(r"\b(nan|inf|NaN|Infinity)\b", done.stdout), name
