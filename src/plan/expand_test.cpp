// SPDX-License-Identifier: Apache-2.0
#include "plan/expand.h"

#include "plan/test_scenarios.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace umb {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

Result<Plan> expanded(const std::string& json, const Overrides& overrides = {}) {
  UMB_ASSIGN(const Config config, parse_config(json, "x.json"));
  return expand(config, overrides, test_scenarios());
}

std::vector<std::string> ids(const Result<Plan>& plan) {
  if (!plan.has_value()) return {plan.error().text()};
  std::vector<std::string> all;
  for (const Case& one : plan->cases) all.push_back(one.id);
  return all;
}

void expect_refused(const std::string& json, const std::string& message, const std::string& hint,
                    const Overrides& overrides = {}) {
  const auto plan = expanded(json, overrides);
  ASSERT_FALSE(plan.has_value()) << json;
  EXPECT_EQ(plan.error().text(), message) << json;
  EXPECT_THAT(plan.error().hint, HasSubstr(hint)) << json;
  EXPECT_FALSE(plan.error().hint.empty()) << json;
  EXPECT_EQ(plan.error().kind, ErrorKind::kUsage);
}

Overrides with_filter(const std::string& filter) {
  Overrides overrides;
  overrides.filter = filter;
  return overrides;
}

Overrides with_rcu(const std::vector<std::string>& modes) {
  Overrides overrides;
  overrides.rcu = modes;
  return overrides;
}

const char* const kSmall = R"({"cases": [{"scenario": "umount"}]})";
const char* const kTwoModes = R"({"rcu": ["default", "normal"],
    "cases": [{"scenario": "umount", "mode": ["plain", "lazy"]}, {"scenario": "loop", "rcu": "expedited"}]})";

TEST(Expand, fills_in_defaults) {
  const auto plan = expanded(kSmall);
  ASSERT_THAT(ids(plan), ElementsAre("umount/fs=tmpfs/mode=plain/method=syscall/rcu=as-found"));
  EXPECT_EQ(plan->cases[0].scenario, "umount");
  EXPECT_EQ(plan->cases[0].parameters.size(), 9U);
  EXPECT_EQ(plan->cases[0].number("files"), 0);
  EXPECT_EQ(plan->name, "x");
}

TEST(Expand, multiplies_lists_in_declared_order_with_the_last_one_fastest) {
  EXPECT_THAT(ids(expanded(R"({"cases": [{"scenario": "umount", "files": [0, "0100"], "fs": ["ext4", "tmpfs"]}]})")),
              ElementsAre("umount/fs=ext4/mode=plain/method=syscall/rcu=as-found",
                          "umount/fs=ext4/mode=plain/method=syscall/rcu=as-found/files=100",
                          "umount/fs=tmpfs/mode=plain/method=syscall/rcu=as-found",
                          "umount/fs=tmpfs/mode=plain/method=syscall/rcu=as-found/files=100"));
}

TEST(Expand, lets_a_case_s_own_rcu_win_over_the_config_s) {
  EXPECT_THAT(ids(expanded(kTwoModes)), ElementsAre("umount/fs=tmpfs/mode=plain/method=syscall/rcu=default",
                                                    "umount/fs=tmpfs/mode=plain/method=syscall/rcu=normal",
                                                    "umount/fs=tmpfs/mode=lazy/method=syscall/rcu=default",
                                                    "umount/fs=tmpfs/mode=lazy/method=syscall/rcu=normal",
                                                    "loop/fs=ext4/mode=plain/rcu=expedited"));
}

TEST(Expand, names_the_nearest_known_word) {
  expect_refused(R"({"cases": [{"scenario": "umuont"}]})",
                 "config 'x.json': /cases/0/scenario: unknown scenario 'umuont'", "did you mean 'umount'?");
  expect_refused(R"({"cases": [{"scenario": "umount", "fss": "tmpfs"}]})", "config 'x.json': /cases/0/fss: unknown key",
                 "did you mean 'fs'?");
  expect_refused(R"({"cases": [{"scenario": "loop", "method": "exec"}]})",
                 "config 'x.json': /cases/0/method: unknown key", "scenario, fs, mode, rcu, autoclear");
  expect_refused(R"({"cases": [{"scenario": "umount", "fs": ["tmpfs", "ext"]}]})",
                 "config 'x.json': /cases/0/fs/1: 'ext' is unknown", "did you mean 'ext4'?");
  expect_refused(R"({"cases": [{"scenario": "umount", "fs": 5}]})", "config 'x.json': /cases/0/fs: '5' is unknown",
                 "tmpfs, ext4, bind");
  expect_refused(R"({"rcu": "norml", "cases": [{"scenario": "umount"}]})", "config 'x.json': /rcu: 'norml' is unknown",
                 "did you mean 'normal'?");
}

