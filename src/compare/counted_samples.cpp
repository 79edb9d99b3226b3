// SPDX-License-Identifier: Apache-2.0
#include "compare/counted_samples.h"

#include "compare/rows.h"
#include "stats/moments.h"
#include "stats/quantile.h"

#include <algorithm>
#include <cmath>

namespace umb {

CountedSamples counted_samples(const CaseRecord& record, const std::vector<Round>& rounds) {
  const SampleRows rows = sort_out(record, rounds);
  CountedSamples samples{.return_ns = pick(record.samples.metric("return_ns"), rows.counted), .thread_cpu_ns = {}};
  samples.thread_cpu_ns.reserve(rows.counted.size());
  const Column* cpu = record.samples.metric("thread_cpu_ns");
  for (const uint32_t row : rows.counted) samples.thread_cpu_ns.push_back(value_at(cpu, row));
  return samples;
}

std::optional<PlainFigures> plain_figures(std::span<const double> values) {
  if (values.empty()) return std::nullopt;
  std::vector<double> sorted(values.begin(), values.end());
  std::ranges::sort(sorted);
  PlainFigures figures{.mean = mean(sorted),
                       .median = quantile(sorted, 0.5),
                       .minimum = sorted.front(),
                       .maximum = sorted.back(),
                       .deviation = {}};
  if (sorted.size() > 1) figures.deviation = std::sqrt(variance(sorted));
  return figures;
}

}  // namespace umb
