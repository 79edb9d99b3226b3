# SPDX-License-Identifier: Apache-2.0
"""The format html: one file that needs nothing else, looked at in a browser."""

import html.parser
import re

import pytest

import chromium
from helpers import needs_program, needs_root, umountbench
from made_plots import KINDS, full, two_full_sides
from made_results import boot, save
from test_plots import WITHOUT_GNUPLOT

VOID = {"meta", "wbr", "br", "link"}
needs_chromium = pytest.mark.skipif(chromium.CHROMIUM is None, reason="not installed: chromium")
pytestmark = needs_program("gnuplot")


class Balanced(html.parser.HTMLParser):
    """Every element is closed, no id is there twice, nothing is loaded."""

    def __init__(self):
        super().__init__()
        self.open, self.ids, self.elements, self.texts = [], [], [], []

    def handle_starttag(self, tag, attrs):
        self.elements.append(tag)
        if tag not in VOID:
            self.open.append(tag)
        self.note(attrs)

    def handle_startendtag(self, tag, attrs):
        self.elements.append(tag)
        self.note(attrs)

    def note(self, attrs):
        for name, value in attrs:
            assert not name.startswith("on") and name not in ("src", "style"), name
            if name.endswith("href"):
                assert value.startswith("#"), value
            if name == "id":
                self.ids.append(value)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag, tag

    def handle_data(self, data):
        self.texts.append(data)


def checked(page):
    parser = Balanced()
    parser.feed(page)
    assert parser.open == []
    assert len(parser.ids) == len(set(parser.ids)), "ids are prefixed per plot"
    assert not {"script", "link", "img", "iframe", "title"} & set(parser.elements[6:]), "nothing acts or loads, no tooltips"
    assert len(page.encode()) < 3_000_000
    return parser


@pytest.fixture(scope="module")
def pages(tmp_path_factory):
    """{what: page} of a comparison, results and causes."""
    folder = two_full_sides(tmp_path_factory.mktemp("html"))
    made = {}
    for what, arguments in (("compare", ("before", "after")), ("report", ("before/boot-0.json", "after/boot-0.json")),
                            ("show", ("before/boot-0.json",)), ("explain", ("before/boot-0.json",))):
        done = umountbench(what, *arguments, "--format", "html", "-o", f"{what}.html", cwd=folder)
        assert done.returncode == (1 if what == "compare" else 0), done.stderr
        made[what] = (folder / f"{what}.html").read_text(encoding="utf-8")
    return made


def test_a_page_is_whole_and_loads_nothing(pages):
    for page in pages.values():
        checked(page)
        assert page.startswith("<!DOCTYPE html>")


def test_the_verdict_comes_first_and_everything_has_its_place(pages):
    headings = re.findall(r"<h[12]>(.*?)</h[12]>", pages["compare"])
    assert headings[0].startswith("slower: ")
    assert headings[1:] == ["Sides", "Cases", "Plots", "Causes", "Environment", "How to do it again"]
    headings = re.findall(r"<h2>(.*?)</h2>", pages["show"])
    assert headings == ["Cases", "Plots", "Causes", "Environment", "How to do it again"]


def test_it_has_every_plot_that_there_is_something_for(pages):
    assert re.findall(r'<figure id="plot-([a-z-]+)">', pages["compare"]) == list(KINDS)
    assert re.findall(r'<figure id="plot-([a-z-]+)">', pages["explain"]) == ["causes"]
    assert "boots" not in re.findall(r'<figure id="plot-([a-z-]+)">', pages["show"]), "one boot"


@needs_root
def test_without_gnuplot_it_says_so_and_has_its_tables(tmp_path):
    two_full_sides(tmp_path, 2)
    done = umountbench("compare", "before", "after", "--format", "html", cwd=tmp_path, prefix=WITHOUT_GNUPLOT)
    assert done.returncode in (0, 1)
    assert "gnuplot-nox" in done.stderr and "<table" in done.stdout
    assert "No pictures: " in done.stdout and "gnuplot-nox" in done.stdout and "<svg" not in done.stdout


@needs_chromium
def test_the_look_itself_sees_what_is_too_wide_or_has_no_glyph(tmp_path):
    seen = chromium.look("<!DOCTYPE html><body><p>a\U00012345</p><div style='width:900px'>b</div></body>", tmp_path, 400)
    assert seen["page_width"] > seen["frame_width"]
    assert seen["missing"] == ["\U00012345"]
    seen = chromium.look("<!DOCTYPE html><body><svg width='90' height='40'><text x='5' y='20'>in</text><text x='60' y='20'>"
                         "much too long</text><text x='-9' y='20'>left</text></svg></body>", tmp_path, 400)
    assert seen["outside"] == ["much too long", "left"]


