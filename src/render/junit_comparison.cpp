// SPDX-License-Identifier: Apache-2.0
#include "render/comparison_text.h"
#include "render/judged_text.h"
#include "render/junit.h"
#include "render/junit_suite.h"
#include "render/side_text.h"

namespace umb {

namespace {

TestSuite suite_of(const Comparison& comparison, const Pair& pair) {
  TestSuite suite{.name = "umountbench: " + pair_title(comparison, pair)};
  const std::vector<BootDigest>& boots = comparison.sides[pair.candidate].boots;
  if (!boots.empty()) suite.started_at = boots[0].started_at;
  for (const size_t index : {size_t{0}, pair.candidate}) {
    const SideText side = side_text(comparison, index);
    const std::string start = index == 0 ? "baseline." : "candidate.";
    suite.properties.insert(suite.properties.end(), {{start + "name", side.name},
                                                     {start + "boots", side.boots},
                                                     {start + "kernel", side.kernel},
                                                     {start + "rcu", side.rcu}});
  }
  suite.cases = test_cases(comparison, pair);
  suite.lines.push_back(comparison.headline);
  for (const auto* lines : {&comparison.warnings, &pair.differences, &pair.warnings}) {
    for (const std::string& line : *lines) suite.lines.push_back("warning: " + line);
  }
  for (const std::string& line : judged_lines(comparison)) suite.lines.push_back(line);
  return suite;
}

}  // namespace

std::string junit_comparison(const ComparisonView& view, const RenderOptions&) {
  std::vector<TestSuite> suites;
  suites.reserve(view.comparison.pairs.size());
  for (const Pair& pair : view.comparison.pairs) suites.push_back(suite_of(view.comparison, pair));
  return junit_text(view.comparison.headline, suites);
}

}  // namespace umb
