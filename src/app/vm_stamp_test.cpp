// SPDX-License-Identifier: Apache-2.0
#include "app/vm_stamp.h"

#include <fstream>
#include <iterator>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace umb {
namespace {

RunRecord rt_guest() {
  RunRecord record;
  record.environment_before = {{"command_line", std::string("console=ttyS0 rcupdate.rcu_normal_after_boot=0")},
                               {"preemption_model", std::string("PREEMPT_RT")},
                               {"rcu_normal_after_boot_requested", int64_t{0}},
                               {"rcu_normal_after_boot_effective", int64_t{1}}};
  record.environment_after = record.environment_before;
  return record;
}

BootFacts on_kvm() {
  BootFacts boot;
  boot.accelerator = "kvm";
  boot.append = "rcupdate.rcu_normal_after_boot=0";
  boot.session = "s";
  return boot;
}

std::vector<std::string> codes(const RunRecord& record) {
  std::vector<std::string> found;
  for (const Warning& warning : record.warnings) found.push_back(warning.code);
  return found;
}

TEST(VmStamp, says_in_plain_words_that_an_rt_kernel_ignores_the_parameter) {
  RunRecord record = rt_guest();
  stamp(on_kvm(), record);
  ASSERT_EQ(codes(record), std::vector<std::string>{"rcu_parameter_without_effect"});
  EXPECT_THAT(record.warnings[0].message, testing::HasSubstr("a PREEMPT_RT kernel always"));
  EXPECT_EQ(record.run.session, "s");
}

TEST(VmStamp, says_nothing_of_a_parameter_that_is_in_force) {
  RunRecord record = rt_guest();
  record.environment_before[3].value = int64_t{0};
  stamp(on_kvm(), record);
  EXPECT_EQ(codes(record), std::vector<std::string>{});
}

TEST(VmStamp, is_never_silent_about_emulation_and_a_disturbed_host) {
  RunRecord record = rt_guest();
  BootFacts boot = on_kvm();
  boot.accelerator = "tcg";
  boot.accelerator_reason = "/dev/kvm is not there";
  boot.host = {.foreign_cpu_share = 0.3, .steal_share = 0, .disturbed = true, .reason = "others used 30 %"};
  stamp(boot, record);
  EXPECT_EQ(codes(record), (std::vector<std::string>{"emulated", "host_disturbed", "rcu_parameter_without_effect"}));
  EXPECT_EQ(fact_text(record.environment_before, "accelerator"), "tcg");
  EXPECT_EQ(fact_text(record.environment_after, "accelerator_reason"), "/dev/kvm is not there");
}

TEST(VmStamp, tells_which_words_the_kernel_did_not_get) {
  RunRecord record = rt_guest();
  BootFacts boot = on_kvm();
  boot.append += " nohz_full=1";
  stamp(boot, record);
  EXPECT_EQ(codes(record)[0], "command_line_cut");
  EXPECT_THAT(record.warnings[0].message, testing::EndsWith(": nohz_full=1"));
}

TEST(VmStamp, adds_only_facts_that_the_page_explains) {
  RunRecord record = rt_guest();
  const size_t own = record.environment_before.size();
  stamp(on_kvm(), record);
  std::ifstream file(std::string(UMOUNTBENCH_SOURCE_DIR) + "/docs/vm.md");
  const std::string page((std::istreambuf_iterator<char>(file)), {});
  for (size_t i = own; i < record.environment_before.size(); ++i) {
    EXPECT_THAT(page, testing::HasSubstr("`" + record.environment_before[i].key + "`"));
  }
}

}  // namespace
}  // namespace umb
