// SPDX-License-Identifier: Apache-2.0
#include "sys/fsmount_door.h"

#include "base/text.h"
#include "base/unique_fd.h"

#include <array>
#include <cerrno>

#include <fcntl.h>
#include <unistd.h>

namespace umb {

namespace {

/// What the file system itself says went wrong ("e ext4: ..."), with the error's own words.
Failure refusal(const std::string& doing, int context, int error) {
  std::array<char, 512> said{};
  const ssize_t size = context >= 0 ? ::read(context, said.data(), said.size()) : -1;
  Failure failure = fail_errno(doing, error);
  if (size > 2) {
    failure.value().why += " (" + printable(trimmed(std::string(said.data() + 2, static_cast<size_t>(size) - 2))) + ")";
  }
  return failure;
}

bool set(int context, const std::string& option) {
  const size_t sign = option.find('=');
  if (sign == std::string::npos) return ::fsconfig(context, FSCONFIG_SET_FLAG, option.c_str(), nullptr, 0) == 0;
  return ::fsconfig(context, FSCONFIG_SET_STRING, option.substr(0, sign).c_str(), option.c_str() + sign + 1, 0) == 0;
}

/// A mount of a new super block that is nowhere yet.
Result<UniqueFd> new_tree(const MountRequest& request) {
  const std::string doing = "cannot open " + request.type + " " + quoted(request.source);
  const UniqueFd context(::fsopen(request.type.c_str(), FSOPEN_CLOEXEC));
  if (!context.valid()) return fail_errno(doing, errno);
  const bool read_only = (request.flags & MS_RDONLY) != 0;
  std::vector<std::string> options{"source=" + request.source};
  if (read_only) options.emplace_back("ro");
  for (const std::string& option : split(request.data, ',')) {
    if (!option.empty()) options.push_back(option);
  }
  for (const std::string& option : options) {
    if (!set(context.get(), option)) return refusal(doing, context.get(), errno);
  }
  if (::fsconfig(context.get(), FSCONFIG_CMD_CREATE, nullptr, nullptr, 0) != 0) {
    return refusal(doing, context.get(), errno);
  }
  UniqueFd tree(::fsmount(context.get(), FSMOUNT_CLOEXEC, read_only ? MOUNT_ATTR_RDONLY : 0));
  if (!tree.valid()) return refusal(doing, context.get(), errno);
  return tree;
}

Result<UniqueFd> cloned_tree(const std::string& source) {
  UniqueFd tree(::open_tree(AT_FDCWD, source.c_str(), OPEN_TREE_CLONE | OPEN_TREE_CLOEXEC));
  if (!tree.valid()) return fail_errno("cannot clone the tree at " + quoted(source), errno);
  return tree;
}

}  // namespace

Result<void> FsmountDoor::mount(const MountRequest& request) {
  const std::string doing = "cannot mount " + quoted(request.source) + " on " + quoted(request.target);
  if ((request.flags & ~static_cast<unsigned long>(MS_RDONLY | MS_BIND)) != 0) return fail_errno(doing, EINVAL);
  UMB_ASSIGN(const UniqueFd tree, request.type.empty() ? cloned_tree(request.source) : new_tree(request));
  if (::move_mount(tree.get(), "", AT_FDCWD, request.target.c_str(), MOVE_MOUNT_F_EMPTY_PATH) == 0) return {};
  return fail_errno(doing, errno);
}

int FsmountDoor::umount(const char* target, int flags) {
  return ::umount2(target, flags) == 0 ? 0 : errno;
}

bool has_fsmount() {
  return UniqueFd(::fsopen("", FSOPEN_CLOEXEC)).valid() || errno != ENOSYS;
}

}  // namespace umb
