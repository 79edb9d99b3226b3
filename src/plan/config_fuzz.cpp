// SPDX-License-Identifier: Apache-2.0
// libFuzzer: any bytes as a config, and what it parses to as a plan. Seeds: tests/fuzz/config/.
#include "plan/expand.h"
#include "plan/limits.h"
#include "plan/test_scenarios.h"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

namespace {

/// A refusal must be the user's to mend, in one line, with a hint.
void check(const umb::Error& error) {
  const std::string text = error.text();
  const bool one_line = text.find('\n') == std::string::npos && text.size() < 2000;
  if (error.kind != umb::ErrorKind::kUsage || text.empty() || !one_line || error.hint.empty()) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  static const std::vector<umb::ScenarioInfo> scenarios = umb::test_scenarios();
  const auto config = umb::parse_config({reinterpret_cast<const char*>(data), size}, "fuzz.json");
  if (!config.has_value()) {
    check(config.error());
    return 0;
  }
  const auto plan = umb::expand(*config, {}, scenarios);
  if (!plan.has_value()) {
    check(plan.error());
  } else if (plan->cases.empty() || plan->cases.size() > umb::kMaxCases || plan->config_json.empty()) {
    std::abort();
  }
  return 0;
}
