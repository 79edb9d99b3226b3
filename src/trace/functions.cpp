// SPDX-License-Identifier: Apache-2.0
#include "trace/functions.h"

#include "base/text.h"
#include "trace/function_list.h"

#include <algorithm>
#include <array>
#include <map>

namespace umb {

namespace {

// How a system call's function begins, by architecture; what 32-bit programs on a 64-bit kernel call is not looked at.
constexpr std::array<std::string_view, 5> kCallPrefixes{"__x64_sys_", "__arm64_sys_", "__s390x_sys_", "__riscv_sys_",
                                                        "sys_"};

std::vector<std::string> names_of(const TracedFunction& function) {
  if (!is_call(function.role)) return {function.name};
  std::vector<std::string> names;
  for (const std::string_view prefix : kCallPrefixes) names.push_back(std::string(prefix) + function.name);
  return names;
}

FunctionVariants listed_variants(std::string_view functions, const std::set<std::string>& refused) {
  std::set<std::string, std::less<>> wanted;
  for (const TracedFunction& function : traced_functions()) {
    for (std::string& name : names_of(function)) wanted.insert(std::move(name));
  }
  return find_functions(functions, wanted, refused);
}

/// A function's part ("f.part.0") is called by f and by whoever took in the rest of f: both are probed, but where the
/// number of entries counts.
std::vector<std::string> variants_of(const TracedFunction& function, const FunctionVariants& listed) {
  for (const std::string& name : names_of(function)) {
    const auto found = listed.find(name);
    if (found == listed.end()) continue;
    std::vector<std::string> variants = found->second;
    if (function.role == ProbeRole::kDeferral) variants.resize(1);
    return variants;
  }
  return {};
}

Probe probe_on(const std::string& function, const TracedFunction& of) {
  std::string name = function;
  std::replace(name.begin(), name.end(), '.', '_');
  return {"p_" + name, of.role == ProbeRole::kDeferral ? "" : "r_" + name, function, &of};
}

/// What is told less well without a function.
std::string subject_of(const TracedFunction& function) {
  switch (function.role) {
    case ProbeRole::kDeferral:
      return "deferred_grace_periods";
    case ProbeRole::kCall:
    case ProbeRole::kNamespaceCall:
    case ProbeRole::kNamespace:
    case ProbeRole::kExit:
      return "calls";
    default:
      return function.cause;
  }
}

std::vector<std::string> missing_in(const ProbeSet& set) {
  std::set<std::string> seen;  // subjects of which there is something
  std::set<const TracedFunction*> probed;
  for (const Probe& probe : set.probes) {
    seen.insert(subject_of(*probe.of));
    probed.insert(probe.of);
  }
  std::vector<std::string> missing;
  std::set<std::string> lost;
  std::map<std::string, std::vector<std::string>> needed;
  for (const TracedFunction& function : traced_functions()) {
    const std::string subject = subject_of(function);
    if (!seen.contains(subject)) {
      if (lost.insert(subject).second) missing.push_back(subject + ": this kernel lets no function of it be probed");
    } else if (function.needed && !probed.contains(&function)) {
      needed[subject].emplace_back(function.name);
    }
  }
  if (seen.contains("grace_period") && !has_probe(set, ProbeRole::kNormalWait))
    missing.emplace_back("grace_period: whether a wait was expedited or normal can't be told");
  for (const auto& [subject, names] : needed) missing.push_back(subject + ": not probed: " + join(names, ", "));
  return missing;
}

}  // namespace

bool has_probe(const ProbeSet& set, ProbeRole role) {
  return std::any_of(set.probes.begin(), set.probes.end(), [&](const Probe& probe) { return probe.of->role == role; });
}

ProbeSet resolve_probes(std::string_view functions, const std::set<std::string>& refused) {
  const FunctionVariants listed = listed_variants(functions, refused);
  ProbeSet set;
  for (const TracedFunction& function : traced_functions()) {
    for (const std::string& name : variants_of(function, listed)) set.probes.push_back(probe_on(name, function));
  }
  set.missing = missing_in(set);
  return set;
}

}  // namespace umb
