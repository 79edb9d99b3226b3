// SPDX-License-Identifier: Apache-2.0
#include "runner/rcu_confirm.h"

#include "base/text.h"
#include "model/sample.h"

namespace umb {

namespace {

FactValue fact_of(int64_t value_ns) {
  return value_ns == kMissing ? FactValue() : FactValue(value_ns);
}

int64_t online_cpus(const Facts& environment) {
  const FactValue* value = find_fact(environment, "cpus_online");
  const auto* number = value != nullptr ? std::get_if<int64_t>(value) : nullptr;
  return number != nullptr ? *number : 0;
}

std::string likely_reason(const Facts& environment, bool should_be_slow) {
  if (!should_be_slow) return "something else makes grace periods slow, or others are busy with them";
  if (online_cpus(environment) == 1) return "with one online CPU some kernels need no grace period";
  if (!fact_text(environment, "nohz_full").empty()) return "nohz_full changes how grace periods are waited for";
  return "this kernel may need no grace period for an umount that nobody holds up";
}

/// What contradicts the mode, "" when nothing does.
std::string contradiction(const std::string& mode, const RcuProbe& probe) {
  const auto is_slow = [](int64_t value_ns) { return value_ns >= kNormalGracePeriodNs; };
  const auto told = [](const char* what, int64_t value_ns) {
    return std::string(what) + " took " + human_duration(value_ns);
  };
  // The FUSE mount's bdi is the surer sign: a kernel may do without a grace period for the bare tmpfs.
  if (mode == "normal") {
    if (probe.fuse_umount_ns != kMissing && !is_slow(probe.fuse_umount_ns)) {
      return told("an umount that needs an expedited grace period", probe.fuse_umount_ns);
    }
    if (probe.tmpfs_umount_ns != kMissing && !is_slow(probe.tmpfs_umount_ns)) {
      return told("an umount of a tmpfs", probe.tmpfs_umount_ns);
    }
    return "";
  }
  if (probe.tmpfs_umount_ns != kMissing && is_slow(probe.tmpfs_umount_ns)) {
    return told("an umount of a tmpfs", probe.tmpfs_umount_ns);
  }
  if (mode == "expedited" && probe.membarrier_ns != kMissing && is_slow(probe.membarrier_ns)) {
    return told("a normal grace period (membarrier)", probe.membarrier_ns);
  }
  return "";
}

}  // namespace

Facts probe_facts(const std::map<std::string, RcuProbe>& probes) {
  Facts facts;
  for (const auto& [mode, probe] : probes) {
    std::string prefix = mode + "_";
    for (char& c : prefix) c = c == '-' ? '_' : c;
    facts.push_back({prefix + "fuse_umount_ns", fact_of(probe.fuse_umount_ns)});
    facts.push_back({prefix + "tmpfs_umount_ns", fact_of(probe.tmpfs_umount_ns)});
    facts.push_back({prefix + "membarrier_ns", fact_of(probe.membarrier_ns)});
  }
  return facts;
}

std::vector<Warning> confirm_rcu_modes(const std::map<std::string, RcuProbe>& probes, const Facts& environment) {
  std::vector<Warning> warnings;
  for (const auto& [mode, probe] : probes) {
    // As found may be anything: there is nothing to contradict.
    const std::string seen = mode == "as-found" ? "" : contradiction(mode, probe);
    if (seen.empty()) continue;
    warnings.push_back({"rcu_mode_not_confirmed",
                        "rcu mode not confirmed: rcu=" + mode + " is set, but " + seen + " (" +
                            likely_reason(environment, mode == "normal") + ")",
                        ""});
  }
  return warnings;
}

}  // namespace umb
