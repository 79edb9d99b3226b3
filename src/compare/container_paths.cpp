// SPDX-License-Identifier: Apache-2.0
#include "compare/container_paths.h"

#include "base/text.h"

#include <algorithm>
#include <set>
#include <vector>

namespace umb {

namespace {

/// Of all units: the values that are known, each once.
struct Paths {
  std::set<std::string> taken, asked_for;
  bool unknown = false;

  explicit Paths(const CaseIndex::OfUnits& cases) {
    for (const auto& unit : cases) {
      for (const CaseDigest* one : unit) {
        if (one->outcome != "measured") continue;
        const std::string path = fact_text(one->facts, "container_path");
        if (path.empty()) {
          unknown = true;
        } else {
          taken.insert(path);
        }
        asked_for.insert(one->spec.value("path"));
      }
    }
  }
  [[nodiscard]] std::string in_words() const { return join({taken.begin(), taken.end()}, " and "); }
};

}  // namespace

std::string unlike_paths(const CaseIndex::OfUnits& baseline, const std::string& baseline_name,
                         const CaseIndex::OfUnits& candidate, const std::string& candidate_name) {
  const Paths a(baseline);
  const Paths b(candidate);
  if (a.taken.empty() || b.taken.empty() || (a.taken == b.taken && a.taken.size() == 1)) return {};
  if (a.asked_for != b.asked_for) return {};
  return "its containers started by unlike paths: " + a.in_words() + " with " + baseline_name + ", " + b.in_words() +
         " with " + candidate_name;
}

std::string unknown_path(const CaseIndex::OfUnits& baseline, const std::string& baseline_name,
                         const CaseIndex::OfUnits& candidate, const std::string& candidate_name) {
  const Paths a(baseline);
  const Paths b(candidate);
  // Where nobody tells there is no such thing.
  if (a.unknown == b.unknown || (a.taken.empty() && b.taken.empty())) return {};
  return "with " + (a.unknown ? baseline_name : candidate_name) +
         " it is not known by which path its containers started";
}

}  // namespace umb
