// SPDX-License-Identifier: Apache-2.0
#include "compare/summary.h"

#include "stats/quantile.h"

#include <algorithm>
#include <map>
#include <numeric>
#include <span>

namespace umb {

namespace {

constexpr size_t kBins = 12;
constexpr size_t kFewestForP90 = 10;
constexpr size_t kFewestForP99 = 100;
/// The poller behind the first look goes in steps of 1 ms, so anything above was not free at the return.
constexpr double kLateNs = 1e6;

int64_t value_at(const Column* column, size_t i) {
  return column != nullptr && i < column->values.size() ? column->values[i] : kMissing;
}

template <typename T>
T value_at(const std::vector<T>& values, size_t i) {
  return i < values.size() ? values[i] : T{};
}

std::optional<double> quantile_of(const std::vector<int64_t>& sorted, double p, size_t fewest = 1) {
  if (sorted.size() < fewest) return std::nullopt;
  return quantile(std::span<const int64_t>(sorted), p);
}

std::optional<double> median_of(std::vector<int64_t> values) {
  std::sort(values.begin(), values.end());
  return quantile_of(values, 0.5);
}

/// The present values of a column at these rows.
std::vector<int64_t> pick(const Column* column, const std::vector<size_t>& rows) {
  std::vector<int64_t> values;
  for (const size_t row : rows) {
    if (const int64_t value = value_at(column, row); value != kMissing) values.push_back(value);
  }
  return values;
}

struct Rows {
  std::vector<size_t> worked;   ///< no warm-up, no errno, not left out; watched or not
  std::vector<size_t> counted;  ///< of these, those with a return time
};

Rows sort_out(const CaseRecord& record, const std::vector<Round>& rounds, CaseSummary& summary) {
  const Series& samples = record.samples;
  const Column* returned = samples.metric("return_ns");
  std::map<int32_t, size_t> failures;
  Rows calm;
  Rows disturbed;
  for (size_t i = 0; i < samples.size(); ++i) {
    const int32_t errno_value = value_at(samples.errno_value, i);
    if (value_at(samples.warmup, i) != 0) {
      ++summary.warm_up;
    } else if (errno_value != 0) {
      ++failures[errno_value];
    } else {
      const size_t round = value_at(samples.round, i);
      Rows& rows = round < rounds.size() && rounds[round].disturbed ? disturbed : calm;
      rows.worked.push_back(i);
      if (value_at(returned, i) != kMissing) rows.counted.push_back(i);
    }
  }
  for (const auto& [errno_value, count] : failures) {
    summary.failed += count;
    summary.failed_by_errno.push_back({errno_value, count});
  }
  const bool nothing_calm = calm.worked.empty();
  const Rows& used = nothing_calm ? disturbed : calm;
  if (!nothing_calm) summary.left_out = disturbed.worked.size();
  summary.counted = used.counted.size();
  if (returned != nullptr) summary.watched = used.worked.size() - used.counted.size();
  return used;
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

void summarise_release(const Series& samples, const Rows& rows, CaseSummary& summary) {
  const Column* returned = samples.metric("return_ns");
  const Column* released = samples.metric("released_ns");
  const std::vector<int64_t> values = pick(released, rows.worked);
  summary.released_count = values.size();
  summary.released_p50_ns = median_of(values);
  for (const size_t row : rows.counted) {
    const int64_t value = value_at(released, row);
    const double later = static_cast<double>(value) - static_cast<double>(value_at(returned, row));
    if (value != kMissing && later > kLateNs) ++summary.released_late;
  }
}

}  // namespace

CaseSummary summarise(const CaseRecord& record, const std::vector<Round>& rounds) {
  const Series& samples = record.samples;
  CaseSummary summary;
  summary.kept = samples.size();
  const Rows rows = sort_out(record, rounds, summary);

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
