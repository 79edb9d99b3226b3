# SPDX-License-Identifier: Apache-2.0
"""`plot`: every kind as SVG and PNG, its size, what it says where there is nothing to draw or no gnuplot."""

import os
import shutil
import signal
import time
import xml.etree.ElementTree

import pytest

from helpers import UNPRIVILEGED, install, needs_program, needs_root, public_folder, start_umountbench, umountbench
from made_plots import KINDS, full, kernels_and_modes, many_boots, many_curves, two_full_sides, with_samples
from made_results import boot, save
from real_runs import children_of, is_running, wait_until

pytestmark = needs_program("gnuplot")
# For one run, in a mount namespace of its own: as if the package were not installed.
WITHOUT_GNUPLOT = ("unshare", "--mount", "sh", "-c", 'mount --bind /dev/null /usr/bin/gnuplot && exec "$@"', "sh")
SVG = "{http://www.w3.org/2000/svg}"
# What stands at the axes beside the numbers; the numbers have their units.
AXES = {"distribution": ("time until return", "share of calls", " ms", " %"), "boots": ("median time until return", " ms"),
        "drift": ("call, in the order taken", "time until return", " ms"), "matrix": ("default", "normal", " ms"),
        "growth": ("mounts", "median time until return", " ms"),
        "return-released": ("time until return", "time until release", " ms"), "causes": ("100 %",)}


@pytest.fixture(scope="module")
def sides(tmp_path_factory):
    return two_full_sides(tmp_path_factory.mktemp("plots"))


def drawn(kind, *arguments, cwd, name="plot.svg", **options):
    done = umountbench("plot", *arguments, "--kind", kind, "-o", name, cwd=cwd, **options)
    assert done.returncode == 0, done.stderr
    with open(os.path.join(cwd, name), "rb") as file:
        return file.read()


def each_text(svg):
    return ["".join(element.itertext()).strip() for element in xml.etree.ElementTree.fromstring(svg).iter(f"{SVG}text")]


def texts(svg):
    return " ".join(each_text(svg))


def longest_path(svg):
    return max(path.get("d").count("L") for path in xml.etree.ElementTree.fromstring(svg).iter(f"{SVG}path"))


