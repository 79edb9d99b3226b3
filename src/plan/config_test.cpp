// SPDX-License-Identifier: Apache-2.0
#include "plan/config.h"

#include <fstream>

#include <gtest/gtest.h>
#include <unistd.h>

namespace umb {
namespace {

struct WrongConfig {
  const char* json;
  const char* message;
  const char* hint;  ///< a part of it
};

void expect_refused(const std::string& json, const std::string& message, const std::string& hint) {
  const auto config = parse_config(json, "x.json");
  ASSERT_FALSE(config.has_value()) << json;
  EXPECT_EQ(config.error().text(), "config 'x.json': " + message) << json;
  EXPECT_NE(config.error().hint.find(hint), std::string::npos) << json << "\n" << config.error().hint;
  EXPECT_FALSE(config.error().hint.empty()) << json;
  EXPECT_EQ(config.error().kind, ErrorKind::kUsage);
}

/// A config with this one key beside "cases".
std::string with_key(const std::string& key_and_value) {
  return "{\"cases\": [{\"scenario\": \"umount\"}], " + key_and_value + "}";
}

TEST(ParseConfig, reads_every_key) {
  const auto config = parse_config(R"({
    "name": "mine", "description": "two\nlines", "rounds": 3, "samples": 100, "time_limit": "1.5s", "interval": "2%",
    "settle": "none", "released": false, "watched_share": 0.25, "release_limit": "200ms", "cpu": 1, "fifo": 10,
    "mlockall": true, "long_cases": true, "rcu": ["default", "normal"], "seed": 18446744073709551615,
    "gate": {"cases": "lazy", "quantiles": [0.5, 0.9]},
    "kernels": ["rt=debian:6.1-rt", "host"], "append": ["", "rcupdate.rcu_normal_after_boot=0"], "boots": 3, "cpus": 8,
    "cases": [{"scenario": "umount", "fs": ["tmpfs", "ext4"], "files": 100, "dirty_bytes": "0", "rcu": "normal"}]})",
                                   "x.json");
  ASSERT_TRUE(config.has_value()) << config.error().text();
  EXPECT_EQ(config->name, "mine");
  EXPECT_EQ(config->description, "two\nlines");
  EXPECT_EQ(config->settings.rounds, 3);
  EXPECT_EQ(config->settings.samples, 100);
  EXPECT_EQ(config->settings.time_limit_ns, 1'500'000'000);
  EXPECT_DOUBLE_EQ(config->settings.interval, 0.02);
  EXPECT_EQ(config->settings.settle, "none");
  EXPECT_FALSE(config->settings.released);
  EXPECT_DOUBLE_EQ(config->settings.watched_share, 0.25);
  EXPECT_EQ(config->settings.release_limit_ns, 200'000'000);
  EXPECT_EQ(config->settings.cpu, 1);
  EXPECT_EQ(config->settings.fifo, 10);
  EXPECT_TRUE(config->settings.mlockall);
  EXPECT_TRUE(config->settings.long_cases);
  ASSERT_EQ(config->rcu.size(), 2U);
  EXPECT_EQ(config->rcu[1].text, "normal");
  EXPECT_EQ(config->rcu[1].pointer, "/rcu/1");
  EXPECT_EQ(config->seed, UINT64_MAX);
  EXPECT_EQ(config->gate.cases, "lazy");
  EXPECT_EQ(config->guests.kernels, (std::vector<std::string>{"rt=debian:6.1-rt", "host"}));
  EXPECT_EQ(config->guests.append, (std::vector<std::string>{"", "rcupdate.rcu_normal_after_boot=0"}));
  EXPECT_EQ(config->guests.boots, 3);
  EXPECT_EQ(config->guests.cpus, 8);
  EXPECT_EQ(config->gate.quantiles, (std::vector<double>{0.5, 0.9}));
  ASSERT_EQ(config->cases.size(), 1U);
  EXPECT_EQ(config->cases[0].scenario.text, "umount");
  ASSERT_EQ(config->cases[0].parameters.size(), 4U);
  EXPECT_EQ(config->cases[0].parameters[1].name, "files");
  EXPECT_EQ(config->cases[0].parameters[1].values[0].text, "100");
}

TEST(ParseConfig, needs_only_cases_and_takes_its_name_from_the_file) {
  const auto config = parse_config(R"({"cases": [{"scenario": "umount"}]})", "some/where/mine.json");
  ASSERT_TRUE(config.has_value()) << config.error().text();
  EXPECT_EQ(config->name, "mine");
  EXPECT_EQ(config->settings.samples, Settings{}.samples);
  EXPECT_FALSE(config->seed.has_value());
  EXPECT_TRUE(config->rcu.empty());
}

TEST(ParseConfig, says_where_a_file_stops_being_json_and_what_was_expected) {
  const std::vector<WrongConfig> wrong{
      {"", "line 1, column 1: unexpected end of input, expected a value", "docs/config.md"},
      {"{\n  \"a\": 1\n  \"b\": 2}", "line 3, column 3: unexpected string literal, expected ',' or '}'", ""},
      {"{\"rounds\": 1,}", "line 1, column 14: unexpected '}', expected a key in double quotes", ""},
      {"{\"a\" 1}", "line 1, column 6: unexpected number literal, expected ':'", ""},
      {"{\"ä\": [1 2]}", "line 1, column 10: unexpected number literal, expected ',' or ']'", ""},
      {"{\"rounds\": 1", "line 1, column 13: unexpected end of input, expected ',' or '}'", ""},
      {"{} {}", "line 1, column 4: unexpected '{', expected the end of the file", ""},
      {"{'a': 1}", "line 1, column 2: invalid literal, expected a key in double quotes", ""},
      {"// note\n{}", "line 1, column 1: invalid literal, expected a value", ""},
      {"{\"a\": NaN}", "line 1, column 7: invalid literal, expected a value", ""},
      {"{\"a\": \"b", "line 1, column 9: invalid string: missing closing quote", ""},
      {"{\"a\": 1e999}", "line 1, column 11: a number too large for JSON", ""},
  };
  for (const WrongConfig& one : wrong) expect_refused(one.json, one.message, one.hint);
}

TEST(ParseConfig, refuses_what_is_not_utf_8_and_a_nul) {
  const auto config = parse_config("{\"name\": \"\xff\"}", "x.json");
  EXPECT_EQ(config.error().text(), "config 'x.json': line 1, column 11: invalid string: ill-formed UTF-8 byte");
  expect_refused("\xff\xfe{", "line 1, column 1: invalid literal, expected a value", "");
  expect_refused(std::string("{}\0{}", 5), "line 1, column 3: a NUL character", "text file");
}

TEST(ParseConfig, names_the_nearest_key_of_an_unknown_one) {
  expect_refused(with_key("\"sampels\": 1"), "/sampels: unknown key", "did you mean 'samples'?");
  expect_refused(with_key("\"gate\": {\"quantile\": [0.5]}"), "/gate/quantile: unknown key", "'quantiles'");
  expect_refused(with_key("\"a/b~c\": 1"), "/a~1b~0c: unknown key", "one of: name");
  expect_refused(with_key("\"\\u001b[31m\": 1"), "/\\x1b[31m: unknown key", "one of: name");
}

TEST(ParseConfig, refuses_a_key_that_stands_twice) {
  expect_refused("{\"rounds\": 1, \"rounds\": 2}", "/rounds: a key that stands twice in its object", "keep one");
  expect_refused(R"({"cases": [{}, {"fs": "a", "fs": "b"}]})", "/cases/1/fs: a key that stands twice in its object",
                 "");
}

TEST(ParseConfig, refuses_a_wrong_type) {
  const std::vector<WrongConfig> wrong{
      {"[]", "expected an object, found a list", "cases"},
      {"{}", "no key 'cases'", "cases"},
      {R"({"cases": {}})", "/cases: expected a list of objects, found an object", "umount"},
      {R"({"cases": []})", "/cases: an empty list", "umount"},
      {R"({"cases": ["umount"]})", "/cases/0: expected an object, found a text", "umount"},
      {R"({"cases": [{"fs": "tmpfs"}]})", "/cases/0: no key 'scenario'", "umount"},
      {R"({"cases": [{"scenario": 1}]})", "/cases/0/scenario: expected a text, found a number", "quotes"},
      {R"({"cases": [{"scenario": ""}]})", "/cases/0/scenario: an empty text", "one line"},
      {R"({"cases": [{"scenario": "umount", "fs": null}]})",
       "/cases/0/fs: expected a word or a whole number, found null", "list"},
      {R"({"cases": [{"scenario": "umount", "fs": []}]})", "/cases/0/fs: an empty list", "default"},
      {R"({"cases": [{"scenario": "umount", "fs": ["tmpfs", ["ext4"]]}]})",
       "/cases/0/fs/1: expected a word or a whole number, found a list", "list"},
      {R"({"cases": [{"scenario": "umount", "fs": ["tmpfs", "tmpfs"]}]})", "/cases/0/fs/1: 'tmpfs' stands here twice",
       "keep one"},
  };
  for (const WrongConfig& one : wrong) expect_refused(one.json, one.message, one.hint);
  expect_refused(with_key("\"rounds\": \"3\""), "/rounds: expected a number, found a text", "1 to 1000");
  expect_refused(with_key("\"rounds\": null"), "/rounds: expected a number, found null", "1 to 1000");
  expect_refused(with_key("\"time_limit\": 5"), "/time_limit: expected a duration, found a number", "5s");
  expect_refused(with_key("\"released\": 1"), "/released: expected true or false, found a number", "without quotes");
  expect_refused(with_key("\"interval\": []"), "/interval: expected a share, found a list", "5%");
  expect_refused(with_key("\"kernels\": [\"host\", \"host\"]"), "/kernels/1: 'host' stands here twice", "keep one");
  expect_refused(with_key("\"kernels\": \"\""), "/kernels: an empty text", "one line");
  expect_refused(with_key("\"boots\": 0"), "/boots: '0' is out of range", "1 to 1000");
  expect_refused(with_key("\"gate\": []"), "/gate: expected an object, found a list", "quantiles");
  expect_refused(with_key("\"name\": \"a\\nb\""), "/name: 'a\\x0ab' has control characters", "one line");
}

TEST(ParseConfig, refuses_what_is_out_of_range) {
  expect_refused(with_key("\"samples\": 0"), "/samples: '0' is out of range", "1 to 10000000");
  expect_refused(with_key("\"samples\": 1000000000000"), "/samples: '1000000000000' is out of range", "1 to 10000000");
  expect_refused(with_key("\"samples\": 99999999999999999999999"),
                 "/samples: '99999999999999999999999' is out of range", "1 to 10000000");
  expect_refused(with_key("\"samples\": 1e3"), "/samples: '1e3' is not a whole number", "1 to 10000000");
  expect_refused(with_key("\"rounds\": -1"), "/rounds: '-1' is out of range", "1 to 1000");
  expect_refused(with_key("\"time_limit\": \"25h\""), "/time_limit: '25h' is out of range", "24 h");
  expect_refused(with_key("\"time_limit\": \"5\""), "/time_limit: '5' is not a duration", "with its unit");
  expect_refused(with_key("\"time_limit\": \"0s\""), "/time_limit: '0s' is out of range", "with its unit");
  expect_refused(with_key("\"interval\": \"0%\""), "/interval: '0%' is out of range", "0.1% to 100%");
  expect_refused(with_key("\"interval\": 5"), "/interval: '5' is out of range", "0.1% to 100%");
  expect_refused(with_key("\"interval\": \"x\""), "/interval: 'x' is not a share", "5%");
  expect_refused(with_key("\"watched_share\": 1"), "/watched_share: '1' is out of range", "0% to 50%");
  expect_refused(with_key("\"settle\": \"randm\""), "/settle: 'randm' is unknown", "did you mean 'random'?");
  expect_refused(with_key("\"fifo\": 100"), "/fifo: '100' is out of range", "0 to 99");
  expect_refused(with_key("\"seed\": -1"), "/seed: '-1' is no seed", "from 0");
  expect_refused(with_key("\"seed\": 18446744073709551616"), "/seed: '18446744073709551616' is no seed", "from 0");
  expect_refused(with_key("\"gate\": {\"quantiles\": [1]}"), "/gate/quantiles/0: '1' is out of range",
                 "0.001 to 0.999");
  expect_refused(with_key("\"gate\": {\"quantiles\": []}"), "/gate/quantiles: 0 quantiles", "0.5");
  expect_refused(with_key("\"gate\": {\"quantiles\": [0.5, 0.50]}"),
                 "/gate/quantiles/1: a quantile that stands here twice", "keep one");
}

TEST(ParseConfig, refuses_a_gate_that_is_no_regular_expression) {
  const auto config = parse_config(with_key("\"gate\": {\"cases\": \"(\"}"), "x.json");
  EXPECT_EQ(config.error().text().find("config 'x.json': /gate/cases: '(' is not a regular expression"), 0U)
      << config.error().text();
}

TEST(ParseConfig, refuses_deep_nesting_without_deep_recursion) {
  const std::string deep = "{\"cases\": " + std::string(200'000, '[');
  const auto config = parse_config(deep, "x.json");
  ASSERT_FALSE(config.has_value());
  EXPECT_EQ(config.error().why, "nested deeper than 16 levels");
  EXPECT_EQ(parse_config(std::string(16, '[') + std::string(16, ']'), "x.json").error().why,
            "expected an object, found a list");
}

TEST(ParseConfig, keeps_its_message_short_whatever_the_input) {
  const std::string long_text(500'000, 'x');
  for (const std::string& json :
       {"{\"" + long_text + "\": 1}", "{\"" + long_text, "[" + long_text, with_key("\"settle\": \"" + long_text + "\""),
        with_key("\"samples\": " + std::string(5000, '9')), with_key("\"seed\": " + std::string(300, '9')),
        with_key("\"time_limit\": \"" + long_text + "\""), with_key("\"interval\": \"" + long_text + "\""),
        with_key("\"name\": \"" + long_text + "\""), with_key("\"gate\": {\"cases\": \"" + long_text + "\"}"),
        "{\"'; expected " + long_text + "\x01"}) {
    const auto config = parse_config(json, "x.json");
    ASSERT_FALSE(config.has_value());
    EXPECT_LT(config.error().text().size(), 400U) << config.error().text();
    EXPECT_LT(config.error().hint.size(), 400U) << config.error().hint;
  }
}

TEST(LoadConfig, reads_a_file_and_names_one_that_is_not_there) {
  const std::string path = testing::TempDir() + "umountbench-config-" + std::to_string(::getpid()) + ".json";
  std::ofstream(path) << R"({"cases": [{"scenario": "umount"}]})";
  const auto config = load_config(path);
  ASSERT_TRUE(config.has_value()) << config.error().text();
  EXPECT_EQ(config->file, path);
  std::ofstream(path) << std::string(1024 * 1024 + 1, ' ');
  EXPECT_FALSE(load_config(path).has_value());
  ::unlink(path.c_str());
  const auto missing = load_config(path);
  ASSERT_FALSE(missing.has_value());
  EXPECT_EQ(missing.error().kind, ErrorKind::kUsage);
  EXPECT_NE(missing.error().text().find(path), std::string::npos);
}

}  // namespace
}  // namespace umb
