// SPDX-License-Identifier: Apache-2.0
#include "runner/messages.h"

#include <gtest/gtest.h>

namespace umb {
namespace {

TEST(Messages, a_block_comes_back_as_it_went) {
  BlockResult sent;
  sent.elapsed_ns = 42;
  sent.error = "cannot mount";
  sent.facts = {{"container_path", std::string("pivot")}, {"runtime_version", {}}};
  note_check(sent.checks, "released", true);
  note_check(sent.checks, "spurious_ebusy", false, "EBUSY beside a walker");
  Sample sample;
  sample.return_ns = 15'900'000;
  sample.phases[2] = 7;
  sent.samples = {sample, Sample()};
  const BlockResult got = decode_block_result(encode(sent)).value();
  EXPECT_EQ(got.elapsed_ns, 42);
  EXPECT_EQ(got.error, "cannot mount");
  EXPECT_EQ(got.facts, sent.facts);
  ASSERT_EQ(got.checks.size(), 2U);
  EXPECT_EQ(got.checks[0].looked, 1);
  EXPECT_EQ(got.checks[1].name, "spurious_ebusy");
  EXPECT_EQ(got.checks[1].failed, 1);
  EXPECT_EQ(got.checks[1].first_failure, "EBUSY beside a walker");
  ASSERT_EQ(got.samples.size(), 2U);
  EXPECT_EQ(got.samples[0].return_ns, 15'900'000);
  EXPECT_EQ(got.samples[0].phases[2], 7);
  EXPECT_EQ(got.samples[1].return_ns, kMissing);
}

TEST(Messages, an_answer_that_is_cut_short_is_an_error) {
  BlockResult sent;
  sent.samples.resize(3);
  std::string message = encode(sent);
  message.resize(message.size() - 1);
  EXPECT_FALSE(decode_block_result(message).has_value());
  EXPECT_FALSE(decode_block_result("x").has_value());
  EXPECT_FALSE(decode_block_request("B123").has_value());
}

}  // namespace
}  // namespace umb
