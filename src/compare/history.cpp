// SPDX-License-Identifier: Apache-2.0
#include "compare/history.h"

#include "base/text.h"
#include "compare/history_builds.h"
#include "compare/history_changes.h"
#include "compare/history_traits.h"
#include "compare/units.h"
#include "compare/words.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <utility>

namespace umb {

namespace {

/// Geometric, where nothing forbids it.
double mean_of(const std::vector<double>& values, bool linear) {
  double sum = 0;
  for (const double value : values) sum += linear ? value : std::log(value);
  sum /= static_cast<double>(values.size());
  return linear ? sum : std::exp(sum);
}

bool all_above_0(const std::vector<double>& values) {
  return std::ranges::all_of(values, [](double value) { return value > 0; });
}

/// What a failed case or check left is no time of what was asked for.
bool did_what_it_should(const CaseDigest* one) {
  return one->outcome != "failed" && one->failed_checks.empty();
}

/// A build's values of each case and setting, in the order in which they come up.
class SeriesMaker {
 public:
  SeriesMaker(const HistoryOptions& options, const Builds& builds)
      : options_(options), builds_(builds), boots_(builds.all.size()) {
    for (size_t i = 0; i < builds.all.size(); ++i) {
      for (const auto& [setting, side] : builds.all[i].by_setting) add(side, setting, i);
    }
  }

  std::vector<HistorySeries> finished() {
    for (size_t i = 0; i < all_.size(); ++i) {
      HistorySeries& series = all_[i];
      // Counts are often 0, and small.
      series.linear = series.unit == "1" || !std::ranges::all_of(found_[i], all_above_0);
      if (series.unit == "1") series.unit = "";
      for (size_t build = 0; build < found_[i].size(); ++build) {
        if (!found_[i][build].empty()) series.values[build] = mean_of(found_[i][build], series.linear);
      }
    }
    return std::move(all_);
  }

  /// Boots of a build, in all settings.
  [[nodiscard]] size_t boots(size_t build) const { return boots_[build]; }
  /// Builds of which a case failed, or a check of it: their figures are left out.
  [[nodiscard]] size_t failed() const { return failed_.size(); }
  /// Builds that have values of the metric of some case, but not this quantile of them.
  [[nodiscard]] size_t without_quantile() const { return without_quantile_.size(); }

 private:
  void add(const Side& side, const std::string& setting, size_t build) {
    const Units units = find_units(side, side, false);
    const CaseIndex index(units.baseline, {});
    boots_[build] += units.baseline.size();
    for (const std::string& id : index.ids()) {
      if (options_.shown && !options_.shown(id)) continue;
      std::vector<double> values;
      for (const auto& unit : index.of(id)) {
        std::vector<double> parts;
        if (!std::ranges::all_of(unit, &did_what_it_should)) {
          failed_.insert(build);
          continue;
        }
        for (const CaseDigest* one : unit) {
          if (!add_quantile(*one, parts)) without_quantile_.insert(build);
        }
        if (!parts.empty()) values.push_back(mean_of(parts, !all_above_0(parts)));
      }
      if (!values.empty()) found_[series_of(id, setting, index.telling(id))][build] = std::move(values);
    }
  }

  /// False where it has values of the metric, but not this quantile of them.
  [[nodiscard]] bool add_quantile(const CaseDigest& one, std::vector<double>& values) const {
    const MetricDigest* metric = one.metric(options_.metric);
    if (metric == nullptr || metric->count == 0) return true;
    const auto found = std::ranges::find(metric->quantiles, options_.quantile, &QuantileValue::p);
    if (found != metric->quantiles.end()) {
      values.push_back(found->value);
    } else if (metric->quantiles.empty() && metric->maximum <= 0) {
      values.push_back(0);
    } else {
      return false;
    }
    return true;
  }

  size_t series_of(const std::string& id, const std::string& setting, const CaseDigest& one) {
    const auto [place, is_new] = places_.try_emplace({id, setting}, all_.size());
    if (is_new) {
      const MetricDigest* metric = one.metric(options_.metric);
      HistorySeries& series = all_.emplace_back();
      series.case_id = builds_.settings.size() > 1 ? id + " (" + (setting.empty() ? "as booted" : setting) + ")" : id;
      series.plain_id = id;
      series.setting = setting;
      if (metric != nullptr) {
        series.unit = metric->unit;
        series.better = metric->better;
      }
      series.values.resize(builds_.all.size());
      found_.emplace_back(builds_.all.size());
    }
    return place->second;
  }

  const HistoryOptions& options_;
  const Builds& builds_;
  std::vector<HistorySeries> all_;
  std::vector<std::vector<std::vector<double>>> found_;  ///< a series' boots' values, a build
  std::map<std::pair<std::string, std::string>, size_t> places_;
  std::vector<size_t> boots_;  ///< a build
  std::set<size_t> failed_;
  std::set<size_t> without_quantile_;
};

}  // namespace

Result<History> history(const std::vector<BootDigest>& boots, const HistoryOptions& options) {
  UMB_ASSIGN(Builds builds, builds_in_order(boots, options));
  History made{.metric = options.metric,
               .quantile = options.quantile,
               .alpha = options.alpha,
               .threshold = options.threshold,
               .builds = {},
               .series = {},
               .cautions = std::move(builds.cautions)};
  SeriesMaker series(options, builds);
  for (size_t i = 0; i < builds.all.size(); ++i) {
    made.builds.push_back(builds.all[i].told);
    made.builds.back().boots = series.boots(i);
  }
  made.series = series.finished();
  const std::string quantile = quantile_name(options.quantile) + " of " + quoted(options.metric);
  const char* const kept = "a baseline has p50, p90, p95 and p99, and those of its plan's gate";
  if (made.series.empty()) {
    if (series.failed() > 0) return fail_usage("no case of these results was measured without a failure");
    if (series.without_quantile() > 0) return fail_usage("no result has " + quantile, kept, "leave --quantile out");
    return fail_usage("no case of these results has " + quoted(options.metric));
  }
  if (const size_t count = series.without_quantile(); count > 0) {
    made.cautions.push_back(counted(count, "build has", "builds have") + " no " + quantile + ": " + kept);
  }
  if (const size_t count = series.failed(); count > 0) {
    made.cautions.push_back(counted(count, "build has", "builds have") +
                            " a case that failed, or a check of which did: it has no value there");
  }
  const HistoryTraits traits(builds);
  if (std::string unlike = traits.unlike(); !unlike.empty()) made.cautions.push_back(std::move(unlike));
  find_changes(options, traits, made);
  return made;
}

}  // namespace umb
