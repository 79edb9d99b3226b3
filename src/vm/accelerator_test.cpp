// SPDX-License-Identifier: Apache-2.0
#include "vm/accelerator.h"

#include "base/clock.h"
#include "sys/subprocess.h"
#include "testing/temporary_folder.h"
#include "vm/tiny_guest.h"

#include <algorithm>
#include <filesystem>
#include <fstream>

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

namespace umb {
namespace {

constexpr int64_t kSecondNs = 1'000'000'000;

class FakeQemu : public testing::Test {
 protected:
  void SetUp() override { ::setenv("TMPDIR", folder_.at("tmp").c_str(), 1); }
  void TearDown() override { ::unsetenv("TMPDIR"); }

  /// A QEMU that does what these shell lines say.
  QemuProgram qemu(const std::string& lines) {
    std::filesystem::create_directories(folder_.at("tmp"));
    std::ofstream(folder_.at("qemu")) << "#!/bin/sh\n" << lines << "\n";
    ::chmod(folder_.at("qemu").c_str(), 0755);
    return {folder_.at("qemu"), "7.2.22"};
  }
  bool left_nothing() { return std::filesystem::is_empty(folder_.at("tmp")); }
  TemporaryFolder folder_;
};

TEST_F(FakeQemu, that_ends_as_the_guest_asks_is_no_trouble) {
  EXPECT_EQ(tiny_guest_trouble(qemu("exit 85"), "tcg"), "");
  EXPECT_TRUE(left_nothing());
}

TEST_F(FakeQemu, is_given_the_image_and_the_accelerator) {
  const QemuProgram fake = qemu("while [ $# -gt 1 ]; do [ $1 != -accel ] || echo $2; shift; done; wc -c < $1; exit 1");
  EXPECT_EQ(tiny_guest_trouble(fake, "kvm"), "QEMU says: " + std::to_string(tiny_guest_image().size()));
}

TEST_F(FakeQemu, that_hangs_is_killed_at_the_limit) {
  const QemuProgram fake = qemu("echo $$ > $0.pid; exec sleep 60");
  const int64_t begin_ns = monotonic_ns();
  EXPECT_EQ(tiny_guest_trouble(fake, "kvm", 3 * kSecondNs), "a guest on it did not come to its end within 3.00 s");
  EXPECT_LT(monotonic_ns() - begin_ns, 30 * kSecondNs);
  std::string pid;
  std::ifstream(fake.path + ".pid") >> pid;
  ASSERT_FALSE(pid.empty());
  std::string state;
  std::ifstream status("/proc/" + pid + "/stat");
  for (int i = 0; i < 3; ++i) status >> state;
  EXPECT_TRUE(!status || state == "Z") << "it lives on";
  EXPECT_TRUE(left_nothing());
}

TEST_F(FakeQemu, that_prints_an_error_is_told_by_its_last_line) {
  EXPECT_EQ(tiny_guest_trouble(qemu("echo one >&2; echo 'failed to initialize kvm' >&2; exit 1"), "kvm"),
            "QEMU says: failed to initialize kvm");
}

TEST_F(FakeQemu, that_ends_in_silence_with_another_code_is_not_taken_for_a_guest_that_ran) {
  EXPECT_EQ(tiny_guest_trouble(qemu("exit 0"), "kvm"), "QEMU ended with 0 and not as the guest asked");
}

TEST_F(FakeQemu, is_asked_for_its_version) {
  const QemuProgram found = find_qemu(qemu("echo QEMU emulator version 7.2.22 '(Debian 1:7.2)'").path).value();
  EXPECT_EQ(found.version, "7.2.22");
  EXPECT_EQ(found.path, folder_.at("qemu"));
}

TEST_F(FakeQemu, that_says_nothing_of_a_version_is_unavailable) {
  const auto found = find_qemu(qemu("echo hello; exit 1").path);
  ASSERT_FALSE(found.has_value());
  EXPECT_EQ(found.error().kind, ErrorKind::kUnavailable);
  EXPECT_NE(found.error().why.find("hello"), std::string::npos);
}

TEST_F(FakeQemu, is_started_only_when_the_device_is_there) {
  const QemuProgram fake = qemu("exit 85");
  EXPECT_EQ(kvm_trouble(fake, folder_.at("kvm"), kSecondNs), folder_.at("kvm") + " is not there");
  std::ofstream(folder_.at("kvm")) << "";
  EXPECT_EQ(kvm_trouble(fake, folder_.at("kvm"), 5 * kSecondNs), "");
}

TEST_F(FakeQemu, is_not_started_for_a_device_that_is_closed_to_us) {
  if (::geteuid() == 0) GTEST_SKIP() << "to root no device is closed";
  std::ofstream(folder_.at("kvm")) << "";
  ::chmod(folder_.at("kvm").c_str(), 0);
  EXPECT_EQ(kvm_trouble(qemu("exit 85"), folder_.at("kvm"), kSecondNs), "Permission denied: be in group kvm");
}

TEST(FindQemu, names_the_package_when_there_is_none) {
  const auto found = find_qemu("qemu-system-of-nowhere");
  ASSERT_FALSE(found.has_value());
  EXPECT_EQ(found.error().kind, ErrorKind::kUnavailable);
  EXPECT_NE(found.error().hint.find("qemu-system-x86"), std::string::npos);
}

TEST(ParseAccelerator, takes_its_three_words_only) {
  for (const std::string& word : accelerator_words()) EXPECT_TRUE(parse_accelerator(word).has_value()) << word;
  EXPECT_EQ(parse_accelerator("kwm").error().kind, ErrorKind::kUsage);
}

TEST(ChooseAccelerator, tries_nothing_when_emulation_is_asked_for) {
  const Accelerator chosen = choose_accelerator(AcceleratorChoice::kTcg, {"/nonexistent", ""}).value();
  EXPECT_EQ(chosen.name, "tcg");
  EXPECT_EQ(chosen.reason, "asked for");
}

TEST(ChooseAccelerator, falls_back_with_the_reason_only_when_it_may_choose) {
  const QemuProgram none{"/nonexistent/qemu", ""};
  const Accelerator chosen = choose_accelerator(AcceleratorChoice::kAuto, none).value();
  EXPECT_EQ(chosen.name, "tcg");
  EXPECT_NE(chosen.reason, "");
  const auto refused = choose_accelerator(AcceleratorChoice::kKvm, none);
  ASSERT_FALSE(refused.has_value());
  EXPECT_EQ(refused.error().kind, ErrorKind::kUnavailable);
  EXPECT_EQ(refused.error().why, chosen.reason);
  EXPECT_NE(refused.error().hint.find("--accel tcg"), std::string::npos);
}

TEST(TinyGuest, comes_to_its_end_on_a_real_qemu_s_emulation) {
  const auto qemu = find_qemu();
  if (!qemu.has_value()) GTEST_SKIP() << qemu.error().text();
  EXPECT_EQ(tiny_guest_trouble(*qemu, "tcg", 60 * kSecondNs), "");
}

TEST(TinyGuest, on_an_accelerator_that_qemu_does_not_know_tells_what_qemu_says) {
  const auto qemu = find_qemu();
  if (!qemu.has_value()) GTEST_SKIP() << qemu.error().text();
  EXPECT_TRUE(tiny_guest_trouble(*qemu, "abacus", 60 * kSecondNs).starts_with("QEMU says: "));
}

}  // namespace
}  // namespace umb
