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

/// What was measured, in `unit`; nothing for what is not there or not finite. Of a comparison: the candidate's.
struct TestFigures {
  std::string metric = "return_ns";
  std::string unit = "ns";
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

/// Its message, then its lines, each once.
[[nodiscard]] std::vector<std::string> all_lines(const TestCase& one);

[[nodiscard]] size_t count(const std::vector<TestCase>& cases, TestOutcome outcome);
/// Whether any of them failed or is an error.
[[nodiscard]] bool any_bad(const std::vector<TestCase>& cases);

}  // namespace umb
