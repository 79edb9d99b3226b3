// SPDX-License-Identifier: Apache-2.0
#include "result/reader.h"
#include "result/test_text.h"
#include "result/writer.h"
#include "testing/full_record.h"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace umb {
namespace {

using Json = nlohmann::ordered_json;

/// The full record's file with something else at a JSON pointer within its first attribution.
std::string with(const std::string& pointer, const Json& value) {
  Json json = Json::parse(as_text(full_record()));
  json["attribution"][0][Json::json_pointer(pointer)] = value;
  return json.dump(1);
}

std::string error_of(const std::string& text) {
  const Result<Loaded> loaded = parse_result(text, "a.json");
  return loaded.has_value() ? "" : loaded.error().text();
}

TEST(Attribution, comes_back_as_it_was) {
  const RunRecord record = full_record();
  const std::string text = as_text(record);
  const Result<Loaded> loaded = parse_result(text, "a.json");
  ASSERT_TRUE(loaded.has_value()) << loaded.error().text();
  EXPECT_TRUE(loaded->warnings.empty());
  ASSERT_EQ(loaded->record.attributions.size(), 2U);
  const Attribution& had = record.attributions[0];
  const Attribution& got = loaded->record.attributions[0];
  EXPECT_EQ(got.case_id, had.case_id);
  EXPECT_EQ(got.method, "traced");
  EXPECT_EQ(got.wall_ns, had.wall_ns);
  ASSERT_EQ(got.causes.size(), had.causes.size());
  for (size_t i = 0; i < had.causes.size(); ++i) {
    EXPECT_EQ(got.causes[i].name, had.causes[i].name);
    EXPECT_EQ(got.causes[i].values, had.causes[i].values);
  }
  EXPECT_EQ(got.grace_period_waits, had.grace_period_waits);
  EXPECT_EQ(got.deferred_grace_periods, had.deferred_grace_periods);
  EXPECT_EQ(got.voluntary_switches, had.voluntary_switches);
  ASSERT_EQ(got.waits.size(), 1U);
  EXPECT_EQ(got.waits[0].kind, "normal");
  EXPECT_EQ(got.waits[0].total_ns, had.waits[0].total_ns);
  ASSERT_EQ(got.calls.size(), 1U);
  EXPECT_EQ(got.calls[0].grace_period_ns, had.calls[0].grace_period_ns);
  EXPECT_EQ(got.missing, had.missing);
  EXPECT_EQ(got.dropped_samples, 3);
  EXPECT_EQ(got.lost_events, 17);
  EXPECT_EQ(got.floor_ns, 1'000);
  const Attribution& none = loaded->record.attributions[1];
  EXPECT_EQ(none.method, "");
  EXPECT_EQ(none.reason, "somebody else traces");
  EXPECT_EQ(none.floor_ns, kMissing);
  EXPECT_EQ(as_text(loaded->record), text);
}

TEST(Attribution, is_left_out_of_a_file_where_none_was_asked_for) {
  RunRecord record = full_record();
  record.attributions.clear();
  const std::string text = as_text(record);
  EXPECT_FALSE(Json::parse(text).contains("attribution"));
  EXPECT_TRUE(parse_result(text, "a.json")->record.attributions.empty());
}

TEST(Attribution, keeps_its_small_columns_small) {
  const Json samples = Json::parse(as_text(full_record()))["attribution"][0]["samples"];
  EXPECT_EQ(samples["grace_period_waits"], 1);
  EXPECT_EQ(samples["wall_ns"].dump(), "[41000,9000000]");
  EXPECT_EQ(samples["voluntary_switches"].dump(), "[1,null]");
}

TEST(Attribution, leaves_out_with_a_warning_what_it_does_not_know) {
  Json json = Json::parse(with("/causes_ns/luck", {1, 2}));
  json["attribution"][0]["later"] = 1;
  const Result<Loaded> loaded = parse_result(json.dump(), "a.json");
  ASSERT_TRUE(loaded.has_value()) << loaded.error().text();
  ASSERT_EQ(loaded->warnings.size(), 2U);
  EXPECT_EQ(loaded->warnings[0].message, "/attribution/0/causes_ns/luck is unknown and left out");
  EXPECT_EQ(loaded->warnings[1].message, "/attribution/0/later is unknown and left out");
  EXPECT_EQ(loaded->record.attributions[0].causes.size(), 3U);
}

TEST(Attribution, is_refused_where_it_is_wrong) {
  const struct {
    const char* pointer;
    Json value;
    const char* says;
  } wrongs[] = {
      {"/case", "umount/fs=none", "/attribution/0/case: there is no such case"},
      {"/case", "umount/fs=\x1b[31m", "there twice"},
      {"/method", "guessed", "/attribution/0/method: expected one of traced, coarse"},
      {"/samples", 7, "/attribution/0/samples: expected an object"},
      {"/samples/wall_ns", 7, "expected a list"},
      {"/samples/wall_ns", {1, -2}, "/samples/wall_ns/1: -2 is negative"},
      {"/samples/wall_ns", {1, nullptr}, "expected a whole number, found null"},
      {"/samples/wall_ns", {1, 2, 3}, "columns of unequal length: it has 2 values, 'wall_ns' 3"},
      {"/samples/grace_period_waits", {1}, "columns of unequal length"},
      {"/samples/grace_period_waits", nullptr, "expected a whole number, found null"},
      {"/samples/deferred_grace_periods", "two", "expected a whole number, found a text"},
      {"/samples/voluntary_switches", INT64_MIN, "negative"},
      {"/causes_ns", Json::array(), "expected an object"},
      {"/causes_ns/rest", {1, 2, 3}, "columns of unequal length"},
      {"/causes_ns/rest", {1, 1.5}, "found a number with a fraction"},
      {"/causes_ns/rest", UINT64_MAX, "expected a whole number"},
      {"/waits", 1, "expected a list"},
      {"/waits/0/function", 1, "expected a text"},
      {"/waits/0/count", -1, "negative"},
      {"/calls/0/total_ns", "1", "expected a whole number"},
      {"/calls/0", 1, "expected an object"},
      {"/missing", {1}, "expected a text"},
      {"/dropped_samples", -1, "negative"},
      {"/floor_ns", -1, "negative"},
  };
  for (const auto& wrong : wrongs) {
    const std::string error = error_of(with(wrong.pointer, wrong.value));
    EXPECT_NE(error.find(wrong.says), std::string::npos) << wrong.pointer << ": " << error;
    EXPECT_TRUE(error.starts_with("cannot read 'a.json': line ")) << error;
  }
  EXPECT_NE(error_of(R"({"schema_version": 1, "attribution": 7})"), "");
}

TEST(Attribution, is_counted_against_the_memory_limit) {
  Json list = Json::array();
  for (int i = 0; i < 100'000; ++i) list.push_back(i);
  const std::string text = with("/later", list);
  EXPECT_TRUE(parse_result(text, "a").has_value());
  EXPECT_FALSE(parse_result(text, "a", {.max_memory_bytes = 1'000'000}).has_value());
}

TEST(Attribution, of_columns_of_different_lengths_is_not_written) {
  RunRecord record = full_record();
  record.attributions[0].causes[0].values.pop_back();
  EXPECT_FALSE(write_result(record, [](std::string_view) -> Result<void> { return {}; }).has_value());
}

}  // namespace
}  // namespace umb
