// SPDX-License-Identifier: Apache-2.0
#include "compare/digest.h"

#include "testing/record_builder.h"

#include <vector>

#include <gtest/gtest.h>

namespace umb {
namespace {

TEST(Digest, keeps_the_warnings_that_bear_on_the_settings_compared_and_no_others) {
  RunRecord record = made_run({});
  record.warnings = {{"rcu_parameter_without_effect", "rcu_normal_after_boot=0 has no effect", ""},
                     {"emulated", "this guest ran under emulation", ""},
                     {"command_line_cut", "nohz_full=1 is missing", ""},
                     {"rcu_mode_not_confirmed", "the probe saw no change", ""}};
  std::vector<std::string> codes;
  for (const Warning& warning : digest(record, {}, "a.json", {}).rcu_warnings) codes.push_back(warning.code);
  EXPECT_EQ(codes,
            (std::vector<std::string>{"rcu_parameter_without_effect", "command_line_cut", "rcu_mode_not_confirmed"}));
}

}  // namespace
}  // namespace umb
