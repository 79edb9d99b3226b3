// SPDX-License-Identifier: Apache-2.0
#include "compare/fingerprint.h"

#include "base/text.h"

#include <algorithm>
#include <cstdio>
#include <functional>

namespace umb {

namespace {

std::string in_words(double value) {
  char text[32];
  std::snprintf(text, sizeof text, "%.6g", value);
  return text;
}

struct InWords {
  std::string operator()(std::monostate) const { return "unknown"; }
  std::string operator()(bool value) const { return value ? "yes" : "no"; }
  std::string operator()(int64_t value) const { return std::to_string(value); }
  std::string operator()(double value) const { return in_words(value); }
  std::string operator()(const std::string& value) const { return value.empty() ? "nothing" : value; }
  std::string operator()(const std::vector<std::string>& values) const { return join(values, ", "); }
};

std::string environment_fact(const BootDigest& boot, const std::string& key) {
  return fact_in_words(find_fact(boot.environment, key));
}

std::string setting(const BootDigest& boot, const std::string& key) {
  return fact_in_words(find_fact(boot.plan.settings, key));
}

std::string major_version(const BootDigest& boot) {
  return split(boot.tool_version, '.')[0];
}

/// Every setting that any of the boots has, so that one unknown to this program counts too.
std::vector<std::string> setting_names(const NamedBoots& baseline, const NamedBoots& candidate) {
  std::vector<std::string> names;
  for (const NamedBoots* side : {&baseline, &candidate}) {
    for (const BootDigest& boot : *side->boots) {
      for (const Fact& fact : boot.plan.settings) {
        if (std::find(names.begin(), names.end(), fact.key) == names.end()) names.push_back(fact.key);
      }
    }
  }
  return names;
}

/// "X differs: A in baseline, B in candidate", where one value of each side stands for it; "" where all agree.
std::string difference(const Trait& trait, const NamedBoots& baseline, const NamedBoots& candidate) {
  const std::string first = trait.read(baseline.boots->front());
  for (const NamedBoots* side : {&baseline, &candidate}) {
    for (const BootDigest& boot : *side->boots) {
      const std::string other = trait.read(boot);
      if (other == first) continue;
      const std::string where = side == &baseline ? "elsewhere in " + side->name : "in " + side->name;
      return trait.name + " differs: " + first + " in " + baseline.name + ", " + other + " " + where;
    }
  }
  return {};
}

std::string cases_difference(const NamedBoots& baseline, const NamedBoots& candidate) {
  const Trait trait{"cases", cases_of};
  if (difference(trait, baseline, candidate).empty()) return {};
  const size_t a = baseline.boots->front().plan.cases.size();
  const size_t b = candidate.boots->front().plan.cases.size();
  return "the plans have different cases (" + std::to_string(a) + " in " + baseline.name + ", " + std::to_string(b) +
         " in " + candidate.name + "), so that other work lay between the samples";
}

bool same_kernel(const NamedBoots& baseline, const NamedBoots& candidate) {
  return under_test(baseline.boots->front(), "kernel") == under_test(candidate.boots->front(), "kernel");
}

/// What was asked about: the fact that splits the sides; or the kernel, with all that comes with it; or, on one kernel,
/// whatever differs among what is under test.
bool asked_about(const std::string& fact, bool kernels_differ, const std::string& by) {
  const bool kernel_fact = fact == "kernel_version" || fact == "kernel_build_id" || fact == "kernel_release";
  if (!by.empty()) {
    // rcu_normal is what the parameter leaves behind.
    const bool after_boot = fact == "rcu_normal" || fact.starts_with("rcu_normal_after_boot");
    return fact == by || (by == "kernel" && kernel_fact) || (by == "cmdline" && fact == "command_line") ||
           (by == "rcu_normal_after_boot" && after_boot);
  }
  if (kernels_differ) return kernel_fact || fact == "label";
  const std::vector<std::string>& all = facts_under_test();
  return std::find(all.begin(), all.end(), fact) != all.end();
}

}  // namespace

std::string cases_of(const BootDigest& boot) {
  std::vector<std::string> ids = boot.plan.cases;
  std::sort(ids.begin(), ids.end());
  return join(ids, "\n");
}

std::vector<Trait> must_agree(const NamedBoots& baseline, const NamedBoots& candidate) {
  std::vector<Trait> traits{{"the tool's major version", major_version}};
  for (const std::string& name : setting_names(baseline, candidate)) {
    traits.push_back({"the setting '" + name + "'", [name](const BootDigest& boot) { return setting(boot, name); }});
  }
  for (const char* key : {kFirstOfMachine, "cpu_model", "cpus_possible", "cpus_online", "virtualisation", "accelerator",
                          "clock_source"}) {
    traits.push_back({key, [key](const BootDigest& boot) { return environment_fact(boot, key); }});
  }
  traits.push_back({"the clock", [](const BootDigest& boot) { return fact_in_words(find_fact(boot.clock, "name")); }});
  return traits;
}

std::string fact_in_words(const FactValue* value) {
  return value == nullptr ? "unknown" : std::visit(InWords{}, *value);
}

const std::vector<std::string>& facts_under_test() {
  static const std::vector<std::string> facts{"kernel_release",
                                              "kernel_version",
                                              "kernel_build_id",
                                              "rcu_normal",
                                              "rcu_expedited",
                                              "rcu_normal_after_boot_requested",
                                              "rcu_normal_after_boot_effective",
                                              "rcu_normal_wake_from_gp",
                                              "command_line",
                                              "label"};
  return facts;
}

std::string under_test(const BootDigest& boot, const std::string& fact) {
  // What a guest's kernel leaves of its memory is the kernel's doing.
  const bool guest = find_fact(boot.environment, "guest_memory_bytes") != nullptr;
  if (fact == "memory_bytes" && guest) return environment_fact(boot, "guest_memory_bytes");
  if (fact == "label") return boot.label.empty() ? "nothing" : boot.label;
  if (fact == "cmdline") return environment_fact(boot, "command_line");
  if (fact == "rcu_normal_after_boot") {
    const std::string requested = environment_fact(boot, "rcu_normal_after_boot_requested");
    return requested == "unknown" ? "not given" : requested;
  }
  if (fact == "kernel") {
    return environment_fact(boot, "kernel_release") + " " + environment_fact(boot, "kernel_version") + " " +
           environment_fact(boot, "kernel_build_id");
  }
  return environment_fact(boot, fact);
}

bool any_imported(const NamedBoots& baseline, const NamedBoots& candidate) {
  const auto imported = [](const BootDigest& boot) { return !boot.imported.empty(); };
  return std::ranges::any_of(*baseline.boots, imported) || std::ranges::any_of(*candidate.boots, imported);
}

std::vector<std::string> fingerprint_differences(const NamedBoots& baseline, const NamedBoots& candidate) {
  std::vector<std::string> sentences;
  // There is nothing that could agree or differ.
  if (any_imported(baseline, candidate)) return sentences;
  for (const Trait& trait : must_agree(baseline, candidate)) {
    if (std::string text = difference(trait, baseline, candidate); !text.empty()) sentences.push_back(std::move(text));
  }
  if (std::string text = cases_difference(baseline, candidate); !text.empty()) sentences.push_back(std::move(text));
  return sentences;
}

std::vector<std::string> unasked_differences(const NamedBoots& baseline, const NamedBoots& candidate,
                                             const std::string& by) {
  if (any_imported(baseline, candidate)) return {};
  const bool kernels_differ = !same_kernel(baseline, candidate);
  std::vector<std::string> facts = facts_under_test();
  for (const char* key :
       {"preemption_mode", "nohz_full", "isolated", "smt", "governor", "turbo", "mitigations", "memory_bytes", "lsm",
        "taint", "umount_version", "libmount_version", "mkfs_ext4_version", "mkfs_xfs_version", "mkfs_btrfs_version",
        "mksquashfs_version", "qemu_version", "host_kernel_release", "host_cpu_model"}) {
    facts.emplace_back(key);
  }
  std::vector<std::string> sentences;
  for (const std::string& fact : facts) {
    if (asked_about(fact, kernels_differ, by)) continue;
    const Trait trait{fact, [&fact](const BootDigest& boot) { return under_test(boot, fact); }};
    if (std::string text = difference(trait, baseline, candidate); !text.empty()) sentences.push_back(std::move(text));
  }
  return sentences;
}

}  // namespace umb
