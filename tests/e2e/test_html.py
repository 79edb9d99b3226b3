# SPDX-License-Identifier: Apache-2.0
"""The format html: one file that needs nothing else, looked at in a browser."""

import html.parser
import re

import pytest

import chromium
from helpers import needs_program, needs_root, umountbench
from made_plots import KINDS, two_full_sides
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


@needs_chromium
@pytest.mark.parametrize("what", ["compare", "report", "explain"])
@pytest.mark.parametrize("width", [1280, 400])
def test_nothing_overflows_and_no_glyph_is_missing(what, width, pages, tmp_path):
    seen = chromium.look(pages[what], tmp_path, width)
    assert seen["page_width"] <= seen["frame_width"] == width
    assert seen["missing"] == []
    assert seen["tables"] > 0 and all(wide > 300 and high > 50 for wide, high in seen["svgs"])


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
