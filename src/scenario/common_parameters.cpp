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

int umount_flags(const Case& spec) {
  return spec.value("mode") == "lazy" ? MNT_DETACH : 0;
}

std::vector<MetricInfo> common_metrics(bool watched, const std::string& released_reason) {
  const std::string by_watch = watched ? "a watched sample is slower by its watch and never counted" : "";
  return {{"return_ns", "ns", "lower", by_watch},
          {"released_ns", "ns", "lower", released_reason},
          {"thread_cpu_ns", "ns", "lower", by_watch},
          {"voluntary_switches", "1", "lower", by_watch},
          {"released_at_return", "1", "higher", released_reason}};
}

int64_t grace_period_guess_ns(const Case& spec) {
  return spec.value("rcu") == "normal" ? 15'000'000 : 50'000;
}

}  // namespace umb
