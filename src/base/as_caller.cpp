// SPDX-License-Identifier: Apache-2.0
#include "base/file.h"
#include "base/text.h"

#include <cstdint>
#include <cstdlib>
#include <limits>

#include <sys/fsuid.h>
#include <unistd.h>

namespace umb {

namespace {

std::optional<uint32_t> sudo_id(const char* variable) {
  const char* text = ::getenv(variable);
  if (text == nullptr) return {};
  const Result<int64_t> id = parse_integer(text, 0, std::numeric_limits<uint32_t>::max() - 1);
  return id.has_value() ? std::optional(static_cast<uint32_t>(*id)) : std::nullopt;
}

/// setfsuid() and setfsgid() never report a failure; asking for an impossible id tells the present one.
uid_t present_fsuid() {
  return static_cast<uid_t>(::setfsuid(static_cast<uid_t>(-1)));
}

}  // namespace

AsCaller::AsCaller() {
  if (::geteuid() != 0) return;
  const auto uid = sudo_id("SUDO_UID");
  const auto gid = sudo_id("SUDO_GID");
  if (!uid || !gid || present_fsuid() == *uid) return;
  // The group first: afterwards the capability to change it is gone.
  gid_before_ = static_cast<gid_t>(::setfsgid(*gid));
  uid_before_ = static_cast<uid_t>(::setfsuid(*uid));
}

AsCaller::~AsCaller() {
  if (uid_before_) ::setfsuid(*uid_before_);
  if (gid_before_) ::setfsgid(*gid_before_);
}

}  // namespace umb
