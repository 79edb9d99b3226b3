// SPDX-License-Identifier: Apache-2.0
#include "runner/preflight.h"

#include "base/text.h"
#include "base/unique_fd.h"
#include "fixture/disk_folder.h"
#include "runner/machine_limits.h"
#include "sys/fsmount_door.h"
#include "sys/host_kernel.h"
#include "sys/host_mounts.h"
#include "sys/host_privilege.h"
#include "sys/open_tree_namespace.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdio>
#include <string_view>
#include <utility>

#include <fcntl.h>
#include <linux/capability.h>
#include <sys/stat.h>
#include <unistd.h>

namespace umb {

namespace {

constexpr size_t kAliasesLimit = 32 * 1024 * 1024;

struct Package {
  const char* program;
  const char* package;
};
constexpr std::array<Package, 10> kPackages{{{"umount", "mount"},
                                             {"mkfs.ext4", "e2fsprogs"},
                                             {"e2fsck", "e2fsprogs"},
                                             {"mkfs.xfs", "xfsprogs"},
                                             {"mkfs.btrfs", "btrfs-progs"},
                                             {"mksquashfs", "squashfs-tools"},
                                             {"mkfs.erofs", "erofs-utils"},
                                             {"mkfs.vfat", "dosfstools"},
                                             {"crun", "crun"},
                                             {"runc", "runc"}}};

/// "nodev\ttmpfs" or "\text4".
bool in_file_systems(std::string_view text, const std::string& name) {
  const std::vector<std::string> lines = split(text, '\n');
  return std::any_of(lines.begin(), lines.end(),
                     [&name](const std::string& line) { return line.substr(line.find('\t') + 1) == name; });
}

/// "5.10.0-28-amd64" is older than "5.11". An unknown release is older than nothing.
bool is_older(const std::string& release, const std::string& since) {
  std::array<int, 2> has{};
  std::array<int, 2> wanted{};
  if (std::sscanf(since.c_str(), "%d.%d", &wanted[0], &wanted[1]) != 2) return false;
  return std::sscanf(release.c_str(), "%d.%d", &has[0], &has[1]) == 2 && has < wanted;
}

/// Why the path that a user gave is no program's.
std::optional<std::string> no_program_at(const std::string& path, const std::string& name) {
  struct stat facts {};
  if (::stat(path.c_str(), &facts) != 0) return quoted(name) + " can't be run: " + errno_text(errno);
  if (!S_ISREG(facts.st_mode)) return quoted(name) + " can't be run: it is no file";
  if (::access(path.c_str(), X_OK) != 0) return quoted(name) + " can't be run: it is not executable";
  return std::nullopt;
}

}  // namespace

std::string debian_package(const std::string& program) {
  for (const Package& known : kPackages) {
    if (program == known.program) return known.package;
  }
  return {};
}

std::string missing_program(const std::string& name) {
  const std::string package = debian_package(name);
  return name + " is not installed" + (package.empty() ? "" : " (Debian package " + package + ")");
}

Preflight::Preflight(HostRoot root, ProgramFinder find) : root_(std::move(root)), find_(std::move(find)) {}

Preflight::Reason Preflight::remembered(const std::string& key, const std::function<Reason()>& ask) {
  const auto known = answers_.find(key);
  return known != answers_.end() ? known->second : answers_.emplace(key, ask()).first->second;
}

std::optional<std::string> Preflight::check(const Needs& needs, bool unprivileged) {
  if (!needs.impossible.empty()) return needs.impossible;
  if (Reason reason = check_privilege(needs, unprivileged)) return reason;
  for (const std::string& name : needs.file_systems) {
    if (Reason reason = remembered("fs " + name, [&] { return check_file_system(name); })) return reason;
  }
  for (const std::string& name : needs.programs) {
    if (Reason reason = remembered("program " + name, [&] { return check_program(name); })) return reason;
  }
  if (needs.loop_device) {
    if (Reason reason = remembered("loop", [&] { return check_loop_control(); })) return reason;
  }
  if (needs.disk_folder) {
    if (Reason reason = remembered("disk", [&] { return check_disk_folder(); })) return reason;
  }
  if (needs.new_mount_api && !has_fsmount()) return "this kernel has no fsopen (Linux 5.2)";
  if (needs.open_tree_namespace && !has_open_tree_namespace()) {
    return "this kernel has no OPEN_TREE_NAMESPACE (Linux 7.0)";
  }
  for (const std::string& name : needs.namespaces) {
    if (host_exists(root_, "/proc/self/ns/" + name)) continue;
    return "this kernel has no " + name + " namespaces";
  }
  if (needs.control_groups) {
    if (Reason reason = remembered("cgroups", [&] { return check_control_groups(); })) return reason;
  }
  if (Reason reason = check_controllers(needs.controllers)) return reason;
  return beyond_limits(root_, needs);
}

Preflight::Reason Preflight::check_control_groups() {
  if (!host_exists(root_, "/sys/fs/cgroup")) return "this kernel has no control groups";
  // What isn't mounted there nobody could clean up after a run that was killed.
  const auto mounts = read_mount_table(root_);
  if (mounts.has_value() && mounts->cgroup_layout == "none") return "no control groups are mounted in /sys/fs/cgroup";
  return std::nullopt;
}

std::optional<std::string> Preflight::check_rcu(const std::string& mode, bool unprivileged) {
  if (mode.empty() || mode == "as-found") return std::nullopt;
  if (unprivileged) return "rcu=" + mode + " needs root: --unprivileged can only measure rcu=as-found";
  for (const char* path : {"/sys/kernel/rcu_normal", "/sys/kernel/rcu_expedited"}) {
    if (Reason reason = remembered(path, [&] { return check_knob(path); })) return reason;
  }
  return std::nullopt;
}

bool Preflight::as_found_is_normal() const {
  return host_flag(root_, "/sys/kernel/rcu_normal").value_or(false);
}

std::optional<std::string> Preflight::check_case(const Case& spec, const Needs& needs, bool unprivileged) {
  if (Reason reason = check(needs, unprivileged)) return reason;
  return check_rcu(spec.value("rcu"), unprivileged);
}

/// Which ones the root gives on is the machine's own business: nothing here changes it.
Preflight::Reason Preflight::check_controllers(const std::vector<std::string>& wanted) const {
  if (wanted.empty()) return std::nullopt;
  for (const char* root : {"/sys/fs/cgroup", "/sys/fs/cgroup/unified"}) {
    const auto text = read_host_file(root_, std::string(root) + "/cgroup.subtree_control");
    if (!text.has_value()) continue;
    const std::vector<std::string> given = split(trimmed(*text), ' ');
    const bool all = std::ranges::all_of(
        wanted, [&given](const std::string& one) { return std::ranges::find(given, one) != given.end(); });
    if (all) return std::nullopt;
    const std::string has = given == std::vector<std::string>{""} ? "none" : join(given, ", ");
    return "needs a cgroup2 with " + join(wanted, " and ") + " for its groups; that in " + root + " gives them " + has;
  }
  return "needs a cgroup2 with " + join(wanted, " and ") + " for its groups; there is none in /sys/fs/cgroup";
}

Preflight::Reason Preflight::check_privilege(const Needs& needs, bool unprivileged) {
  if (unprivileged) {
    if (needs.root) return "needs root: --unprivileged can't do it";
    if (is_older(kernel_release(root_).value_or(""), needs.user_namespace_since)) {
      return "needs root here: a user namespace can do it since Linux " + needs.user_namespace_since;
    }
    return remembered("user namespaces", [this]() -> Reason {
      const Reason refused = user_namespaces_refused(root_);
      return refused.has_value() ? Reason("no user namespace can be made: " + *refused) : std::nullopt;
    });
  }
  if (assume_root_) return std::nullopt;
  return remembered("root", [this]() -> Reason {
    const bool able = has_capability(effective_capabilities(root_).value_or(0), CAP_SYS_ADMIN);
    return able ? std::nullopt : Reason("needs root (CAP_SYS_ADMIN is not effective)");
  });
}

Preflight::Reason Preflight::check_file_system(const std::string& name) {
  if ((name == "fuse" || name == "fuseblk") && !host_exists(root_, "/dev/fuse")) {
    return "/dev/fuse is not there (kernel module fuse: modprobe fuse)";
  }
  if (in_file_systems(read_host_file(root_, "/proc/filesystems").value_or(""), name)) return std::nullopt;
  if (has_module(name)) return std::nullopt;
  return name + " is not in /proc/filesystems, nor is there a module of it for this kernel";
}

bool Preflight::has_module(const std::string& file_system) {
  if (host_number(root_, "/proc/sys/kernel/modules_disabled") == 1) return false;
  const std::string folder = "/lib/modules/" + kernel_release(root_).value_or("unknown");
  if (host_exists(root_, folder + "/kernel/fs/" + file_system)) return true;
  // What the kernel asks for when it meets an unknown type; the folder has another name for some (vfat lies in fs/fat).
  const std::string alias = "alias fs-" + file_system + " ";
  bool found = false;
  const bool read = for_each_host_line(root_, folder + "/modules.alias", kAliasesLimit,
                                       [&](std::string_view line) { found = found || line.starts_with(alias); });
  return read && found;
}

Preflight::Reason Preflight::check_program(const std::string& name) {
  if (name.find('/') != std::string::npos) return no_program_at(root_.at(name), name);
  return find_(name).empty() ? Reason(missing_program(name)) : std::nullopt;
}

Preflight::Reason Preflight::check_loop_control() {
  const char* path = "/dev/loop-control";
  if (!host_exists(root_, path)) return "/dev/loop-control is not there (kernel module loop: modprobe loop)";
  if (assume_root_) return std::nullopt;
  const UniqueFd fd(::open(root_.at(path).c_str(), O_RDWR | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK));
  return fd.valid() ? std::nullopt : Reason("/dev/loop-control can't be opened: " + errno_text(errno));
}

Preflight::Reason Preflight::check_disk_folder() {
  const std::string why = disk_folder_refused(root_.at(kDiskFolderParent));
  return why.empty() ? std::nullopt : Reason(kDiskFolderParent + (" can't hold images on a disk: " + why));
}

Preflight::Reason Preflight::check_knob(const std::string& path) {
  const std::optional<bool> writable = knob_writable(root_, path);
  if (!writable.has_value()) return "this kernel has no " + path;
  return *writable ? std::nullopt : Reason(path + " can't be written: /sys is read-only here, as in most containers");
}

}  // namespace umb
