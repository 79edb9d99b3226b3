// SPDX-License-Identifier: Apache-2.0
#include "compare/curves.h"

#include "compare/rows.h"
#include "stats/quantile.h"

#include <algorithm>

namespace umb {

namespace {

constexpr size_t kMostPairs = 500;

std::vector<int64_t> above_zero(std::vector<int64_t> values) {
  std::erase_if(values, [](int64_t value) { return value <= 0; });
  return values;
}

std::vector<CurvePoint> distribution_of(const std::vector<int64_t>& sorted, size_t most) {
  std::vector<CurvePoint> curve;
  const std::vector<size_t> kept = thinned(sorted.size(), most);
  curve.reserve(kept.size());
  for (const size_t i : kept) {
    curve.push_back({static_cast<double>(sorted[i]), static_cast<double>(i + 1) / static_cast<double>(sorted.size())});
  }
  return curve;
}

std::vector<ReleasePoint> pairs_of(const CaseRecord& one, const SampleRows& rows) {
  const Column* returned = one.samples.metric("return_ns");
  const Column* released = one.samples.metric("released_ns");
  std::vector<ReleasePoint> pairs;
  for (const size_t row : rows.counted) {
    const int64_t first = value_at(returned, row);
    const int64_t second = value_at(released, row);
    if (first > 0 && second > 0) pairs.push_back({static_cast<double>(first), static_cast<double>(second)});
  }
  // The slowest releases are what is looked for: none of the tail gets lost.
  std::ranges::sort(pairs, {}, &ReleasePoint::released_ns);
  const std::vector<size_t> places = thinned(pairs.size(), kMostPairs);
  std::vector<ReleasePoint> kept;
  kept.reserve(places.size());
  for (const size_t i : places) kept.push_back(pairs[i]);
  return kept;
}

/// Where the release is watched in calls of their own, quantiles stand against each other.
std::vector<ReleasePoint> quantile_pairs(const std::vector<CurvePoint>& returned,
                                         const std::vector<CurvePoint>& released) {
  constexpr size_t kSteps = 99;
  std::vector<ReleasePoint> pairs;
  if (returned.empty() || released.empty()) return pairs;
  pairs.reserve(kSteps);
  for (size_t step = 1; step <= kSteps; ++step) {
    const double share = static_cast<double>(step) / (kSteps + 1);
    pairs.push_back({value_at_share(returned, share), value_at_share(released, share)});
  }
  return pairs;
}

std::vector<CauseMean> causes_of(const RunRecord& record, const std::string& case_id) {
  const auto seen = std::ranges::find(record.attributions, case_id, &Attribution::case_id);
  std::vector<CauseMean> causes;
  if (seen == record.attributions.end()) return causes;
  for (const char* name : kCauses) {
    const auto column = std::ranges::find(seen->causes, name, &Column::name);
    if (column == seen->causes.end()) continue;
    double sum = 0;
    size_t count = 0;
    for (const int64_t value : column->values) {
      if (value == kMissing) continue;
      sum += static_cast<double>(value);
      ++count;
    }
    if (sum > 0) causes.push_back({name, sum / static_cast<double>(count)});
  }
  return causes;
}

/// All, or three of each few.
std::vector<float> in_order_of(const std::vector<int64_t>& returned, size_t most) {
  if (returned.size() <= most) return {returned.begin(), returned.end()};
  constexpr size_t kOfEach = 3;
  const size_t groups = most / kOfEach;
  std::vector<float> kept;
  kept.reserve(groups * kOfEach);
  for (size_t i = 0; i < groups; ++i) {
    const auto at = [&](size_t group) { return static_cast<std::ptrdiff_t>(returned.size() * group / groups); };
    std::vector<int64_t> few(returned.begin() + at(i), returned.begin() + at(i + 1));
    std::sort(few.begin(), few.end());
    for (const int64_t value : {few.front(), few[few.size() / 2], few.back()})
      kept.push_back(static_cast<float>(value));
  }
  return kept;
}

}  // namespace

std::vector<size_t> thinned(size_t count, size_t most) {
  std::vector<size_t> kept;
  kept.reserve(std::min(count, most));
  if (count <= most) {
    for (size_t i = 0; i < count; ++i) kept.push_back(i);
    return kept;
  }
  const size_t lower = most / 12;
  const size_t upper = most / 6;
  const size_t between = most - lower - upper;
  for (size_t i = 0; i < lower; ++i) kept.push_back(i);
  for (size_t i = 0; i < between; ++i) kept.push_back(lower + (count - lower - upper) * i / between);
  for (size_t i = count - upper; i < count; ++i) kept.push_back(i);
  return kept;
}

std::shared_ptr<const CaseCurves> curves_of(const RunRecord& record, const CaseRecord& one, const SampleRows& rows,
                                            size_t most) {
  auto curves = std::make_shared<CaseCurves>();
  std::vector<int64_t> returned = above_zero(pick(one.samples.metric("return_ns"), rows.counted));
  curves->in_order = in_order_of(returned, 5 * most);
  curves->calls = returned.size();
  std::sort(returned.begin(), returned.end());
  curves->distribution = distribution_of(returned, most);
  curves->released = pairs_of(one, rows);
  if (curves->released.empty()) {
    std::vector<int64_t> released = above_zero(pick(one.samples.metric("released_ns"), rows.worked));
    std::sort(released.begin(), released.end());
    curves->released = quantile_pairs(curves->distribution, distribution_of(released, most));
    curves->released_apart = !curves->released.empty();
  }
  curves->causes = causes_of(record, one.spec.id);
  return curves;
}

std::vector<CurvePoint> pooled(const std::vector<std::span<const CurvePoint>>& boots, size_t most) {
  struct Step {
    double value;
    double share;  ///< of its own boot's values: what the curve rises by
  };
  std::vector<Step> steps;
  size_t counted = 0;
  for (const std::span<const CurvePoint> boot : boots) {
    counted += boot.empty() ? 0 : 1;
    double before = 0;
    for (const CurvePoint& point : boot) {
      steps.push_back({point.value, point.share - before});
      before = point.share;
    }
  }
  std::ranges::sort(steps, {}, &Step::value);
  std::vector<CurvePoint> whole;
  whole.reserve(steps.size());
  double sum = 0;
  for (const Step& step : steps) {
    sum += step.share;
    whole.push_back({step.value, std::min(1.0, sum / static_cast<double>(counted))});
  }
  std::vector<CurvePoint> kept;
  kept.reserve(std::min(whole.size(), most));
  for (const size_t i : thinned(whole.size(), most)) kept.push_back(whole[i]);
  return kept;
}

double value_at_share(std::span<const CurvePoint> curve, double share) {
  if (curve.empty()) return 0;
  const auto at = std::ranges::lower_bound(curve, share, {}, &CurvePoint::share);
  return at == curve.end() ? curve.back().value : at->value;
}

Strip strip_of(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  Strip strip{quantile(values, 0.5), std::nullopt};
  const OrderRanks ranks = order_ranks(values.size(), 0.5, 0.95);
  if (ranks.low && ranks.high) strip.interval = Interval{values[*ranks.low - 1], values[*ranks.high - 1]};
  return strip;
}

}  // namespace umb
