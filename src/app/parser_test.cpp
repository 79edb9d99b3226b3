// SPDX-License-Identifier: Apache-2.0
#include "app/parser.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace umb {
namespace {

using ::testing::ElementsAre;

Command example() {
  return {.name = "example",
          .positional = {.name = "RESULT", .maximum = 1},
          .options = {{.name = "output", .letter = 'o', .value_name = "FILE"},
                      {.name = "write", .value_name = "F=FILE", .repeatable = true},
                      {.name = "settle", .value_name = "HOW", .words = {"random", "none"}},
                      {.name = "dry-run", .letter = 'n'}}};
}

Result<Arguments> parse(const std::vector<std::string>& words) {
  return parse_arguments(example(), words);
}

TEST(Parser, takes_long_and_short_options_flags_and_positionals_in_any_order) {
  const Arguments arguments = parse({"a.json", "-o", "out.json", "--dry-run", "--settle=none"}).value();
  EXPECT_EQ(arguments.value("output"), "out.json");
  EXPECT_EQ(arguments.value("settle"), "none");
  EXPECT_TRUE(arguments.has("dry-run"));
  EXPECT_FALSE(arguments.has("quiet"));
  EXPECT_THAT(arguments.positional(), ElementsAre("a.json"));
}

TEST(Parser, collects_a_repeatable_option_and_refuses_another_one_twice) {
  EXPECT_THAT(parse({"--write", "a=b", "--write", "c=d"}).value().values("write"), ElementsAre("a=b", "c=d"));
  EXPECT_FALSE(parse({"-o", "a", "-o", "b"}).has_value());
}

TEST(Parser, names_the_nearest_option_to_an_unknown_one) {
  const Error error = parse({"--ouptut", "x"}).error();
  EXPECT_EQ(error.what, "unknown option '--ouptut'");
  EXPECT_EQ(error.hint, "did you mean '--output'?");
  EXPECT_EQ(error.kind, ErrorKind::kUsage);
}

TEST(Parser, names_the_nearest_word_to_an_unknown_value) {
  const Error error = parse({"--settle", "non"}).error();
  EXPECT_EQ(error.hint, "did you mean 'none'?");
}

TEST(Parser, every_mistake_is_a_usage_error_told_in_words) {
  const std::vector<std::pair<std::vector<std::string>, std::string>> mistakes{
      {{"--output"}, "--output needs a value"},
      {{"-n", "-o"}, "--output needs a value"},
      {{"-o", "a", "-o", "b"}, "--output is given twice"},
      {{"a", "b"}, "unexpected argument 'b'"},
      {{"-x"}, "unknown option '-x'"},
      {{"--dry-run=maybe"}, "--dry-run takes no value"}};
  for (const auto& [words, said] : mistakes) {
    const Result<Arguments> result = parse(words);
    ASSERT_FALSE(result.has_value()) << said;
    EXPECT_EQ(result.error().kind, ErrorKind::kUsage) << said;
    EXPECT_EQ(result.error().what, said);
    EXPECT_EQ(result.error().hint, "see 'umountbench help example'");
  }
}

TEST(Commands, each_has_a_summary_and_every_option_a_help_text) {
  for (const Command& command : commands()) {
    EXPECT_FALSE(command.summary.empty()) << command.name;
    EXPECT_NE(help_text(command).find("usage: umountbench " + command.name), std::string::npos);
    for (const OptionInfo& option : command.options) EXPECT_FALSE(option.help.empty()) << option.name;
  }
}

}  // namespace
}  // namespace umb