@needs_chromium
@pytest.mark.parametrize("what", ["compare", "report", "explain"])
@pytest.mark.parametrize("width", [1280, 400])
def test_nothing_overflows_and_no_glyph_is_missing(what, width, pages, tmp_path):
    seen = chromium.look(pages[what], tmp_path, width)
    assert seen["page_width"] <= seen["frame_width"] == width
    assert seen["missing"] == []
    assert seen["outside"] == []
    assert seen["tables"] > 0 and all(wide > 300 and high > 50 for wide, high in seen["svgs"])


@pytest.fixture(scope="module")
def long_names(tmp_path_factory):
    """A page of kernels as they are named by who builds them."""
    folder = tmp_path_factory.mktemp("long")
    kernels = ("6.17.0-rc4-00013-gabcdef012345", "6.17.0-rc5-00002-g0123456789ab",
               "6.17.0-rc5-00002-g0123456789ab-with-the-patches-of-somebody-on-a-branch-v1-debug",
               "6.17.0-rc5-00002-g0123456789ab-with-the-patches-of-somebody-on-a-branch-v2-debug")
    for number, kernel in enumerate(kernels):
        for turn in range(2):
            save(folder / f"{number}-{turn}.json", full(boot(kernel=kernel, number=turn, side=number)))
    done = umountbench("report", *sorted(folder.glob("*.json")), "--format", "html", "-o", "long.html", cwd=folder)
    assert done.returncode == 0, done.stderr
    return (folder / "long.html").read_text(encoding="utf-8")


def test_long_names_stay_different_and_keep_the_mode(long_names):
    [legend] = re.findall(r'<figure id="plot-distribution">.*?</figure>', long_names, re.DOTALL)
    entries = [text for text in re.findall(r"<text[^>]*>(?:<tspan[^>]*>)?([^<]*)", legend) if ", rcu=" in text]
    assert len(entries) == len(set(entries)) == 8, entries
    assert all(text.endswith((", rcu=default", ", rcu=normal")) for text in entries)
    assert any(text.startswith("6.17.0-rc4-00013-gabcdef012345, ") for text in entries), "whole where there is room"
    [bars] = re.findall(r'<figure id="plot-causes">.*?</figure>', long_names, re.DOTALL)
    names = [text for text in re.findall(r"<text[^>]*>(?:<tspan[^>]*>)?([^<]*)", bars) if text.strip().endswith("s)")]
    assert len(names) == len(set(names)) == 16, names
    assert all(re.search(r": mode=(plain|lazy)/rcu=(default|normal) \(", text) for text in names), names


@needs_chromium
def test_no_text_of_a_picture_leaves_it_with_long_names(long_names, tmp_path):
    seen = chromium.look(long_names, tmp_path, 1280)
    assert seen["outside"] == [] and seen["missing"] == [] and len(seen["svgs"]) == len(KINDS)


@needs_chromium
def test_the_picture_of_a_history_is_as_good(tmp_path):
    for number in range(8):
        save(tmp_path / f"{number}.json", boot(kernel=f"6.17.0-rc{number}-0001{number}-gabcdef0123{number}5-of-somebody",
                                               times=1.3 if number > 4 else 1, minute=10 * number))
    done = umountbench("history", *sorted(tmp_path.glob("*.json")), "--plot", "history.svg", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    svg = (tmp_path / "history.svg").read_text(encoding="utf-8")
    seen = chromium.look(f"<!DOCTYPE html><body>{svg[svg.index('<svg'):]}</body>", tmp_path, 1280)
    assert seen["outside"] == [] and seen["missing"] == [] and len(seen["svgs"]) == 1
    assert "time of a build" in svg and " ms" in svg


@needs_chromium
def test_it_is_light_or_dark_as_the_reader_is_and_plots_stay_on_white(pages, tmp_path):
    light, dark = (chromium.look(pages["compare"], tmp_path, 1280, dark) for dark in (False, True))
    assert light["background"] == "rgb(255, 255, 255)" and dark["background"] == "rgb(13, 17, 23)"
    assert dark["ink"] != light["ink"]
    assert set(light["plot_background"] + dark["plot_background"]) == {"rgb(255, 255, 255)"}


@needs_chromium
def test_where_styles_are_blocked_tables_and_plots_are_still_there(pages, tmp_path):
    page = re.sub(r"<style>.*?</style>", "", pages["compare"], flags=re.DOTALL)
    seen = chromium.look(page, tmp_path, 1280)
    assert seen["tables"] >= 3 and len(seen["svgs"]) == len(KINDS)
    assert all(wide == 900 for wide, _ in seen["svgs"]), "the size is an attribute"
    assert page.count('fill="#ffffff"') >= len(KINDS), "each plot brings its white card"
