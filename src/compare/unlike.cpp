// SPDX-License-Identifier: Apache-2.0
#include "compare/unlike.h"

#include "compare/container_paths.h"

#include <algorithm>
#include <map>

namespace umb {

namespace {

constexpr size_t kLongestValue = 200;  // of a parameter in a sentence, in bytes

bool is_whole_program(const Case& spec) {
  return spec.scenario == "command" || spec.value("method") == "exec";
}

bool all_whole_programs(const SideOfCase& side) {
  return std::ranges::all_of(side.units, [](const auto& unit) {
    return std::ranges::all_of(unit, [](const CaseDigest* one) { return is_whole_program(one->spec); });
  });
}

std::string clipped(const std::string& value) {
  return value.size() <= kLongestValue ? value : value.substr(0, kLongestValue) + "...";
}

/// Values of parameters as they come by, each with the side that had it first.
class KnownValues {
 public:
  /// A sentence where it was another value before, or "".
  std::string meet(const std::string& side, const Parameter& parameter) {
    const auto& [first, where] = known_.try_emplace(parameter.name, parameter.value, side).first->second;
    if (first == parameter.value) return {};
    return "'" + parameter.name + "' differs: " + clipped(first) + " in " + where + ", " + clipped(parameter.value) +
           (where == side ? " elsewhere in " : " in ") + side;
  }

 private:
  std::map<std::string, std::pair<std::string, std::string>> known_;
};

}  // namespace

std::string unlike(const SideOfCase& baseline, const SideOfCase& candidate,
                   const std::vector<std::string>& by_parameters) {
  const bool programs = all_whole_programs(baseline) && all_whole_programs(candidate);
  KnownValues known;
  for (const SideOfCase* side : {&baseline, &candidate}) {
    for (const BootDigest& boot : side->boots) {
      if (programs || boot.imported.empty()) continue;
      return side->name + " was measured by " + boot.imported +
             ", which times whole programs: only commands and cases of method=exec are like that";
    }
    for (const auto& unit : side->units) {
      for (const CaseDigest* one : unit) {
        for (const Parameter& parameter : one->spec.parameters) {
          if (std::ranges::find(by_parameters, parameter.name) != by_parameters.end()) continue;
          if (std::string sentence = known.meet(side->name, parameter); !sentence.empty()) return sentence;
        }
      }
    }
  }
  return unlike_paths(baseline.units, baseline.name, candidate.units, candidate.name);
}

}  // namespace umb
