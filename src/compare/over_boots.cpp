// SPDX-License-Identifier: Apache-2.0
#include "compare/over_boots.h"

#include "stats/quantile.h"

#include <algorithm>
#include <cmath>

namespace umb {

double typical_p50_ns(std::span<const CaseDigest* const> boots) {
  double sum = 0;
  size_t count = 0;
  for (const CaseDigest* boot : boots) {
    const MetricDigest* metric = boot->metric("return_ns");
    if (metric == nullptr) continue;
    for (const QuantileValue& quantile : metric->quantiles) {
      if (quantile.p != 0.5 || !(quantile.value > 0)) continue;
      sum += std::log(quantile.value);
      ++count;
    }
  }
  return count == 0 ? 0 : std::exp(sum / static_cast<double>(count));
}

size_t count_returns(std::span<const CaseDigest* const> boots) {
  size_t count = 0;
  for (const CaseDigest* boot : boots) {
    const MetricDigest* metric = boot->metric("return_ns");
    count += metric == nullptr ? 0 : metric->count;
  }
  return count;
}

std::array<double, kCauses.size()> mean_causes_ns(std::span<const CaseDigest* const> boots) {
  std::array<double, kCauses.size()> means{};
  double counted = 0;
  for (const CaseDigest* boot : boots) {
    if (boot->curves == nullptr || boot->curves->causes.empty()) continue;
    ++counted;
    for (const CauseMean& cause : boot->curves->causes) {
      const auto* const place = std::ranges::find_if(kCauses, [&](const char* name) { return cause.cause == name; });
      if (place != kCauses.end()) means[static_cast<size_t>(place - kCauses.begin())] += cause.mean_ns;
    }
  }
  for (double& mean : means) mean /= std::max(1.0, counted);
  return means;
}

std::vector<DriftBin> drift_of(std::span<const CaseDigest* const> boots, size_t most) {
  std::vector<float> calls;
  std::vector<double> places;  // counted from 0
  double before = 0;
  for (const CaseDigest* boot : boots) {
    if (boot->curves == nullptr || boot->curves->in_order.empty()) continue;
    const std::vector<float>& of_boot = boot->curves->in_order;
    const double step = static_cast<double>(boot->curves->calls) / static_cast<double>(of_boot.size());
    for (size_t i = 0; i < of_boot.size(); ++i) places.push_back(before + step * static_cast<double>(i));
    calls.insert(calls.end(), of_boot.begin(), of_boot.end());
    before += static_cast<double>(boot->curves->calls);
  }
  places.push_back(before);
  // The median of one call would be that call.
  constexpr size_t kCallsOfBin = 5;
  constexpr size_t kFewBins = 10;
  const size_t count = std::min(most, std::max(calls.size() / kCallsOfBin, std::min(calls.size(), kFewBins)));
  std::vector<DriftBin> bins;
  bins.reserve(count);
  std::vector<double> bin;
  for (size_t i = 0; i < count; ++i) {
    const size_t from = calls.size() * i / count;
    const size_t to = calls.size() * (i + 1) / count;
    bin.assign(calls.begin() + static_cast<std::ptrdiff_t>(from), calls.begin() + static_cast<std::ptrdiff_t>(to));
    std::sort(bin.begin(), bin.end());
    bins.push_back({(places[from] + places[to] + 1) / 2, bin.front(), quantile(bin, 0.5), bin.back()});
  }
  return bins;
}

}  // namespace umb
