// SPDX-License-Identifier: Apache-2.0
#include "render/formats.h"

#include "render/csv.h"
#include "render/github.h"
#include "render/history_formats.h"
#include "render/html.h"
#include "render/json.h"
#include "render/junit.h"
#include "render/lkml.h"
#include "render/markdown.h"
#include "render/outside_formats.h"
#include "render/terminal.h"

#include <array>

namespace umb {

namespace {

constexpr std::array<Format, 20> kFormats{{
    {"terminal", "tables for people", "all that a reader needs to judge", terminal_run, terminal_comparison,
     terminal_explanation, terminal_history},
    {"markdown", "a step summary or merge request comment", "the same, under 64 KiB", markdown_run, markdown_comparison,
     markdown_explanation, markdown_history},
    {"html", "a page to keep or to publish", "the same with plots, in one file", html_run, html_comparison,
     html_explanation, nullptr, true},
    {"json", "scripts", "every figure, unrounded", json_run, json_comparison, nullptr, json_history},
    {"csv", "spreadsheets and data frames", "a row a case and quantile", csv_run, csv_comparison, nullptr, csv_history},
    {"junit", "CI servers", "a test a case", junit_run, junit_comparison, nullptr},
    {"github", "GitHub Actions", "annotations, ten of a kind", nullptr, github_comparison, nullptr},
    {"lkml", "a mailing list", "75 columns of ASCII, with how to do it again", lkml_run, lkml_comparison, nullptr},
    {"ktap", "kselftest, prove", "a test a case", ktap_run, ktap_comparison, nullptr, nullptr, false, &kDotted},
    {"kcidb", "KernelCI's database", "a test a case, its median as the number", kcidb_run, kcidb_comparison, nullptr,
     nullptr, false, &kDotted},
    {"lava", "LAVA, LKFT", "a line a case: result and median", lava_run, lava_comparison, nullptr, nullptr, false,
     &kDotted},
    {"tmt", "tmt, Testing Farm", "results.json of a test of its own results", tmt_run, tmt_comparison, nullptr, nullptr,
     false, &kFolders},
    {"lkp", "lkp-tests", "key: number", lkp_run, lkp_comparison, nullptr, nullptr, false, &kDotted},
    {"google-benchmark", "compare.py of Google Benchmark", "a row a sample, or a boot", google_benchmark_run,
     google_benchmark_comparison, nullptr, nullptr, false, &kColons},
    {"github-action-benchmark", "the action of that name, as customSmallerIsBetter", "the median a case",
     github_action_benchmark_run, github_action_benchmark_comparison, nullptr, nullptr, false, &kAsItIs},
    {"bencher", "Bencher", "the median a case, with its interval", bencher_run, bencher_comparison, nullptr, nullptr,
     false, &kAsItIs},
    {"benchstat", "benchstat", "a line a sample, or a boot", benchstat_run, benchstat_comparison, nullptr, nullptr,
     false, &kAsItIs},
    {"hyperfine", "hyperfine's scripts", "every sample, or boot, in seconds", hyperfine_run, hyperfine_comparison,
     nullptr, nullptr, false, &kAsItIs},
    {"otava", "Apache Otava", "a row a run, the median a case", otava_run, otava_comparison, nullptr, otava_history,
     false, &kDotted},
    {"openmetrics", "Prometheus, GitLab's metrics report", "quantiles, ratios and verdicts", openmetrics_run,
     openmetrics_comparison, nullptr},
}};

bool shows(const Format& format, Subject subject) {
  switch (subject) {
    case Subject::kRun:
      return format.run != nullptr;
    case Subject::kComparison:
      return format.comparison != nullptr;
    case Subject::kExplanation:
      return format.explanation != nullptr;
    case Subject::kHistory:
      break;
  }
  return format.history != nullptr;
}

Result<void> check_names(const Format& format, const std::vector<std::string>& ids) {
  if (format.case_names == nullptr) return {};
  Result<void> checked = refuse_collisions(ids, *format.case_names);
  if (!checked.has_value()) return while_doing(std::string("writing ") + format.name, checked.error());
  return checked;
}

/// By themselves and with what tells them apart, which some formats leave out.
Result<void> check_names(const Format& format, const std::vector<TestCase>& cases) {
  if (format.case_names == nullptr) return {};
  std::vector<std::string> ids;
  std::vector<std::string> full_ids;
  ids.reserve(cases.size());
  full_ids.reserve(cases.size());
  for (const TestCase& one : cases) {
    ids.push_back(one.id);
    full_ids.push_back(full_id(one));
  }
  UMB_TRY(check_names(format, ids));
  return check_names(format, full_ids);
}

}  // namespace

std::span<const Format> formats() {
  return kFormats;
}

const Format* find_format(std::string_view name) {
  for (const Format& format : kFormats) {
    if (format.name == name) return &format;
  }
  return nullptr;
}

std::vector<std::string> format_names(Subject subject) {
  std::vector<std::string> names;
  for (const Format& format : kFormats) {
    if (shows(format, subject)) names.emplace_back(format.name);
  }
  return names;
}

Result<std::string> in_format(const Format& format, RunViews runs, const RenderOptions& options) {
  UMB_TRY(check_names(format, test_cases(runs)));
  return format.run(runs, options);
}

Result<std::string> in_format(const Format& format, const ComparisonView& comparison, const RenderOptions& options) {
  UMB_TRY(check_names(format, test_cases(comparison.comparison)));
  return format.comparison(comparison, options);
}

Result<std::string> in_format(const Format& format, const History& history, const RenderOptions& options) {
  std::vector<std::string> ids;
  ids.reserve(history.series.size());
  for (const HistorySeries& one : history.series) ids.push_back(one.case_id);
  UMB_TRY(check_names(format, ids));
  return format.history(history, options);
}

}  // namespace umb
