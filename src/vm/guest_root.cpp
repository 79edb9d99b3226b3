// SPDX-License-Identifier: Apache-2.0
#include "vm/guest_root.h"

#include "base/text.h"
#include "sys/host_file.h"
#include "sys/kernel_module.h"
#include "sys/knob.h"
#include "sys/mount_door.h"

#include <array>
#include <cerrno>

#include <sys/stat.h>
#include <unistd.h>

namespace umb {

namespace {

constexpr const char* kNewRoot = "/newroot";

struct Part {
  const char* type;
  const char* target;
  bool needed;  ///< a kernel may be built without the others
  const char* data = "";
};

constexpr std::array<Part, 9> kParts{{
    {"proc", "/proc", true},
    {"sysfs", "/sys", true},
    {"devtmpfs", "/dev", true},
    {"devpts", "/dev/pts", false},
    {"tmpfs", "/run", true, "mode=0755"},
    {"tmpfs", "/tmp", true, "mode=1777"},
    {"cgroup2", "/sys/fs/cgroup", false},
    {"debugfs", "/sys/kernel/debug", false},
    {"tracefs", "/sys/kernel/tracing", false},
}};

Result<void> move_root() {
  KernelMountDoor door;
  if (::mkdir(kNewRoot, 0755) != 0 && errno != EEXIST) return fail_errno("cannot make the guest's root", errno);
  UMB_TRY(door.mount({.source = "/", .target = kNewRoot, .type = "", .flags = MS_BIND, .data = ""}));
  if (::chdir(kNewRoot) != 0) return fail_errno("cannot enter the guest's root", errno);
  UMB_TRY(door.mount({.source = ".", .target = "/", .type = "", .flags = MS_MOVE, .data = ""}));
  if (::chroot(".") != 0 || ::chdir("/") != 0) return fail_errno("cannot move to the guest's root", errno);
  return {};
}

}  // namespace

Result<void> set_up_guest_root() {
  UMB_TRY(move_root());
  KernelMountDoor door;
  for (const Part& part : kParts) {
    (void)::mkdir(part.target, 0755);
    const Result<void> mounted = door.mount(
        {.source = part.type, .target = part.target, .type = part.type, .flags = MS_NOSUID, .data = part.data});
    if (!mounted.has_value() && part.needed) return Failure(mounted.error());
  }
  // Each by itself: a kernel may have one without the other.
  for (const char* controller : {"+memory", "+io"}) {
    (void)write_knob("/sys/fs/cgroup/cgroup.subtree_control", controller);
  }
  return {};
}

std::vector<std::string> load_modules(const std::string& folder) {
  std::vector<std::string> troubles;
  for (const std::string& name : host_names({}, folder)) {
    const Result<void> loaded = load_module(folder + "/" + name);
    if (!loaded.has_value()) troubles.push_back(loaded.error().text());
  }
  return troubles;
}

}  // namespace umb
