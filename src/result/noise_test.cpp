// SPDX-License-Identifier: Apache-2.0
#include "result/made_digest.h"
#include "result/noise_file.h"
#include "testing/fake_tree.h"

#include <bit>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace umb {
namespace {

using Json = nlohmann::ordered_json;

NoiseProfile made_profile() {
  NoiseProfile profile{.source = {},
                       .tool_version = "0.2.0",
                       .made_at = "2025-04-08T13:00:00.000Z",
                       .like = made_digest({.cases = 2, .rounds = 2}),
                       .entries = {}};
  for (const std::string& id : profile.like.plan.cases) {
    profile.entries.push_back({id, "return_ns", 0.5, 0.1 / 3, 12});
    profile.entries.push_back({id, "return_ns", 0.9, 0, 2});
  }
  return profile;
}

std::string as_text(const NoiseProfile& profile) {
  std::string text;
  EXPECT_TRUE(write_noise_profile(profile, [&](std::string_view piece) -> Result<void> {
                text += piece;
                return {};
              }).has_value());
  return text;
}

std::string with(const std::string& pointer, const Json& value) {
  Json json = Json::parse(as_text(made_profile()));
  json[Json::json_pointer(pointer)] = value;
  return json.dump();
}

TEST(NoiseFile, gives_a_profile_back) {
  const NoiseProfile profile = made_profile();
  const auto read = parse_noise_profile(as_text(profile), "n.json");
  ASSERT_TRUE(read.has_value()) << read.error().text();
  EXPECT_EQ(read->source, "n.json");
  EXPECT_EQ(read->tool_version, "0.2.0");
  EXPECT_EQ(read->made_at, profile.made_at);
  ASSERT_EQ(read->entries.size(), 4U);
  for (size_t i = 0; i < 4; ++i) {
    EXPECT_EQ(read->entries[i].case_id, profile.entries[i].case_id);
    EXPECT_EQ(read->entries[i].metric, "return_ns");
    EXPECT_EQ(read->entries[i].p, profile.entries[i].p);
    EXPECT_EQ(std::bit_cast<uint64_t>(read->entries[i].sd), std::bit_cast<uint64_t>(profile.entries[i].sd));
    EXPECT_EQ(read->entries[i].boots, profile.entries[i].boots);
  }
  EXPECT_EQ(as_text(*read), as_text(profile));
}

TEST(NoiseFile, keeps_what_the_boots_were_of_but_no_cases) {
  const NoiseProfile profile = made_profile();
  const auto read = parse_noise_profile(as_text(profile), "n.json");
  ASSERT_TRUE(read.has_value()) << read.error().text();
  EXPECT_EQ(read->like.environment, profile.like.environment);
  EXPECT_EQ(read->like.clock, profile.like.clock);
  EXPECT_EQ(read->like.plan.settings, profile.like.plan.settings);
  EXPECT_EQ(read->like.plan.cases, profile.like.plan.cases);
  EXPECT_EQ(read->like.plan.gate.value_or(Gate{}).quantiles, (std::vector<double>{0.5}));
  EXPECT_TRUE(read->like.whole.cases.empty());
  EXPECT_TRUE(read->like.by_round.empty());
  EXPECT_EQ(as_text(profile).find("grid_steps"), std::string::npos);
}

TEST(NoiseFile, says_in_one_line_what_is_wrong_and_where) {
  const std::vector<std::pair<std::string, std::vector<std::string>>> hostile{
      {"", {"it is empty"}},
      {"{}", {"/noise_profile_version", "missing"}},
      {with("/noise_profile_version", 2), {"noise profile version 2", "up to 1"}},
      {with("/like", nullptr), {"/like", "expected an object"}},
      {with("/like/run/id", 7), {"/like/run/id", "expected a text"}},
      {with("/entries", 7), {"/entries", "expected a list"}},
      {with("/entries/1/case", ""), {"/entries/1", "without a name"}},
      {with("/entries/1/p", 1), {"/entries/1", "p is not between"}},
      {with("/entries/1/p", 0.5), {"/entries/1", "twice"}},
      {with("/entries/1/sd", -0.1), {"/entries/1", "sd is negative"}},
      {with("/entries/1/sd", nullptr), {"/entries/1/sd", "expected a number, found null"}},
      {with("/entries/1/boots", 1), {"/entries/1", "fewer than 2 boots"}},
      {with("/entries/1/boots", -3), {"/entries/1/boots", "negative"}},
  };
  for (const auto& [text, says] : hostile) {
    const auto read = parse_noise_profile(text, "n.json");
    ASSERT_FALSE(read.has_value()) << text;
    EXPECT_EQ(read.error().kind, ErrorKind::kUsage);
    for (const std::string& part : says) {
      EXPECT_NE(read.error().text().find(part), std::string::npos) << read.error().text() << "\nwithout: " << part;
    }
  }
}

TEST(NoiseFile, is_not_written_with_a_spread_that_is_no_number) {
  NoiseProfile profile = made_profile();
  profile.entries[0].sd = NAN;
  EXPECT_FALSE(write_noise_profile(profile, [](std::string_view) -> Result<void> { return {}; }).has_value());
}

TEST(NoiseFile, tells_of_unknown_keys) {
  LoadNotes notes;
  EXPECT_TRUE(parse_noise_profile(with("/like/later", 1), "n.json", &notes).has_value());
  const std::vector<Warning> warnings = notes.take();
  ASSERT_EQ(warnings.size(), 1U);
  EXPECT_EQ(warnings[0].message, "/like/later is unknown and left out");
}

TEST(NoiseFile, goes_into_a_file_and_comes_back) {
  const FakeTree tree{fake_folder("out")};
  const std::string path = tree.path() + "/out/n.json";
  Result<OutputFile> file = OutputFile::create(path);
  ASSERT_TRUE(file.has_value());
  ASSERT_TRUE(write_noise_profile(made_profile(), *file).has_value());
  ASSERT_TRUE(file->commit().has_value());
  const auto read = load_noise_profile(path);
  ASSERT_TRUE(read.has_value()) << read.error().text();
  EXPECT_EQ(read->like.source, path);
}

TEST(NoiseFile, of_a_released_version_is_still_read) {
  const std::string path = std::string(UMOUNTBENCH_SOURCE_DIR) + "/tests/data/schema/noise-1.json";
  LoadNotes notes;
  const auto read = load_noise_profile(path, &notes);
  ASSERT_TRUE(read.has_value()) << read.error().text();
  EXPECT_TRUE(notes.take().empty());
  EXPECT_EQ(as_text(*read), read_file(path, 1'000'000).value_or(""));
}

}  // namespace
}  // namespace umb
