// SPDX-License-Identifier: Apache-2.0
#include "sys/fuse_control.h"

#include "base/text.h"

#include <array>
#include <cerrno>
#include <string>

#include <fcntl.h>
#include <sys/mount.h>
#include <sys/random.h>
#include <sys/sysmacros.h>
#include <unistd.h>

namespace umb {

namespace {

/// The kernel keeps 20 bits for the minor number.
constexpr unsigned kMinorBits = 20;
constexpr uint32_t kAboveUsual = 1000;

std::string name_of(uint64_t connection, const char* file) {
  return std::to_string(connection) + "/" + file;
}

Result<uint32_t> read_number(int folder, const std::string& name) {
  const std::string doing = "cannot read " + quoted(name) + " of the FUSE connections";
  const UniqueFd fd(::openat(folder, name.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW));
  std::array<char, 32> text{};
  const ssize_t size = fd.valid() ? ::read(fd.get(), text.data(), text.size()) : -1;
  if (size < 0) return fail_errno(doing, errno);
  // It has gone since the file was opened.
  if (size == 0) return fail_errno(doing, ENOENT);
  UMB_ASSIGN(const int64_t number, parse_integer(trimmed({text.data(), static_cast<size_t>(size)}), 0, UINT32_MAX));
  return static_cast<uint32_t>(number);
}

}  // namespace

FuseMark new_fuse_mark() {
  std::array<uint16_t, 2> numbers{};
  // Without random numbers, still not the kernel's.
  if (::getrandom(numbers.data(), sizeof numbers, 0) != static_cast<ssize_t>(sizeof numbers)) numbers = {54321, 12345};
  return {numbers[0] | kAboveUsual, numbers[1] | kAboveUsual};
}

uint64_t fuse_connection_of(dev_t device) {
  return static_cast<uint64_t>(major(device)) << kMinorBits | minor(device);
}

Result<FuseControl> FuseControl::open() {
  const char* doing = "cannot look at the FUSE connections";
  const UniqueFd context(::fsopen("fusectl", FSOPEN_CLOEXEC));
  if (!context.valid()) {
    const int error = errno;
    return fail_errno(doing, error, error == ENODEV ? "modprobe fuse" : "", ErrorKind::kUnavailable);
  }
  if (::fsconfig(context.get(), FSCONFIG_CMD_CREATE, nullptr, nullptr, 0) != 0) return fail_errno(doing, errno);
  const UniqueFd tree(::fsmount(context.get(), FSMOUNT_CLOEXEC, MOUNT_ATTR_NOSUID | MOUNT_ATTR_NODEV));
  if (!tree.valid()) return fail_errno(doing, errno);
  // The tree is nowhere in a namespace: it lives as long as this folder is open.
  UniqueFd folder(::openat(tree.get(), ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!folder.valid()) return fail_errno(doing, errno);
  return FuseControl(std::move(folder));
}

Result<FuseMark> FuseControl::mark(uint64_t connection) const {
  FuseMark mark;
  UMB_ASSIGN(mark.max_background, read_number(folder_.get(), name_of(connection, "max_background")));
  UMB_ASSIGN(mark.congestion_threshold, read_number(folder_.get(), name_of(connection, "congestion_threshold")));
  return mark;
}

bool FuseControl::is_there(uint64_t connection) const {
  return ::faccessat(folder_.get(), std::to_string(connection).c_str(), F_OK, 0) == 0;
}

Result<FuseAbort> FuseControl::abort(uint64_t connection, const FuseMark& mark) const {
  const std::string doing = "cannot abort the FUSE connection " + std::to_string(connection);
  // Opened before the mark is read: afterwards the number may be another one's, this file is not.
  const UniqueFd fd(::openat(folder_.get(), name_of(connection, "abort").c_str(), O_WRONLY | O_CLOEXEC | O_NOFOLLOW));
  if (!fd.valid() && errno == ENOENT) return FuseAbort::kGone;
  if (!fd.valid()) return fail_errno(doing, errno);
  const Result<FuseMark> found = this->mark(connection);
  if (!found.has_value() && found.error().errno_value == ENOENT) return FuseAbort::kGone;
  if (!found.has_value()) return Failure(found.error());
  // What the kernel makes of it in the abort.
  if (*found == FuseMark{UINT32_MAX, mark.congestion_threshold}) return FuseAbort::kGone;
  if (*found != mark) return FuseAbort::kNotOurs;
  if (::write(fd.get(), "1", 1) == 1) return FuseAbort::kAborted;
  return fail_errno(doing, errno);
}

}  // namespace umb
