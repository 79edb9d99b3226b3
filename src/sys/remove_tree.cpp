// SPDX-License-Identifier: Apache-2.0
#include "sys/remove_tree.h"

#include "base/text.h"
#include "base/unique_fd.h"
#include "sys/list_folder.h"

#include <cerrno>
#include <vector>

#include <fcntl.h>
#include <linux/openat2.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace umb {
namespace {

constexpr int kMaxDepth = 64;

Failure remove_failure(const std::string& path, int error) {
  return fail_errno(
      "cannot remove " + quoted(path), error,
      error == EXDEV || error == EBUSY ? "something is mounted there: unmount it, then run it again" : "");
}

Result<void> empty_folder(int parent, const std::string& name, const std::string& path, int depth) {
  if (depth > kMaxDepth) return remove_failure(path, ELOOP);
  open_how how{};
  how.flags = O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC;
  how.resolve = RESOLVE_NO_XDEV | RESOLVE_NO_SYMLINKS | RESOLVE_BENEATH;
  const UniqueFd folder(static_cast<int>(::syscall(SYS_openat2, parent, name.c_str(), &how, sizeof how)));
  if (!folder.valid()) return remove_failure(path, errno);
  UMB_ASSIGN(const std::vector<std::string> inside, list_folder(folder.get(), path));
  for (const std::string& inner : inside) {
    const std::string inner_path = path + "/" + inner;
    if (::unlinkat(folder.get(), inner.c_str(), 0) == 0 || errno == ENOENT) continue;
    if (errno != EISDIR) return remove_failure(inner_path, errno);
    UMB_TRY(empty_folder(folder.get(), inner, inner_path, depth + 1));
    if (::unlinkat(folder.get(), inner.c_str(), AT_REMOVEDIR) != 0 && errno != ENOENT) {
      return remove_failure(inner_path, errno);
    }
  }
  return {};
}

}  // namespace

Result<void> remove_tree(const std::string& path) {
  // The way to the folder may lead over mounts and links; from there on nothing may.
  const size_t slash = path.rfind('/');
  const std::string parent_path = slash == std::string::npos ? "." : path.substr(0, slash + 1);
  const std::string name = path.substr(slash + 1);
  const UniqueFd parent(::open(parent_path.c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC));
  if (!parent.valid()) return errno == ENOENT ? Result<void>() : remove_failure(path, errno);
  Result<void> emptied = empty_folder(parent.get(), name, path, 0);
  if (!emptied) {
    if (emptied.error().errno_value == ENOENT) return {};
    return emptied;
  }
  if (::unlinkat(parent.get(), name.c_str(), AT_REMOVEDIR) != 0 && errno != ENOENT) return remove_failure(path, errno);
  return {};
}

}  // namespace umb
