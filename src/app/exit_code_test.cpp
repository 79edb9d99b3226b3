// SPDX-License-Identifier: Apache-2.0
#include "app/exit_code.h"

#include <gtest/gtest.h>

namespace umb {
namespace {

TEST(ExitCode, follows_each_convention_s_table) {
  const std::vector<std::pair<const char*, std::vector<int>>> tables{{"default", {0, 1, 2, 3, 4, 5}},
                                                                     {"bisect", {0, 1, 128, 128, 125, 125}},
                                                                     {"ksft", {0, 1, 1, 1, 4, 4}},
                                                                     {"autopkgtest", {0, 1, 1, 1, 77, 77}}};
  for (const auto& [name, codes] : tables) {
    for (int code = 0; code <= 5; ++code) {
      EXPECT_EQ(styled_exit_code(code, parse_exit_code_style(name).value()), codes[static_cast<size_t>(code)])
          << name << " " << code;
    }
  }
  EXPECT_FALSE(parse_exit_code_style("other").has_value());
}

TEST(ExitCode, leaves_signals_as_they_are) {
  EXPECT_EQ(styled_exit_code(130, ExitCodeStyle::kBisect), 130);
}

TEST(ExitCode, comes_from_the_kind_of_an_error) {
  EXPECT_EQ(exit_code_of(fail_usage("x").value()), 2);
  EXPECT_EQ(exit_code_of(fail("x").value()), 3);
  EXPECT_EQ(exit_code_of(fail("x", "", "", ErrorKind::kUnavailable).value()), 4);
}

}  // namespace
}  // namespace umb
