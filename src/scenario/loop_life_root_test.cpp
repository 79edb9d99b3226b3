// SPDX-License-Identifier: Apache-2.0
// What the end of a loop device is called when something outlives the umount, on the real kernel.
#include "base/unique_fd.h"
#include "scenario/loop_life.h"
#include "scenario/test_on_the_kernel.h"
#include "scenario/test_samples.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <unistd.h>

namespace umb {
namespace {

/// Opens what was mounted, or the device that it was mounted from, before it is taken off.
class HoldingDoor final : public MountDoor {
 public:
  explicit HoldingDoor(bool the_device) : the_device_(the_device) {}
  Result<void> mount(const MountRequest& request) override {
    source_ = request.source;
    return real_.mount(request);
  }
  int umount(const char* target, int flags) override {
    held_.reset(::open(the_device_ ? source_.c_str() : target, O_RDONLY | O_CLOEXEC));
    return held_.valid() ? real_.umount(target, flags) : errno;
  }

 private:
  bool the_device_;
  KernelMountDoor real_;
  std::string source_;
  UniqueFd held_;
};

/// "released at return: yes" or "no", and what failed.
std::string of_a_lazy_umount(bool device_held, const std::string& autoclear) {
  return in_sandbox([&](const std::string& folder) -> std::string {
    HoldingDoor door(device_held);
    const auto scenario =
        loop_life_scenario().make(case_of(loop_life_scenario(), {{"mode", "lazy"}, {"autoclear", autoclear}}),
                                  {.folder = folder, .door = &door, .release_limit_ns = 20'000'000});
    if (const auto done = scenario->setup(); !done.has_value()) return done.error().text();
    const Result<Sample> sample = test_sample(*scenario);
    if (!sample.has_value()) return sample.error().text();
    if (!sample->not_released || sample->errno_value != EIO) return "a quick sample";
    const std::string failed = test_checks(*scenario);
    return sample->released_at_return == 0 ? "late, " + failed : "at return";
  });
}

TEST(LoopLifeOnTheKernel, fails_its_check_where_the_file_system_keeps_the_device_and_not_where_somebody_else_does) {
  if (::geteuid() != 0) GTEST_SKIP() << "needs root";
  const std::string reason = lacking(find_file_system("ext4")->needs);
  if (!reason.empty()) GTEST_SKIP() << reason;
  for (const char* autoclear : {"off", "on"}) {
    EXPECT_EQ(of_a_lazy_umount(false, autoclear),
              "late, released_at_return: the umount worked, and its file system still had the device when all was over")
        << autoclear;
    EXPECT_EQ(of_a_lazy_umount(true, autoclear), "late, ") << autoclear;
  }
}

}  // namespace
}  // namespace umb
