// SPDX-License-Identifier: Apache-2.0
#include "base/text.h"
#include "base/unique_fd.h"
#include "runner/doctor_topics.h"
#include "sys/host_mounts.h"
#include "sys/host_privilege.h"

#include <array>
#include <cerrno>
#include <string_view>

#include <fcntl.h>
#include <linux/capability.h>

namespace umb::doctor {

namespace {

struct Optional {
  int capability;
  const char* message;
};
constexpr std::array<Optional, 3> kOptional{
    {{CAP_SYS_NICE, "without CAP_SYS_NICE a worker can't run as SCHED_FIFO"},
     {CAP_IPC_LOCK, "without CAP_IPC_LOCK mlockall may be refused"},
     {CAP_SYS_RESOURCE, "without CAP_SYS_RESOURCE hard resource limits can't be raised, which container runtimes do"}}};

struct MakeFileSystem {
  const char* program;
  const char* file_system;
  const char* level;  ///< when it isn't there
};
constexpr std::array<MakeFileSystem, 6> kMakers{{{"mkfs.ext4", "ext4", "missing"},
                                                 {"mkfs.xfs", "xfs", "note"},
                                                 {"mkfs.btrfs", "btrfs", "note"},
                                                 {"mkfs.erofs", "erofs", "note"},
                                                 {"mkfs.vfat", "vfat", "note"},
                                                 {"mksquashfs", "squashfs", "note"}}};

std::string install(const std::string& program) {
  return "apt-get install " + debian_package(program);
}

/// "user.max_user_namespaces is 0" -> what allows it.
std::string allow_user_namespaces(std::string_view refused) {
  if (refused.starts_with("user.max_user_namespaces")) return "sysctl -w user.max_user_namespaces=10000";
  if (refused.starts_with("kernel.unprivileged_userns_clone")) return "sysctl -w kernel.unprivileged_userns_clone=1";
  if (refused.starts_with("kernel.apparmor_restrict_unprivileged_userns")) {
    return "sysctl -w kernel.apparmor_restrict_unprivileged_userns=0";
  }
  return {};
}

}  // namespace

void privilege(const Patient& patient, Findings& findings) {
  const char* topic = "privilege";
  if (!patient.root_like) {
    findings.push_back({"missing", topic, "CAP_SYS_ADMIN is not effective: run needs root, or --unprivileged",
                        "sudo umountbench run"});
    return;
  }
  findings.push_back({"ok", topic, "CAP_SYS_ADMIN is effective", ""});
  for (const Optional& optional : kOptional) {
    if (!has_capability(patient.capabilities, optional.capability)) {
      findings.push_back({"note", topic, optional.message, ""});
    }
  }
}

void user_namespaces(const Patient& patient, Findings& findings) {
  const char* topic = "user namespaces";
  if (const auto refused = user_namespaces_refused(patient.root)) {
    findings.push_back({"missing", topic, "--unprivileged can't work: " + *refused, allow_user_namespaces(*refused)});
  } else {
    findings.push_back({"ok", topic, "nothing speaks against --unprivileged", ""});
  }
}

void loop_devices(const Patient& patient, Findings& findings) {
  const char* topic = "loop devices";
  const char* path = "/dev/loop-control";
  if (!host_exists(patient.root, path)) {
    findings.push_back({"missing", topic, "/dev/loop-control is not there", "modprobe loop"});
  } else if (!host_exists(patient.root, "/sys/module/loop")) {
    // Opening it would load the module, and doctor changes nothing.
    findings.push_back({"note", topic, "the kernel's loop module is not loaded yet; the first use loads it", ""});
  } else if (!patient.root_like) {
    findings.push_back({"note", topic, "/dev/loop-control is there; whether it opens shows only as root", ""});
  } else if (const UniqueFd fd(::open(patient.root.at(path).c_str(), O_RDWR | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK));
             !fd.valid()) {
    findings.push_back({"missing", topic, "/dev/loop-control can't be opened: " + errno_text(errno), ""});
  } else {
    findings.push_back({"ok", topic, "/dev/loop-control opens", ""});
  }
}

void umount_program(const Patient& patient, Findings& findings) {
  const char* topic = "umount program";
  const std::string path = patient.find("umount");
  if (path.empty()) {
    findings.push_back({"missing", topic, missing_program("umount") + ": method=exec is skipped", install("umount")});
  } else {
    findings.push_back({"ok", topic, printable(path), ""});
  }
}

void mkfs_programs(const Patient& patient, Findings& findings) {
  const char* topic = "mkfs programs";
  std::vector<std::string> found;
  for (const MakeFileSystem& maker : kMakers) {
    if (!patient.find(maker.program).empty()) {
      found.emplace_back(maker.program);
    } else {
      findings.push_back({maker.level, topic, missing_program(maker.program) + ": no images of " + maker.file_system,
                          install(maker.program)});
    }
  }
  if (!found.empty()) findings.push_back({"ok", topic, join(found, ", "), ""});
}

void containers(const Patient& patient, Findings& findings) {
  const char* topic = "containers";
  const auto mounts = read_mount_table(patient.root);
  const std::string layout = mounts.has_value() ? mounts->cgroup_layout : "";
  if (layout == "v2" || layout == "v1") {
    findings.push_back({"ok", topic, "cgroup layout " + layout + ": runc and crun can use it as it is", ""});
  } else if (layout == "none") {
    findings.push_back({"note", topic, "no cgroups in /sys/fs/cgroup: runc and crun need them", ""});
  } else if (layout.empty()) {
    findings.push_back({"note", topic, "the mount table can't be read, so the cgroup layout is unknown", ""});
  } else {
    findings.push_back({"note", topic,
                        "cgroup layout " + layout +
                            ": runc can use it; crun wants a plain cgroup2 over /sys/fs/cgroup in a mount namespace",
                        ""});
  }
  for (const char* runtime : {"crun", "runc"}) {
    if (patient.find(runtime).empty()) findings.push_back({"note", topic, missing_program(runtime), install(runtime)});
  }
}

}  // namespace umb::doctor
