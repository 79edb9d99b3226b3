# SPDX-License-Identifier: Apache-2.0
"""What the readers of other projects' formats demand of a text. Each function refuses by an AssertionError and returns what
was read. By the program or library itself where Debian has it, else by what its documentation and source demand."""

import csv
import io
import json
import math
import os
import re
import shlex
import shutil
import subprocess

import pytest

from helpers import TOP

TMT_SCHEMA = os.path.join(TOP, "../shared/third_party/tmt-results.yaml")
NAME = re.compile(r"[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+)*")
TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|\+00:00)")
KTAP_LINE = re.compile(r"(not )?ok (?P<number>\d+) (?P<name>[A-Za-z0-9_.-]+)( # (SKIP|ERROR)( .*)?)?")


def strict_json(text):
    """As the strictest parsers read it: ASCII, no NaN, no key twice."""
    def no_constant(word):
        raise AssertionError(word)

    def no_double(pairs):
        assert len(pairs) == len(dict(pairs)), pairs
        return dict(pairs)
    assert text.isascii() and text.endswith("\n")
    return json.loads(text, parse_constant=no_constant, object_pairs_hook=no_double)


def is_number(value):
    return isinstance(value, (int, float)) and not isinstance(value, bool) and math.isfinite(value)


def unique(names):
    assert len(set(names)) == len(names), "two of one name"
    return names


def ktap(text):
    """{name: "ok" or "not ok"}; what it says of skipped ones and errors is left out."""
    lines = text.splitlines()
    assert lines[0] == "KTAP version 1"
    results = [KTAP_LINE.fullmatch(line) for line in lines[2:] if not line.startswith("# ")]
    assert all(results), "nothing but results and remarks"
    assert [int(result["number"]) for result in results] == list(range(1, len(results) + 1))
    assert re.fullmatch(rf"1\.\.{len(results)}( # SKIP no case)?", lines[1])
    unique([result["name"] for result in results])
    return {result["name"]: "not ok" if result[1] else "ok" for result in results}


def prove_refusal():
    return "" if shutil.which("prove") else "not installed: prove (Debian package perl)"


def prove(path):
    """(exit code, failed tests, what is wrong with the text itself) as prove reads the file."""
    done = subprocess.run(["prove", "--exec", "cat", str(path)], capture_output=True, text=True, timeout=60, check=False)
    failed = re.search(r"^Failed (\d+)/", done.stdout, re.MULTILINE)
    return done.returncode, int(failed[1]) if failed else 0, re.findall(r"Parse errors: .*", done.stdout)


COMPARE_PY = "/usr/share/benchmark/compare.py"
SYSTEM_PYTHON = "/usr/bin/python3"


def compare_py_refusal():
    if not os.path.exists(COMPARE_PY):
        return "not installed: compare.py (Debian package libbenchmark-tools)"
    if subprocess.run([SYSTEM_PYTHON, "-c", "import scipy"], capture_output=True, timeout=60, check=False).returncode != 0:
        return "not installed: scipy (Debian package python3-scipy)"
    return ""


