// SPDX-License-Identifier: Apache-2.0
#include "sys/cgroup.h"

#include "base/clock.h"
#include "base/text.h"
#include "base/unique_fd.h"
#include "sys/knob.h"
#include "sys/list_folder.h"

#include <cerrno>
#include <vector>

#include <fcntl.h>
#include <linux/magic.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <unistd.h>

namespace umb {
namespace {

constexpr int kMaxDepth = 64;
constexpr int64_t kPollNs = 10'000'000;

Failure cgroup_failure(const std::string& path, int error) {
  return fail_errno("cannot remove the control group " + quoted(path), error,
                    error == EBUSY ? "something still runs in it: see its cgroup.procs" : "");
}

/// The innermost first; their files go with them.
Result<void> remove_groups(int parent, const std::string& name, const std::string& path, int depth) {
  if (depth > kMaxDepth) return cgroup_failure(path, ELOOP);
  const UniqueFd folder(::openat(parent, name.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
  if (!folder.valid()) return errno == ENOENT ? Result<void>() : cgroup_failure(path, errno);
  UMB_ASSIGN(const std::vector<std::string> inside, list_folder(folder.get(), path));
  for (const std::string& inner : inside) {
    struct stat status {};
    if (::fstatat(folder.get(), inner.c_str(), &status, AT_SYMLINK_NOFOLLOW) != 0 || !S_ISDIR(status.st_mode)) continue;
    UMB_TRY(remove_groups(folder.get(), inner, path + "/" + inner, depth + 1));
  }
  if (::unlinkat(parent, name.c_str(), AT_REMOVEDIR) != 0 && errno != ENOENT) return cgroup_failure(path, errno);
  return {};
}

}  // namespace

Result<bool> kill_cgroup(const std::string& path, int64_t limit_ns) {
  {
    const UniqueFd folder(::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
    if (!folder.valid()) return errno == ENOENT ? Result<bool>(false) : cgroup_failure(path, errno);
    struct statfs file_system {};
    if (::fstatfs(folder.get(), &file_system) != 0) return cgroup_failure(path, errno);
    if (file_system.f_type != CGROUP2_SUPER_MAGIC && file_system.f_type != CGROUP_SUPER_MAGIC) {
      return fail("cannot remove the control group " + quoted(path), "it is an ordinary folder");
    }
  }
  const std::string kill_file = path + "/cgroup.kill";
  if (::access(kill_file.c_str(), F_OK) == 0) UMB_TRY(write_knob(kill_file, "1"));
  const int64_t end_ns = monotonic_ns() + limit_ns;
  while (true) {
    const Result<void> removed = remove_groups(AT_FDCWD, path, path, 0);
    if (removed) return true;
    if (removed.error().errno_value != EBUSY || monotonic_ns() >= end_ns) return Failure(removed.error());
    sleep_ns(kPollNs);
  }
}

}  // namespace umb
