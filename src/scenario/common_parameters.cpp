// SPDX-License-Identifier: Apache-2.0
#include "scenario/common_parameters.h"

#include "sys/mount_door.h"

namespace umb {

ParameterInfo mode_parameter() {
  return {.name = "mode",
          .summary = "plain (umount2 without flags) or lazy (MNT_DETACH)",
          .values = {"plain", "lazy"},
          .default_value = "plain",
          .always_in_id = true};
}

ParameterInfo rcu_parameter() {
  return {
      .name = "rcu",
      .summary = "as-found (never writes), default (both knobs 0), normal (rcu_normal=1), expedited (rcu_expedited=1)",
      .values = {"as-found", "default", "normal", "expedited"},
      .default_value = "as-found",
      .always_in_id = true};
}

ParameterInfo backing_parameter() {
  return {.name = "backing",
          .summary = "where the image of a file system on a loop device lies: in memory, or in a folder on a disk",
          .values = {"tmpfs", "dir"},
          .default_value = "tmpfs"};
}

Result<std::string> image_folder(const Case& spec, const Workshop& workshop) {
  if (spec.value("backing") != "dir") return workshop.folder;
  if (workshop.disk_folder.empty()) return fail("there is no folder on a disk for " + spec.id);
  return workshop.disk_folder;
}

Needs file_system_needs(const Case& spec) {
  const FileSystemInfo& info = *find_file_system(spec.value("fs"));
  Needs needs = info.needs;
  if (spec.value("backing") != "dir") return needs;
  needs.disk_folder = true;
  if (info.image == nullptr) needs.impossible = info.name + " has no image: backing says nothing about it";
  return needs;
}

int umount_flags(const Case& spec) {
  return spec.value("mode") == "lazy" ? MNT_DETACH : 0;
}

std::vector<MetricInfo> common_metrics(const Settings& settings, bool watched, const std::string& released_reason,
                                       const std::string& cpu_reason) {
  const bool by_watch = watched && settings.released;
  const std::string uncounted = by_watch ? "a watched sample is slower by its watch and never counted" : "";
  const std::string released = settings.released ? released_reason : "the second clock was switched off";
  const std::string& cpu = cpu_reason.empty() ? uncounted : cpu_reason;
  return {{"return_ns", "ns", "lower", uncounted},
          {"released_ns", "ns", "lower", released},
          {"thread_cpu_ns", "ns", "lower", cpu},
          {"voluntary_switches", "1", "lower", cpu},
          {"released_at_return", "1", "higher", released}};
}

int64_t grace_period_guess_ns(const Case& spec) {
  return spec.value("rcu") == "normal" ? 15'000'000 : 50'000;
}

}  // namespace umb
