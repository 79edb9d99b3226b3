// SPDX-License-Identifier: Apache-2.0
// Cases as tests that pass, fail or are skipped: what all formats for CI servers and test frameworks are made of. Raw
// texts; docs/formats.md has the table of what becomes what.
#pragma once

#include "compare/comparison.h"
#include "render/run_view.h"

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace umb {

enum class TestOutcome { kPassed, kFailure, kError, kSkipped };

/// What was measured, in `unit`; nothing for what is not there or not finite, and nothing at all where the case or a
/// check of it failed: what such calls took is no figure of the kernel's. Of a comparison: the candidate's.
struct TestFigures {
  std::string metric = "return_ns";
  std::string unit = "ns";
  std::string better = "lower";  ///< "lower", "higher" or "" (neither)
  size_t samples = 0;
  std::optional<double> minimum, p50, p90, p99, maximum;
  std::optional<Interval> p50_interval;  ///< of a single result only
};

struct TestCase {
  std::string id;
  std::string scenario;
  size_t of = 0;              ///< index into the results, or into Comparison::sides
  std::string of_key = {};    ///< "result" or "side", where there are several of which it could be; else ""
  std::string of_value = {};  ///< the file, or the side's letter
  const Row* row = nullptr;   ///< what was judged; null: nothing was
  TestOutcome outcome = TestOutcome::kPassed;
  std::string type = {};     ///< of a failure or error: "regression"
  std::string message = {};  ///< one line: why; of a compared case always what it came to
  std::vector<std::string> lines = {};
  TestFigures figures = {};
};

/// In the results' order, then in the record's.
[[nodiscard]] std::vector<TestCase> test_cases(RunViews runs);
/// Of every candidate. They point into the comparison.
[[nodiscard]] std::vector<TestCase> test_cases(const Comparison& comparison);
/// Of one.
[[nodiscard]] std::vector<TestCase> test_cases(const Comparison& comparison, const Pair& pair);

/// run_name(), the same for one file however it was given: "./a.json" is "a.json".
[[nodiscard]] std::string same_run_name(const RunView& view);

/// Whether the case was measured and no check of it failed.
[[nodiscard]] bool is_sound(const CaseRecord& one);
/// The quantile that decides, for formats of figures: null where either side's are no good.
[[nodiscard]] const QuantileResult* deciding_figure(const TestCase& one);

/// Its message, then its lines, each once.
[[nodiscard]] std::vector<std::string> all_lines(const TestCase& one);

[[nodiscard]] size_t count(const std::vector<TestCase>& cases, TestOutcome outcome);
/// Whether any of them failed or is an error.
[[nodiscard]] bool any_bad(const std::vector<TestCase>& cases);

}  // namespace umb
