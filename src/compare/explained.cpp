// SPDX-License-Identifier: Apache-2.0
#include "compare/explained.h"

#include "compare/share_texts.h"
#include "compare/words.h"
#include "stats/quantile.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <span>

namespace umb {

namespace {

constexpr size_t kSlowest = 3;
constexpr double kWorthTelling = 0.01;  // of a slow sample
constexpr double kGap = 0.001;          // of a sample's wall time: below, it is rounding

double value_of(const Column& column, size_t i) {
  return static_cast<double>(column.values[i]);
}

double p50_of(std::vector<int64_t> values) {
  std::ranges::sort(values);
  return quantile(std::span<const int64_t>(values), 0.5);
}

/// The times of one sample, in the order of kCauses; what the file leaves open of the wall time is unknown.
std::vector<double> times_of(const Attribution& attribution, size_t sample) {
  std::vector<double> times(kCauses.size(), 0);
  double sum = 0;
  for (const Column& column : attribution.causes) {
    const auto place = std::ranges::find(kCauses, column.name);
    if (place == kCauses.end() || sample >= column.values.size()) continue;
    times[static_cast<size_t>(place - kCauses.begin())] += value_of(column, sample);
    sum += value_of(column, sample);
  }
  times.back() += std::max(0.0, static_cast<double>(attribution.wall_ns[sample]) - sum);
  return times;
}

double gap_of(const Attribution& attribution, size_t sample) {
  double sum = 0;
  for (const Column& column : attribution.causes) sum += sample < column.values.size() ? value_of(column, sample) : 0;
  const auto wall = static_cast<double>(attribution.wall_ns[sample]);
  const double larger = std::max(wall, sum);
  return larger > 0 ? std::fabs(wall - sum) / larger : 0;
}

void add_causes(const Attribution& attribution, Explained& explained) {
  std::vector<CauseTime> causes;
  for (const char* name : kCauses) {
    causes.push_back({.name = name, .mean_ns = 0, .least_ns = HUGE_VAL, .most_ns = 0, .share = 0, .share_text = {}});
  }
  double all = 0;
  for (size_t i = 0; i < explained.samples; ++i) {
    const std::vector<double> times = times_of(attribution, i);
    for (size_t c = 0; c < causes.size(); ++c) {
      causes[c].mean_ns += times[c] / static_cast<double>(explained.samples);
      causes[c].least_ns = std::min(causes[c].least_ns, times[c]);
      causes[c].most_ns = std::max(causes[c].most_ns, times[c]);
      all += times[c] / static_cast<double>(explained.samples);
    }
    const double gap = gap_of(attribution, i);
    if (gap > kGap) ++explained.odd_samples;
    explained.worst_gap = std::max(explained.worst_gap, gap);
  }
  std::erase_if(causes, [](const CauseTime& cause) { return cause.mean_ns <= 0; });
  std::vector<double> shares;
  for (CauseTime& cause : causes) {
    cause.share = cause.mean_ns / all;
    shares.push_back(cause.share);
  }
  // A coarse split sees the task now and then: a tenth of a per cent would be made up.
  const std::vector<std::string> texts = share_texts(shares, attribution.method == "traced" ? 1 : 0);
  for (size_t i = 0; i < causes.size(); ++i) causes[i].share_text = texts[i];
  std::ranges::stable_sort(causes, std::greater(), &CauseTime::mean_ns);
  explained.causes = std::move(causes);
}

SlowSample slow_sample(const Attribution& attribution, size_t sample) {
  SlowSample slow{.number = sample + 1, .wall_ns = static_cast<double>(attribution.wall_ns[sample]), .causes = {}};
  const std::vector<double> times = times_of(attribution, sample);
  const double all = std::accumulate(times.begin(), times.end(), 0.0);
  for (size_t c = 0; c < times.size(); ++c) {
    if (all <= 0 || times[c] / all < kWorthTelling) continue;
    slow.causes.push_back({.name = kCauses[c],
                           .mean_ns = times[c],
                           .least_ns = times[c],
                           .most_ns = times[c],
                           .share = times[c] / all,
                           .share_text = {}});
  }
  std::ranges::stable_sort(slow.causes, std::greater(), &CauseTime::mean_ns);
  return slow;
}

void add_slowest(const Attribution& attribution, Explained& explained) {
  std::vector<size_t> order(explained.samples);
  std::iota(order.begin(), order.end(), size_t{0});
  std::ranges::stable_sort(order, std::greater(), [&](size_t i) { return attribution.wall_ns[i]; });
  for (size_t i = 0; i < std::min(kSlowest, order.size()); ++i) {
    explained.slowest.push_back(slow_sample(attribution, order[i]));
  }
}

std::optional<double> mean_of(const std::vector<int64_t>& values) {
  double sum = 0;
  size_t count = 0;
  for (const int64_t value : values) {
    if (value == kMissing) continue;
    sum += static_cast<double>(value);
    ++count;
  }
  if (count == 0) return std::nullopt;
  return sum / static_cast<double>(count);
}

void add_attribution(const Attribution& attribution, const CaseSummary& summary, Explained& explained) {
  explained.attribution = &attribution;
  explained.samples = attribution.wall_ns.size();
  explained.waits_seen = attribution.waits;
  std::ranges::stable_sort(explained.waits_seen, std::greater(), &WaitSeen::total_ns);
  if (explained.samples == 0) return;
  explained.wall_mean_ns = mean_of(attribution.wall_ns).value_or(0);
  explained.wall_p50_ns = p50_of(attribution.wall_ns);
  add_causes(attribution, explained);
  add_slowest(attribution, explained);
  if (attribution.method == "traced") {
    explained.waits = call_counts(attribution.grace_period_waits);
    explained.deferred = call_counts(attribution.deferred_grace_periods);
  }
  explained.switches_per_call = mean_of(attribution.voluntary_switches);
  const double timed = summary.p50_ns.value_or(0);
  if (timed > 0) explained.overhead = {explained.wall_p50_ns, timed, explained.wall_p50_ns / timed};
}

std::optional<RcuShare> rcu_share(const Partners& partners, const Entry& normal) {
  if (normal.value("rcu") != "normal" || !normal.has_p50()) return std::nullopt;
  for (const char* mode : {"default", "expedited"}) {
    const Entry* other = partners.of(normal, mode);
    if (other == nullptr) continue;
    RcuShare share{.against = mode,
                   .normal_ns = normal.p50(),
                   .other_ns = other->p50(),
                   .share = 1 - other->p50() / normal.p50(),
                   .low = {},
                   .high = {}};
    const auto& a = normal.summary->p50_interval_ns;
    const auto& b = other->summary->p50_interval_ns;
    if (a && b && a->low > 0) {
      share.low = 1 - b->high / a->low;
      share.high = 1 - b->low / a->high;
    }
    return share;
  }
  return std::nullopt;
}

}  // namespace

std::optional<CallCounts> call_counts(const std::vector<int64_t>& counts) {
  if (counts.empty()) return std::nullopt;
  std::map<int64_t, size_t> seen;
  for (const int64_t count : counts) ++seen[count];
  CallCounts found{.usual = 0,
                   .samples = counts.size(),
                   .usual_samples = 0,
                   .least = seen.begin()->first,
                   .most = seen.rbegin()->first};
  for (const auto& [count, samples] : seen) {
    if (samples <= found.usual_samples) continue;
    found.usual = count;
    found.usual_samples = samples;
  }
  return found;
}

std::vector<Explained> explain(const RunRecord& record, const std::vector<CaseSummary>& summaries) {
  Entries entries;
  for (size_t i = 0; i < std::min(record.cases.size(), summaries.size()); ++i) {
    entries.push_back({&record.cases[i], &summaries[i]});
  }
  std::map<std::string, const Attribution*> attributions;
  for (const Attribution& one : record.attributions) attributions[one.case_id] = &one;
  const Partners partners(entries, "rcu");
  std::vector<Explained> all;
  for (const Entry& entry : entries) {
    Explained explained{.case_id = entry.id()};
    explained.rcu = rcu_share(partners, entry);
    const auto found = attributions.find(entry.id());
    if (found != attributions.end()) add_attribution(*found->second, *entry.summary, explained);
    if (explained.attribution != nullptr || explained.rcu) all.push_back(std::move(explained));
  }
  return all;
}

}  // namespace umb
