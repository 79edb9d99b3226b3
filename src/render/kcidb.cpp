// SPDX-License-Identifier: Apache-2.0
// Tests alone: which checkout and build they are of is for whoever sends them to know.
#include "base/text.h"
#include "render/escape.h"
#include "render/facts_text.h"
#include "render/figures.h"
#include "render/json_text.h"
#include "render/outside_formats.h"
#include "render/outside_names.h"

#include <regex>

#include <nlohmann/json.hpp>

namespace umb {

namespace {

using Json = nlohmann::ordered_json;

constexpr int kMajor = 5;
constexpr int kMinor = 3;
constexpr const char* kOrigin = "umountbench";
constexpr size_t kMostOfALog = 16384;

/// What a test is told beside its case.
struct Run {
  std::string id;  ///< of the run, or of the first of a side's
  std::string started_at;
  std::string kernel;
  std::string machine;
};

const char* status(const TestCase& one) {
  switch (one.outcome) {
    case TestOutcome::kPassed:
      break;
    case TestOutcome::kFailure:
      return "FAIL";
    case TestOutcome::kError:
      return "ERROR";
    case TestOutcome::kSkipped:
      return "SKIP";
  }
  // Measured, but not judged.
  return one.row == nullptr || one.row->verdict == Verdict::kInconclusive ? "DONE" : "PASS";
}

void add_if_there(Json& to, const char* name, std::optional<double> value) {
  if (value = finite(value); value) to[name] = *value;
}

Json misc(const TestCase& one, const std::string& id) {
  Json made{{"case", printable(id)}, {"metric", printable(one.figures.metric)}};
  if (one.figures.p50) made["samples"] = one.figures.samples;
  if (const auto& interval = one.figures.p50_interval) {
    made["p50_interval"] = Json::array({interval->low, interval->high});
  }
  add_if_there(made, "minimum", one.figures.minimum);
  add_if_there(made, "p50", one.figures.p50);
  add_if_there(made, "p90", one.figures.p90);
  add_if_there(made, "p99", one.figures.p99);
  add_if_there(made, "maximum", one.figures.maximum);
  if (one.row != nullptr) {
    made["verdict"] = verdict_name(one.row->verdict);
    if (const QuantileResult* judged = deciding_figure(one)) add_if_there(made, "ratio", judged->ratio);
  }
  return made;
}

std::string log_of(const TestCase& one) {
  std::vector<std::string> lines = all_lines(one);
  for (std::string& line : lines) line = ascii_text(line);
  return join(lines, "\n").substr(0, kMostOfALog);
}

/// Nothing may be null, and a time must be one.
Json test(const TestCase& one, const std::string& path, const Run& run) {
  static const std::regex kTime(R"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z)");
  const std::string origin = std::string(kOrigin) + ":";
  Json made{{"id", origin + outside_name(run.id, kDotted) + "." + path},
            {"origin", kOrigin},
            {"build_id", origin + outside_name(run.kernel, kDotted)},
            {"path", path},
            {"status", status(one)}};
  if (one.figures.p50) {
    const bool time = one.figures.unit == "ns";
    made["number"] = {{"value", time ? *one.figures.p50 / kNsPerSecond : *one.figures.p50},
                      {"unit", time ? "s" : printable(one.figures.unit)},
                      {"prefix", "metric"}};
  }
  if (std::regex_match(run.started_at, kTime)) made["start_time"] = run.started_at;
  made["environment"] = {{"comment", printable(run.machine)}};
  if (const std::string log = log_of(one); !log.empty()) made["log_excerpt"] = log;
  made["misc"] = misc(one, full_id(one));
  return made;
}

std::string document(const std::vector<TestCase>& cases, const std::vector<Run>& runs, const std::string& headline) {
  const std::vector<std::string> paths = outside_names(cases, kDotted);
  Json tests = Json::array();
  for (size_t i = 0; i < cases.size(); ++i) {
    tests.push_back(test(cases[i], paths[i], runs[cases[i].of]));
    if (!headline.empty()) tests.back()["misc"]["headline"] = printable(headline);
  }
  const Json all{{"version", {{"major", kMajor}, {"minor", kMinor}}}, {"tests", tests}};
  return json_document(all);
}

}  // namespace

std::string kcidb_run(RunViews runs, const RenderOptions&) {
  std::vector<Run> all;
  all.reserve(runs.size());
  for (const RunView& view : runs) {
    const RunRecord& record = view.record;
    const Facts& facts = record.environment_before;
    all.push_back({record.run.id, record.run.started_at, fact(facts, "kernel_release"), kernel_line(facts)});
  }
  return document(test_cases(runs), all, "");
}

std::string kcidb_comparison(const ComparisonView& view, const RenderOptions&) {
  std::vector<Run> all;
  all.reserve(view.comparison.sides.size());
  for (const Side& side : view.comparison.sides) {
    const BootDigest nothing;
    const BootDigest& boot = side.boots.empty() ? nothing : side.boots[0];
    const Facts& facts = boot.environment;
    all.push_back({boot.run_id, boot.started_at, fact(facts, "kernel_release"), kernel_line(facts)});
  }
  return document(test_cases(view.comparison), all, view.comparison.headline);
}

}  // namespace umb
