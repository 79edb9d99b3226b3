// SPDX-License-Identifier: Apache-2.0
// What lies in configs/ and docs/config.md is what the program reads.
#include "plan/expand.h"
#include "plan/limits.h"
#include "plan/test_scenarios.h"

#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <set>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace umb {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

const fs::path kSource = UMOUNTBENCH_SOURCE_DIR;

Plan shipped(const std::string& name, const Overrides& overrides = {}) {
  const auto config = load_config(kSource / "configs" / (name + ".json"));
  if (!config.has_value()) throw std::runtime_error(config.error().text());
  auto plan = expand(*config, overrides, test_scenarios());
  if (!plan.has_value()) throw std::runtime_error(plan.error().text());
  return *std::move(plan);
}

int64_t longest_ns(const Plan& plan) {
  return plan.settings.rounds * plan.settings.time_limit_ns * static_cast<int64_t>(plan.cases.size());
}

std::set<std::string> values_of(const Plan& plan, const std::string& scenario, const std::string& parameter) {
  std::set<std::string> values;
  for (const Case& one : plan.cases) {
    if (one.scenario == scenario) values.insert(one.value(parameter));
  }
  return values;
}

std::string text_of(const fs::path& path) {
  std::ifstream file(path);
  return {std::istreambuf_iterator<char>(file), {}};
}

TEST(ShippedConfigs, can_all_be_expanded_and_say_their_file_s_name) {
  size_t count = 0;
  for (const auto& entry : fs::directory_iterator(kSource / "configs")) {
    if (entry.path().extension() != ".json") continue;
    SCOPED_TRACE(entry.path());
    const Plan plan = shipped(entry.path().stem());
    EXPECT_EQ(plan.name, entry.path().stem());
    ++count;
  }
  EXPECT_GE(count, 4U);
}

TEST(ShippedConfigs, quick_takes_well_under_a_minute_back_to_back) {
  const Plan plan = shipped("quick");
  EXPECT_EQ(plan.cases.size(), 8U);
  EXPECT_LE(longest_ns(plan), 40'000'000'000);
  EXPECT_EQ(plan.settings.settle, "none");
}

TEST(ShippedConfigs, default_has_every_value_of_every_scenario_within_ten_minutes) {
  const Plan plan = shipped("default");
  EXPECT_LE(longest_ns(plan), 600'000'000'000);
  EXPECT_EQ(plan.settings.settle, "random");
  for (const ScenarioInfo& scenario : test_scenarios()) {
    for (const ParameterInfo& parameter : scenario.parameters) {
      std::set<std::string> expected(parameter.values.begin(), parameter.values.end());
      if (expected.empty()) continue;
      if (parameter.name == "rcu") expected.erase("as-found");
      EXPECT_EQ(values_of(plan, scenario.name, parameter.name), expected) << scenario.name << " " << parameter.name;
    }
  }
}

TEST(ShippedConfigs, compare_has_seven_rounds_of_few_cases) {
  const Plan plan = shipped("compare");
  EXPECT_EQ(plan.settings.rounds, 7);
  EXPECT_LE(plan.cases.size(), 8U);
  EXPECT_LE(longest_ns(plan), 360'000'000'000);
}

TEST(ShippedConfigs, unprivileged_is_the_same_with_and_without_its_flag) {
  Overrides overrides;
  overrides.unprivileged = true;
  const Plan plan = shipped("unprivileged", overrides);
  EXPECT_EQ(plan.cases.size(), shipped("unprivileged").cases.size());
  EXPECT_EQ(values_of(plan, "umount", "fs"), (std::set<std::string>{"tmpfs", "bind", "ramfs", "overlay"}));
  EXPECT_EQ(values_of(plan, "umount", "rcu"), (std::set<std::string>{"as-found"}));
}

TEST(ConfigDocumentation, has_an_example_that_works) {
  const std::string page = text_of(kSource / "docs/config.md");
  const std::string fence = "```json\n";
  const size_t start = page.find(fence);
  ASSERT_NE(start, std::string::npos);
  const std::string example = page.substr(start + fence.size(), page.find("```", start + 3) - start - fence.size());
  const auto config = parse_config(example, "docs/config.md");
  ASSERT_TRUE(config.has_value()) << config.error().text();
  const auto plan = expand(*config, {}, test_scenarios());
  ASSERT_TRUE(plan.has_value()) << plan.error().text();
  for (const std::string& key : config_keys()) {
    EXPECT_THAT(example, HasSubstr("\"" + key + "\":")) << "the example leaves out " << key;
  }
}

TEST(ConfigDocumentation, has_a_line_for_every_key_with_its_default) {
  const std::string page = text_of(kSource / "docs/config.md");
  const Settings settings;
  const std::map<std::string, std::string> defaults{{"rounds", std::to_string(settings.rounds)},
                                                    {"samples", std::to_string(settings.samples)},
                                                    {"time_limit", "`\"10s\"`"},
                                                    {"interval", "`\"5%\"`"},
                                                    {"settle", "`\"" + settings.settle + "\"`"},
                                                    {"watched_share", "`\"10%\"`"},
                                                    {"release_limit", "`\"5s\"`"}};
  for (const std::string& key : config_keys()) {
    const size_t start = page.find("\n| `" + key + "` | ");
    ASSERT_NE(start, std::string::npos) << key;
    const std::string line = page.substr(start + 1, page.find('\n', start + 1) - start - 1);
    const auto known = defaults.find(key);
    if (known == defaults.end()) continue;
    EXPECT_THAT(line, HasSubstr("| " + known->second + " |")) << key;
  }
}

}  // namespace
}  // namespace umb
