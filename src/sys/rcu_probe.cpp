// SPDX-License-Identifier: Apache-2.0
#include "sys/rcu_probe.h"

#include "base/clock.h"
#include "base/unique_fd.h"

#include <algorithm>
#include <array>
#include <limits>

#include <fcntl.h>
#include <linux/membarrier.h>
#include <sys/mount.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace umb {

namespace {

constexpr int64_t kNothing = std::numeric_limits<int64_t>::min();

/// The median of five tries; nothing as soon as one fails.
template <typename Try>
int64_t median_of_five(Try&& one) {
  std::array<int64_t, 5> taken{};
  for (int64_t& time_ns : taken) {
    time_ns = one();
    if (time_ns == kNothing) return kNothing;
  }
  std::nth_element(taken.begin(), taken.begin() + 2, taken.end());
  return taken[2];
}

int64_t timed_umount(const std::string& folder) {
  const int64_t start_ns = monotonic_ns();
  const int failed = ::umount2(folder.c_str(), MNT_DETACH);
  return failed == 0 ? monotonic_ns() - start_ns : kNothing;
}

int64_t fuse_umount(const std::string& folder) {
  const UniqueFd fuse(::open("/dev/fuse", O_RDWR | O_CLOEXEC));
  if (!fuse.valid()) return kNothing;
  const std::string options = "fd=" + std::to_string(fuse.get()) + ",rootmode=40000,user_id=0,group_id=0";
  if (::mount("umountbench", folder.c_str(), "fuse", MS_NOSUID | MS_NODEV, options.c_str()) != 0) return kNothing;
  return timed_umount(folder);
}

int64_t tmpfs_umount(const std::string& folder) {
  if (::mount("umountbench", folder.c_str(), "tmpfs", 0, nullptr) != 0) return kNothing;
  return timed_umount(folder);
}

int64_t membarrier() {
  if (::sysconf(_SC_NPROCESSORS_ONLN) < 2) return kNothing;
  const int64_t start_ns = monotonic_ns();
  if (::syscall(SYS_membarrier, MEMBARRIER_CMD_GLOBAL, 0, 0) != 0) return kNothing;
  return monotonic_ns() - start_ns;
}

}  // namespace

RcuProbe probe_rcu(const std::string& folder) {
  return {.fuse_umount_ns = median_of_five([&] { return fuse_umount(folder); }),
          .tmpfs_umount_ns = median_of_five([&] { return tmpfs_umount(folder); }),
          .membarrier_ns = median_of_five([] { return membarrier(); })};
}

}  // namespace umb
