// SPDX-License-Identifier: Apache-2.0
#include "sys/private_mounts.h"

#include "base/text.h"

#include <cerrno>
#include <climits>
#include <functional>
#include <memory>

#include <libmount/libmount.h>
#include <sched.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace umb {

namespace {

Result<void> mount_or_fail(const char* source, const std::string& target, const char* type, unsigned long flags,
                           const char* data = nullptr) {
  if (::mount(source, target.c_str(), type, flags, data) == 0) return {};
  return fail_errno("cannot set up the private mounts: mount on " + quoted(target), errno);
}

bool lies_on(const std::string& path, const std::string& mount_point) {
  if (mount_point == "/") return true;
  return path.compare(0, mount_point.size(), mount_point) == 0 &&
         (path.size() == mount_point.size() || path[mount_point.size()] == '/');
}

/// A folder's own mounts only: what is mounted below it stays behind.
Result<void> copy_needed_mounts(const std::string& new_root, const std::vector<std::string>& needed) {
  UMB_ASSIGN(const std::vector<std::string> points, mount_points());
  std::vector<std::string> copied;
  for (const std::string& point : points) {
    bool wanted = false;
    for (const std::string& path : needed) wanted = wanted || (point != "/" && lies_on(path, point));
    for (const std::string& earlier : copied) wanted = wanted && earlier != point;
    struct stat facts {};
    if (!wanted || ::lstat((new_root + point).c_str(), &facts) != 0) continue;
    UMB_TRY(mount_or_fail(point.c_str(), new_root + point, nullptr, MS_BIND));
    copied.push_back(point);
  }
  return {};
}

Result<void> detach_all(const std::function<bool(const std::string& point)>& wanted) {
  UMB_ASSIGN(const std::vector<std::string> points, mount_points());
  for (auto point = points.rbegin(); point != points.rend(); ++point) {
    // A path that is too long for the kernel lies in a mount of a shorter one, and goes with that.
    if (!wanted(*point) || point->size() >= PATH_MAX) continue;
    const int failed = ::umount2(point->c_str(), MNT_DETACH | UMOUNT_NOFOLLOW);
    if (failed != 0) return fail_errno("cannot unmount " + quoted(*point), errno);
  }
  return {};
}

Result<void> switch_root(const std::string& new_root) {
  if (::chdir(new_root.c_str()) != 0) return fail_errno("cannot enter " + quoted(new_root), errno);
  if (::syscall(SYS_pivot_root, ".", ".") != 0) return fail_errno("cannot switch the root", errno);
  if (::umount2(".", MNT_DETACH) != 0) return fail_errno("cannot leave the old root", errno);
  if (::chdir("/") != 0) return fail_errno("cannot enter the new root", errno);
  return {};
}

}  // namespace

Result<std::vector<std::string>> mount_points() {
  const std::unique_ptr<libmnt_table, void (*)(libmnt_table*)> table(mnt_new_table_from_file("/proc/self/mountinfo"),
                                                                     mnt_unref_table);
  if (table == nullptr) return fail_errno("cannot read /proc/self/mountinfo", errno);
  const std::unique_ptr<libmnt_iter, void (*)(libmnt_iter*)> steps(mnt_new_iter(MNT_ITER_FORWARD), mnt_free_iter);
  std::vector<std::string> points;
  libmnt_fs* entry = nullptr;
  while (mnt_table_next_fs(table.get(), steps.get(), &entry) == 0) points.emplace_back(mnt_fs_get_target(entry));
  return points;
}

Result<void> detach_all_below(const std::string& folder) {
  return detach_all([&folder](const std::string& point) { return point.starts_with(folder + "/"); });
}

Result<void> detach_all_on(const std::string& folder) {
  return detach_all([&folder](const std::string& point) { return lies_on(point, folder); });
}

Result<PrivateMounts> enter_private_mounts(const std::string& folder, const std::vector<std::string>& needed,
                                           bool user_namespace) {
  UMB_TRY(mount_or_fail(nullptr, "/", nullptr, MS_SLAVE | MS_REC));
  UMB_TRY(mount_or_fail("umountbench", folder, "tmpfs", MS_NOSUID | MS_NODEV, "mode=0700"));
  UMB_TRY(mount_or_fail(nullptr, folder, nullptr, MS_PRIVATE));
  PrivateMounts result;
  if (user_namespace) {
    UMB_TRY(mount_or_fail("proc", "/proc", "proc", MS_NOSUID | MS_NODEV | MS_NOEXEC));
  } else {
    const std::string new_root = folder + "/root";
    if (::mkdir(new_root.c_str(), 0700) != 0) return fail_errno("cannot make " + quoted(new_root), errno);
    UMB_TRY(mount_or_fail("/", new_root, nullptr, MS_BIND));
    std::vector<std::string> paths{"/dev", "/sys", "/etc", folder};
    paths.insert(paths.end(), needed.begin(), needed.end());
    UMB_TRY(copy_needed_mounts(new_root, paths));
    UMB_TRY(mount_or_fail("proc", new_root + "/proc", "proc", MS_NOSUID | MS_NODEV | MS_NOEXEC));
    UMB_TRY(switch_root(new_root));
    result.reduced = true;
  }
  UMB_ASSIGN(const std::vector<std::string> points, mount_points());
  result.mount_count = static_cast<int64_t>(points.size());
  return result;
}

Result<void> enter_bare_mounts(const std::string& folder, const std::string& bound) {
  if (::unshare(CLONE_NEWNS) != 0) return fail_errno("cannot make a mount namespace", errno);
  UMB_TRY(mount_or_fail("umountbench", folder, "tmpfs", MS_NOSUID | MS_NODEV, "mode=0700"));
  if (!bound.empty()) {
    const std::string target = folder + "/bound";
    if (::mkdir(target.c_str(), 0700) != 0) return fail_errno("cannot make " + quoted(target), errno);
    UMB_TRY(mount_or_fail(bound.c_str(), target, nullptr, MS_BIND));
  }
  return switch_root(folder);
}

Result<void> enter_own_mounts() {
  if (::unshare(CLONE_NEWNS) != 0) return fail_errno("cannot make a mount namespace", errno);
  return mount_or_fail(nullptr, "/", nullptr, MS_SLAVE | MS_REC);
}

Result<void> make_slave(const std::string& path) {
  return mount_or_fail(nullptr, path, nullptr, MS_SLAVE);
}

}  // namespace umb
