// SPDX-License-Identifier: Apache-2.0
#include "scenario/container_bundle.h"

#include <string>

#include <nlohmann/json.hpp>

namespace umb {

namespace {

using nlohmann::json;

json mount_of(const char* target, const char* type, const char* source, json options) {
  return {{"destination", target}, {"type", type}, {"source", source}, {"options", std::move(options)}};
}

json mounts() {
  return json::array({
      mount_of("/proc", "proc", "proc", json::array()),
      mount_of("/dev", "tmpfs", "tmpfs", {"nosuid", "strictatime", "mode=755", "size=65536k"}),
      mount_of("/dev/pts", "devpts", "devpts", {"nosuid", "noexec", "newinstance", "ptmxmode=0666", "mode=0620"}),
      mount_of("/dev/shm", "tmpfs", "shm", {"nosuid", "noexec", "nodev", "mode=1777", "size=65536k"}),
      mount_of("/dev/mqueue", "mqueue", "mqueue", {"nosuid", "noexec", "nodev"}),
      mount_of("/sys", "sysfs", "sysfs", {"nosuid", "noexec", "nodev", "ro"}),
      mount_of("/sys/fs/cgroup", "cgroup", "cgroup", {"nosuid", "noexec", "nodev", "relatime", "ro"}),
  });
}

json namespaces(bool new_net) {
  json all = json::array();
  for (const char* type : {"pid", "ipc", "uts", "mount"}) all.push_back(json::object({{"type", type}}));
  if (new_net) all.push_back(json::object({{"type", "network"}}));
  return all;
}

json process(int exit_code) {
  const json capabilities = {"CAP_AUDIT_WRITE", "CAP_KILL", "CAP_NET_BIND_SERVICE"};
  return {{"terminal", false},
          {"user", {{"uid", 0}, {"gid", 0}}},
          {"args", {"/noop", "exit", std::to_string(exit_code)}},
          {"env", {"PATH=/"}},
          {"cwd", "/"},
          {"capabilities", {{"bounding", capabilities}, {"effective", capabilities}, {"permitted", capabilities}}},
          {"noNewPrivileges", true}};
}

}  // namespace

std::string bundle_config(const BundleOptions& options) {
  const json config = {
      {"ociVersion", "1.0.2"},
      {"process", process(options.exit_code)},
      {"root", {{"path", "rootfs"}, {"readonly", true}}},
      {"hostname", "umountbench"},
      {"mounts", mounts()},
      {"linux",
       {{"cgroupsPath", options.control_group},
        {"namespaces", namespaces(options.new_net)},
        {"maskedPaths",
         {"/proc/acpi", "/proc/kcore", "/proc/keys", "/proc/latency_stats", "/proc/timer_list", "/proc/timer_stats",
          "/proc/sched_debug", "/proc/scsi", "/sys/firmware"}},
        {"readonlyPaths", {"/proc/bus", "/proc/fs", "/proc/irq", "/proc/sys", "/proc/sysrq-trigger"}}}}};
  return config.dump(1) + "\n";
}

}  // namespace umb
