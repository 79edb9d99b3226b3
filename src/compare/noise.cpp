// SPDX-License-Identifier: Apache-2.0
#include "compare/noise.h"

#include "base/text.h"
#include "compare/fingerprint.h"
#include "compare/units.h"

#include <cmath>
#include <set>

namespace umb {

namespace {

double sd_of(const std::vector<double>& values) {
  double mean = 0;
  for (const double value : values) mean += value / static_cast<double>(values.size());
  double squares = 0;
  for (const double value : values) squares += (value - mean) * (value - mean);
  return std::sqrt(squares / static_cast<double>(values.size() - 1));
}

/// What the metric has quantiles of, in any boot.
std::set<std::pair<std::string, double>> figures_of(const CaseIndex::OfUnits& cases) {
  std::set<std::pair<std::string, double>> figures;
  for (const auto& unit : cases) {
    for (const CaseDigest* one : unit) {
      for (const MetricDigest& metric : one->metrics) {
        for (const QuantileValue& quantile : metric.quantiles) figures.emplace(metric.name, quantile.p);
      }
    }
  }
  return figures;
}

}  // namespace

Result<NoiseProfile> noise_profile(const std::vector<BootDigest>& boots) {
  const Side side{.name = "the boots", .boots = boots};
  const Units units = find_units(side, side, false);
  if (units.baseline.size() < kFewestNoiseBoots) {
    return fail_usage("a noise profile takes " + std::to_string(kFewestNoiseBoots) + " boots of one kernel",
                      "there are " + std::to_string(units.baseline.size()),
                      "collect them with 'umountbench run --into DIR', one a boot");
  }
  const NamedBoots named{side.name, &boots};
  std::vector<std::string> differences = fingerprint_differences(named, named);
  for (std::string& one : unasked_differences(named, named, "nothing")) differences.push_back(std::move(one));
  if (!differences.empty()) {
    return fail_usage("these boots are not of one kernel, machine and plan", differences[0],
                      "a noise profile takes boots that differ in nothing");
  }
  NoiseProfile profile{
      .source = {}, .tool_version = boots[0].tool_version, .made_at = {}, .like = boots[0], .entries = {}};
  profile.like.whole.cases.clear();
  profile.like.by_round.clear();
  const CaseIndex cases(units.baseline, {});
  for (const std::string& id : cases.ids()) {
    for (const auto& [metric, p] : figures_of(cases.of(id))) {
      std::vector<double> values;
      for (const auto& unit : cases.of(id)) {
        if (const std::optional<double> value = log_quantile(unit, metric, p)) values.push_back(*value);
      }
      if (values.size() < kFewestNoiseBoots) continue;
      profile.entries.push_back({id, metric, p, sd_of(values), values.size()});
    }
  }
  return profile;
}

std::vector<std::string> noise_mismatch(const NoiseProfile& profile, const std::vector<BootDigest>& boots) {
  const std::vector<BootDigest> like{profile.like};
  return fingerprint_differences({"the noise profile", &like}, {"the baseline", &boots});
}

}  // namespace umb
