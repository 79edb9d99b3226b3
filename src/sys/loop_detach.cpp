// SPDX-License-Identifier: Apache-2.0
#include "sys/loop_detach.h"

#include "base/clock.h"
#include "base/text.h"
#include "base/unique_fd.h"

#include <cerrno>

#include <fcntl.h>
#include <linux/loop.h>
#include <linux/major.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>

namespace umb {
namespace {

constexpr int64_t kPollNs = 10'000'000;

Result<UniqueFd> open_loop(const std::string& device) {
  const std::string doing = "cannot open the loop device " + quoted(device);
  UniqueFd fd(::open(device.c_str(), O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK));
  if (!fd.valid()) return fail_errno(doing, errno);
  struct stat status {};
  if (::fstat(fd.get(), &status) != 0) return fail_errno(doing, errno);
  if (!S_ISBLK(status.st_mode) || major(status.st_rdev) != LOOP_MAJOR) return fail(doing, "it is no loop device");
  return fd;
}

Result<std::optional<LoopBacking>> backing_of(int fd, const std::string& device) {
  loop_info64 info{};
  if (::ioctl(fd, LOOP_GET_STATUS64, &info) == 0) return LoopBacking{info.lo_device, info.lo_inode, info.lo_offset};
  if (errno == ENXIO) return std::nullopt;
  return fail_errno("cannot ask what the loop device " + quoted(device) + " reads from", errno);
}

}  // namespace

Result<std::optional<LoopBacking>> loop_backing(const std::string& device) {
  UMB_ASSIGN(const UniqueFd fd, open_loop(device));
  return backing_of(fd.get(), device);
}

Result<LoopDetach> detach_loop(const std::string& device, const LoopBacking& backing, int64_t limit_ns) {
  {
    UMB_ASSIGN(const UniqueFd fd, open_loop(device));
    UMB_ASSIGN(const std::optional<LoopBacking> found, backing_of(fd.get(), device));
    if (!found) return LoopDetach::kNotAttached;
    if (*found != backing) return LoopDetach::kNotOurs;
    if (::ioctl(fd.get(), LOOP_CLR_FD, 0) != 0 && errno != ENXIO) {
      return fail_errno("cannot detach the loop device " + quoted(device), errno);
    }
  }
  const int64_t end_ns = monotonic_ns() + limit_ns;
  while (true) {
    UMB_ASSIGN(const std::optional<LoopBacking> found, loop_backing(device));
    if (!found || *found != backing) return LoopDetach::kDetached;
    if (monotonic_ns() >= end_ns) return LoopDetach::kBusy;
    sleep_ns(kPollNs);
  }
}

}  // namespace umb
