// SPDX-License-Identifier: Apache-2.0
#include "sys/loop_device.h"

#include "base/text.h"

#include <cerrno>
#include <cstdint>

#include <fcntl.h>
#include <linux/loop.h>
#include <sys/ioctl.h>

namespace umb {

namespace {

/// Somebody else may take the free device between asking for it and configuring it.
constexpr int kAttempts = 64;

Error cannot_attach(const std::string& image, int reason) {
  const bool none_left = reason == ENODEV || reason == ENOSPC || reason == ENOENT || reason == ENXIO;
  std::string hint = none_left ? "no free loop device: see 'losetup -a', or load the loop module" : "";
  return Error{"cannot attach a loop device to " + quoted(image), errno_text(reason), std::move(hint), reason,
               none_left ? ErrorKind::kUnavailable : ErrorKind::kFailed};
}

struct Attached {
  std::string path;
  UniqueFd device;  ///< open for writing
};

Result<Attached> attach_free(const std::string& image, uint32_t flags,
                             const std::function<Result<void>(const std::string& device)>& before) {
  const UniqueFd backing(::open(image.c_str(), O_RDWR | O_CLOEXEC | O_NOFOLLOW));
  if (!backing.valid()) return Failure(cannot_attach(image, errno));
  const UniqueFd control(::open("/dev/loop-control", O_RDWR | O_CLOEXEC));
  if (!control.valid()) return Failure(cannot_attach(image, errno));
  for (int attempt = 0; attempt < kAttempts; ++attempt) {
    const int number = ::ioctl(control.get(), LOOP_CTL_GET_FREE);
    if (number < 0) return Failure(cannot_attach(image, errno));
    std::string path = "/dev/loop" + std::to_string(number);
    UMB_TRY(before(path));
    UniqueFd device(::open(path.c_str(), O_RDWR | O_CLOEXEC | O_NOFOLLOW));
    if (!device.valid()) return Failure(cannot_attach(image, errno));
    loop_config config{};
    config.fd = static_cast<uint32_t>(backing.get());
    config.info.lo_flags = flags;
    if (::ioctl(device.get(), LOOP_CONFIGURE, &config) == 0) return Attached{std::move(path), std::move(device)};
    if (errno != EBUSY) return Failure(cannot_attach(image, errno));
  }
  return Failure(cannot_attach(image, EBUSY));
}

}  // namespace

Result<LoopDevice> LoopDevice::attach(const std::string& image) {
  UMB_ASSIGN(Attached attached,
             attach_free(image, LO_FLAGS_AUTOCLEAR, [](const std::string&) { return Result<void>(); }));
  UniqueFd ours(::open(attached.path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW));
  if (!ours.valid()) return Failure(cannot_attach(image, errno));
  return LoopDevice(std::move(attached.path), std::move(ours));
}

Result<std::string> attach_without_autoclear(const std::string& image,
                                             const std::function<Result<void>(const std::string& device)>& before) {
  UMB_ASSIGN(Attached attached, attach_free(image, 0, before));
  return std::move(attached.path);
}

bool opens_exclusively(const std::string& device) {
  return UniqueFd(::open(device.c_str(), O_RDONLY | O_EXCL | O_CLOEXEC)).valid();
}

bool loop_attached(const std::string& device) {
  const UniqueFd fd(::open(device.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW));
  loop_info64 info{};
  return fd.valid() && ::ioctl(fd.get(), LOOP_GET_STATUS64, &info) == 0;
}

}  // namespace umb
