// SPDX-License-Identifier: Apache-2.0
#include "compare/units.h"

#include "compare/case_ids.h"

#include <algorithm>
#include <cmath>
#include <set>

namespace umb {

namespace {

std::set<std::string> run_ids(const Side& side) {
  std::set<std::string> ids;
  for (const BootDigest& boot : side.boots) ids.insert(boot.run_id);
  return ids;
}

/// A boot without an id is a boot of its own.
std::string boot_key(const BootDigest& boot) {
  return boot.boot_id.empty() ? "run " + boot.run_id : boot.boot_id;
}

std::vector<Unit> boots_of(const Side& side) {
  std::vector<Unit> units;
  std::map<std::string, size_t> places;
  for (const BootDigest& boot : side.boots) {
    const auto [place, is_new] = places.try_emplace(boot_key(boot), units.size());
    if (is_new) units.push_back({boot.source, {}});
    units[place->second].parts.push_back(&boot.whole);
  }
  return units;
}

std::vector<Unit> rounds_of(const Side& side) {
  const bool all_disturbed =
      std::ranges::all_of(side.boots, [](const BootDigest& boot) { return boot.whole.disturbed; });
  std::vector<Unit> units;
  for (const BootDigest& boot : side.boots) {
    if (boot.by_round.empty() && (all_disturbed || !boot.whole.disturbed)) {
      units.push_back({boot.source, {&boot.whole}});
    }
    for (const UnitDigest& round : boot.by_round) {
      if (round.disturbed && !all_disturbed) continue;
      units.push_back({"round " + std::to_string(*round.round + 1), {&round}});
    }
  }
  return units;
}

/// Units of a side whose boots are in the order of another's, so that they pair.
std::vector<Unit> boots_like(const Side& side, const Side& model) {
  std::vector<Unit> units;
  std::vector<std::string> keys;
  for (const BootDigest& boot : model.boots) {
    if (std::ranges::find(keys, boot_key(boot)) == keys.end()) keys.push_back(boot_key(boot));
  }
  for (const std::string& key : keys) {
    Unit unit;
    for (const BootDigest& boot : side.boots) {
      if (boot_key(boot) != key) continue;
      if (unit.parts.empty()) unit.name = boot.source;
      unit.parts.push_back(&boot.whole);
    }
    units.push_back(std::move(unit));
  }
  return units;
}

}  // namespace

Units find_units(const Side& baseline, const Side& candidate, bool within) {
  Units units{.paired = within && run_ids(baseline) == run_ids(candidate),
              .noun = "boot",
              .baseline = boots_of(baseline),
              .candidate = {}};
  if (!units.paired) {
    units.candidate = boots_of(candidate);
    return units;
  }
  if (units.baseline.size() == 1) {
    units.noun = "round";
    units.baseline = rounds_of(baseline);
    units.candidate = rounds_of(candidate);
  } else {
    units.candidate = boots_like(candidate, baseline);
  }
  return units;
}

CaseIndex::CaseIndex(const std::vector<Unit>& units, const std::vector<std::string>& by_parameters) {
  for (size_t i = 0; i < units.size(); ++i) {
    for (const UnitDigest* part : units[i].parts) {
      for (const CaseDigest& one : part->cases) {
        const std::string id = id_without(one.spec.id, by_parameters);
        const auto [place, is_new] = by_id_.try_emplace(id, units.size());
        if (is_new) ids_.push_back(id);
        place->second[i].push_back(&one);
      }
    }
  }
}

const CaseDigest& CaseIndex::telling(const std::string& id) const {
  const auto worth = [](const CaseDigest& one) {
    return one.outcome == "measured" ? 2 : one.outcome == "failed" ? 1 : 0;
  };
  const CaseDigest* found = nullptr;
  for (const auto& cases : of(id)) {
    for (const CaseDigest* one : cases) {
      if (found == nullptr || worth(*one) > worth(*found)) found = one;
    }
  }
  return *found;
}

std::optional<double> log_quantile(const std::vector<const CaseDigest*>& cases, const std::string& metric, double p) {
  double sum = 0;
  size_t count = 0;
  for (const CaseDigest* one : cases) {
    const MetricDigest* digest = one->metric(metric);
    if (digest == nullptr) continue;
    const auto found = std::ranges::find(digest->quantiles, p, &QuantileValue::p);
    if (found == digest->quantiles.end()) continue;
    sum += std::log(found->value);
    ++count;
  }
  if (count == 0) return std::nullopt;
  return sum / static_cast<double>(count);
}

}  // namespace umb
