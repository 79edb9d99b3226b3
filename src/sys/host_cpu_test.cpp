// SPDX-License-Identifier: Apache-2.0
#include "sys/host_cpu.h"

#include "testing/fake_tree.h"

#include <gtest/gtest.h>

namespace umb {
namespace {

TEST(CpuList, counts_single_cpus_and_ranges) {
  EXPECT_EQ(count_cpu_list("0-3,8\n"), 5);
  EXPECT_EQ(count_cpu_list("0"), 1);
  EXPECT_EQ(count_cpu_list("\n"), 0);
  EXPECT_EQ(count_cpu_list("3-1"), std::nullopt);
  EXPECT_EQ(count_cpu_list("0-"), std::nullopt);
  EXPECT_EQ(count_cpu_list("all"), std::nullopt);
  EXPECT_EQ(count_cpu_list("0-99999999999"), std::nullopt);
}

TEST(CpuList, no_cpu_is_not_the_same_as_unknown) {
  const FakeTree tree{{"sys/devices/system/cpu/nohz_full", "(null)\n"}, {"sys/devices/system/cpu/isolated", "\n"}};
  const HostRoot root{tree.path()};
  EXPECT_EQ(cpu_list_in(root, "nohz_full"), "");
  EXPECT_EQ(cpu_list_in(root, "isolated"), "");
  EXPECT_EQ(cpu_list_in(root, "offline"), std::nullopt);
}

TEST(Processor, is_named_on_x86_and_numbered_on_arm) {
  const FakeTree tree{
      {"proc/cpuinfo",
       "processor\t: 0\nmodel name\t: A CPU: fast\nmicrocode\t: 0x1\n\nprocessor\t: 1\nmodel name : B\n"}};
  const std::string x86 = first_processor(HostRoot{tree.path()}).value();
  EXPECT_EQ(processor_model(x86), "A CPU: fast");
  EXPECT_EQ(processor_value(x86, "microcode"), "0x1");
  EXPECT_EQ(x86.find("B"), std::string::npos);
  EXPECT_EQ(processor_model("CPU implementer\t: 0x41\nCPU part\t: 0xd0c\n"), "implementer 0x41 part 0xd0c");
  EXPECT_EQ(processor_model("processor : 0\n"), std::nullopt);
}

TEST(Turbo, has_two_switches_of_opposite_sense) {
  const FakeTree intel{{"sys/devices/system/cpu/intel_pstate/no_turbo", "1\n"}};
  EXPECT_EQ(turbo(HostRoot{intel.path()}), false);
  const FakeTree other{{"sys/devices/system/cpu/cpufreq/boost", "1\n"}};
  EXPECT_EQ(turbo(HostRoot{other.path()}), true);
  const FakeTree none{};
  EXPECT_EQ(turbo(HostRoot{none.path()}), std::nullopt);
}

TEST(Mitigations, names_what_affects_this_processor) {
  const FakeTree tree{
      {"sys/devices/system/cpu/vulnerabilities/spectre_v2", "Mitigation: Retpolines; STIBP: disabled\n"},
      {"sys/devices/system/cpu/vulnerabilities/l1tf", "Not affected\n"},
      {"sys/devices/system/cpu/vulnerabilities/mds", "Vulnerable\n"}};
  EXPECT_EQ(mitigations(HostRoot{tree.path()}), "mds=Vulnerable; spectre_v2=Retpolines");
  const FakeTree unaffected{{"sys/devices/system/cpu/vulnerabilities/l1tf", "Not affected\n"}};
  EXPECT_EQ(mitigations(HostRoot{unaffected.path()}), "");
  const FakeTree none{};
  EXPECT_EQ(mitigations(HostRoot{none.path()}), std::nullopt);
}

TEST(Machine, memory_load_and_uptime_are_numbers_or_unknown) {
  const FakeTree tree{{"proc/meminfo", "MemTotal:       16384 kB\nMemFree: 1 kB\nMemAvailable: 8192 kB\n"},
                      {"proc/loadavg", "0.52 0.58 0.59 1/467 1234\n"},
                      {"proc/uptime", "350735.47 234388.90\n"}};
  const HostRoot root{tree.path()};
  EXPECT_EQ(memory_bytes(root), 16384 * 1024);
  EXPECT_EQ(available_memory_bytes(root), 8192 * 1024);
  EXPECT_DOUBLE_EQ(load_1min(root).value(), 0.52);
  EXPECT_DOUBLE_EQ(uptime_s(root).value(), 350735.47);
  tree.set({"proc/loadavg", "nan\n"});
  tree.set({"proc/meminfo", "MemTotal: 99999999999999999999 kB\n"});
  EXPECT_EQ(load_1min(root), std::nullopt);
  EXPECT_EQ(memory_bytes(root), std::nullopt);
}

}  // namespace
}  // namespace umb
