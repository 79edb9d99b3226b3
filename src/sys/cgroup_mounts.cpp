// SPDX-License-Identifier: Apache-2.0
#include "sys/cgroup_mounts.h"

#include "base/text.h"
#include "base/unique_fd.h"
#include "sys/list_folder.h"
#include "sys/mount_door.h"

#include <algorithm>
#include <cerrno>

#include <fcntl.h>
#include <linux/magic.h>
#include <sys/stat.h>
#include <sys/vfs.h>

namespace umb {

namespace {

/// No std::string: what is asked before main() is answered rightly too.
constexpr const char* kRoot = "/sys/fs/cgroup";
constexpr unsigned long kFlags = MS_NOSUID | MS_NODEV | MS_NOEXEC;
constexpr std::string_view kNamed = "name=";

bool is_cgroup(const std::string& path) {
  struct statfs facts {};
  if (::statfs(path.c_str(), &facts) != 0) return false;
  return facts.f_type == CGROUP2_SUPER_MAGIC || facts.f_type == CGROUP_SUPER_MAGIC;
}

struct Hierarchy {
  std::string folder, type, data;
};

Result<void> mount_in_folder(const Hierarchy& options) {
  const std::string path = std::string(kRoot) + "/" + options.folder;
  if (::mkdir(path.c_str(), 0755) != 0) return fail_errno("cannot make " + quoted(path), errno);
  return KernelMountDoor().mount(
      {.source = "cgroup", .target = path, .type = options.type, .flags = kFlags, .data = options.data});
}

}  // namespace

std::vector<std::string> cgroup1_hierarchies(std::string_view proc_cgroup) {
  std::vector<std::string> found;
  for (const std::string& line : split(proc_cgroup, '\n')) {
    const std::vector<std::string> fields = split(line, ':');
    if (fields.size() >= 3 && !fields[1].empty()) found.push_back(fields[1]);
  }
  return found;
}

std::vector<std::string> cgroup_roots() {
  if (is_cgroup(kRoot)) return {kRoot};
  const UniqueFd folder(::open(kRoot, O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  std::vector<std::string> roots;
  if (!folder.valid()) return roots;
  for (const std::string& name : list_folder(folder.get(), kRoot).value_or(std::vector<std::string>())) {
    struct stat facts {};
    // Beside the folder cpu,cpuacct stand links with the names of both.
    const std::string path = std::string(kRoot) + "/" + name;
    if (::lstat(path.c_str(), &facts) == 0 && S_ISDIR(facts.st_mode) && is_cgroup(path)) roots.push_back(path);
  }
  return roots;
}

Result<void> mount_cgroups(std::string_view proc_cgroup, const std::vector<std::string>& host_roots,
                           bool plain_cgroup2) {
  std::vector<Hierarchy> wanted;
  const auto want = [&](Hierarchy one) {
    if (std::ranges::find(host_roots, std::string(kRoot) + "/" + one.folder) != host_roots.end())
      wanted.push_back(std::move(one));
  };
  want({.folder = "unified", .type = "cgroup2", .data = ""});
  const std::vector<std::string> version_1 = cgroup1_hierarchies(proc_cgroup);
  if (version_1.empty() || (plain_cgroup2 && !wanted.empty())) {
    return KernelMountDoor().mount({.source = "cgroup2", .target = kRoot, .type = "cgroup2", .flags = kFlags});
  }
  for (const std::string& controllers : version_1) {
    const bool named = controllers.starts_with(kNamed);
    want({.folder = named ? controllers.substr(kNamed.size()) : controllers,
          .type = "cgroup",
          .data = named ? "none," + controllers : controllers});
  }
  UMB_TRY(KernelMountDoor().mount(
      {.source = "umountbench", .target = kRoot, .type = "tmpfs", .flags = kFlags, .data = "mode=0755"}));
  for (const Hierarchy& one : wanted) UMB_TRY(mount_in_folder(one));
  return {};
}

}  // namespace umb
