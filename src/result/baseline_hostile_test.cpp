// SPDX-License-Identifier: Apache-2.0
#include "base/file.h"
#include "result/baseline_file.h"
#include "result/made_digest.h"
#include "result/versioned_file.h"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace umb {
namespace {

using Json = nlohmann::ordered_json;

std::string as_text(const std::vector<BootDigest>& boots) {
  std::string text;
  EXPECT_TRUE(write_baseline(boots, [&](std::string_view piece) -> Result<void> {
                text += piece;
                return {};
              }).has_value());
  return text;
}

std::string whole() {
  return as_text({made_digest({.cases = 2, .rounds = 3})});
}

/// A baseline with something else at a JSON pointer.
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

/// Little text that asks for much memory: a long reason, and a list of rounds that all have it.
std::string amplified() {
  Json json = Json::parse(whole());
  Json& boot = json["boots"][0];
  boot["cases"][0]["reason"] = std::string(1'000'000, 'x');
  boot["cases"].erase(1);
  boot["by_round"]["round"] = Json::array();
  boot["by_round"]["disturbed"] = Json::array();
  for (int i = 0; i < 5'000; ++i) {
    boot["by_round"]["round"].push_back(i);
    boot["by_round"]["disturbed"].push_back(false);
  }
  boot["cases"][0]["by_round"] = {{"samples", 0},
                                  {"metrics", {{"return_ns", Json::object()}, {"released_ns", Json::object()}}}};
  return json.dump();
}

Json many_texts(size_t count) {
  Json object = Json::object();
  for (size_t i = 0; i < count; ++i) object["p" + std::to_string(i)] = "0";
  return object;
}

Json many_metrics(size_t count) {
  Json object = Json::object();
  for (size_t i = 0; i < count; ++i) object["m" + std::to_string(i)] = Json::object();
  return object;
}

struct Hostile {
  const char* name;
  std::string text;
  std::vector<std::string> says;  ///< what the error must hold
};

const std::string kCase = "/boots/0/cases/0";
const std::string kMetric = kCase + "/metrics/return_ns";
const std::string kRounds = kCase + "/by_round";

std::vector<Hostile> hostile_texts() {
  return {
      {"empty", "", {"it is empty"}},
      {"no JSON", "hello", {"line 1, byte 1", "not valid JSON"}},
      {"a list", "[]", {"expected an object, found a list"}},
      {"an empty object", "{}", {"/baseline_version", "missing"}},
      {"deep nesting", std::string(100'000, '['), {"nested deeper than 32"}},
      {"invalid UTF-8", replaced("quick", "quick\xff"), {"not valid JSON", "UTF-8"}},
      {"NaN", replaced("\"trend_ratio\":", "\"trend_ratio\":NaN,\"x\":"), {"not valid JSON"}},
      {"a number beyond a double", replaced("\"trend_ratio\":", "\"trend_ratio\":1e999,\"x\":"), {"not valid JSON"}},
      {"version 0", with("/baseline_version", 0), {"/baseline_version", "no baseline version 0"}},
      {"a version in words", with("/baseline_version", "1"), {"/baseline_version", "expected a whole number"}},
      {"no boots", without("", "boots"), {"/boots", "missing"}},
      {"an empty list of boots", with("/boots", Json::array()), {"/boots", "no boot"}},
      {"a text for a boot", with("/boots/0", "x"), {"/boots/0", "expected an object, found a text"}},
      {"a missing part", without("/boots/0/run", "id"), {"/boots/0/run/id", "missing"}},
      {"a wrong type", with("/boots/0/run/id", 7), {"/boots/0/run/id", "expected a text"}},
      {"negative rounds", with("/boots/0/rounds", -1), {"/boots/0/rounds", "negative"}},
      {"more disturbed rounds than rounds", with("/boots/0/disturbed_rounds", 4), {"disturbed_rounds", "fewer"}},
      {"a gate without quantiles", with("/boots/0/plan/gate/quantiles", Json::array()), {"gate/quantiles", "none"}},
      {"a gate outside", with("/boots/0/plan/gate/quantiles", {1}), {"gate/quantiles", "between 0 and 1"}},
      {"a fact that is an object", with("/boots/0/environment/x", Json::object()), {"environment/x", "plain value"}},
      {"a quantile's place of 0", with("/boots/0/quantiles/0", 0), {"/boots/0: ", "between 0 and 1"}},
      {"a quantile's place of 1", with("/boots/0/quantiles/3", 1), {"/boots/0: ", "between 0 and 1"}},
      {"places not ascending", with("/boots/0/quantiles/1", 0.5), {"/boots/0: ", "not ascending"}},
      {"a place in words", with("/boots/0/quantiles/1", "p90"), {"/boots/0/quantiles/1", "expected a number"}},
      {"a parameter that is no text", with("/boots/0/scenarios/umount/fs", 1), {"umount/fs", "expected a text"}},
      {"a list of parameters", with("/boots/0/scenarios/umount", {1}), {"/umount", "expected an object"}},
      {"many parameters",
       with("/boots/0/scenarios/umount", many_texts(300)),
       {"/boots/0: ", "more than 256 parameters"}},
      {"many metrics", with(kCase + "/metrics", many_metrics(300)), {kCase, "more than 256 metrics"}},
      {"a wrong direction", with("/boots/0/metrics/return_ns/better", "up"), {"return_ns/better", "one of lower"}},
      {"no id", without(kCase, "id"), {kCase + "/id", "missing"}},
      {"an empty id", with(kCase + "/id", ""), {"/boots/0/cases", "without a name"}},
      {"two cases of one id",
       with("/boots/0/cases/1/id", made_digest().whole.cases[0].spec.id),
       {"/boots/0/cases", "two cases 'umount/fs=tmpfs"}},
      {"an unknown outcome", with(kCase + "/outcome", "fine"), {kCase + "/outcome", "one of measured"}},
      {"negative samples", with(kCase + "/samples", -1), {kCase + "/samples", "negative"}},
      {"half a sample", with(kCase + "/samples", 0.5), {kCase + "/samples", "whole number"}},
      {"more values than samples", with(kMetric + "/count", 2001), {kCase, "return_ns: it counts more"}},
      {"figures of no values", with(kMetric + "/count", 0), {kCase, "return_ns: it has figures"}},
      {"more errors than samples", with(kCase + "/errnos", {{16, 2001}}), {kCase, "errnos", "don't fit"}},
      {"errors not ascending", with(kCase + "/errnos", {{16, 1}, {2, 1}}), {kCase, "not ascending"}},
      {"errno 0", with(kCase + "/errnos", {{0, 1}}), {kCase + "/errnos", "expected an errno"}},
      {"a large errno", with(kCase + "/errnos", {{1LL << 40U, 1}}), {kCase + "/errnos", "expected an errno"}},
      {"an errno alone", with(kCase + "/errnos", {{16}}), {kCase + "/errnos", "pairs"}},
      {"waits in no calls", with(kCase + "/grace_period_waits", {{0, 0}}), {"grace_period_waits", "in how many calls"}},
      {"negative waits", with(kCase + "/grace_period_waits", {{-1, 4}}), {"grace_period_waits", "in how many calls"}},
      {"waits not ascending",
       with(kCase + "/grace_period_waits", {{1, 4}, {1, 4}}),
       {kCase, "waits: the counts are not"}},
      {"waits of all the world's calls", with(kCase + "/deferred_grace_periods", {{1, INT64_MAX}}), {kCase, "10^9"}},
      {"waits that are a number", with(kCase + "/grace_period_waits", 1), {"grace_period_waits", "expected a list"}},
      {"a metric that is a number", with(kMetric, 5), {kMetric, "expected an object"}},
      {"a quantile of 0", with(kMetric + "/quantiles/0", 0), {kCase, "return_ns: a quantile is not above 0"}},
      {"a negative quantile", with(kMetric + "/quantiles/0", -1.5), {kCase, "not above 0"}},
      {"a quantile of null", with(kMetric + "/quantiles/0", nullptr), {kMetric + "/quantiles/0", "found null"}},
      {"a quantile too many", with(kMetric + "/quantiles/4", 9e9), {kMetric + "/quantiles", "expected 4 numbers"}},
      {"a negative range", with(kMetric + "/range", {-1, 5}), {kCase, "negative"}},
      {"a range upside down", with(kMetric + "/range", {5, 1}), {kCase, "minimum is above"}},
      {"a range of three", with(kMetric + "/range", {1, 2, 3}), {kMetric + "/range", "two numbers"}},
      {"a short grid", with(kMetric + "/grid_steps", {1, 2}), {kMetric + "/grid_steps", "there are 2, not 101"}},
      {"a grid that goes down", with(kMetric + "/grid_steps/50", -1), {"grid_steps/50", "negative"}},
      {"a grid of fractions", with(kMetric + "/grid_steps/50", 0.5), {"grid_steps/50", "whole number"}},
      {"a grid beyond 63 bits", with(kMetric + "/grid_steps/50", INT64_MAX), {"grid_steps/50", "beyond 63 bits"}},
      {"a negative trend", with(kCase + "/trend_ratio", -1), {kCase, "trend_ratio is negative"}},
      {"a share above 1", with(kCase + "/modes", {{1.5, 3}}), {kCase, "share"}},
      {"modes not ascending", with(kCase + "/modes", {{0.5, 3}, {0.5, 2}}), {kCase, "modes are not ascending"}},
      {"no rounds", without(kCase, "by_round"), {kRounds, "missing"}},
      {"a round too few", with("/boots/0/by_round/disturbed", {false}), {"by_round/disturbed", "one value for each"}},
      {"a round below 0", with("/boots/0/by_round/round/0", -1), {"by_round/round/0", "index of a round"}},
      {"a short column", with(kRounds + "/samples", {1, 2}), {kRounds + "/samples", "each of the 3 rounds"}},
      {"a negative count", with(kRounds + "/samples", -1), {kRounds + "/samples", "not negative"}},
      {"a huge count", with(kRounds + "/samples", 1e300), {kRounds + "/samples", "whole numbers"}},
      {"null in a column", with(kRounds + "/trend_ratio/1", nullptr), {kRounds + "/trend_ratio/1", "found null"}},
      {"a metric without its columns", without(kRounds + "/metrics", "return_ns"), {"metrics/return_ns", "missing"}},
      {"a negative quantile of a round",
       with(kRounds + "/metrics/return_ns/quantiles/0/1", -1),
       {kRounds, "return_ns: a quantile is not above 0"}},
      {"a column of quantiles too many",
       with(kRounds + "/metrics/return_ns/quantiles/1", {1, 2, 3}),
       {"return_ns/quantiles", "expected 1 columns"}},
      {"a list of modes too few", with(kRounds + "/modes", {Json::array()}), {kRounds + "/modes", "each of the 3"}},
      {"little text for much memory", amplified(), {kCase, "memory limit"}},
      {"a key that comes twice", replaced("\"boot_id\": ", "\"boot_id\": null, \"boot_id\": "), {"/boot_id", "twice"}},
  };
}

TEST(ParseBaseline, gives_one_clear_line_for_every_hostile_file) {
  for (const Hostile& file : hostile_texts()) {
    const auto read = parse_baseline(file.text, "b.json");
    ASSERT_FALSE(read.has_value()) << file.name;
    const std::string text = read.error().text();
    EXPECT_EQ(read.error().kind, ErrorKind::kUsage) << file.name << ": " << text;
    EXPECT_TRUE(text.starts_with("cannot read 'b.json': ")) << file.name << ": " << text;
    for (const std::string& part : file.says) {
      EXPECT_NE(text.find(part), std::string::npos) << file.name << ": " << text << "\nwithout: " << part;
    }
    EXPECT_EQ(text.find('\n'), std::string::npos) << file.name;
    EXPECT_LT(text.size(), 1000U) << file.name;
  }
}

TEST(ParseBaseline, refuses_a_newer_version_and_says_what_to_do) {
  const auto read = parse_baseline(with("/baseline_version", 2), "b.json");
  ASSERT_FALSE(read.has_value());
  EXPECT_NE(read.error().text().find("it has baseline version 2, and this program knows baseline versions up to 1"),
            std::string::npos);
  EXPECT_EQ(read.error().hint, "read it with the umountbench that wrote it, or a newer one");
}

TEST(ParseBaseline, refuses_a_file_cut_off_anywhere) {
  BootDigest boot = made_digest({.cases = 1, .rounds = 2});
  boot.environment.clear();
  boot.whole.cases[0].metrics[0].grid.clear();
  const std::string text = as_text({boot});
  for (size_t size = 0; size + 2 < text.size(); ++size) {
    ASSERT_FALSE(parse_baseline(std::string_view(text).substr(0, size), "b.json").has_value()) << size;
  }
}

TEST(ReadVersioned, stops_at_its_limits_of_text_and_memory) {
  const FileVersion version{"baseline_version", "baseline version", 1};
  const auto read = [&](uint64_t max_memory, uint64_t max_bytes) {
    const std::string text = whole();
    MemorySource source(text);
    LoadBudget budget(max_memory);
    const Result<ResultNode> root = read_versioned(source, "b.json", budget, version, max_bytes);
    return root.has_value() ? std::string("read") : root.error().text();
  };
  EXPECT_EQ(read(kMaxMemoryBytes, kMaxTextBytes), "read");
  EXPECT_NE(read(kMaxMemoryBytes, 500).find("longer than 500 bytes"), std::string::npos);
  EXPECT_NE(read(5'000, kMaxTextBytes).find("memory limit"), std::string::npos);
}

TEST(ParseBaseline, leaves_unknown_keys_out_and_tells_of_them) {
  Json json = Json::parse(whole());
  json["later"] = 1;
  json["boots"][0]["cases"][0]["later"] = {1, 2};
  json["boots"][0]["cases"][0]["by_round"]["later"] = {1, 2};
  LoadNotes notes;
  const auto read = parse_baseline(json.dump(), "b.json", &notes);
  ASSERT_TRUE(read.has_value()) << read.error().text();
  EXPECT_EQ(as_text(*read), whole());
  std::vector<std::string> messages;
  for (const Warning& warning : notes.take()) messages.push_back(warning.message);
  EXPECT_EQ(messages, (std::vector<std::string>{"/boots/0/cases/0/by_round/later is unknown and left out",
                                                "/boots/0/cases/0/later is unknown and left out",
                                                "/later is unknown and left out"}));
  EXPECT_TRUE(parse_baseline(json.dump(), "b.json").has_value());
}

TEST(ParseBaseline, keeps_control_characters_in_names) {
  BootDigest boot = made_digest({.cases = 1, .rounds = 1});
  boot.whole.cases[0].spec.id = "umount/fs=\x1b[31m\n";
  const auto read = parse_baseline(as_text({boot}), "b.json");
  ASSERT_TRUE(read.has_value()) << read.error().text();
  EXPECT_EQ(read->at(0).whole.cases[0].spec.id, "umount/fs=\x1b[31m\n");
}

TEST(LoadBaseline, still_reads_every_released_version_and_writes_the_last_one_the_same) {
  const std::string path = std::string(UMOUNTBENCH_SOURCE_DIR) + "/tests/data/schema/baseline-1.json";
  LoadNotes notes;
  const auto read = load_baseline(path, &notes);
  ASSERT_TRUE(read.has_value()) << read.error().text();
  EXPECT_TRUE(notes.take().empty());
  EXPECT_EQ(as_text(*read), read_file(path, 1'000'000).value_or(""))
      << "keys may be added; to change or drop one takes a new kBaselineVersion and a file beside " << path;
}

}  // namespace
}  // namespace umb
