// SPDX-License-Identifier: Apache-2.0
// The units of a comparison: boots, or rounds of one boot. Inside compare/ only.
#pragma once

#include "compare/comparison.h"

#include <map>
#include <string>
#include <vector>

namespace umb {

/// One unit of a side: the runs of one boot, or one round.
struct Unit {
  std::string name;  ///< for people: the file, or "round 3"
  std::vector<const UnitDigest*> parts;
};

/// Both sides' units. Where `paired`, as many on both sides, and unit i of both belongs together.
struct Units {
  bool paired = false;
  std::string noun;  ///< "boot" or "round"
  std::vector<Unit> baseline, candidate;
};

/// `within`: the sides are settings that were compared within the same runs. Then, and only where all runs are shared,
/// units are paired: boots, or the rounds of the one boot there is (a run of one round is one round). Disturbed rounds
/// are left out while there are others.
[[nodiscard]] Units find_units(const Side& baseline, const Side& candidate, bool within);

/// A side's cases, by the id they are compared under, in the order in which they come up: per unit what it has of them.
class CaseIndex {
 public:
  CaseIndex(const std::vector<Unit>& units, const std::vector<std::string>& by_parameters);

  [[nodiscard]] const std::vector<std::string>& ids() const { return ids_; }
  [[nodiscard]] bool has(const std::string& id) const { return by_id_.contains(id); }
  using OfUnits = std::vector<std::vector<const CaseDigest*>>;
  /// One entry per unit, empty where it lacks the case.
  [[nodiscard]] const OfUnits& of(const std::string& id) const { return by_id_.at(id); }
  /// The first that was measured; where none was, the first that failed, or else the first.
  [[nodiscard]] const CaseDigest& telling(const std::string& id) const;

 private:
  std::vector<std::string> ids_;
  std::map<std::string, OfUnits> by_id_;
};

/// ln of a metric's quantile in a unit, the mean over its runs; nothing when no run of it has one.
[[nodiscard]] std::optional<double> log_quantile(const std::vector<const CaseDigest*>& cases, const std::string& metric,
                                                 double p);

}  // namespace umb
