// SPDX-License-Identifier: Apache-2.0
#include "app/bash_completion.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace umb {
namespace {

using ::testing::HasSubstr;

TEST(BashCompletion, says_of_each_option_with_a_value_what_that_can_be) {
  const Command command{.name = "vm run",
                        .options = {{.name = "accel", .value_name = "WHAT", .words = {"kvm", "tcg"}},
                                    {.name = "rcu", .value_name = "LIST", .offered = {"default", "normal"}},
                                    {.name = "kernel", .letter = 'k', .value_name = "[NAME=]SPEC"},
                                    {.name = "into", .value_name = "DIR"},
                                    {.name = "boots", .value_name = "N"},
                                    {.name = "resume"}}};
  const std::string script = bash_completion({command}, {{.name = "color", .value_name = "WHEN", .words = {"never"}}});
  EXPECT_THAT(script, HasSubstr("'vm run --accel') echo 'words:kvm tcg' ;;"));
  EXPECT_THAT(script, HasSubstr("'vm run --rcu') echo 'list:default normal' ;;"));
  EXPECT_THAT(script, HasSubstr("'vm run --kernel' | 'vm run -k') echo 'file' ;;"));
  EXPECT_THAT(script, HasSubstr("'vm run --into') echo 'folder' ;;"));
  EXPECT_THAT(script, HasSubstr("'vm run --boots') echo 'none' ;;"));
  EXPECT_THAT(script, HasSubstr("*' --color') echo 'words:never' ;;"));
  EXPECT_THAT(script, HasSubstr("'vm run') echo '--accel --rcu --kernel --into --boots --resume --color --help' ;;"));
  EXPECT_THAT(script, HasSubstr("'vm') echo 'run' ;;"));
}

TEST(BashCompletion, keeps_a_quotation_mark_inside_of_its_word) {
  const Command command{.name = "x", .options = {{.name = "o", .value_name = "W", .words = {"it's"}}}};
  EXPECT_THAT(bash_completion({command}, {}), HasSubstr("echo 'words:it'\\''s' ;;"));
}

}  // namespace
}  // namespace umb
