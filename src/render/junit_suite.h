// SPDX-License-Identifier: Apache-2.0
// The XML of JUnit reports. Inside render/junit_*.cpp only. Takes raw texts.
#pragma once

#include "render/case_tests.h"

#include <string>
#include <utility>
#include <vector>

namespace umb {

struct TestSuite {
  std::string name;
  std::string started_at = {};  ///< RFC 3339; empty: not known
  std::vector<std::pair<std::string, std::string>> properties = {};
  std::vector<TestCase> cases = {};
  std::vector<std::string> lines = {};  ///< system-out
};

[[nodiscard]] std::string junit_text(const std::string& title, const std::vector<TestSuite>& suites);

}  // namespace umb
