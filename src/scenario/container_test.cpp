// SPDX-License-Identifier: Apache-2.0
#include "scenario/container.h"

#include "scenario/container_bundle.h"
#include "scenario/container_ways.h"
#include "scenario/last_words.h"

#include <numeric>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace umb {
namespace {

using nlohmann::json;
using ::testing::ElementsAre;
using ::testing::UnorderedElementsAre;

Case container_case(const std::string& runtime, const std::string& net, const std::string& path = "pivot") {
  return {.scenario = "container",
          .parameters = {{"runtime", runtime}, {"rcu", "normal"}, {"net", net}, {"path", path}}};
}

std::vector<std::string> namespaces_of(const json& config) {
  std::vector<std::string> types;
  for (const json& one : config.at("linux").at("namespaces")) types.push_back(one.at("type"));
  return types;
}

TEST(ContainerBundle, runs_the_program_in_a_control_group_of_its_own_without_limits) {
  const json config = json::parse(bundle_config({.control_group = "/umountbench-run-x/c1", .exit_code = 42}));
  EXPECT_EQ(config.at("process").at("args"), json::array({"/noop", "exit", "42"}));
  EXPECT_EQ(config.at("root").at("path"), "rootfs");
  EXPECT_EQ(config.at("linux").at("cgroupsPath"), "/umountbench-run-x/c1");
  EXPECT_FALSE(config.at("linux").contains("resources"));
  EXPECT_FALSE(config.at("process").contains("rlimits"));
  EXPECT_TRUE(config.at("process").at("capabilities").at("bounding").is_array());
}

TEST(ContainerBundle, asks_for_a_network_namespace_only_when_told_to) {
  EXPECT_THAT(namespaces_of(json::parse(bundle_config({.control_group = "/x"}))),
              UnorderedElementsAre("pid", "ipc", "uts", "mount"));
  EXPECT_THAT(namespaces_of(json::parse(bundle_config({.control_group = "/x", .new_net = true}))),
              UnorderedElementsAre("pid", "ipc", "uts", "mount", "network"));
}

TEST(ContainerBundle, has_every_mount_with_its_options_as_texts) {
  const json config = json::parse(bundle_config({.control_group = "/x"}));
  for (const json& mount : config.at("mounts")) {
    EXPECT_TRUE(mount.at("options").is_array()) << mount;
    for (const json& option : mount.at("options")) EXPECT_TRUE(option.is_string()) << mount;
  }
}

TEST(ContainerTimes, phases_follow_each_other_and_sum_up_to_the_whole) {
  const ContainerPage page{.moments_ns = {1000, 1100, 1300, 1600, 2000, 2500, 3100}};
  const ContainerTimes times = times_of(page, {.cpu_ns = 7, .voluntary_switches = 2});
  EXPECT_THAT(times.phases_ns, ElementsAre(100, 200, 300, 400, 500, 600));
  EXPECT_EQ(std::accumulate(times.phases_ns.begin(), times.phases_ns.end(), int64_t{0}),
            times.ended_ns - times.began_ns);
  EXPECT_EQ(times.cpu_ns, 7);
  EXPECT_EQ(times.voluntary_switches, 2);
}

TEST(ContainerTimes, a_moment_that_never_came_has_no_phase) {
  const ContainerPage page{.moments_ns = {1000, 1100, 1300, 0, 0, 2500, 3100}};
  const ContainerTimes times = times_of(page, {.cpu_ns = 7, .voluntary_switches = 2});
  EXPECT_THAT(times.phases_ns, ElementsAre(100, 200, kMissing, kMissing, 1200, 600));
}

TEST(LastWords, are_the_last_line_in_one_printable_line) {
  EXPECT_EQ(last_words("warning\nopen executable: \x1b[1mNo such file\n\n"), "open executable: \\x1b[1mNo such file");
  EXPECT_EQ(last_words("mount: m: unknown\n       there may be more in dmesg\n"), "mount: m: unknown");
  EXPECT_EQ(last_words("warning\nfatal error: out of memory\n\nruntime stack:\nruntime.throw({0x1, 0x2})\n\t/a.go:1\n"),
            "fatal error: out of memory");
  EXPECT_EQ(last_words("fatal error: told by nobody of Go's\nthe last line\n"), "the last line");
  EXPECT_EQ(last_words(""), "");
  EXPECT_LE(last_words(std::string(5000, 'x')).size(), 300U);
}

TEST(ContainerScenario, needs_a_runtime_root_and_control_groups_only_where_a_runtime_starts_it) {
  const Needs builtin = container_scenario().needs(container_case("builtin", "none"));
  EXPECT_FALSE(builtin.root || builtin.control_groups);
  EXPECT_THAT(builtin.programs, ElementsAre());
  const Needs crun = container_scenario().needs(container_case("crun", "new"));
  EXPECT_TRUE(crun.root && crun.control_groups);
  EXPECT_THAT(crun.programs, ElementsAre("crun"));
  EXPECT_THAT(crun.namespaces, ElementsAre("mnt", "pid", "uts", "ipc", "net"));
}

TEST(ContainerScenario, needs_the_program_that_a_path_names) {
  const Needs needs = container_scenario().needs(container_case("/usr/local/bin/youki", "none"));
  EXPECT_TRUE(needs.root && needs.control_groups);
  EXPECT_THAT(needs.programs, ElementsAre("/usr/local/bin/youki"));
}

TEST(ContainerScenario, takes_the_path_of_the_builtin_start_only) {
  const Needs builtin = container_scenario().needs(container_case("builtin", "none", "open_tree_namespace"));
  EXPECT_TRUE(builtin.root && builtin.open_tree_namespace);
  EXPECT_EQ(builtin.impossible, "");
  const Needs crun = container_scenario().needs(container_case("crun", "none", "open_tree_namespace"));
  EXPECT_NE(crun.impossible, "");
  EXPECT_FALSE(container_scenario().needs(container_case("crun", "none")).open_tree_namespace);
}

std::string reason_for(const std::string& runtime, const std::string& metric, const std::string& path = "pivot") {
  for (const MetricInfo& info : container_scenario().metrics(container_case(runtime, "none", path), {})) {
    if (info.name == metric) return info.missing_reason;
  }
  return "no such metric";
}

TEST(ContainerScenario, says_why_a_runtime_has_no_phases_and_why_nothing_is_released_later) {
  EXPECT_EQ(reason_for("crun", "mounts_ns"), "of crun only the whole is timed");
  EXPECT_EQ(reason_for("builtin", "mounts_ns"), "");
  EXPECT_EQ(reason_for("builtin", "root_switch_ns"), "");
  EXPECT_THAT(reason_for("crun", "released_ns"), ::testing::HasSubstr("within the call"));
  EXPECT_THAT(reason_for("builtin", "released_ns"), ::testing::HasSubstr("within the call"));
}

TEST(ContainerScenario, says_which_phases_a_namespace_of_its_own_has_not) {
  for (const char* phase : {"root_switch_ns", "old_root_umount_ns"}) {
    EXPECT_THAT(reason_for("builtin", phase, "open_tree_namespace"), ::testing::HasSubstr("none to leave")) << phase;
  }
  EXPECT_EQ(reason_for("builtin", "mounts_ns", "open_tree_namespace"), "");
}

}  // namespace
}  // namespace umb