TEST(Expand, checks_numbers_against_the_scenario_s_range) {
  const auto with_files = [](const std::string& files) {
    return R"({"cases": [{"scenario": "umount", "files": )" + files + "}]}";
  };
  expect_refused(with_files("100001"), "config 'x.json': /cases/0/files: '100001' is out of range", "0 to 100000");
  expect_refused(with_files("-1"), "config 'x.json': /cases/0/files: '-1' is out of range", "0 to 100000");
  expect_refused(with_files("1.5"), "config 'x.json': /cases/0/files: '1.5' is not a whole number", "0 to 100000");
  expect_refused(with_files("\"many\""), "config 'x.json': /cases/0/files: 'many' is not a whole number",
                 "0 to 100000");
  expect_refused(with_files("\"\""), "config 'x.json': /cases/0/files: '' is not a whole number", "0 to 100000");
}

TEST(Expand, refuses_a_case_that_comes_up_twice) {
  expect_refused(
      R"({"cases": [{"scenario": "umount"}, {"scenario": "umount", "fs": ["ext4", "tmpfs"]}]})",
      "config 'x.json': /cases/1: the case umount/fs=tmpfs/mode=plain/method=syscall/rcu=as-found a second time "
      "(first from /cases/0)",
      "leave it out");
  EXPECT_FALSE(expanded(R"({"cases": [{"scenario": "umount", "files": [5, "05"]}]})").has_value());
}

TEST(Expand, refuses_more_than_ten_thousand_cases) {
  std::string numbers = "0";
  for (int i = 1; i < 9000; ++i) numbers += "," + std::to_string(i);
  const std::string lists = "\"files\": [" + numbers + "], \"dirty_bytes\": [" + numbers + "]";
  expect_refused("{\"cases\": [{\"scenario\": \"umount\", " + lists + "}]}",
                 "config 'x.json': /cases/0: more than 10000 cases in all", "shorten");
  const std::string one_list = "{\"cases\": [{\"scenario\": \"umount\", \"files\": [" + numbers + "]}]}";
  EXPECT_EQ(expanded(one_list)->cases.size(), 9000U);
  expect_refused(one_list, "--rcu: more than 10000 cases in all", "fewer", with_rcu({"default", "normal"}));
}

