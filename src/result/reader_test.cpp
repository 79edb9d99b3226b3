// SPDX-License-Identifier: Apache-2.0
#include "result/reader.h"

#include "result/test_text.h"
#include "testing/full_record.h"

#include <algorithm>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace umb {
namespace {

using Json = nlohmann::ordered_json;

std::string whole() {
  return as_text(full_record());
}

/// A result file with something else at a JSON pointer.
std::string with(const std::string& pointer, const Json& value) {
  Json json = Json::parse(whole());
  json[Json::json_pointer(pointer)] = value;
  return json.dump(1);
}
std::string without(const std::string& object, const std::string& key) {
  Json json = Json::parse(whole());
  json[Json::json_pointer(object)].erase(key);
  return json.dump();
}
std::string replaced(const std::string& from, const std::string& to) {
  std::string text = whole();
  const size_t at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return text.replace(at, from.size(), to);
}
/// A samples object in which nothing is an array.
Json all_single() {
  return {{"round", 0},         {"sequence", 0}, {"repetition", 0},    {"warmup", false},
          {"started_at_ns", 5}, {"errno", 0},    {"return_ns", 40'000}};
}

std::string only_single_values() {
  Json json = Json::parse(whole());
  json["cases"][0]["samples"] = all_single();
  json["cases"][0]["phases"] = {{"attach_ns", 7}};
  return json.dump();
}

struct Hostile {
  const char* name;
  std::string text;
  std::vector<std::string> says;  ///< what the error must hold
};

std::vector<Hostile> hostile_files() {
  const std::string deep(100'000, '[');
  const std::string long_text(3U << 20U, 'x');
  return {
      {"empty", "", {"it is empty"}},
      {"no JSON", "hello", {"line 1, byte 1", "not valid JSON"}},
      {"binary",
       std::string("\x7f"
                   "ELF\x02\x01\x01\0\0\0",
                   10),
       {"line 1", "not valid JSON"}},
      {"only a brace", "{", {"ends in the middle"}},
      {"a word for a key", "{x", {"line 1, byte 2", "not valid JSON"}},
      {"no object", "[1, 2]", {"line 1: expected an object, found a list"}},
      {"an empty object", "{}", {"/schema_version", "missing"}},
      {"something behind it", whole() + "x", {"not valid JSON"}},
      {"a NUL and something behind it", whole() + std::string("\0x", 2), {"not valid JSON"}},
      {"NaN", replaced("[41000", "[NaN"), {"not valid JSON"}},
      {"Infinity", replaced("[41000", "[-Infinity"), {"not valid JSON"}},
      {"invalid UTF-8", replaced("CLOCK_MONOTONIC", "CLOCK\xff"), {"not valid JSON", "UTF-8"}},
      {"a comma too many", replaced("null,39999]", "null,39999,]"), {"not valid JSON"}},
      {"a comma too many at a column's beginning", replaced("[41000", "[,41000"), {"not valid JSON"}},
      {"a leading zero", replaced("[41000", "[041000"), {"not valid JSON"}},
      {"deep nesting", deep, {"nested deeper than 32"}},
      {"deep nesting in an unknown key", replaced("\"boot_id\"", "\"x\": " + deep), {"nested deeper than 32"}},
      {"a text without end", "{\"tool\": \"" + long_text, {"more than 1 MiB"}},
      {"a long text", replaced("CLOCK_MONOTONIC", long_text), {"more than 1 MiB"}},
      {"white space without end", std::string(3U << 20U, ' '), {"more than 1 MiB"}},
      {"a newer schema", with("/schema_version", 2), {"/schema_version", "schema 2", "up to 1"}},
      {"schema 0", with("/schema_version", 0), {"/schema_version", "no schema 0"}},
      {"a schema in words", with("/schema_version", "1"), {"/schema_version", "expected a whole number"}},
      {"no schema", without("", "schema_version"), {"/schema_version", "missing"}},
      {"a missing part", without("/run", "id"), {"/run/id", "missing"}},
      {"a wrong type", with("/run/id", 7), {"/run/id", "expected a text, found a whole number"}},
      {"a text for a list", with("/cases", "none"), {"/cases", "expected a list"}},
      {"an object for a list", with("/rounds", Json::object()), {"/rounds", "expected a list"}},
      {"a key that comes twice", replaced("\"boot_id\": ", "\"boot_id\": null, \"boot_id\": "), {"/boot_id", "twice"}},
      {"a column that comes twice", replaced("\"errno\": ", "\"errno\": 0, \"errno\": "), {"/errno", "twice"}},
      {"two cases of one id", with("/cases/1/id", "umount/fs=tmpfs"), {"/cases", "two cases 'umount/fs=tmpfs'"}},
      {"a case without id", with("/cases/1/id", ""), {"/cases", "without a name"}},
      {"an unknown outcome", with("/cases/0/outcome", "fine"), {"/cases/0/outcome", "one of measured", "'fine'"}},
      {"unequal columns", with("/cases/0/samples/return_ns", {1, 2, 3}), {"/cases/0/samples", "unequal length", "3"}},
      {"an unequal phase", with("/cases/0/phases/attach_ns", {1}), {"/cases/0/samples", "unequal length"}},
      {"nothing that gives a length", only_single_values(), {"/cases/0/samples", "how many"}},
      {"a number for samples", with("/cases/0/samples", 1'000'000'000), {"/cases/0/samples", "an object of columns"}},
      {"a list for samples", with("/cases/0/samples", {1, 2}), {"/cases/0/samples", "an object of columns"}},
      {"a missing core column", without("/cases/0/samples", "warmup"), {"/cases/0/samples", "'warmup' is missing"}},
      {"a negative time",
       with("/cases/0/samples/return_ns/1", -5),
       {"/cases/0/samples/return_ns", "value 1", "negative"}},
      {"a negative start", with("/cases/0/samples/started_at_ns/0", -1), {"started_at_ns", "negative"}},
      {"a negative clock", with("/clock/overhead_ns", -1), {"/clock/overhead_ns", "negative"}},
      {"a null start", with("/cases/0/samples/started_at_ns/0", nullptr), {"started_at_ns", "null"}},
      {"the number that means null", with("/cases/0/samples/return_ns/1", INT64_MIN), {"return_ns", "out of range"}},
      {"a fraction", with("/cases/0/samples/return_ns/1", 1.5), {"return_ns/1", "found a number with a fraction"}},
      {"a text in a column", with("/cases/0/samples/return_ns/1", "1"), {"return_ns/1", "found a text"}},
      {"true in a column", with("/cases/0/samples/return_ns/1", true), {"return_ns/1", "found true or false"}},
      {"a number in warmup", with("/cases/0/samples/warmup/1", 1), {"warmup/1", "expected true or false"}},
      {"a list in a column", with("/cases/0/samples/return_ns/1", Json::array()), {"return_ns/1", "found a list"}},
      {"an object in a column", with("/cases/0/samples/return_ns/1", Json::object()), {"found an object"}},
      {"an object for a column", with("/cases/0/samples/return_ns", Json::object()), {"found an object"}},
      {"a number beyond 64 bits", replaced("[41000", "[123456789012345678901234567890"), {"beyond 64 bits"}},
      {"a number beyond 63 bits", with("/cases/0/samples/return_ns/1", UINT64_MAX), {"return_ns/1", "beyond 63 bits"}},
      {"a number beyond a double", replaced("0.001", "1e999"), {"not valid JSON"}},
      {"a large errno", with("/cases/0/samples/errno/1", 1LL << 40U), {"errno", "out of range"}},
      {"a round that isn't there", with("/cases/0/samples/round", 2), {"/cases/0/samples/round", "no such round"}},
      {"a fact that is an object", with("/environment/before/x", Json::object()), {"/environment/before/x", "plain"}},
      {"a journal's beginning", "123", {"line 1", "incomplete"}},
      {"a journal that claims too much", "99999999999999 00000000 {", {"line 1", "damaged"}},
      {"a journal with a wrong checksum", "2 00000000 {}\n", {"line 1", "damaged"}},
  };
}

TEST(ParseResult, gives_one_clear_line_for_every_hostile_file) {
  for (const Hostile& file : hostile_files()) {
    const Result<Loaded> loaded = parse_result(file.text, "a.json");
    ASSERT_FALSE(loaded.has_value()) << file.name;
    const std::string text = loaded.error().text();
    EXPECT_EQ(loaded.error().kind, ErrorKind::kUsage) << file.name << ": " << text;
    EXPECT_TRUE(text.starts_with("cannot read 'a.json': ")) << file.name << ": " << text;
    for (const std::string& part : file.says) {
      EXPECT_NE(text.find(part), std::string::npos) << file.name << ": " << text << "\nwithout: " << part;
    }
    EXPECT_EQ(text.find('\n'), std::string::npos) << file.name;
    EXPECT_LT(text.size(), 1000U) << file.name;
  }
}

TEST(ParseResult, refuses_a_file_cut_off_anywhere) {
  const std::string text = whole();
  for (size_t size = 0; size + 2 < text.size(); ++size) {
    const Result<Loaded> loaded = parse_result(std::string_view(text).substr(0, size), "a.json");
    ASSERT_FALSE(loaded.has_value()) << size;
    ASSERT_EQ(loaded.error().kind, ErrorKind::kUsage) << size;
  }
}

TEST(ParseResult, names_the_line) {
  std::string text = replaced("CLOCK_MONOTONIC", "CLOCK_\x01");
  const size_t line =
      static_cast<size_t>(std::count(text.begin(), text.begin() + static_cast<long>(text.find("CLOCK_")), '\n')) + 1;
  EXPECT_NE(parse_result(text, "a").error().text().find("line " + std::to_string(line) + ", byte "), std::string::npos);
}

TEST(ParseResult, warns_of_unknown_keys_and_leaves_them_out) {
  Json json = Json::parse(whole());
  json["later"] = {{"a", {1, 2, 3}}, {"cases", Json::array()}};
  json["run"]["later"] = 1;
  json["cases"][0]["later"] = {1, {2, 3}};
  json["cases"][0]["samples"]["later_ns"] = 7;
  const Result<Loaded> loaded = parse_result(json.dump(), "a.json");
  ASSERT_TRUE(loaded.has_value()) << loaded.error().text();
  std::vector<std::string> messages;
  for (const Warning& warning : loaded->warnings) messages.push_back(warning.message);
  EXPECT_EQ(messages, (std::vector<std::string>{"/cases/0/later is unknown and left out",
                                                "/later is unknown and left out", "/run/later is unknown and left out",
                                                "/cases/0/samples: 'metrics' doesn't explain 'later_ns'"}));
  EXPECT_EQ(loaded->record.cases[0].samples.metric("later_ns")->values, (std::vector<int64_t>(4, 7)));
}

TEST(ParseResult, does_not_keep_more_warnings_than_anybody_reads) {
  Json json = Json::parse(whole());
  for (int i = 0; i < 1000; ++i) json["unknown" + std::to_string(i)] = i;
  const Result<Loaded> loaded = parse_result(json.dump(), "a.json");
  ASSERT_TRUE(loaded.has_value());
  EXPECT_EQ(loaded->warnings.size(), 21U);
  EXPECT_EQ(loaded->warnings.back().message, "980 more warnings about this file");
}

TEST(ParseResult, takes_any_order_of_keys_and_any_white_space) {
  const Json json = Json::parse(whole());
  const std::string sorted = nlohmann::json::parse(whole()).dump();
  for (const std::string& text : {json.dump(), json.dump(8), sorted}) {
    const Result<Loaded> loaded = parse_result(text, "a.json");
    ASSERT_TRUE(loaded.has_value()) << loaded.error().text();
    EXPECT_EQ(loaded->record.cases[0].samples.metric("return_ns")->values, full_series().metrics[0].values);
  }
}

/// 0, 7, 14, … and a null now and then; long enough to go through the buffer several times.
Json long_column() {
  Json column = Json::array();
  for (int64_t i = 0; i < 30'000; ++i) column.push_back(i % 1000 == 999 ? Json() : Json(i * 7));
  return column;
}

TEST(ParseResult, reads_a_long_column_the_same_however_it_is_laid_out) {
  Json json = Json::parse(whole());
  Json& samples = json["cases"][0]["samples"];
  samples = all_single();
  samples["return_ns"] = long_column();
  samples["warmup"] = Json::array();
  for (int i = 0; i < 30'000; ++i) samples["warmup"].push_back(i < 50);
  json["cases"][0]["phases"] = Json::object();
  for (const int indent : {-1, 0, 1, 40, 300}) {
    const Result<Loaded> loaded = parse_result(json.dump(indent), "a.json");
    ASSERT_TRUE(loaded.has_value()) << loaded.error().text();
    const Series& series = loaded->record.cases[0].samples;
    ASSERT_EQ(series.size(), 30'000U);
    const std::vector<int64_t>& values = series.metric("return_ns")->values;
    for (int64_t i = 0; i < 30'000; ++i) {
      ASSERT_EQ(values[static_cast<size_t>(i)], i % 1000 == 999 ? kMissing : i * 7) << i;
    }
    EXPECT_EQ(std::ranges::count(series.warmup, 1), 50);
  }
}

TEST(ParseResult, finds_the_wrong_value_in_a_long_column) {
  Json json = Json::parse(whole());
  json["cases"][0]["samples"] = all_single();
  json["cases"][0]["samples"]["return_ns"] = long_column();
  json["cases"][0]["phases"] = Json::object();
  json["cases"][0]["samples"]["return_ns"][17'777] = -3;
  EXPECT_NE(parse_result(json.dump(), "a").error().text().find("value 17777 of the column: -3 is negative"),
            std::string::npos);
  json["cases"][0]["samples"]["return_ns"][17'777] = 0.5;
  EXPECT_NE(parse_result(json.dump(), "a").error().text().find("return_ns/17777"), std::string::npos);
}

TEST(ParseResult, keeps_only_the_columns_that_are_asked_for_but_checks_the_others) {
  const Result<Loaded> loaded = parse_result(whole(), "a.json", {.columns = {"return_ns"}});
  ASSERT_TRUE(loaded.has_value());
  const Series& series = loaded->record.cases[0].samples;
  ASSERT_EQ(series.metrics.size(), 1U);
  EXPECT_EQ(series.metrics[0].name, "return_ns");
  EXPECT_TRUE(series.phases.empty());
  EXPECT_FALSE(parse_result(with("/cases/0/phases/attach_ns", {1}), "a", {.columns = {"return_ns"}}).has_value());
}

TEST(ParseResult, stops_at_its_limits) {
  EXPECT_NE(parse_result(whole(), "a", {.max_samples = 3}).error().text().find("more than 3 samples"),
            std::string::npos);
  EXPECT_NE(parse_result(whole(), "a", {.max_bytes = 500}).error().text().find("longer than 500 bytes"),
            std::string::npos);
  EXPECT_NE(parse_result(whole(), "a", {.max_memory_bytes = 2000}).error().text().find("memory limit"),
            std::string::npos);
  // A long array and many columns of one value: little text, much memory.
  Json json = Json::parse(whole());
  json["cases"][0]["samples"] = all_single();
  json["cases"][0]["samples"]["sequence"] = Json::array();
  for (int i = 0; i < 100'000; ++i) json["cases"][0]["samples"]["sequence"].push_back(0);
  json["cases"][0]["phases"] = Json::object();
  for (int i = 0; i < 200; ++i) json["cases"][0]["phases"]["p" + std::to_string(i)] = 0;
  EXPECT_TRUE(parse_result(json.dump(), "a").has_value());
  EXPECT_FALSE(parse_result(json.dump(), "a", {.max_memory_bytes = 50'000'000}).has_value());
}

}  // namespace
}  // namespace umb
