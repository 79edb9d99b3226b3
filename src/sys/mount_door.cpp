// SPDX-License-Identifier: Apache-2.0
#include "sys/mount_door.h"

#include "base/text.h"

#include <cerrno>

#include <sys/mount.h>

namespace umb {

Result<void> KernelMountDoor::mount(const MountRequest& request) {
  const char* type = request.type.empty() ? nullptr : request.type.c_str();
  const char* data = request.data.empty() ? nullptr : request.data.c_str();
  if (::mount(request.source.c_str(), request.target.c_str(), type, request.flags, data) == 0) return {};
  const int reason = errno;
  const std::string kind = request.type.empty() ? "bind" : request.type;
  return fail_errno("cannot mount " + kind + " " + quoted(request.source) + " on " + quoted(request.target), reason);
}

int KernelMountDoor::umount(const char* target, int flags) {
  return ::umount2(target, flags) == 0 ? 0 : errno;
}

}  // namespace umb