TEST(Expand, lets_flags_win_over_the_config) {
  Overrides overrides;
  overrides.rounds = 2;
  overrides.samples = 10;
  overrides.time_limit = "2s";
  overrides.settle = "none";
  overrides.released = false;
  overrides.label = "patched";
  const auto plan = expanded(
      R"({"rounds": 5, "samples": 5, "time_limit": "5s", "settle": "random", "fifo": 3, "cases": [{"scenario": "umount"}]})",
      overrides);
  ASSERT_TRUE(plan.has_value()) << plan.error().text();
  EXPECT_EQ(plan->settings.rounds, 2);
  EXPECT_EQ(plan->settings.samples, 10);
  EXPECT_EQ(plan->settings.time_limit_ns, 2'000'000'000);
  EXPECT_EQ(plan->settings.settle, "none");
  EXPECT_FALSE(plan->settings.released);
  EXPECT_EQ(plan->settings.fifo, 3);
  EXPECT_EQ(plan->label, "patched");
}

TEST(Expand, checks_flags_as_it_checks_the_config) {
  Overrides samples;
  samples.samples = 0;
  expect_refused(kSmall, "--samples: '0' is out of range", "1 to 10000000", samples);
  samples.samples = 1'000'000'000'000;
  expect_refused(kSmall, "--samples: '1000000000000' is out of range", "1 to 10000000", samples);
  Overrides rounds;
  rounds.rounds = 1001;
  expect_refused(kSmall, "--rounds: '1001' is out of range", "1 to 1000", rounds);
  Overrides limit;
  limit.time_limit = "5";
  expect_refused(kSmall, "--time-limit: '5' is not a duration", "5s", limit);
  Overrides settle;
  settle.settle = "nome";
  expect_refused(kSmall, "--settle: 'nome' is unknown", "did you mean 'none'?", settle);
  Overrides label;
  label.label = "a\nb";
  expect_refused(kSmall, "--label: 'a\\x0ab' has control characters", "line", label);
  expect_refused(kSmall, "--rcu: 'fast' is unknown", "as-found, default", with_rcu({"fast"}));
}

TEST(Expand, takes_the_seed_from_the_flag_then_the_config_then_the_caller) {
  const char* const seeded = R"({"seed": 7, "cases": [{"scenario": "umount"}]})";
  Overrides overrides;
  overrides.drawn_seed = 99;
  EXPECT_EQ(expanded(kSmall, overrides)->seed, 99U);
  EXPECT_EQ(expanded(seeded, overrides)->seed, 7U);
  overrides.seed = 0;
  EXPECT_EQ(expanded(seeded, overrides)->seed, 0U);
}

TEST(Expand, replaces_rcu_modes_without_making_a_case_twice) {
  EXPECT_THAT(ids(expanded(kTwoModes, with_rcu({"normal", "expedited", "normal"}))),
              ElementsAre("umount/fs=tmpfs/mode=plain/method=syscall/rcu=normal",
                          "umount/fs=tmpfs/mode=plain/method=syscall/rcu=expedited",
                          "umount/fs=tmpfs/mode=lazy/method=syscall/rcu=normal",
                          "umount/fs=tmpfs/mode=lazy/method=syscall/rcu=expedited",
                          "loop/fs=ext4/mode=plain/rcu=normal", "loop/fs=ext4/mode=plain/rcu=expedited"));
}

TEST(Expand, runs_everything_as_found_when_unprivileged) {
  Overrides overrides;
  overrides.unprivileged = true;
  const auto plan = expanded(kTwoModes, overrides);
  EXPECT_THAT(ids(plan), ElementsAre("umount/fs=tmpfs/mode=plain/method=syscall/rcu=as-found",
                                     "umount/fs=tmpfs/mode=lazy/method=syscall/rcu=as-found",
                                     "loop/fs=ext4/mode=plain/rcu=as-found"));
  EXPECT_THAT(plan->config_json, HasSubstr(R"("unprivileged":true)"));
  overrides.rcu = {"as-found"};
  EXPECT_EQ(ids(expanded(kTwoModes, overrides)).size(), 3U);
  overrides.rcu = {"as-found", "normal"};
  expect_refused(kTwoModes, "--rcu: 'normal' does not go with --unprivileged", "leave out --rcu", overrides);
}

TEST(Expand, keeps_the_cases_that_the_filter_is_found_in) {
  EXPECT_THAT(ids(expanded(kTwoModes, with_filter("^umount.*rcu=normal$"))),
              ElementsAre("umount/fs=tmpfs/mode=plain/method=syscall/rcu=normal",
                          "umount/fs=tmpfs/mode=lazy/method=syscall/rcu=normal"));
  expect_refused(kTwoModes, "--filter: 'container' matches none of 5 cases",
                 "case ids are like umount/fs=tmpfs/mode=plain/method=syscall/rcu=default, ", with_filter("container"));
  const auto wrong = expanded(kTwoModes, with_filter("("));
  EXPECT_THAT(wrong.error().text(), HasSubstr("--filter: '(' is not a regular expression: "));
}

TEST(Expand, refuses_a_gate_that_would_judge_nothing) {
  const std::string gated = R"({"gate": {"cases": "rcu=normal"}, "cases": [{"scenario": "umount", "rcu": "MODE"}]})";
  const auto with_mode = [&](const std::string& mode) {
    return std::string(gated).replace(gated.find("MODE"), 4, mode);
  };
  expect_refused(with_mode("default"), "config 'x.json': /gate/cases: 'rcu=normal' matches none of the config's cases",
                 "case ids are like");
  EXPECT_TRUE(expanded(with_mode("normal"), with_rcu({"default"})).has_value()) << "a flag may leave the gate idle";
}

TEST(Expand, writes_the_config_in_effect_in_a_fixed_order) {
  Overrides overrides;
  overrides.samples = 20;
  overrides.seed = 5;
  overrides.label = "left out";
  EXPECT_EQ(
      expanded(R"({"cases": [{"files": 7, "scenario": "umount"}], "name": "a \"b\"", "interval": "2.5%"})", overrides)
          ->config_json,
      R"({"name":"a \"b\"","unprivileged":false,"rounds":1,"samples":20,"time_limit_ns":10000000000,"interval":0.025,)"
      R"("settle":"random","order":"shuffled","released":true,"watched_share":0.1,"release_limit_ns":5000000000,"cpu":-1,"fifo":0,)"
      R"("mlockall":false,"long_cases":false,"gate":{"cases":".*","quantiles":[0.5]},)"
      R"("cases":["umount/fs=tmpfs/mode=plain/method=syscall/rcu=as-found/files=7"]})");
}

}  // namespace
}  // namespace umb
