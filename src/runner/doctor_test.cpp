// SPDX-License-Identifier: Apache-2.0
#include "runner/doctor.h"

#include "testing/fake_tree.h"

#include <set>

#include <gmock/gmock.h>

namespace umb {
namespace {

using testing::Contains;
using testing::HasSubstr;

std::string everything(const std::string& name) {
  return "/usr/bin/" + name;
}

std::vector<Finding> of_topic(const std::vector<Finding>& findings, const std::string& topic) {
  std::vector<Finding> kept;
  for (const Finding& finding : findings) {
    if (finding.topic == topic) kept.push_back(finding);
  }
  return kept;
}

/// The only finding of a topic on a host.
Finding the(const std::string& topic, const FakeTree& tree, const ProgramFinder& find = everything) {
  const std::vector<Finding> found = of_topic(examine(HostRoot{tree.path()}, {}, find), topic);
  return found.size() == 1 ? found.front() : Finding{"", topic, std::to_string(found.size()) + " findings", ""};
}

TEST(Doctor, finds_nothing_wrong_on_a_quiet_machine) {
  const FakeTree tree{{"proc/self/status", "CapEff:\t000001ffffffffff\n"},
                      {"proc/self/ns/user", ""},
                      {"dev/loop-control", ""},
                      fake_folder("sys/module/loop"),
                      {"proc/self/mountinfo", "32 21 0:28 / /sys/fs/cgroup rw - cgroup2 cgroup2 rw\n"},
                      {"sys/kernel/rcu_normal", "0\n"},
                      {"sys/kernel/rcu_expedited", "0\n"},
                      {"sys/module/rcupdate/parameters/rcu_normal_after_boot", "0\n"},
                      {"sys/devices/system/cpu/online", "0-3\n"},
                      {"proc/sys/kernel/osrelease", "6.1\n"},
                      {"boot/config-6.1", "CONFIG_HZ=250\n# CONFIG_KASAN is not set\n"},
                      {"proc/sys/kernel/tainted", "0\n"},
                      {"sys/devices/system/cpu/cpu0/cpufreq/scaling_governor", "performance\n"},
                      {"sys/devices/system/cpu/cpufreq/boost", "0\n"},
                      {"sys/devices/system/cpu/smt/active", "0\n"},
                      {"proc/loadavg", "0.10 0.1 0.1 1/100 5\n"},
                      {"sys/devices/system/clocksource/clocksource0/current_clocksource", "tsc\n"},
                      {"sys/class/dmi/id/sys_vendor", "LENOVO\n"}};
  for (const Finding& finding : examine(HostRoot{tree.path()}, {}, everything)) {
    EXPECT_EQ(finding.level, "ok") << finding.topic << ": " << finding.message;
    EXPECT_EQ(finding.command, "") << finding.topic;
  }
}

TEST(Doctor, has_something_to_say_on_every_topic_of_an_unreadable_host) {
  const FakeTree tree{};
  const auto findings = examine(HostRoot{tree.path()}, {{"note", "left-overs", "none", ""}},
                                [](const std::string&) { return std::string(); });
  std::set<std::string> topics;
  for (const Finding& finding : findings) {
    topics.insert(finding.topic);
    EXPECT_THAT((std::set<std::string>{"ok", "note", "noisy", "missing"}), Contains(finding.level));
    EXPECT_FALSE(finding.message.empty()) << finding.topic;
  }
  EXPECT_EQ(topics.size(), 21U);
  EXPECT_EQ(findings.back().topic, "left-overs");
}

TEST(Doctor, names_the_package_of_a_missing_mkfs) {
  const FakeTree tree{};
  const auto found = of_topic(
      examine(HostRoot{tree.path()}, {}, [](const std::string& name) { return name == "mkfs.ext4" ? "" : name; }),
      "mkfs programs");
  ASSERT_EQ(found.size(), 2U);
  EXPECT_EQ(found[0], (Finding{"missing", "mkfs programs",
                               "mkfs.ext4 is not installed (Debian package e2fsprogs): no images of ext4",
                               "apt-get install e2fsprogs"}));
  EXPECT_EQ(found[1].level, "ok");
}

TEST(Doctor, calls_a_governor_that_follows_the_load_noisy) {
  const FakeTree tree{{"sys/devices/system/cpu/cpu0/cpufreq/scaling_governor", "powersave\n"}};
  EXPECT_EQ(the("governor", tree).level, "noisy");
  EXPECT_EQ(the("governor", tree).command, "cpupower frequency-set -g performance");
}

TEST(Doctor, switches_turbo_off_where_the_switch_is) {
  const FakeTree intel{{"sys/devices/system/cpu/intel_pstate/no_turbo", "0\n"}};
  EXPECT_EQ(the("turbo", intel).command, "echo 1 > /sys/devices/system/cpu/intel_pstate/no_turbo");
  const FakeTree other{{"sys/devices/system/cpu/cpufreq/boost", "1\n"}};
  EXPECT_EQ(the("turbo", other).command, "echo 0 > /sys/devices/system/cpu/cpufreq/boost");
}

TEST(Doctor, judges_the_load_per_cpu) {
  const FakeTree four{{"sys/devices/system/cpu/online", "0-3\n"}, {"proc/loadavg", "1.90 0 0 1/1 1\n"}};
  EXPECT_EQ(the("load", four).level, "ok");
  const FakeTree two{{"sys/devices/system/cpu/online", "0-1\n"}, {"proc/loadavg", "1.90 0 0 1/1 1\n"}};
  EXPECT_EQ(the("load", two).level, "noisy");
}

TEST(Doctor, tells_slow_clock_sources_from_fast_ones) {
  const auto level = [](const std::string& name) {
    const FakeTree tree{{"sys/devices/system/clocksource/clocksource0/current_clocksource", name + "\n"}};
    return the("clock source", tree).level;
  };
  EXPECT_EQ(level("kvm-clock"), "ok");
  EXPECT_EQ(level("hpet"), "noisy");
  EXPECT_EQ(level("something_new"), "note");
}

TEST(Doctor, says_what_one_cpu_means_for_rcu) {
  const FakeTree tree{{"sys/devices/system/cpu/online", "0\n"}};
  EXPECT_EQ(the("cpus", tree).level, "noisy");
  EXPECT_THAT(the("cpus", tree).message, HasSubstr("skip grace periods"));
}

TEST(Doctor, explains_the_knobs_of_a_real_time_kernel) {
  const FakeTree tree{{"sys/kernel/rcu_normal", "1\n"},
                      {"sys/kernel/rcu_expedited", "0\n"},
                      {"proc/sys/kernel/version", "#1 SMP PREEMPT_RT x\n"}};
  const auto found = of_topic(examine(HostRoot{tree.path()}, {}, everything), "rcu knobs");
  ASSERT_EQ(found.size(), 2U);
  EXPECT_THAT(found[0].message, HasSubstr("rcu_normal=1 rcu_expedited=0"));
  EXPECT_THAT(found[1].message, HasSubstr("PREEMPT_RT"));
}

TEST(Doctor, sees_a_boot_parameter_that_took_no_effect) {
  const FakeTree tree{{"proc/cmdline", "rcupdate.rcu_normal_after_boot=0\n"},
                      {"sys/module/rcupdate/parameters/rcu_normal_after_boot", "1\n"}};
  EXPECT_EQ(the("rcu_normal_after_boot", tree).level, "note");
  EXPECT_EQ(the("rcu_normal_after_boot", tree).message, "asked for at boot: 0; in effect: 1");
}

TEST(Doctor, recognises_a_debug_kernel) {
  const FakeTree tree{
      {"proc/sys/kernel/osrelease", "6.1\n"}, {"boot/config-6.1", "CONFIG_KASAN=y\n"}, {"proc/lockdep", ""}};
  EXPECT_EQ(the("debug kernel", tree).level, "noisy");
  EXPECT_THAT(the("debug kernel", tree).message, HasSubstr("CONFIG_KASAN, /proc/lockdep"));
}

TEST(Doctor, spells_a_taint_in_the_kernels_letters) {
  const FakeTree tree{{"proc/sys/kernel/tainted", "4609\n"}};
  EXPECT_THAT(the("taint", tree).message, HasSubstr("4609 (PWO)"));
}

TEST(Doctor, names_processes_that_watch_the_mount_table_and_makes_their_names_printable) {
  const FakeTree tree{{"proc/self/status", "CapEff:\t000001ffffffffff\n"},
                      {"proc/self/mountinfo", "1 1 8:1 / / rw - ext4 /dev/sda rw\n"},
                      {"proc/712/comm", "ude\x1b[2Jv\n"},
                      fake_link("proc/712/fd/8", "/proc/712/mountinfo")};
  const auto found = of_topic(examine(HostRoot{tree.path()}, {}, everything), "mount table");
  ASSERT_EQ(found.size(), 2U);
  EXPECT_EQ(found[0].message, "1 mounts in this namespace");
  EXPECT_EQ(found[1].level, "note");
  EXPECT_THAT(found[1].message, HasSubstr("ude\\x1b[2Jv (pid 712) has a mount table open"));
}

TEST(Doctor, a_mount_table_of_thousands_is_noisy) {
  std::string table;
  for (int i = 0; i < 1500; ++i) table += "1 1 8:1 / /m" + std::to_string(i) + " rw - tmpfs x rw\n";
  const FakeTree tree{{"proc/self/status", "CapEff:\t000001ffffffffff\n"},
                      {"proc/self/mountinfo", table},
                      {"proc/1/comm", "init\n"},
                      fake_link("proc/1/fd/8", "/proc/1/mounts")};
  for (const Finding& finding : of_topic(examine(HostRoot{tree.path()}, {}, everything), "mount table")) {
    EXPECT_EQ(finding.level, "noisy") << finding.message;
  }
}

TEST(Doctor, of_this_machine_looks_at_many_things) {
  const auto findings = examine(HostRoot{});
  EXPECT_GE(findings.size(), 20U);
}

}  // namespace
}  // namespace umb