def many_samples(count):
    """A result of one case with that many samples, one of them very slow."""
    result = boot()
    result["cases"] = [with_samples(result["cases"][0], count, 1)]
    result["cases"][0]["samples"]["return_ns"][count // 2] = 900_000_000
    return result


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_is_a_small_picture_with_units_on_its_axes(kind, sides):
    svg = drawn(kind, "before", "after", cwd=sides)
    assert len(svg) < 200_000
    for named in AXES[kind]:
        ends = named.startswith(" ")
        assert any(text[:1].isdigit() and text.endswith(named) if ends else text == named for text in each_text(svg)), named
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


def test_many_panels_and_curves_stay_small(tmp_path):
    sides = many_curves(tmp_path)
    for kind in ("distribution", "drift", "return-released", "matrix", "growth"):
        assert len(drawn(kind, *sides, cwd=tmp_path)) < 200_000, kind


def test_many_boots_stay_small(tmp_path):
    sides = many_boots(tmp_path, 150)
    for kind in ("distribution", "boots", "drift", "return-released"):
        assert len(drawn(kind, *sides, cwd=tmp_path)) < 200_000, kind


@pytest.mark.parametrize("kernels", [3, 6])
def test_a_matrix_has_every_cell(kernels, tmp_path):
    sides = kernels_and_modes(tmp_path, kernels)
    told = each_text(drawn("matrix", *sides, cwd=tmp_path))
    assert len([text for text in told if text.endswith((" ms", " µs"))]) == 3 * kernels
    assert "–" not in told


def test_a_matrix_has_a_sign_where_nothing_was_measured(tmp_path):
    sides = kernels_and_modes(tmp_path, 3, without=(1, "expedited"))
    told = each_text(drawn("matrix", *sides, cwd=tmp_path))
    assert told.count("–") == 1 and len([text for text in told if text.endswith((" ms", " µs"))]) == 8


def test_dashes_and_numbers_tell_curves_and_areas_without_colour(sides):
    for kind, least in (("distribution", 6), ("drift", 6), ("growth", 2)):
        dashed = [element for element in xml.etree.ElementTree.fromstring(drawn(kind, "before", "after", cwd=sides)).iter()
                  if element.get("stroke-dasharray")]
        assert len(dashed) >= least, f"{kind}: all but the first in the legend, and as many curves"
    told = each_text(drawn("causes", "before", "after", cwd=sides))
    numbered = [text for text in told if text[:1].isdigit() and "  " in text or text[:2] in ("1 ", "2 ")]
    assert numbered and all(told.count(text.split()[0]) >= 2 for text in numbered), told


def test_a_letter_without_a_glyph_does_not_spoil_a_png(sides):
    raw = drawn("boots", "a漢b=before", "c=after", cwd=sides, name="a.png")
    assert raw == drawn("boots", "a\\u6f22b=before", "c=after", cwd=sides, name="b.png")
    assert "a漢b" in texts(drawn("boots", "a漢b=before", "c=after", cwd=sides)), "a browser has more fonts"


def test_a_name_is_no_command_and_no_end_of_data(sides):
    name = "EOD'`touch evil`$(touch evil)"
    told = texts(drawn("boots", f"{name}=before", "c=after", cwd=sides))
    assert name in told and not os.path.exists(sides / "evil")


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
    (["a.json", "--kind", "drift", "--format", "png", "-o", "a.svg"], "no name for --format png"),
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


def test_a_dash_is_stdout(sides):
    done = umountbench("plot", "before", "after", "--kind", "boots", "-o", "-", cwd=sides)
    assert done.returncode == 0 and "median time until return" in each_text(done.stdout)
    assert "A point is a boot's median" in done.stderr
    to_file = ("sh", "-c", 'exec "$@" >stdout.png', "sh")
    done = umountbench("plot", "before", "--kind", "boots", "-o", "-", "--format", "png", cwd=sides, prefix=to_file)
    assert done.returncode == 0 and (sides / "stdout.png").read_bytes().startswith(b"\x89PNG\r\n")


@pytest.fixture
def installed(tmp_path):
    """The program, and the folder of its scripts."""
    assert install(tmp_path / "usr").returncode == 0
    return str(tmp_path / "usr/bin/umountbench"), tmp_path / "usr/share/umountbench/plots"


@pytest.mark.parametrize("name", ["common.gp", "legend.gp", "panel.gp", "drift.gp"])
def test_a_script_that_others_can_write_to_is_not_run(name, installed, tmp_path):
    program, scripts = installed
    save(tmp_path / "a.json", boot())
    with open(scripts / name, "a", encoding="utf-8") as script:
        script.write(f"\nsystem('touch {tmp_path}/evil')\n")
    for mode in (0o646, 0o664) if os.geteuid() == 0 else (0o646,):
        if mode == 0o664:
            os.chown(scripts / name, 0, 65534)
        os.chmod(scripts / name, mode)
        done = umountbench("plot", "a.json", "--kind", "drift", "-o", "a.svg", cwd=tmp_path, program=program)
        assert done.returncode == 4 and not os.path.exists(tmp_path / "a.svg"), oct(mode)
        assert "write to it" in done.stderr if name != "common.gp" or mode == 0o664 else "gnuplot scripts" in done.stderr
    assert not os.path.exists(tmp_path / "evil")
    if os.geteuid() == 0:
        os.chown(scripts / name, 0, 0)
        assert umountbench("plot", "a.json", "--kind", "drift", "-o", "a.svg", cwd=tmp_path, program=program).returncode == 0


def test_one_broken_picture_leaves_the_others(installed, tmp_path):
    program, scripts = installed
    save(tmp_path / "a.json", full(boot()))
    (scripts / "matrix.gp").write_text("no such command\n", encoding="utf-8")
    done = umountbench("show", "a.json", "--format", "html", cwd=tmp_path, program=program)
    assert done.returncode == 0 and "matrix" in done.stderr
    assert "Not drawn: matrix: " in done.stdout and "No pictures" not in done.stdout
    for kind in ("distribution", "drift", "growth", "return-released", "causes"):
        assert f'id="plot-{kind}"' in done.stdout, kind


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGKILL])
def test_a_signal_leaves_no_folder_and_no_gnuplot(number, installed, tmp_path):
    program, scripts = installed
    save(tmp_path / "a.json", boot())
    (scripts / "drift.gp").write_text("pause 30\n", encoding="utf-8")
    before = set(os.listdir("/tmp"))
    started = start_umountbench("plot", "a.json", "--kind", "drift", "-o", "a.svg", cwd=tmp_path, program=program)
    assert wait_until(lambda: list(children_of(started.pid, "gnuplot")), 60)
    [gnuplot] = children_of(started.pid)
    time.sleep(0.2)  # well into the pause
    os.kill(started.pid, number)
    started.communicate(timeout=60)
    assert wait_until(lambda: not is_running(gnuplot), 60)
    assert not [name for name in set(os.listdir("/tmp")) - before if name.startswith("umountbench-plot")]
    assert not [name for name in os.listdir(tmp_path) if name.startswith("a.svg")]


def test_an_installed_program_finds_its_scripts(tmp_path):
    assert install(tmp_path / "usr").returncode == 0
    save(tmp_path / "a.json", boot())
    assert drawn("distribution", "a.json", cwd=tmp_path, program=str(tmp_path / "usr/bin/umountbench"))
    shutil.rmtree(tmp_path / "usr/share/umountbench/plots")
    done = umountbench("plot", "a.json", "--kind", "drift", "-o", "b.svg", cwd=tmp_path,
                       program=str(tmp_path / "usr/bin/umountbench"))
    assert done.returncode == 4 and "gnuplot scripts" in done.stderr


def test_nothing_is_left_in_tmp(sides):
    before = set(os.listdir("/tmp"))
    drawn("distribution", "before", "after", cwd=sides)
    assert not [name for name in set(os.listdir("/tmp")) - before if name.startswith("umountbench-plot")]
