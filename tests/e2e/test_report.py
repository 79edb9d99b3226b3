# SPDX-License-Identifier: Apache-2.0
"""`report --filter`: only those cases, in whatever format, and nothing that is said of the others."""

import pytest

from helpers import umountbench
from made_results import boot, save

SHOWN, OTHER = "umount/fs=tmpfs/mode=lazy", "umount/fs=tmpfs/mode=plain"


@pytest.fixture
def path(tmp_path):
    made = boot()
    ids = [case["id"] for case in made["cases"]]
    assert any(SHOWN in one for one in ids) and any(OTHER in one for one in ids)
    made["warnings"] = [{"code": "a", "message": "about the plain one", "case": one} for one in ids if OTHER in one]
    made["warnings"].append({"code": "b", "message": "about the whole run", "case": None})
    save(tmp_path / "a.json", made)
    return tmp_path / "a.json"


@pytest.mark.parametrize("name", ["terminal", "markdown", "html", "json", "csv", "junit", "lkml", "ktap", "openmetrics"])
def test_only_cases_that_match_are_shown(path, name):
    whole = umountbench("report", path, "--format", name)
    done = umountbench("report", path, "--format", name, "--filter", "mode=lazy")
    assert (whole.returncode, done.returncode) == (0, 0), done
    shown, other = ("mode-lazy", "mode-plain") if name == "ktap" else ("mode=lazy", "mode=plain")
    made = done.stdout.split("<pre")[0]  # the page ends with the plan of the run, which had them all
    assert shown in made and other in whole.stdout.split("<pre")[0] and other not in made
    assert "about the plain one" not in done.stdout


def test_what_is_said_of_the_whole_run_stays(path):
    done = umountbench("report", path, "--filter", "mode=lazy")
    assert "about the whole run" in done.stdout and "about the plain one" in umountbench("report", path).stdout


@pytest.mark.parametrize("name", ["terminal", "otava", "lava", "junit"])
def test_a_result_without_such_a_case_is_as_if_it_were_not_named(path, tmp_path, name):
    without = boot(number=1)
    without["cases"] = [case for case in without["cases"] if SHOWN in case["id"]]
    save(tmp_path / "b.json", without)
    alone, both = (umountbench("report", *paths, "--format", name, "--filter", "mode=plain")
                   for paths in ((path,), (path, tmp_path / "b.json")))
    assert (both.returncode, both.stdout) == (0, alone.stdout) and "mode" in both.stdout


@pytest.mark.parametrize("pattern, told", [("no-such", "matches no case of these results"),
                                           ("(", "is not a regular expression")])
def test_a_pattern_that_shows_nothing_is_an_error(path, pattern, told):
    done = umountbench("report", path, "--filter", pattern)
    assert done.returncode == 2 and done.stdout == ""
    assert told in done.stderr
