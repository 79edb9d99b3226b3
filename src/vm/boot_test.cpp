// SPDX-License-Identifier: Apache-2.0
#include "vm/boot.h"

#include "base/random.h"
#include "base/unique_fd.h"
#include "testing/temporary_folder.h"
#include "vm/frame.h"

#include <fstream>

#include <fcntl.h>
#include <gmock/gmock.h>

namespace umb {
namespace {

using ::testing::HasSubstr;

constexpr int64_t kSecondNs = 1'000'000'000;

class Deaf final : public BootListener {
 public:
  void hello(const std::string& /*release*/) override {}
  void progress(const std::string& /*line*/) override {}
  void grown(const Growth& /*growth*/) override {}
};

/// More than a socket's buffer takes, and nothing that could be packed.
std::string noise() {
  Random random(1);
  std::string bytes(240'000, '\0');
  for (char& byte : bytes) byte = static_cast<char>(random.below(256));
  return bytes;
}

/// A boot with a shell script in the place of QEMU.
class Boot : public testing::Test {
 protected:
  Result<BootEnd> boot(const std::string& script, int64_t time_limit_ns = 60 * kSecondNs) {
    Deaf listener;
    const UniqueFd console(::open(folder_.at("console.log").c_str(), O_RDWR | O_APPEND | O_CREAT | O_CLOEXEC, 0600));
    return run_boot({.command = {"/bin/sh", "-c", script},
                     .console_fd = console.get(),
                     .console_output_fd = console.get(),
                     .job = {{}, {{"noise", noise()}}, ""},
                     .hello_limit_ns = time_limit_ns + kSecondNs,
                     .silence_limit_ns = 60 * kSecondNs,
                     .time_limit_ns = time_limit_ns},
                    stop_, listener);
  }
  TemporaryFolder folder_;
  StopFlag stop_;
};

TEST_F(Boot, of_a_qemu_that_refuses_its_command_is_an_error_with_its_words) {
  const auto end = boot("echo 'qemu: no such option' >&2; exit 1");
  ASSERT_FALSE(end.has_value());
  EXPECT_THAT(end.error().text(), HasSubstr("QEMU could not boot the guest: qemu: no such option"));
}

TEST_F(Boot, of_a_qemu_that_is_killed_is_an_outcome_also_before_the_guest_speaks) {
  const auto end = boot("kill -9 $$");
  ASSERT_TRUE(end.has_value()) << end.error().text();
  EXPECT_EQ(end->how, BootHow::kEnded);
  EXPECT_EQ(end->reason, "QEMU was ended by signal 9");
}

TEST_F(Boot, of_a_guest_that_asks_again_and_again_and_never_reads_ends_at_its_limit) {
  std::string hellos;
  for (uint32_t number = 0; number < 5000; ++number) hellos += encode({FrameKind::kHello, number, "6.1.0"});
  std::ofstream(folder_.at("hellos")) << hellos;
  const auto end = boot("cat " + folder_.at("hellos") + "; sleep 60", 5 * kSecondNs);
  ASSERT_TRUE(end.has_value()) << end.error().text();
  EXPECT_EQ(end->how, BootHow::kOverTime);
  EXPECT_EQ(end->hello, "6.1.0");
}

TEST_F(Boot, with_a_panic_on_the_console_is_a_panic_and_ends_with_its_line) {
  std::ofstream(folder_.at("console.log")) << "[    1.5] before\n[    1.6] Kernel panic - not syncing: no root\n";
  const auto end = boot("exit 0");
  ASSERT_TRUE(end.has_value()) << end.error().text();
  EXPECT_EQ(end->how, BootHow::kPanic);
  EXPECT_EQ(end->reason, "Kernel panic - not syncing: no root");
  EXPECT_THAT(end->console_tail, HasSubstr("before"));
}

TEST_F(Boot, that_never_ends_is_ended_at_its_limit_or_by_a_signal) {
  const auto late = boot("exec sleep 60", kSecondNs / 5);
  ASSERT_TRUE(late.has_value()) << late.error().text();
  EXPECT_EQ(late->how, BootHow::kOverTime);
  EXPECT_EQ(late->reason, "not done within 200 ms");

  stop_.request(15);
  const auto stopped = boot("exec sleep 60");
  ASSERT_TRUE(stopped.has_value()) << stopped.error().text();
  EXPECT_EQ(stopped->how, BootHow::kStopped);
}

}  // namespace
}  // namespace umb
