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
     markdown_explanation},
    {"html", "a page to keep or to publish", "the same with plots, in one file", html_run, html_comparison,
     html_explanation, nullptr, true},
    {"json", "scripts", "every figure, unrounded", json_run, json_comparison, nullptr, json_history},
    {"csv", "spreadsheets and data frames", "a row a case and quantile", csv_run, csv_comparison, nullptr, csv_history},
    {"junit", "CI servers", "a test a case", junit_run, junit_comparison, nullptr},
    {"github", "GitHub Actions", "annotations, ten of a kind", nullptr, github_comparison, nullptr},
    {"lkml", "a mailing list", "75 columns of ASCII, with how to do it again", lkml_run, lkml_comparison, nullptr},
    {"ktap", "kselftest, prove", "a test a case", ktap_run, ktap_comparison, nullptr},
    {"kcidb", "KernelCI's database", "a test a case, its median as the number", kcidb_run, kcidb_comparison, nullptr},
    {"lava", "LAVA, LKFT", "a line a case: result and median", lava_run, lava_comparison, nullptr},
    {"tmt", "tmt, Testing Farm", "results.json of a test of its own results", tmt_run, tmt_comparison, nullptr},
    {"lkp", "lkp-tests", "key: number", lkp_run, lkp_comparison, nullptr},
    {"google-benchmark", "compare.py of Google Benchmark", "a row a sample, or a boot", google_benchmark_run,
     google_benchmark_comparison, nullptr},
    {"github-action-benchmark", "the action of that name, as customSmallerIsBetter", "the median a case",
     github_action_benchmark_run, github_action_benchmark_comparison, nullptr},
    {"bencher", "Bencher", "the median a case, with its interval", bencher_run, bencher_comparison, nullptr},
    {"benchstat", "benchstat", "a line a sample, or a boot", benchstat_run, benchstat_comparison, nullptr},
    {"hyperfine", "hyperfine's scripts", "every sample, or boot, in seconds", hyperfine_run, hyperfine_comparison,
     nullptr},
    {"otava", "Apache Otava", "a row a run, the median a case", otava_run, otava_comparison, nullptr, otava_history},
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

}  // namespace umb
