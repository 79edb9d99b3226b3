// SPDX-License-Identifier: Apache-2.0
#include "app/man_commands.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace umb {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

TEST(ManCommands, give_each_command_a_section_with_its_options_and_examples) {
  const Command command{.name = "vm run",
                        .summary = "boot kernels",
                        .description = "Needs QEMU. No root.\n",
                        .examples = {"umountbench vm run -k a"},
                        .positional = {.name = "RESULT", .help = "a file", .minimum = 1, .maximum = 2},
                        .options = {{.name = "dry-run", .letter = 'n', .help = "print the plan"},
                                    {.name = "append", .value_name = "WORDS", .help = "words", .repeatable = true}}};
  const std::string text = man_commands({command}, {{.name = "quiet", .letter = 'q', .help = "less talk"}});
  EXPECT_THAT(text, HasSubstr(".Ss vm run\n.Nm\n.Cm vm run\n.Op Ar option ...\n.Ar RESULT ...\n"));
  EXPECT_THAT(text, HasSubstr("Boot kernels.\nNeeds QEMU.\nNo root.\n"));
  EXPECT_THAT(text, HasSubstr(".It Fl n , Fl \\-dry\\-run\nprint the plan\n"));
  EXPECT_THAT(text, HasSubstr(".It Fl \\-append Ar WORDS\nwords (repeatable)\n"));
  EXPECT_THAT(text, HasSubstr("umountbench vm run \\-k a\n.Ed\n.Ss Every command\n"));
  EXPECT_THAT(text, HasSubstr(".It Fl q , Fl \\-quiet\nless talk\n"));
}

TEST(ManCommands, take_no_text_for_a_request) {
  const Command command{
      .name = "x", .summary = "x", .description = ".so /etc/passwd\n'br\nback\\slash\n", .options = {}};
  const std::string text = man_commands({command}, {});
  EXPECT_THAT(text, HasSubstr("\n\\&.so /etc/passwd\n\\&'br\nback\\eslash\n"));
  EXPECT_THAT(text, Not(HasSubstr("\n.so")));
}

}  // namespace
}  // namespace umb
