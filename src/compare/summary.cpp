// SPDX-License-Identifier: Apache-2.0
#include "compare/summary.h"

#include "compare/rows.h"
#include "stats/quantile.h"

#include <algorithm>
#include <numeric>
#include <span>

namespace umb {

namespace {

constexpr size_t kBins = 12;
constexpr size_t kFewestForP90 = 10;
constexpr size_t kFewestForP99 = 100;

std::optional<double> quantile_of(const std::vector<int64_t>& sorted, double p, size_t fewest = 1) {
  if (sorted.size() < fewest) return std::nullopt;
  return quantile(std::span<const int64_t>(sorted), p);
}

std::optional<double> median_of(std::vector<int64_t> values) {
  std::sort(values.begin(), values.end());
  return quantile_of(values, 0.5);
}

void summarise_return(const std::vector<int64_t>& sorted, CaseSummary& summary) {
  summary.min_ns = quantile_of(sorted, 0);
  summary.p50_ns = quantile_of(sorted, 0.5);
  summary.p90_ns = quantile_of(sorted, 0.9, kFewestForP90);
  summary.p99_ns = quantile_of(sorted, 0.99, kFewestForP99);
  summary.max_ns = quantile_of(sorted, 1);
  summary.p50_interval_ns = order_interval(sorted, 0.5, 0.95);
  summary.histogram = log_histogram(sorted, kBins);
}

void summarise_release(const Series& samples, const SampleRows& rows, CaseSummary& summary) {
  const std::vector<int64_t> values = pick(samples.metric("released_ns"), rows.worked);
  summary.released_count = values.size();
  summary.released_p50_ns = median_of(values);
  // Not by the two times: a watched sample has no time of return.
  const std::vector<int64_t> looks = pick(samples.metric("released_at_return"), rows.worked);
  summary.looked_at_return = looks.size();
  summary.released_late = static_cast<size_t>(std::ranges::count(looks, 0));
}

}  // namespace

CaseSummary summarise(const CaseRecord& record, const std::vector<Round>& rounds) {
  const Series& samples = record.samples;
  CaseSummary summary;
  summary.kept = samples.size();
  const SampleRows rows = sort_out(record, rounds);
  summary.warm_up = rows.warm_up;
  summary.failed = rows.failed;
  summary.failed_by_errno = rows.errnos;
  summary.left_out = rows.left_out;
  summary.counted = rows.counted.size();
  for (const Column& phase : samples.phases) {
    if (phase.name == kEbusyColumn)
      summary.refused = static_cast<size_t>(std::ranges::count(pick(&phase, rows.worked), 1));
  }
  const size_t without_time = rows.worked.size() - rows.counted.size();
  if (samples.metric("return_ns") != nullptr) summary.watched = without_time - std::min(without_time, summary.refused);

  std::vector<int64_t> returned = pick(samples.metric("return_ns"), rows.counted);
  std::sort(returned.begin(), returned.end());
  summarise_return(returned, summary);
  summarise_release(samples, rows, summary);

  const std::vector<int64_t> switches = pick(samples.metric("voluntary_switches"), rows.counted);
  if (!switches.empty()) {
    summary.switches_per_call =
        std::accumulate(switches.begin(), switches.end(), 0.0) / static_cast<double>(switches.size());
  }
  summary.thread_cpu_p50_ns = median_of(pick(samples.metric("thread_cpu_ns"), rows.counted));
  for (const Column& phase : samples.phases) {
    std::vector<int64_t> values = pick(&phase, rows.worked);
    const size_t count = values.size();
    summary.phases.push_back({phase.name, count, median_of(std::move(values))});
  }
  return summary;
}

std::vector<CaseSummary> summarise_all(const RunRecord& record) {
  std::vector<CaseSummary> summaries;
  summaries.reserve(record.cases.size());
  for (const CaseRecord& one : record.cases) summaries.push_back(summarise(one, record.rounds));
  return summaries;
}

}  // namespace umb
