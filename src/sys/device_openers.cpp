// SPDX-License-Identifier: Apache-2.0
#include "sys/device_openers.h"

#include "base/text.h"
#include "sys/host_file.h"

#include <algorithm>
#include <limits>

#include <unistd.h>

namespace umb {

namespace {

constexpr size_t kMostProcesses = 100'000;
constexpr size_t kMostLinks = 1'000'000;

bool is_udev(const std::string& name) {
  return name == "systemd-udevd" || name == "udevd" || name == "eudev" || name == "(udev-worker)";
}

}  // namespace

DeviceOpeners find_openers(const std::string& processes, const std::string& device) {
  DeviceOpeners found;
  const HostRoot root{.path = processes};
  // The procfs of another PID namespace calls the caller by another number, and its "self" too.
  const std::string self = host_link(root, "/self").value_or("");
  size_t links_left = kMostLinks;
  for (const std::string& process : host_names(root, "/", kMostProcesses)) {
    const Result<int64_t> pid = parse_integer(process, 1, std::numeric_limits<int32_t>::max());
    if (!pid.has_value()) continue;
    const std::string name = host_text(root, "/" + process + "/comm").value_or("?");
    found.udev_runs = found.udev_runs || is_udev(name);
    if (process == self) continue;
    const std::vector<std::string> links = host_names(root, "/" + process + "/fd", links_left);
    links_left -= std::min(links_left, links.size());
    const bool opens = std::ranges::any_of(
        links, [&](const std::string& link) { return host_link(root, "/" + process + "/fd/" + link) == device; });
    if (opens) found.open.push_back({*pid, name});
  }
  return found;
}

}  // namespace umb
