// SPDX-License-Identifier: Apache-2.0
#include "sys/host_mounts.h"

#include "base/text.h"

#include <algorithm>
#include <cctype>
#include <limits>
#include <string_view>

#include <unistd.h>

namespace umb {

namespace {

constexpr size_t kMountTableLimit = 64 * 1024 * 1024;
constexpr size_t kMostProcesses = 32768;
constexpr size_t kMostDescriptors = 4096;
constexpr size_t kMostLinks = 200'000;
constexpr std::string_view kCgroupRoot = "/sys/fs/cgroup";

struct CgroupMounts {
  bool v1 = false;
  bool v2_at_root = false;
  bool v2_below = false;
};

/// A line of mountinfo: "ID PARENT MAJ:MIN ROOT TARGET OPTIONS [TAGS] - TYPE SOURCE OPTIONS".
void note_cgroup(std::string_view line, CgroupMounts& found) {
  const size_t dash = line.find(" - cgroup");
  if (dash == std::string_view::npos) return;
  const std::vector<std::string> fields = split(line.substr(0, dash), ' ');
  constexpr size_t kTarget = 4;
  if (fields.size() <= kTarget || !fields[kTarget].starts_with(kCgroupRoot)) return;
  const std::string_view type = line.substr(dash + 3, line.find(' ', dash + 3) - (dash + 3));
  if (type == "cgroup") found.v1 = true;
  if (type == "cgroup2") (fields[kTarget] == kCgroupRoot ? found.v2_at_root : found.v2_below) = true;
}

std::string layout_of(const CgroupMounts& found) {
  if (found.v2_at_root) return "v2";
  if (found.v1) return found.v2_below ? "hybrid" : "v1";
  return "none";
}

bool is_mount_table(std::string_view target) {
  return target.starts_with("/proc/") &&
         (target.ends_with("/mountinfo") || target.ends_with("/mounts") || target.ends_with("/mountstats"));
}

bool holds_mount_table(const HostRoot& root, const std::string& folder, size_t& links_left) {
  for (const std::string& name : host_names(root, folder, std::min(kMostDescriptors, links_left))) {
    --links_left;
    std::string path = folder;
    const std::optional<std::string> target = host_link(root, path.append("/").append(name));
    if (target.has_value() && is_mount_table(*target)) return true;
  }
  return false;
}

}  // namespace

std::optional<MountTableFacts> read_mount_table(const HostRoot& root) {
  MountTableFacts facts;
  CgroupMounts cgroups;
  const bool complete = for_each_host_line(root, "/proc/self/mountinfo", kMountTableLimit, [&](std::string_view line) {
    ++facts.mount_count;
    note_cgroup(line, cgroups);
  });
  if (!complete) return std::nullopt;
  facts.cgroup_layout = layout_of(cgroups);
  return facts;
}

std::vector<MountTableHolder> mount_table_holders(const HostRoot& root) {
  std::vector<MountTableHolder> holders;
  size_t links_left = kMostLinks;
  for (const std::string& name : host_names(root, "/proc", kMostProcesses)) {
    const Result<int64_t> pid = parse_integer(name, 1, std::numeric_limits<int32_t>::max());
    if (!pid.has_value() || (root.is_this_machine() && *pid == ::getpid())) continue;
    const std::string process = "/proc/" + name;
    if (!holds_mount_table(root, process + "/fd", links_left)) continue;
    holders.push_back({*pid, host_text(root, process + "/comm").value_or("?")});
  }
  std::sort(holders.begin(), holders.end(), [](const auto& a, const auto& b) { return a.pid < b.pid; });
  return holders;
}

}  // namespace umb