def compare_py(folder, *command):
    """{name: what Google Benchmark's compare.py found} of `benchmarks A B` or `filters FILE A B`."""
    found = folder / "found.json"
    done = subprocess.run([SYSTEM_PYTHON, COMPARE_PY, "--no-color", "-d", str(found), *map(str, command)],
                          capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done
    return {one["name"]: one for one in json.loads(found.read_text()) if one["name"] != "OVERALL_GEOMEAN"}


def kcidb(text):
    """{path: test}"""
    said = strict_json(text)
    assert said["version"] == {"major": 5, "minor": 3} and set(said) == {"version", "tests"}
    for test in said["tests"]:
        assert set(test) <= {"id", "origin", "build_id", "path", "status", "number", "start_time", "environment",
                             "log_excerpt", "misc"}
        assert re.fullmatch("[a-z0-9_]+", test["origin"])
        assert test["id"].startswith(test["origin"] + ":") and test["build_id"].startswith(test["origin"] + ":")
        assert NAME.fullmatch(test["path"])
        assert test["status"] in ("FAIL", "ERROR", "MISS", "PASS", "DONE", "SKIP")
        if "number" in test:
            assert set(test["number"]) == {"value", "unit", "prefix"} and is_number(test["number"]["value"])
            assert test["number"]["prefix"] in ("metric", "binary")
        assert TIME.fullmatch(test.get("start_time", "2026-01-01T00:00:00Z"))
        assert set(test["environment"]) <= {"comment", "misc"}
        assert len(test.get("log_excerpt", "")) <= 16384
        assert None not in (*test.values(), *test["misc"].values())
    unique([test["id"] for test in said["tests"]])
    return {test["path"]: test for test in said["tests"]}


def lava(text):
    """{name: (result, value)}"""
    lines = [re.fullmatch(r"([A-Za-z0-9_.-]+) (pass|fail|skip)(?: (\S+) (\S+))?", line) for line in text.splitlines()]
    assert lines and all(lines), text[:1000]
    unique([line[1] for line in lines])
    return {line[1]: (line[2], float(line[3]) if line[3] else None) for line in lines}


def tmt_schema_refusal():
    try:
        import jsonschema  # pylint: disable=unused-import,import-outside-toplevel  # noqa: F401
        import yaml  # pylint: disable=unused-import,import-outside-toplevel  # noqa: F401
    except ImportError as missing:
        return f"not installed: {missing.name} (Debian package python3-{missing.name})"
    return "" if os.path.exists(TMT_SCHEMA) else "tmt-results.yaml is not beside the project (../shared/third_party)"


def tmt_faults(document):
    """Against tmt's own schema; what that takes from another file is written here as tmt's documentation says it."""
    import jsonschema  # pylint: disable=import-outside-toplevel
    import yaml  # pylint: disable=import-outside-toplevel
    common = {"definitions": {
        "result_outcome": {"enum": ["pass", "fail", "info", "warn", "error", "skip", "pending"]},
        "result_note": {"type": "array", "items": {"type": "string"}},
        "result_log": {"type": "array", "items": {"type": "string"}},
        "role": {"type": ["string", "null"]}, "context": {"type": "object"}, "timestamp": {"type": "string"}}}
    with open(TMT_SCHEMA, encoding="utf-8") as file:
        schema = yaml.safe_load(file)
    resolver = jsonschema.RefResolver("", schema, store={"/schemas/common": common, "/schemas/results": schema})
    return [error.message for error in jsonschema.Draft7Validator(schema, resolver=resolver).iter_errors(document)]


def tmt(text):
    """{name: result}"""
    said = strict_json(text)
    assert said[0]["name"] == "/", "the whole test"
    for one in said:
        assert re.fullmatch(r"/([A-Za-z0-9_.-]+(/[A-Za-z0-9_.-]+)*)?", one["name"]) and ".." not in one["name"]
        assert one["result"] in ("pass", "fail", "info", "warn", "error", "skip")
        assert all(isinstance(note, str) for note in one["note"])
    unique([one["name"] for one in said])
    if not tmt_schema_refusal():
        assert tmt_faults(said) == []
    return {one["name"]: one["result"] for one in said}


def lkp(text):
    """{key: number}"""
    lines = [re.fullmatch(r"([A-Za-z0-9_.-]+): (\S+)", line) for line in text.splitlines()]
    assert lines and all(lines), text[:1000]
    unique([line[1] for line in lines])
    return {line[1]: float(line[2]) for line in lines}


def google_benchmark(text):
    """{name: times}; what compare.py, Bencher, Conbench and the GitHub action read."""
    said = strict_json(text)
    context, samples = said["context"], {}
    assert TIME.fullmatch(context["date"]) or not context["date"]
    assert context["json_schema_version"] == 1 and isinstance(context["caches"], list)
    assert all(is_number(context[key]) for key in ("num_cpus", "mhz_per_cpu")) and all(map(is_number, context["load_avg"]))
    for row in said["benchmarks"]:
        assert re.fullmatch(r"[A-Za-z0-9_.:/-]+/real_time", row["name"]) and row["run_name"] == row["name"]
        assert row["run_type"] == "iteration" and row["time_unit"] in ("ns", "us", "ms", "s")
        assert is_number(row["real_time"]) and is_number(row["cpu_time"]) and row["real_time"] > 0 < row["cpu_time"]
        assert (row["iterations"], row["threads"]) == (1, 1)
        samples.setdefault(row["name"], []).append(row)
    for rows in samples.values():
        assert [row["repetition_index"] for row in rows] == list(range(len(rows)))
        assert {row["repetitions"] for row in rows} == {len(rows)}
        assert len({row["family_index"] for row in rows}) == 1
    return {name: [row["real_time"] for row in rows] for name, rows in samples.items()}


def github_action_benchmark(text):
    """{name: value}"""
    said = strict_json(text)
    for one in said:
        assert {"name", "value", "unit"} <= set(one) <= {"name", "value", "unit", "range", "extra"}
        assert is_number(one["value"]) and isinstance(one.get("range", ""), str)
        assert re.fullmatch(r"[A-Za-z0-9_./=-]+", one["name"]) and re.fullmatch("[A-Za-z0-9_./-]+", one["unit"])
    unique([one["name"] for one in said])
    return {one["name"]: one["value"] for one in said}


def bencher(text):
    """{benchmark: {measure: value}}"""
    said = strict_json(text)
    for name, measures in said.items():
        assert re.fullmatch(r"[A-Za-z0-9_./=-]{1,1024}", name)
        for measure, value in measures.items():
            assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", measure) and len(measure) <= 64
            assert "value" in value and set(value) <= {"value", "lower_value", "upper_value"}
            assert all(map(is_number, value.values()))
    return {name: {measure: value["value"] for measure, value in measures.items()} for name, measures in said.items()}


def benchstat(text):
    """[(settings, name, value, unit)]"""
    settings, results = {}, []
    assert max(map(len, text.splitlines())) < 65536, "a longer line ends the reading"
    for line in text.splitlines():
        result = re.fullmatch(r"Benchmark([A-Z_0-9-]\S*) (\d+) (\S+) (\S+)", line)
        setting = re.fullmatch(r"([a-z][a-z0-9-]*):(?: (.*))?", line)
        if result:
            results.append((dict(settings), result[1], float(result[3]), result[4]))
        elif setting:
            settings[setting[1]] = setting[2]
        else:
            assert not line or re.fullmatch(r"Unit \S+ better=(lower|higher)", line), line
    assert text.isascii()
    return results


def hyperfine(text):
    """{command: times}"""
    said = strict_json(text)
    for one in said["results"]:
        assert all(is_number(one[key]) for key in ("mean", "median", "user", "system", "min", "max"))
        assert one["stddev"] is None if len(one["times"]) == 1 else is_number(one["stddev"])
        assert one["times"] and len(one["exit_codes"]) == len(one["times"])
        assert math.isclose(one["mean"], sum(one["times"]) / len(one["times"]))
        assert (one["min"], one["max"]) == (min(one["times"]), max(one["times"]))
        assert all(isinstance(value, str) for value in one["parameters"].values())
    unique([one["command"] for one in said["results"]])
    return {one["command"]: one["times"] for one in said["results"]}


def otava(text):
    """[{column: cell}]"""
    rows = list(csv.DictReader(io.StringIO(text)))
    metrics = text.splitlines()[0].split(",")[4:]
    assert text.startswith("time,kernel,label,source") and all(map(NAME.fullmatch, metrics))
    for row in rows:
        assert None not in row and None not in row.values(), "as many cells as the header has"
        assert all(math.isfinite(float(row[metric])) for metric in metrics), "an empty cell is fatal"
    assert [row["time"] for row in rows] == sorted(row["time"] for row in rows)
    return rows


def openmetrics(text):
    """{(metric, case, quantile): value}"""
    parser = pytest.importorskip("prometheus_client.openmetrics.parser",
                                 reason="not installed: python3-prometheus-client")
    older = pytest.importorskip("prometheus_client.parser", reason="not installed: python3-prometheus-client")
    families = list(parser.text_string_to_metric_families(text))
    assert families and all(family.documentation and family.name.startswith("umountbench_") for family in families)
    assert [family.name for family in older.text_string_to_metric_families(text)] == [family.name for family in families]
    samples = [(sample.name, *sorted(sample.labels.items())) for family in families for sample in family.samples]
    unique(samples)
    assert len(gitlab_metrics(text)) == len(samples), "no line is cut or is another one's"
    return {(sample.name, sample.labels.get("case"), sample.labels.get("quantile")): sample.value
            for family in families for sample in family.samples}


def promtool_refusal():
    return "" if shutil.which("promtool") else "not installed: promtool (Debian package prometheus)"


def promtool_faults(text):
    """What `promtool check metrics` says against it; "" for nothing."""
    done = subprocess.run(["promtool", "check", "metrics"], input=text, capture_output=True, text=True, timeout=20, check=False)
    return "" if done.returncode == 0 else done.stdout + done.stderr


def gitlab_metrics(text):
    """{name: value} as GitLab's metrics report reads them: what is behind a # is gone, the rest are words of a shell, the
    first of which is the name."""
    metrics = {}
    for line in text.splitlines():
        if not line or line.startswith("#"):
            continue
        name, *values = shlex.split(line.split("#")[0])
        assert len(values) == 1 and math.isfinite(float(values[0])) and name not in metrics, line
        metrics[name] = values[0]
    return metrics


READERS = {"ktap": ktap, "kcidb": kcidb, "lava": lava, "tmt": tmt, "lkp": lkp, "google-benchmark": google_benchmark,
           "github-action-benchmark": github_action_benchmark, "bencher": bencher, "benchstat": benchstat,
           "hyperfine": hyperfine, "otava": otava, "openmetrics": openmetrics}
