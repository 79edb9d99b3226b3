// SPDX-License-Identifier: Apache-2.0
#include "compare/row_builder.h"

#include "base/text.h"
#include "compare/source_name.h"
#include "compare/words.h"
#include "stats/quantile.h"

#include <algorithm>
#include <cmath>
#include <map>

namespace umb {

namespace {

constexpr double kTrend = 1.25;  // the second half of a unit's samples over the first, or the other way round
constexpr double kApart = 5;     // deviations from the median
constexpr double kApartAtLeast = 0.1;
constexpr size_t kFewestForApart = 5;

std::optional<double> geometric_mean(const CaseIndex::OfUnits& cases, const std::string& metric, double p) {
  double sum = 0;
  size_t count = 0;
  for (const auto& unit : cases) {
    if (const std::optional<double> value = log_quantile(unit, metric, p)) {
      sum += *value;
      ++count;
    }
  }
  if (count == 0) return std::nullopt;
  return std::exp(sum / static_cast<double>(count));
}

std::optional<double> spread_of(const std::vector<double>& values) {
  if (values.size() < 2) return std::nullopt;
  double mean = 0;
  for (const double value : values) mean += std::log(value) / static_cast<double>(values.size());
  double squares = 0;
  for (const double value : values) squares += std::pow(std::log(value) - mean, 2);
  return std::sqrt(squares / static_cast<double>(values.size() - 1));
}

std::string errno_counts(const std::vector<ErrnoCount>& counts, size_t samples) {
  std::vector<std::string> texts;
  for (const ErrnoCount& one : counts) {
    texts.push_back(errno_text(one.errno_value) + " " + std::to_string(one.count) + " of " + std::to_string(samples));
  }
  return texts.empty() ? "none" : join(texts, ", ");
}

bool has_errno(const std::vector<ErrnoCount>& counts, int32_t value) {
  return std::ranges::find(counts, value, &ErrnoCount::errno_value) != counts.end();
}

std::string modes_in_words(const std::vector<Mode>& modes) {
  std::vector<std::string> texts;
  for (const Mode& mode : modes) texts.push_back(percent(mode.share) + " near " + duration(mode.centre));
  return join(texts, ", ");
}

/// Where a unit's median lies far from those of all the others.
void note_apart(const std::string& side, const std::vector<Unit>& units, const CaseIndex::OfUnits& cases,
                const std::string& metric, std::vector<std::string>& notes) {
  std::vector<double> values;
  std::vector<std::string> names;
  for (size_t i = 0; i < cases.size(); ++i) {
    if (const std::optional<double> value = log_quantile(cases[i], metric, 0.5)) {
      values.push_back(*value);
      names.push_back(units[i].name);
    }
  }
  if (values.size() < kFewestForApart) return;
  std::vector<double> sorted = values;
  std::ranges::sort(sorted);
  const double median = quantile(std::span<const double>(sorted), 0.5);
  const double limit = std::max(kApart * median_absolute_deviation(values), kApartAtLeast);
  for (size_t i = 0; i < values.size(); ++i) {
    const double away = values[i] - median;
    if (std::fabs(away) <= limit) continue;
    notes.push_back(side + ": " + source_name(names[i]) + " stands apart (" + times(std::exp(away)) +
                    " times the others' median)");
  }
}

}  // namespace

Values values_of(const CaseIndex::OfUnits& baseline, const CaseIndex::OfUnits& candidate, const std::string& metric,
                 double p, bool paired) {
  Values values;
  if (paired) {
    for (size_t i = 0; i < std::min(baseline.size(), candidate.size()); ++i) {
      const std::optional<double> a = log_quantile(baseline[i], metric, p);
      const std::optional<double> b = log_quantile(candidate[i], metric, p);
      if (!a.has_value() || !b.has_value()) continue;
      values.baseline.push_back(*a);
      values.candidate.push_back(*b);
    }
    return values;
  }
  const auto fill = [&](const CaseIndex::OfUnits& cases, std::vector<double>& to) {
    for (const auto& unit : cases) {
      if (const std::optional<double> value = log_quantile(unit, metric, p)) to.push_back(*value);
    }
  };
  fill(baseline, values.baseline);
  fill(candidate, values.candidate);
  return values;
}

SideFigures figures_of(const CaseIndex::OfUnits& cases, const std::string& metric) {
  SideFigures figures;
  std::map<int32_t, size_t> errnos;
  for (const auto& unit : cases) {
    if (const std::optional<double> value = log_quantile(unit, metric, 0.5)) {
      ++figures.units;
      figures.unit_p50.push_back(std::exp(*value));
    }
    if (std::ranges::any_of(unit, [](const CaseDigest* one) { return one->outcome == "failed"; }))
      ++figures.failed_units;
    for (const CaseDigest* one : unit) {
      figures.attempts += one->samples;
      for (const ErrnoCount& count : one->errnos) errnos[count.errno_value] += count.count;
      for (const Check& check : one->failed_checks) {
        const bool known =
            std::ranges::find(figures.failed_checks, check.name, &Check::name) != figures.failed_checks.end();
        if (!known) figures.failed_checks.push_back(check);
      }
      const MetricDigest* digest = one->metric(metric);
      if (digest == nullptr || digest->count == 0) continue;
      figures.samples += digest->count;
      figures.minimum = std::min(figures.minimum.value_or(digest->minimum), digest->minimum);
      figures.maximum = std::max(figures.maximum.value_or(digest->maximum), digest->maximum);
    }
  }
  for (const auto& [value, count] : errnos) figures.errnos.push_back({value, count});
  figures.p50 = geometric_mean(cases, metric, 0.5);
  figures.p90 = geometric_mean(cases, metric, 0.9);
  figures.p95 = geometric_mean(cases, metric, 0.95);
  figures.p99 = geometric_mean(cases, metric, 0.99);
  figures.spread = spread_of(figures.unit_p50);
  return figures;
}

size_t fewest_samples(const CaseIndex::OfUnits& cases, const std::string& metric) {
  size_t fewest = 0;
  for (const auto& unit : cases) {
    size_t count = 0;
    for (const CaseDigest* one : unit) {
      const MetricDigest* digest = one->metric(metric);
      if (digest != nullptr) count += digest->count;
    }
    if (count > 0) fewest = fewest == 0 ? count : std::min(fewest, count);
  }
  return fewest;
}

std::vector<std::string> count_notes(const Row& row, const std::string& baseline, const std::string& candidate,
                                     bool& fails) {
  std::vector<std::string> notes;
  std::vector<std::string> known_before;
  const SideFigures& a = row.baseline;
  const SideFigures& b = row.candidate;
  std::vector<std::string> fresh;
  for (const ErrnoCount& one : b.errnos) {
    if (has_errno(a.errnos, one.errno_value)) continue;
    fresh.push_back(errno_text(one.errno_value) + " (" + std::to_string(one.count) + " of " +
                    std::to_string(b.attempts) + " calls, none of " + std::to_string(a.attempts) + " with " + baseline +
                    ")");
  }
  if (!fresh.empty()) {
    fails = true;
    notes.push_back("new failure with " + candidate + ": " + join(fresh, ", "));
  } else if (!a.errnos.empty()) {
    known_before.push_back("failed calls: " + errno_counts(a.errnos, a.attempts) + " with " + baseline + ", " +
                           errno_counts(b.errnos, b.attempts) + " with " + candidate);
  }
  for (const Check& check : b.failed_checks) {
    // That calls failed is told by their errnos.
    if (check.name == "call" && !b.errnos.empty()) continue;
    const bool known = std::ranges::find(a.failed_checks, check.name, &Check::name) != a.failed_checks.end();
    if (known) {
      known_before.push_back("check '" + check.name + "' fails on both sides: " + check.message);
      continue;
    }
    fails = true;
    notes.push_back("check '" + check.name + "' fails with " + candidate + " and not with " + baseline + ": " +
                    check.message);
  }
  std::ranges::move(known_before, std::back_inserter(notes));
  return notes;
}

std::vector<std::string> shape_notes(const std::string& side, const std::string& noun, const std::vector<Unit>& units,
                                     const CaseIndex::OfUnits& cases, const std::string& metric) {
  std::vector<std::string> notes;
  size_t all = 0;
  size_t with_modes = 0;
  size_t with_trend = 0;
  double steepest = 1;
  const Shape* shown = nullptr;
  for (const auto& unit : cases) {
    for (const CaseDigest* one : unit) {
      ++all;
      const double trend = one->shape.trend_ratio;
      if (trend > kTrend || trend < 1 / kTrend) ++with_trend;
      if (std::fabs(std::log(trend)) > std::fabs(std::log(steepest))) steepest = trend;
      if (one->shape.modes.size() < 2) continue;
      ++with_modes;
      if (shown == nullptr) shown = &one->shape;
    }
  }
  // Chance alone gives one unit in many a trend.
  const auto often = [&](size_t count) { return count > 0 && 2 * count >= all; };
  const auto in_units = [&](size_t count) {
    return all == 1 ? std::string() : " in " + std::to_string(count) + " of " + std::to_string(all) + " " + noun + "s";
  };
  if (metric == "return_ns" && shown != nullptr && often(with_modes)) {
    notes.push_back(side + ": " + std::to_string(shown->modes.size()) + " modes" + in_units(with_modes) + " (" +
                    modes_in_words(shown->modes) + ")");
  }
  if (metric == "return_ns" && often(with_trend)) {
    notes.push_back(side + ": a trend within the " + noun + in_units(with_trend) +
                    " (the second half's median is up to " + times(steepest) + " times the first's)");
  }
  note_apart(side, units, cases, metric, notes);
  return notes;
}

}  // namespace umb
