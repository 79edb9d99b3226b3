// SPDX-License-Identifier: Apache-2.0
#include "sys/host_kernel.h"

#include "sys/host_gzip.h"
#include "testing/fake_tree.h"

#include <array>
#include <cstdint>
#include <cstring>

#include <gmock/gmock.h>

namespace umb {
namespace {

using testing::ElementsAre;

std::string note(const std::string& name, uint32_t type, const std::string& desc) {
  const std::array<uint32_t, 3> header{static_cast<uint32_t>(name.size()), static_cast<uint32_t>(desc.size()), type};
  std::string bytes(reinterpret_cast<const char*>(header.data()), sizeof(header));
  const auto pad = [](const std::string& text) { return std::string((4 - text.size() % 4) % 4, '\0'); };
  return bytes + name + pad(name) + desc + pad(desc);
}

const std::string kGnu("GNU\0", 4);
const std::string kXen("Xen\0", 4);

TEST(KernelBuildId, is_found_behind_other_notes) {
  EXPECT_EQ(build_id_in_notes(note(kGnu, 3, "\x01\xab\xff")), "01abff");
  EXPECT_EQ(build_id_in_notes(note(kXen, 3, "none") + note("Linux", 6, "salt") + note(kGnu, 3, "\x10\x20")), "1020");
  EXPECT_EQ(build_id_in_notes(note(kXen, 3, "none")), std::nullopt);
  EXPECT_EQ(build_id_in_notes(""), std::nullopt);
}

TEST(KernelBuildId, lengths_that_lie_are_not_believed) {
  std::string lying = note(kGnu, 3, "\x01\x02\x03\x04");
  for (const size_t field : {0U, 4U}) {
    for (const uint32_t length : {0xffffffffU, 0xfffffffdU, 0x7fffffffU, 1000U}) {
      std::string changed = lying;
      std::memcpy(changed.data() + field, &length, sizeof(length));
      EXPECT_EQ(build_id_in_notes(changed), std::nullopt) << field << " " << length;
    }
  }
  for (size_t cut = 1; cut < lying.size(); ++cut) {
    EXPECT_EQ(build_id_in_notes(std::string_view(lying).substr(0, cut)), std::nullopt) << cut;
  }
  EXPECT_EQ(build_id_in_notes(note(kGnu, 3, std::string(65, 'x'))), std::nullopt);
}

TEST(PreemptionModel, is_read_from_the_version_string) {
  const auto of = [](const std::string& version) {
    const FakeTree tree{{"proc/sys/kernel/version", version + "\n"}};
    return preemption_model(HostRoot{tree.path()});
  };
  EXPECT_EQ(of("#1 SMP PREEMPT_DYNAMIC Debian 6.1.137-1"), "PREEMPT_DYNAMIC");
  EXPECT_EQ(of("#1 SMP PREEMPT_RT Debian 6.1.137-1"), "PREEMPT_RT");
  EXPECT_EQ(of("#1 SMP PREEMPT RT Debian 4.19"), "PREEMPT_RT");
  EXPECT_EQ(of("#1 SMP PREEMPT x"), "PREEMPT");
  EXPECT_EQ(of("#1 SMP x"), "none");
}

TEST(PreemptionModel, believes_the_realtime_file_and_is_unknown_without_any) {
  const FakeTree tree{{"sys/kernel/realtime", "1\n"}};
  EXPECT_EQ(preemption_model(HostRoot{tree.path()}), "PREEMPT_RT");
  const FakeTree empty{};
  EXPECT_EQ(preemption_model(HostRoot{empty.path()}), std::nullopt);
}

TEST(PreemptionMode, is_the_one_in_brackets) {
  const FakeTree tree{{"sys/kernel/debug/sched/preempt", "none voluntary (full) lazy \n"}};
  EXPECT_EQ(preemption_mode(HostRoot{tree.path()}), "full");
  const FakeTree odd{{"sys/kernel/debug/sched/preempt", ") none (\n"}};
  EXPECT_EQ(preemption_mode(HostRoot{odd.path()}), std::nullopt);
}

TEST(CommandLine, keeps_quoted_words_together_and_stops_before_the_words_for_init) {
  EXPECT_THAT(command_line_words("quiet dyndbg=\"file a +p\"  x=1\n-- rcupdate.rcu_normal=1"),
              ElementsAre("quiet", "dyndbg=file a +p", "x=1"));
}

TEST(CommandLine, the_last_value_counts_and_dashes_are_underscores) {
  const auto words = command_line_words("rcupdate.rcu_normal=0 rcupdate.rcu-normal=1 rcupdate.rcu_normal_after_boot=0");
  EXPECT_EQ(command_line_value(words, "rcupdate.rcu_normal"), "1");
  EXPECT_EQ(command_line_value(words, "rcupdate.rcu_normal_after_boot"), "0");
  EXPECT_EQ(command_line_value(words, "rcupdate.rcu_expedited"), std::nullopt);
}

std::string packed(std::string_view text) {
  return gzip({text}).value();
}

TEST(Gunzip, unpacks_within_the_limit_only) {
  const std::string text(100'000, 'x');
  EXPECT_EQ(gunzip(packed(text), text.size()).value(), text);
  EXPECT_FALSE(gunzip(packed(text), text.size() - 1).has_value());
}

TEST(Gunzip, gives_back_all_pieces_that_were_packed) {
  std::string noise;
  for (uint32_t i = 0, state = 1; i < 50'000; ++i, state = state * 1'664'525 + 1'013'904'223) {
    noise += static_cast<char>(state >> 24U);
  }
  EXPECT_EQ(gunzip(gzip({"", noise, "", "abc"}).value(), 100'000).value(), noise + "abc");
  EXPECT_LT(gzip({noise}).value().size(), noise.size() + 200);
  EXPECT_EQ(gunzip(gzip({}).value(), 0).value(), "");
}

TEST(Gunzip, refuses_what_is_damaged_or_cut_off) {
  const std::string whole = packed("CONFIG_HZ=250\n");
  EXPECT_FALSE(gunzip("", 100).has_value());
  EXPECT_FALSE(gunzip("not gzip at all", 100).has_value());
  EXPECT_FALSE(gunzip(std::string_view(whole).substr(0, whole.size() - 5), 100).has_value());
  std::string damaged = whole;
  damaged[whole.size() - 6] ^= 1;
  EXPECT_FALSE(gunzip(damaged, 100).has_value());
}

TEST(KernelConfig, comes_from_proc_and_otherwise_from_boot) {
  const FakeTree both{{"proc/config.gz", packed("CONFIG_HZ=250\n")},
                      {"proc/sys/kernel/osrelease", "6.1\n"},
                      {"boot/config-6.1", "CONFIG_HZ=1000\n"}};
  EXPECT_EQ(kernel_config(HostRoot{both.path()}), "CONFIG_HZ=250\n");
  both.set({"proc/config.gz", "broken"});
  EXPECT_EQ(kernel_config(HostRoot{both.path()}), "CONFIG_HZ=1000\n");
  both.set({"proc/sys/kernel/osrelease", "../boot/config-6.1\n"});
  EXPECT_EQ(kernel_config(HostRoot{both.path()}), std::nullopt);
}

TEST(KernelConfig, an_option_is_a_whole_name_at_the_beginning_of_a_line) {
  const char* config =
      "# CONFIG_HZ=1\nXCONFIG_HZ=2\nCONFIG_HZ_250=y\nCONFIG_HZ=250\nCONFIG_CC=\"gcc 12\"\n# CONFIG_KASAN is not set\n";
  EXPECT_EQ(config_value(config, "CONFIG_HZ"), "250");
  EXPECT_EQ(config_value(config, "CONFIG_CC"), "gcc 12");
  EXPECT_EQ(config_value(config, "CONFIG_KASAN"), std::nullopt);
  EXPECT_EQ(config_value("CONFIG_HZ=100", "CONFIG_HZ"), "100");
}

}  // namespace
}  // namespace umb
