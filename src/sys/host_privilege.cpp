// SPDX-License-Identifier: Apache-2.0
#include "sys/host_privilege.h"

#include "sys/host_cpu.h"

#include <charconv>

#include <sys/stat.h>
#include <sys/statvfs.h>

namespace umb {

std::optional<uint64_t> effective_capabilities(const HostRoot& root) {
  const std::optional<std::string> status = read_host_file(root, "/proc/self/status");
  const std::optional<std::string> text = status.has_value() ? processor_value(*status, "CapEff") : std::nullopt;
  if (!text.has_value()) return std::nullopt;
  uint64_t bits = 0;
  const auto [end, error] = std::from_chars(text->data(), text->data() + text->size(), bits, 16);
  if (error != std::errc() || end != text->data() + text->size()) return std::nullopt;
  return bits;
}

bool has_capability(uint64_t capabilities, int number) {
  return ((capabilities >> number) & 1U) != 0;
}

std::optional<std::string> user_namespaces_refused(const HostRoot& root) {
  if (!host_exists(root, "/proc/self/ns/user")) return "this kernel has no user namespaces";
  if (host_number(root, "/proc/sys/user/max_user_namespaces") == 0) return "user.max_user_namespaces is 0";
  if (host_number(root, "/proc/sys/kernel/unprivileged_userns_clone") == 0) {
    return "kernel.unprivileged_userns_clone is 0";
  }
  if (host_number(root, "/proc/sys/kernel/apparmor_restrict_unprivileged_userns") == 1) {
    return "kernel.apparmor_restrict_unprivileged_userns is 1";
  }
  return std::nullopt;
}

std::optional<bool> knob_writable(const HostRoot& root, const std::string& path) {
  const std::string full = root.at(path);
  struct stat facts {};
  struct statvfs mount {};
  if (::stat(full.c_str(), &facts) != 0 || ::statvfs(full.c_str(), &mount) != 0) return std::nullopt;
  return (facts.st_mode & S_IWUSR) != 0 && (mount.f_flag & ST_RDONLY) == 0;
}

}  // namespace umb
