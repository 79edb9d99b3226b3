# SPDX-License-Identifier: Apache-2.0
"""Each lint passes on a small good tree and fails on the one thing that it is for."""

import os
import subprocess

import pytest

SCRIPTS = os.path.join(os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__)))), "scripts")
SPDX = "// SPDX-License-Identifier: Apache-2.0\n"
ROOMS = """# SPDX-License-Identifier: Apache-2.0
function(room NAME)
endfunction()
room(base)
room(sys      SEES base   USES PkgConfig::MOUNT)
room(runner   SEES base sys)
room(stats    SEES base)
room(app      SEES base sys stats
              runner)
"""


@pytest.fixture
def tree(tmp_path):
    """A tree that every lint is content with; add(path, text) puts a file into it."""
    subprocess.run(["git", "init", "-q", str(tmp_path)], check=True)

    def add(path, text):
        file = tmp_path / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
        return path

    add("src/CMakeLists.txt", ROOMS)
    add("src/base/result.h", SPDX + "#include <tl/expected.hpp>\n")
    add("src/sys/mount.cpp", SPDX + '#include "base/result.h"\n\n#include <sys/mount.h>\n\nint f() { return umount2("", 0); }\n')
    add("src/runner/block.cpp", SPDX + "#include <benchmark/benchmark.h>\n")
    add("README.md", "# A house\n")
    add.root = tmp_path
    return add


def run_lint(name, tree, **environment):
    return subprocess.run([os.path.join(SCRIPTS, name), str(tree.root)], env={**os.environ, **environment},
                          stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=60, check=False)


def assert_found(done, place):
    """The lint failed and named FILE:LINE, and nothing else."""
    told = [line for line in (done.stdout + done.stderr).splitlines() if line.split(" ")[0].count(":") >= 2]
    assert done.returncode == 1, done
    assert told and all(line.startswith(place + ":") for line in told), told


@pytest.mark.parametrize("name", ["lint-rooms", "lint-spdx", "lint-words", "lint-length", "lint-format"])
def test_good_tree_passes(name, tree):
    done = run_lint(name, tree)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


@pytest.mark.parametrize("path, text", [
    ("src/base/up.cpp", '#include "sys/knob.h"\n'),
    ("src/stats/beside.cpp", '#include "runner/block.h"\n'),
    ("src/base/no_room.cpp", '#include "result.h"\n'),
    ("src/base/parse.h", "#include <nlohmann/json.hpp>\n"),
    ("src/base/talk.cpp", "#include <spdlog/spdlog.h>\n"),
    ("src/sys/expected.cpp", "#include <tl/expected.hpp>\n"),
    ("src/runner/direct.cpp", "#include <sys/mount.h>\n"),
    ("src/runner/table.cpp", "#include <libmount.h>\n"),
    ("src/runner/t_distribution.cpp", "#include <boost/math/distributions/students_t.hpp>\n"),
    ("src/runner/options.cpp", "#include <CLI/CLI.hpp>\n"),
    ("src/runner/moving.cpp", "#include <libkmod.h>\n"),
    ("src/runner/archives.cpp", "#include <archive.h>\n"),
    ("src/sys/timing.cpp", "#include <benchmark/benchmark.h>\n"),
    ("src/runner/other_block.cpp", "#include <benchmark/benchmark.h>\n"),
    ("src/runner/call.cpp", 'int g() { return ::umount2("", 0); }\n'),
    ("src/runner/raw_call.cpp", "long h() { return syscall(SYS_mount, 0); }\n"),
    ("src/base/check.cpp", "#include <gtest/gtest.h>\n"),
    ("src/app/cmd_compare.cpp", '#include "sys/mount.h"\n'),
    ("src/app/show_newest.cpp", '#include "runner/block.h"\n'),
])
def test_include_or_call_through_the_wrong_door_is_found(path, text, tree):
    tree(path, SPDX + text)
    assert_found(run_lint("lint-rooms", tree), f"{path}:2")


def test_tests_may_use_the_testing_room_and_gtest(tree):
    tree("src/CMakeLists.txt", ROOMS + "room(testing)\n")
    tree("src/base/result_test.cpp", SPDX + '#include "base/result.h"\n#include "testing/golden.h"\n#include <gtest/gtest.h>\n')
    assert run_lint("lint-rooms", tree).returncode == 0


