// SPDX-License-Identifier: Apache-2.0
#include "result/baseline_file.h"
#include "result/made_digest.h"
#include "testing/fake_tree.h"

#include <gtest/gtest.h>

namespace umb {
namespace {

std::string as_text(const std::vector<BootDigest>& boots) {
  std::string text;
  const Result<void> written = write_baseline(boots, [&](std::string_view piece) -> Result<void> {
    text += piece;
    return {};
  });
  EXPECT_TRUE(written.has_value()) << written.error().text();
  return text;
}

TEST(Baseline, writes_the_same_text_again) {
  const std::string text = as_text({made_digest()});
  const auto read = parse_baseline(text, "b.json");
  ASSERT_TRUE(read.has_value()) << read.error().text();
  EXPECT_EQ(as_text(*read), text);
}

TEST(Baseline, needs_less_than_20_kb_a_boot) {
  const size_t eight = as_text({made_digest()}).size();
  const size_t many = as_text({made_digest({.cases = 28, .rounds = 1})}).size();
  RecordProperty("eight_cases_seven_rounds_bytes", static_cast<int>(eight));
  RecordProperty("many_cases_one_round_bytes", static_cast<int>(many));
  EXPECT_LT(eight, 20'000U);
  EXPECT_LT(many, 20'000U);
}

}  // namespace
}  // namespace umb
