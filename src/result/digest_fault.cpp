// SPDX-License-Identifier: Apache-2.0
#include "result/digest_fault.h"

#include "base/text.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <unordered_set>
#include <utility>

namespace umb {

namespace {

bool is_amount(double value) {
  return std::isfinite(value) && value >= 0;
}

std::string fault_of_errnos(const CaseDigest& one, size_t& worked) {
  int32_t before = 0;
  for (const ErrnoCount& failed : one.errnos) {
    if (failed.errno_value <= before) return "errnos: they are not ascending from 1";
    if (failed.count == 0 || failed.count > worked) return "errnos: the counts don't fit the samples";
    worked -= failed.count;
    before = failed.errno_value;
  }
  return {};
}

std::string fault_of_grid(const std::vector<int64_t>& grid) {
  if (grid.empty()) return {};
  if (grid.size() != kGridPoints) return "the grid has " + std::to_string(grid.size()) + " points, not 101";
  if (grid.front() < 0) return "the grid begins below 0";
  return std::ranges::is_sorted(grid) ? "" : "the grid is not ascending";
}

std::string fault_of_metric(const MetricDigest& metric, size_t worked) {
  if (metric.count > worked) return "it counts more values than samples worked";
  if (!is_amount(metric.minimum) || !is_amount(metric.maximum)) return "its range is negative or not finite";
  if (metric.minimum > metric.maximum) return "its minimum is above its maximum";
  const bool nothing = metric.maximum == 0 && metric.quantiles.empty() && metric.grid.empty();
  if (metric.count == 0 && !nothing) return "it has figures, but counts no values";
  std::vector<double> places;
  for (const QuantileValue& one : metric.quantiles) {
    if (!std::isfinite(one.value) || one.value <= 0) return "a quantile is not above 0";
    places.push_back(one.p);
  }
  if (std::string fault = fault_of_places(places); !fault.empty()) return fault;
  return fault_of_grid(metric.grid);
}

/// A few would do for any run; a sum of them must not overflow.
std::string fault_of_counts(const std::vector<CountedCalls>& counts) {
  constexpr size_t kMostCalls = 1'000'000'000;
  if (counts.size() > 10'000) return "there are more than 10000 different counts";
  for (size_t i = 0; i < counts.size(); ++i) {
    if (counts[i].calls == 0 || counts[i].calls > kMostCalls) return "a count has no calls, or more than 10^9";
    if (counts[i].value < 0 || (i > 0 && counts[i].value <= counts[i - 1].value)) return "the counts are not ascending";
  }
  return {};
}

std::string fault_of_shape(const Shape& shape) {
  if (!is_amount(shape.autocorrelation_time)) return "autocorrelation_time is negative or not finite";
  if (!is_amount(shape.trend_ratio)) return "trend_ratio is negative or not finite";
  for (const Mode& mode : shape.modes) {
    if (!is_amount(mode.share) || mode.share > 1) return "a mode's share is not between 0 and 1";
    if (!is_amount(mode.centre)) return "a mode's centre is negative or not finite";
  }
  return std::ranges::is_sorted(shape.modes, {}, &Mode::centre) ? "" : "the modes are not ascending";
}

}  // namespace

std::string fault_of_places(const std::vector<double>& places) {
  const auto inside = [](double p) { return p > 0 && p < 1; };
  if (!std::ranges::all_of(places, inside)) return "a quantile's place is not between 0 and 1";
  const bool ascending = std::ranges::adjacent_find(places, std::greater_equal<>()) == places.end();
  return ascending ? "" : "the quantiles are not ascending";
}

std::string fault_of(const CaseDigest& one) {
  constexpr size_t kMostMetrics = 256;
  if (one.metrics.size() > kMostMetrics) return "there are more than 256 metrics";
  size_t worked = one.samples;
  if (std::string fault = fault_of_errnos(one, worked); !fault.empty()) return fault;
  for (const MetricDigest& metric : one.metrics) {
    const std::string fault = fault_of_metric(metric, worked);
    if (!fault.empty()) return printable(metric.name.substr(0, 64)) + ": " + fault;
  }
  for (const auto& [name, counts] : {std::pair("grace_period_waits", &one.grace_period_waits),
                                     std::pair("deferred_grace_periods", &one.deferred_grace_periods)}) {
    if (const std::string fault = fault_of_counts(*counts); !fault.empty()) return std::string(name) + ": " + fault;
  }
  return fault_of_shape(one.shape);
}

std::string fault_of_ids(const UnitDigest& unit) {
  std::unordered_set<std::string_view> ids;
  for (const CaseDigest& one : unit.cases) {
    if (one.spec.id.empty()) return "a case without a name";
    if (!ids.insert(one.spec.id).second) {
      return "there are two cases " + quoted(std::string_view(one.spec.id).substr(0, 256));
    }
  }
  return {};
}

}  // namespace umb
