// SPDX-License-Identifier: Apache-2.0
#include "vm/guest.h"

#include <gmock/gmock.h>

namespace umb {
namespace {

using ::testing::ElementsAre;

TEST(WordsForInit, are_what_the_host_gave_and_not_what_the_kernel_did_not_know) {
  EXPECT_THAT(words_for_init({"vm-guest"}), ElementsAre("vm-guest"));
  EXPECT_THAT(words_for_init({"nosuchword", "quiett", "vm-guest", "shell"}), ElementsAre("vm-guest", "shell"));
  EXPECT_THAT(words_for_init({"vm-guest", "vm-guest"}), ElementsAre("vm-guest"));
}

TEST(WordsForInit, are_all_when_the_hosts_word_is_not_there) {
  EXPECT_THAT(words_for_init({"run", "--help"}), ElementsAre("run", "--help"));
  EXPECT_THAT(words_for_init({}), ElementsAre());
}

}  // namespace
}  // namespace umb
