// SPDX-License-Identifier: Apache-2.0
#include "vm/console.h"

#include <gtest/gtest.h>

namespace umb {
namespace {

const std::string kPanicked =
    "[    1.1] Run /init as init process\r\n"
    "[    2.2] Kernel panic - not syncing: sysrq triggered crash\r\n"
    "[    2.3] CPU: 0\r\n"
    "[    2.4] \x1b[31mtail\r\n";

TEST(Console, tells_the_kernels_own_words_for_its_end) {
  EXPECT_EQ(panic_in(kPanicked), "Kernel panic - not syncing: sysrq triggered crash");
  EXPECT_EQ(panic_in("[    1.1] all is well\n"), "");
}

TEST(Console, tail_begins_with_the_line_that_tells_of_the_panic) {
  EXPECT_EQ(console_tail(kPanicked, 1),
            "[    2.2] Kernel panic - not syncing: sysrq triggered crash\n[    2.4] \\x1b[31mtail");
}

TEST(Console, tail_does_not_tell_it_twice) {
  EXPECT_EQ(console_tail(kPanicked, 3),
            "[    2.2] Kernel panic - not syncing: sysrq triggered crash\n[    2.3] CPU: 0\n[    2.4] \\x1b[31mtail");
}

TEST(Console, of_a_guest_that_said_nothing_is_empty) {
  EXPECT_EQ(console_tail(""), "");
  EXPECT_EQ(read_console(-1), "");
}

}  // namespace
}  // namespace umb
