// SPDX-License-Identifier: Apache-2.0
#include "result/number_run.h"

#include <vector>

#include <gtest/gtest.h>

namespace umb {
namespace {

class Kept final : public ColumnSink {
 public:
  explicit Kept(bool boolean = false) : boolean_(boolean) {}
  [[nodiscard]] bool boolean() const override { return boolean_; }
  [[nodiscard]] Result<void> add(std::span<const int64_t> values) override {
    kept.insert(kept.end(), values.begin(), values.end());
    return {};
  }
  std::vector<int64_t> kept;

 private:
  bool boolean_;
};

/// What is left to the parser of `text`, with enough behind it that the end of the bytes is not what stops the run.
std::string left_of(const std::string& text, Kept& sink) {
  const std::string bytes = text + std::string(2000, ' ');
  MemorySource source(bytes);
  TextCursor cursor(source, bytes.size());
  const Result<uint64_t> taken = read_number_run(cursor, sink);
  EXPECT_EQ(taken.value_or(0), sink.kept.size());
  return text.substr(cursor.byte());
}

struct Stop {
  const char* text;
  const char* left;
};

TEST(ReadNumberRun, leaves_a_value_and_whatever_is_not_plain_to_the_parser) {
  const std::vector<Stop> stops{
      {"1,2,3]", "3]"},           {"1 ,2]", "1 ,2]"},       {"1,]", "1,]"},
      {"1,2,]", "2,]"},           {"1, 2,\n 3]", "\n 3]"},  {"null,-4,5]", "5]"},
      {"nul,5]", "nul,5]"},       {"1,2.5,3]", "2.5,3]"},   {"01,2]", "01,2]"},
      {"1,1e3,2]", "1e3,2]"},     {"1,-,2]", "-,2]"},       {"1,123456789012345678901,2]", "123456789012345678901,2]"},
      {"1,true,2]", "1,true,2]"}, {"1,\"2\"]", "1,\"2\"]"}, {"]", "]"}};
  for (const Stop& stop : stops) {
    Kept sink;
    EXPECT_EQ(left_of(stop.text, sink), stop.left) << stop.text;
  }
  Kept truths(true);
  EXPECT_EQ(left_of("true,false,true,1]", truths), "true,1]");
  EXPECT_EQ(truths.kept, (std::vector<int64_t>{1, 0}));
}

TEST(ReadNumberRun, takes_a_column_of_any_width_to_its_end) {
  for (const char* value : {"1,", "12,", "123,", "null,", "123456789012345678,", " 7,\n", "-3,          "}) {
    std::string text;
    while (text.size() < 1'000'000) text += value;
    const size_t count = text.size() / std::string_view(value).size();
    Kept sink;
    EXPECT_LT(left_of(text + "0]", sink).size(), 20U) << value;
    EXPECT_EQ(sink.kept.size(), count) << value;
  }
}

}  // namespace
}  // namespace umb
