// SPDX-License-Identifier: Apache-2.0
#include "sys/cgroup_mounts.h"

#include "base/text.h"
#include "base/unique_fd.h"
#include "sys/list_folder.h"
#include "sys/mount_door.h"

#include <cerrno>

#include <fcntl.h>
#include <linux/magic.h>
#include <sys/stat.h>
#include <sys/vfs.h>

namespace umb {

namespace {

const std::string kRoot = "/sys/fs/cgroup";
constexpr unsigned long kFlags = MS_NOSUID | MS_NODEV | MS_NOEXEC;
constexpr std::string_view kNamed = "name=";

bool is_cgroup(const std::string& path) {
  struct statfs facts {};
  if (::statfs(path.c_str(), &facts) != 0) return false;
  return facts.f_type == CGROUP2_SUPER_MAGIC || facts.f_type == CGROUP_SUPER_MAGIC;
}

Result<void> mount_in_folder(const std::string& folder, const std::string& type, const std::string& data) {
  const std::string path = kRoot + "/" + folder;
  if (::mkdir(path.c_str(), 0755) != 0) return fail_errno("cannot make " + quoted(path), errno);
  return KernelMountDoor().mount({.source = "cgroup", .target = path, .type = type, .flags = kFlags, .data = data});
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
  const UniqueFd folder(::open(kRoot.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  std::vector<std::string> roots;
  if (!folder.valid()) return roots;
  for (const std::string& name : list_folder(folder.get(), kRoot).value_or(std::vector<std::string>())) {
    struct stat facts {};
    // Beside the folder cpu,cpuacct stand links with the names of both.
    const std::string path = kRoot + "/" + name;
    if (::lstat(path.c_str(), &facts) == 0 && S_ISDIR(facts.st_mode) && is_cgroup(path)) roots.push_back(path);
  }
  return roots;
}

Result<void> mount_cgroup2() {
  return KernelMountDoor().mount({.source = "cgroup2", .target = kRoot, .type = "cgroup2", .flags = kFlags});
}

Result<void> mount_cgroup1(const std::vector<std::string>& hierarchies) {
  UMB_TRY(KernelMountDoor().mount(
      {.source = "umountbench", .target = kRoot, .type = "tmpfs", .flags = kFlags, .data = "mode=0755"}));
  for (const std::string& controllers : hierarchies) {
    const bool named = controllers.starts_with(kNamed);
    UMB_TRY(mount_in_folder(named ? controllers.substr(kNamed.size()) : controllers, "cgroup",
                            named ? "none," + controllers : controllers));
  }
  return mount_in_folder("unified", "cgroup2", "");
}

}  // namespace umb
