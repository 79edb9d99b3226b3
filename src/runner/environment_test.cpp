// SPDX-License-Identifier: Apache-2.0
#include "runner/environment.h"

#include "testing/fake_tree.h"

#include <algorithm>
#include <fstream>
#include <set>
#include <sstream>

#include <gmock/gmock.h>
#include <sys/utsname.h>

namespace umb {
namespace {

using testing::Contains;
using testing::ElementsAre;

bool is_unknown(const Facts& facts, const std::string& key) {
  const FactValue* value = find_fact(facts, key);
  return value != nullptr && std::holds_alternative<std::monostate>(*value);
}

FactValue value_of(const Facts& facts, const std::string& key) {
  const FactValue* value = find_fact(facts, key);
  return value != nullptr ? *value : FactValue();
}

TEST(Environment, of_an_empty_host_is_unknown_in_every_key) {
  const FakeTree tree{};
  const Facts facts = read_environment(HostRoot{tree.path()});
  EXPECT_GT(facts.size(), 35U);
  for (const Fact& fact : facts) {
    // These two are asked of the program's own machine and processor.
    if (fact.key == "architecture" || fact.key == "virtualisation") continue;
    EXPECT_TRUE(is_unknown(facts, fact.key)) << fact.key;
  }
}

TEST(Environment, tells_requested_rcu_parameters_from_those_in_force) {
  const FakeTree tree{{"proc/cmdline", "quiet rcupdate.rcu_normal_after_boot=0 rcupdate.rcu_expedited=1\n"},
                      {"sys/kernel/rcu_normal", "1\n"},
                      {"sys/kernel/rcu_expedited", "0\n"},
                      {"sys/module/rcupdate/parameters/rcu_normal_after_boot", "1\n"}};
  const Facts facts = read_environment(HostRoot{tree.path()});
  EXPECT_EQ(value_of(facts, "rcu_normal"), FactValue(int64_t{1}));
  EXPECT_EQ(value_of(facts, "rcu_expedited"), FactValue(int64_t{0}));
  EXPECT_EQ(value_of(facts, "rcu_expedited_requested"), FactValue(int64_t{1}));
  EXPECT_EQ(value_of(facts, "rcu_normal_after_boot_requested"), FactValue(int64_t{0}));
  EXPECT_EQ(value_of(facts, "rcu_normal_after_boot_effective"), FactValue(int64_t{1}));
  EXPECT_TRUE(is_unknown(facts, "rcu_normal_requested"));
  EXPECT_TRUE(is_unknown(facts, "rcu_normal_wake_from_gp"));
}

TEST(Environment, reads_a_whole_host) {
  const FakeTree tree{{"proc/sys/kernel/osrelease", "6.1.0-rt\n"},
                      {"proc/sys/kernel/version", "#1 SMP PREEMPT_RT Debian\n"},
                      {"proc/sys/kernel/hostname", "bench\n"},
                      {"boot/config-6.1.0-rt", "CONFIG_HZ=250\n"},
                      {"sys/devices/system/cpu/possible", "0-3\n"},
                      {"sys/devices/system/cpu/online", "0,2\n"},
                      {"sys/devices/system/cpu/isolated", "\n"},
                      {"sys/kernel/security/lsm", "lockdown,capability,selinux"},
                      {"sys/fs/selinux/enforce", "1"},
                      {"proc/self/mountinfo", "32 21 0:28 / /sys/fs/cgroup rw - cgroup2 cgroup2 rw\n"},
                      {"proc/sys/kernel/tainted", "0\n"}};
  const Facts facts = read_environment(HostRoot{tree.path()});
  EXPECT_EQ(fact_text(facts, "kernel_release"), "6.1.0-rt");
  EXPECT_EQ(fact_text(facts, "preemption_model"), "PREEMPT_RT");
  EXPECT_EQ(value_of(facts, "hz"), FactValue(int64_t{250}));
  EXPECT_EQ(value_of(facts, "cpus_possible"), FactValue(int64_t{4}));
  EXPECT_EQ(value_of(facts, "cpus_online"), FactValue(int64_t{2}));
  EXPECT_EQ(value_of(facts, "isolated"), FactValue(std::string()));
  EXPECT_TRUE(is_unknown(facts, "nohz_full"));
  EXPECT_EQ(fact_text(facts, "lsm"), "lockdown,capability,selinux (enforcing)");
  EXPECT_EQ(value_of(facts, "mount_count"), FactValue(int64_t{1}));
  EXPECT_EQ(fact_text(facts, "cgroup_layout"), "v2");
  EXPECT_EQ(value_of(facts, "taint"), FactValue(int64_t{0}));
}

TEST(Environment, of_this_machine_agrees_with_uname) {
  const Facts facts = read_environment(HostRoot{});
  utsname names{};
  ASSERT_EQ(::uname(&names), 0);
  EXPECT_EQ(fact_text(facts, "kernel_release"), names.release);
  EXPECT_EQ(fact_text(facts, "kernel_version"), names.version);
  EXPECT_EQ(fact_text(facts, "architecture"), names.machine);
  EXPECT_EQ(fact_text(facts, "host_name"), names.nodename);
  EXPECT_GE(std::get<int64_t>(value_of(facts, "cpus_online")), 1);
  EXPECT_GE(std::get<int64_t>(value_of(facts, "mount_count")), 1);
}

TEST(Environment, has_every_key_once_in_the_same_order_everywhere) {
  const FakeTree tree{};
  const Facts made_up = read_environment(HostRoot{tree.path()});
  const Facts here = read_environment(HostRoot{});
  std::set<std::string> keys;
  ASSERT_EQ(made_up.size(), here.size());
  for (size_t i = 0; i < here.size(); ++i) {
    EXPECT_EQ(made_up[i].key, here[i].key);
    EXPECT_TRUE(keys.insert(here[i].key).second) << here[i].key << " is there twice";
  }
}

TEST(Environment, has_every_key_explained_and_no_other) {
  std::ifstream page(std::string(UMOUNTBENCH_SOURCE_DIR) + "/docs/environment.md");
  std::vector<std::string> explained;
  for (std::string line; std::getline(page, line);) {
    if (line.starts_with("| `")) explained.push_back(line.substr(3, line.find('`', 3) - 3));
  }
  const FakeTree tree{};
  std::vector<std::string> keys;
  for (const Fact& fact : read_environment(HostRoot{tree.path()})) keys.push_back(fact.key);
  keys.emplace_back("sandbox_mount_count");  // the run adds it, when there is a sandbox
  EXPECT_EQ(explained, keys);
}

TEST(ChangedFacts, are_those_that_differ_but_for_load_and_uptime) {
  const Facts before{{"load_1min", 0.5},
                     {"uptime_s", 10.0},
                     {"taint", int64_t{0}},
                     {"hz", int64_t{250}},
                     {"clock_source", std::string("tsc")},
                     {"gone", true}};
  const Facts after{{"load_1min", 0.9},   {"uptime_s", 20.0},   {"taint", int64_t{512}},
                    {"hz", int64_t{250}}, {"clock_source", {}}, {"new", true}};
  EXPECT_THAT(changed_facts(before, after), ElementsAre("taint", "clock_source", "gone", "new"));
  EXPECT_TRUE(changed_facts(before, before).empty());
}

TEST(Redacted, lacks_host_name_and_command_line_and_nothing_else) {
  const Facts all = read_environment(HostRoot{});
  const Facts kept = redacted(all);
  EXPECT_EQ(kept.size() + 2, all.size());
  EXPECT_EQ(find_fact(kept, "host_name"), nullptr);
  EXPECT_EQ(find_fact(kept, "command_line"), nullptr);
  EXPECT_NE(find_fact(kept, "rcu_normal_requested"), nullptr);
}

}  // namespace
}  // namespace umb
