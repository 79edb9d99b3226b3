# SPDX-License-Identifier: Apache-2.0
"""`plot`: every kind as SVG and PNG, its size, what it says where there is nothing to draw or no gnuplot."""

import os
import re
import shutil
import xml.etree.ElementTree

import pytest

from helpers import UNPRIVILEGED, install, needs_program, needs_root, public_folder, umountbench
from made_plots import KINDS, full, two_full_sides
from made_results import boot, save

pytestmark = needs_program("gnuplot")
# For one run, in a mount namespace of its own: as if the package were not installed.
WITHOUT_GNUPLOT = ("unshare", "--mount", "sh", "-c", 'mount --bind /dev/null /usr/bin/gnuplot && exec "$@"', "sh")
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def sides(tmp_path_factory):
    return two_full_sides(tmp_path_factory.mktemp("plots"))


def drawn(kind, *arguments, cwd, name="plot.svg", **options):
    done = umountbench("plot", *arguments, "--kind", kind, "-o", name, cwd=cwd, **options)
    assert done.returncode == 0, done.stderr
    with open(os.path.join(cwd, name), "rb") as file:
        return file.read()


def texts(svg):
    return " ".join("".join(element.itertext()) for element in xml.etree.ElementTree.fromstring(svg).iter(f"{SVG}text"))


def longest_path(svg):
    return max(path.get("d").count("L") for path in xml.etree.ElementTree.fromstring(svg).iter(f"{SVG}path"))


def many_samples(count):
    """A result of one case with that many samples, no two alike."""
    result = boot()
    case = result["cases"][0]
    result["cases"] = [case]
    case["samples"] = {"round": [0] * count, "sequence": list(range(count)), "repetition": [0] * count, "warmup": [False] * count,
                       "started_at_ns": [index * 100_000 for index in range(count)], "errno": [0] * count,
                       "return_ns": [30_000 + index * 7919 % 99_991 for index in range(count)],
                       "released_ns": [50_000 + index * 104_729 % 99_989 for index in range(count)]}
    case["samples"]["return_ns"][count // 2] = 900_000_000
    case["phases"] = {}
    return result


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_is_a_small_picture_with_units_on_its_axes(kind, sides):
    svg = drawn(kind, "before", "after", cwd=sides)
    assert len(svg) < 200_000
    assert re.search(r"\d (ms|µs)", texts(svg))
    assert longest_path(svg) <= 2000
    png = drawn(kind, "before", "after", cwd=sides, name="plot.png")
    assert png.startswith(b"\x89PNG\r\n") and len(png) > 5000


def test_a_hundred_thousand_samples_keep_their_tail_in_a_small_picture(tmp_path):
    save(tmp_path / "many.json", many_samples(100_000))
    for kind in ("distribution", "drift", "return-released"):
        svg = drawn(kind, "many.json", cwd=tmp_path)
        assert len(svg) < 200_000, kind
        assert longest_path(svg) <= 2000, kind
    assert "100 ms" in texts(drawn("distribution", "many.json", cwd=tmp_path)), "the one slow call is on the axis"


def test_the_legend_tells_sides_and_modes(sides):
    told = texts(drawn("distribution", "old=before", "new=after", cwd=sides))
    for name in ("old, rcu=default", "new, rcu=normal", "time until return", "share of calls"):
        assert name in told
    assert "rcu=default" in texts(drawn("drift", "--by", "rcu", "before", cwd=sides))


def test_a_filter_leaves_the_other_cases_out(sides):
    told = texts(drawn("boots", "before", "after", "--filter", "mode=lazy", cwd=sides))
    assert "mode=lazy" in told and "mode=plain" not in told
    refused = umountbench("plot", "before", "--kind", "boots", "--filter", "nothing", "-o", "x.svg", cwd=sides)
    assert refused.returncode == 2 and "matches no case" in refused.stderr


@pytest.mark.parametrize("kind, why", [("causes", "run --explain"), ("boots", "more than one boot"), ("growth", "such as mounts")])
def test_nothing_to_draw_is_said_and_writes_nothing(kind, why, tmp_path):
    save(tmp_path / "a.json", boot())
    done = umountbench("plot", "a.json", "--kind", kind, "-o", "a.svg", cwd=tmp_path)
    assert done.returncode == 4 and why in done.stderr
    assert not os.path.exists(tmp_path / "a.svg")


@pytest.mark.parametrize("arguments, told", [
    (["a.json", "-o", "a.svg"], "plot needs --kind"),
    (["a.json", "--kind", "drift"], "plot needs --output"),
    (["a.json", "--kind", "drift", "-o", "a.pdf"], "neither NAME.svg nor NAME.png"),
    (["a.json", "--kind", "pie", "-o", "a.svg"], "pie"),
    (["none.json", "--kind", "drift", "-o", "a.svg"], "none.json"),
    (["a.json", "--kind", "drift", "-o", "no/such/a.svg"], "no/such"),
])
def test_what_the_user_got_wrong_is_said(arguments, told, tmp_path):
    save(tmp_path / "a.json", boot())
    done = umountbench("plot", *arguments, cwd=tmp_path)
    assert done.returncode == 2 and told in done.stderr and "Traceback" not in done.stderr


@needs_root
def test_without_gnuplot_the_package_is_named(tmp_path):
    save(tmp_path / "a.json", boot())
    done = umountbench("plot", "a.json", "--kind", "drift", "-o", "a.svg", cwd=tmp_path, prefix=WITHOUT_GNUPLOT)
    assert done.returncode == 4
    assert "gnuplot is not installed" in done.stderr and "gnuplot-nox" in done.stderr


def test_it_needs_no_privilege():
    folder = public_folder(0o777)
    try:
        save(os.path.join(folder, "a.json"), full(boot()))
        assert drawn("matrix", "a.json", cwd=folder, prefix=UNPRIVILEGED)
    finally:
        shutil.rmtree(folder)


def test_an_installed_program_finds_its_scripts(tmp_path):
    assert install(tmp_path / "usr").returncode == 0
    save(tmp_path / "a.json", boot())
    assert drawn("distribution", "a.json", cwd=tmp_path, program=str(tmp_path / "usr/sbin/umountbench"))
    shutil.rmtree(tmp_path / "usr/share/umountbench/plots")
    done = umountbench("plot", "a.json", "--kind", "drift", "-o", "b.svg", cwd=tmp_path,
                       program=str(tmp_path / "usr/sbin/umountbench"))
    assert done.returncode == 4 and "gnuplot scripts" in done.stderr


def test_nothing_is_left_in_tmp(sides):
    before = set(os.listdir("/tmp"))
    drawn("distribution", "before", "after", cwd=sides)
    assert not [name for name in set(os.listdir("/tmp")) - before if name.startswith("umountbench-plot")]