def test_a_header_for_tests_may_use_the_testing_room_and_code_may_not_use_the_header(tree):
    tree("src/CMakeLists.txt", ROOMS + "room(testing)\n")
    tree("src/base/test_made.h", SPDX + '#include "testing/golden.h"\n')
    assert run_lint("lint-rooms", tree).returncode == 0
    tree("src/base/text.cpp", SPDX + '#include "base/test_made.h"\n')
    assert_found(run_lint("lint-rooms", tree), "src/base/text.cpp:2")


def test_code_may_not_use_the_testing_room(tree):
    tree("src/CMakeLists.txt", ROOMS + "room(testing)\n")
    tree("src/base/text.cpp", SPDX + '#include "testing/golden.h"\n')
    assert_found(run_lint("lint-rooms", tree), "src/base/text.cpp:2")


def test_names_in_comments_and_texts_are_no_calls(tree):
    tree("src/runner/words.cpp", SPDX + 'const char* kText = "umount2(x)";  // umount2() is timed elsewhere\n')
    assert run_lint("lint-rooms", tree).returncode == 0


def test_loose_file_is_found(tree):
    path = tree("src/attic.cpp", SPDX)
    assert_found(run_lint("lint-rooms", tree), f"{path}:1")


def test_folder_without_a_room_is_found(tree):
    path = tree("src/cellar/wine.cpp", SPDX)
    assert_found(run_lint("lint-rooms", tree), f"{path}:1")


def test_cycle_of_rooms_is_found(tree):
    tree("src/CMakeLists.txt", ROOMS.replace("room(base)", "room(base     SEES runner)"))
    done = run_lint("lint-rooms", tree)
    assert done.returncode == 1
    assert "base sees itself" in done.stdout


def test_unknown_room_in_the_list_is_found(tree):
    tree("src/CMakeLists.txt", ROOMS + "room(attic SEES roof)\n")
    assert_found(run_lint("lint-rooms", tree), "src/CMakeLists.txt:10")


@pytest.mark.parametrize("path, text", [("src/base/a.cpp", "int a;\n"), ("scripts/a", "#!/bin/sh\ntrue\n"),
                                        ("tests/a.py", "\n\n# SPDX-License-Identifier: Apache-2.0\n")])
def test_missing_licence_line_is_found(path, text, tree):
    tree(path, text)
    assert_found(run_lint("lint-spdx", tree), f"{path}:1")


@pytest.mark.parametrize("text", ["// TO" "DO: later", "// FIX" "ME", "// XX" "X", "cd /wo" "rk/main", "'/ro" "ot/x'",
                                  "http://deb.mir" "ror.example/debian"])
def test_word_that_must_not_be_committed_is_found(text, tree):
    tree("notes.md", f"first\n{text}\n")
    assert_found(run_lint("lint-words", tree), "notes.md:2")


def test_template_of_a_temporary_name_is_no_mark(tree):
    tree("notes.md", "mkdtemp takes /tmp/nameXXXXXX and container/root/etc\n")
    assert run_lint("lint-words", tree).returncode == 0


def test_long_file_is_noted_and_a_longer_one_found(tree):
    tree("src/base/long.cpp", SPDX * 301)
    done = run_lint("lint-length", tree)
    assert done.returncode == 0 and "301 lines" in done.stdout
    tree("src/base/long.cpp", SPDX * 501)
    assert run_lint("lint-length", tree).returncode == 1


def test_badly_formatted_file_is_found(tree):
    tree(".clang-format", "BasedOnStyle: LLVM\n")
    tree("src/base/wild.cpp", SPDX + "int   a ;\n")
    done = run_lint("lint-format", tree)
    assert_found(done, "src/base/wild.cpp:2")


@pytest.mark.parametrize("text, found", [("Say `umountbench run --rounds 3`.", False), ("`sudo umountbench rum`", True),
                                         ("```\nscripts/run list\n```", False), ("```\n$ umountbench fly\n```", True),
                                         ("umountbench was made for this", False)])
def test_command_that_the_program_lacks_is_found(text, found, tree):
    program = tree.root / "umountbench"
    program.write_text("#!/bin/sh\nprintf 'Commands:\\n  run   measures\\n  list  lists\\n'\n")
    program.chmod(0o755)
    tree("README.md", f"# A house\n{text}\n")
    assert run_lint("lint-docs", tree, UMOUNTBENCH=str(program)).returncode == (1 if found else 0)
