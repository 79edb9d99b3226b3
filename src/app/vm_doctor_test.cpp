// SPDX-License-Identifier: Apache-2.0
#include "app/vm_doctor.h"

#include "testing/fake_tree.h"
#include "testing/temporary_folder.h"

#include <algorithm>
#include <cstdlib>
#include <filesystem>

#include <gtest/gtest.h>

namespace umb {
namespace {

Finding finding_of(const std::vector<Finding>& findings, const std::string& topic) {
  const auto found = std::find_if(findings.begin(), findings.end(),
                                  [&topic](const Finding& finding) { return finding.topic == topic; });
  return found != findings.end() ? *found : Finding{};
}

class VmDoctor : public testing::Test {
 protected:
  void SetUp() override { ::setenv("XDG_CACHE_HOME", cache_.path().c_str(), 1); }
  void TearDown() override { ::unsetenv("XDG_CACHE_HOME"); }
  std::vector<Finding> examine(const GuestTrial& trial) {
    return examine_for_guests(trial, {tree_.path()}, [this](const std::string& name) {
      return std::find(programs_.begin(), programs_.end(), name) != programs_.end() ? "/usr/bin/" + name : "";
    });
  }
  FakeTree tree_{{"sys/devices/system/cpu/online", "0-3\n"},
                 {"proc/meminfo", "MemTotal: 9000000 kB\nMemAvailable: 8000000 kB\n"},
                 {"usr/share/keyrings/debian-archive-keyring.gpg", "key"},
                 {"etc/apt/sources.list", "deb http://m.example/debian sid main\n"}};
  std::vector<std::string> programs_{"apt-get", "umount", "mkfs.ext4", "crun", "runc"};
  GuestTrial good_{QemuProgram{"/usr/bin/qemu", "7.2.22"}, "", ""};
  TemporaryFolder cache_;
};

TEST_F(VmDoctor, finds_nothing_to_say_about_a_machine_with_everything) {
  for (const Finding& finding : examine(good_)) {
    if (finding.topic == "cache folder") continue;
    EXPECT_EQ(finding.level, "ok") << finding.topic << ": " << finding.message;
    EXPECT_EQ(finding.command, "");
  }
  EXPECT_TRUE(good_.can_boot());
}

TEST_F(VmDoctor, tells_why_guests_are_emulated_and_what_that_means) {
  const GuestTrial trial{QemuProgram{"/usr/bin/qemu", "7.2.22"}, "Permission denied: be in group kvm", ""};
  const std::vector<Finding> findings = examine(trial);
  EXPECT_EQ(finding_of(findings, "KVM").message, "does not work: Permission denied: be in group kvm");
  EXPECT_TRUE(finding_of(findings, "KVM").command.starts_with("adduser "));
  EXPECT_EQ(finding_of(findings, "emulation").level, "noisy");
  EXPECT_NE(finding_of(findings, "emulation").message.find("slower"), std::string::npos);
  EXPECT_TRUE(trial.can_boot());
}

TEST_F(VmDoctor, names_the_package_when_nothing_can_be_booted_for_want_of_qemu) {
  const GuestTrial trial{find_qemu("qemu-of-nowhere"), "", ""};
  const Finding finding = finding_of(examine(trial), "QEMU");
  EXPECT_EQ(finding.level, "missing");
  EXPECT_EQ(finding.command, "apt install qemu-system-x86");
  EXPECT_EQ(finding_of(examine(trial), "KVM"), Finding{});
  EXPECT_FALSE(trial.can_boot());
}

TEST_F(VmDoctor, tells_when_neither_kvm_nor_emulation_works) {
  const GuestTrial trial{QemuProgram{"/usr/bin/qemu", "7.2.22"}, "/dev/kvm is not there", "QEMU says: no"};
  EXPECT_EQ(finding_of(examine(trial), "emulation").level, "missing");
  EXPECT_FALSE(trial.can_boot());
}

TEST_F(VmDoctor, holds_the_host_s_cpus_and_memory_against_a_guest) {
  tree_.set({"sys/devices/system/cpu/online", "0\n"});
  tree_.set({"proc/meminfo", "MemAvailable: 1000000 kB\n"});
  EXPECT_EQ(finding_of(examine(good_), "CPUs").level, "noisy");
  EXPECT_EQ(finding_of(examine(good_), "memory").message,
            "1024 MB available, but a guest needs 1223 MB unless asked for less");
}

TEST_F(VmDoctor, tells_what_fetching_kernels_lacks) {
  tree_.set({"etc/apt/sources.list", "\n"});
  EXPECT_NE(finding_of(examine(good_), "vm fetch").message.find("no mirror of Debian"), std::string::npos);
  programs_ = {};
  EXPECT_NE(finding_of(examine(good_), "vm fetch").message.find("apt-get is not installed"), std::string::npos);
  EXPECT_EQ(finding_of(examine(good_), "programs for guests").command, "apt-get install mount");
}

TEST_F(VmDoctor, makes_no_cache_folder_to_tell_its_room) {
  const Finding finding = finding_of(examine(good_), "cache folder");
  EXPECT_TRUE(finding.message.starts_with(cache_.at("umountbench") + ": "));
  EXPECT_TRUE(std::filesystem::is_empty(cache_.path()));
  EXPECT_GT(free_bytes_at("/nonexistent/folder").value_or(-1), -1);
}

}  // namespace
}  // namespace umb
