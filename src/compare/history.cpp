// SPDX-License-Identifier: Apache-2.0
#include "compare/history.h"

#include "base/text.h"
#include "compare/comparison_words.h"
#include "compare/fingerprint.h"
#include "compare/split.h"
#include "compare/units.h"
#include "compare/words.h"
#include "stats/change_points.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <map>
#include <utility>

namespace umb {

namespace {

constexpr size_t kShortestCommit = 7;  // as git cuts them short

bool same_commit(const std::string& full, const std::string& given) {
  return given.size() >= kShortestCommit && full.starts_with(given);
}

/// "6.13.0-rc2-00123-g0a1b2c3d4e5f" -> "0a1b2c3d4e5f"; a "-dirty" behind it is passed over.
std::string commit_in(const std::string& release) {
  const size_t mark = release.rfind("-g");
  if (mark == std::string::npos) return "";
  const std::string rest = release.substr(mark + 2);
  const std::string commit = rest.substr(0, rest.find_first_not_of("0123456789abcdef"));
  return commit.size() >= kShortestCommit ? commit : "";
}

HistoryBuild build_of(const Side& side) {
  HistoryBuild build{.name = side.name,
                     .commit = {},
                     .kernel_release = under_test(side.boots[0], "kernel_release"),
                     .started_at = side.boots[0].started_at,
                     .boots = 0};
  for (const BootDigest& boot : side.boots) build.started_at = std::min(build.started_at, boot.started_at);
  build.commit = commit_in(build.kernel_release);
  return build;
}

/// The place of a build in the order of commits, by its kernel's release or by its label.
std::optional<size_t> place_of(const HistoryBuild& build, const std::string& label,
                               const std::vector<std::string>& commits) {
  for (size_t i = 0; i < commits.size(); ++i) {
    if (same_commit(commits[i], build.commit) || same_commit(commits[i], label) ||
        same_commit(build.commit, commits[i]) || (!label.empty() && label == commits[i])) {
      return i;
    }
  }
  return std::nullopt;
}

struct Placed {
  Side side;
  HistoryBuild build;
  std::pair<size_t, std::string> place;  ///< in the commits, then by time
};

/// In the order that was asked for; what is not among the commits is left out and said.
std::vector<Placed> in_order(std::vector<Side> sides, const HistoryOptions& options, History& made) {
  std::vector<Placed> placed;
  size_t left_out = 0;
  for (Side& side : sides) {
    HistoryBuild build = build_of(side);
    std::optional<size_t> place = 0;
    if (!options.commits.empty()) {
      place = place_of(build, side.boots[0].label, options.commits);
      if (!place.has_value()) {
        ++left_out;
        continue;
      }
      build.commit = options.commits[*place];
    }
    std::pair<size_t, std::string> where{*place, build.started_at};
    placed.push_back({std::move(side), std::move(build), std::move(where)});
  }
  if (left_out > 0) {
    made.cautions.push_back(counted(left_out, "build is", "builds are") +
                            " of none of the given commits, by the kernel's release (-gCOMMIT) or by label: left out");
  }
  std::ranges::stable_sort(placed, {}, &Placed::place);
  if (placed.size() > options.last)
    placed.erase(placed.begin(), placed.end() - static_cast<std::ptrdiff_t>(options.last));
  return placed;
}

/// What makes the builds' figures hard to hold against each other.
void add_cautions(const std::vector<Placed>& placed, History& made) {
  const NamedBoots first{made.builds[0].name, &placed[0].side.boots};
  std::map<std::string, size_t> seen;
  for (size_t i = 1; i < placed.size(); ++i) {
    const NamedBoots other{made.builds[i].name, &placed[i].side.boots};
    for (const std::string& one : fingerprint_differences(first, other)) ++seen[one];
  }
  if (!seen.empty()) {
    made.cautions.push_back(
        "these builds were not measured alike, which may make a change of its own: " + seen.begin()->first +
        (seen.size() > 1 ? " (and " + std::to_string(seen.size() - 1) + " more)" : ""));
  }
}

double geometric_mean(const std::vector<std::optional<double>>& values, size_t from, size_t to) {
  double sum = 0;
  size_t count = 0;
  for (size_t i = from; i < to; ++i) {
    if (!values[i].has_value()) continue;
    sum += std::log(*values[i]);
    ++count;
  }
  return std::exp(sum / static_cast<double>(count));
}

/// Changes are looked for in the logarithms of what there is: a build without the case is passed over.
void find_changes(double alpha, HistorySeries& series) {
  std::vector<double> logs;
  std::vector<size_t> places;
  for (size_t i = 0; i < series.values.size(); ++i) {
    if (!series.values[i].has_value()) continue;
    logs.push_back(std::log(*series.values[i]));
    places.push_back(i);
  }
  const std::vector<ChangePoint> points = change_points(logs, {.alpha = alpha});
  for (size_t i = 0; i < points.size(); ++i) {
    const size_t from = i == 0 ? 0 : places[points[i - 1].at];
    const size_t at = places[points[i].at];
    const size_t to = i + 1 < points.size() ? places[points[i + 1].at] : series.values.size();
    series.changes.push_back({.at = at,
                              .before = geometric_mean(series.values, from, at),
                              .after = geometric_mean(series.values, at, to),
                              .p_value = points[i].p_value});
  }
}

/// A build's value of each case, in the order in which cases come up.
class SeriesMaker {
 public:
  SeriesMaker(const HistoryOptions& options, size_t builds) : options_(options), builds_(builds) {}

  size_t add(const Side& side, size_t build) {
    const Units units = find_units(side, side, false);
    const CaseIndex index(units.baseline, {});
    for (const std::string& id : index.ids()) {
      if (options_.shown && !options_.shown(id)) continue;
      double sum = 0;
      size_t count = 0;
      for (const auto& unit : index.of(id)) {
        const std::optional<double> log = log_quantile(unit, options_.metric, options_.quantile);
        if (!log.has_value()) continue;
        sum += *log;
        ++count;
      }
      if (count == 0) continue;
      HistorySeries& series = series_of(id, index.telling(id));
      series.values[build] = std::exp(sum / static_cast<double>(count));
    }
    return units.baseline.size();
  }

  std::vector<HistorySeries> finished() { return std::move(all_); }

 private:
  HistorySeries& series_of(const std::string& id, const CaseDigest& one) {
    const auto [place, is_new] = places_.try_emplace(id, all_.size());
    if (is_new) {
      const MetricDigest* metric = one.metric(options_.metric);
      all_.push_back({.case_id = id,
                      .unit = metric != nullptr ? metric->unit : "",
                      .better = metric != nullptr ? metric->better : "",
                      .values = std::vector<std::optional<double>>(builds_),
                      .changes = {}});
    }
    return all_[place->second];
  }

  const HistoryOptions& options_;
  size_t builds_;
  std::vector<HistorySeries> all_;
  std::map<std::string, size_t> places_;
};

}  // namespace

Result<History> history(const std::vector<BootDigest>& boots, const HistoryOptions& options) {
  History made{.metric = options.metric,
               .quantile = options.quantile,
               .alpha = options.alpha,
               .builds = {},
               .series = {},
               .cautions = {}};
  const std::vector<Placed> placed = in_order(group_alike(boots), options, made);
  if (placed.empty()) return fail_usage("no result is of one of the given commits");
  SeriesMaker series(options, placed.size());
  for (size_t i = 0; i < placed.size(); ++i) {
    made.builds.push_back(placed[i].build);
    made.builds.back().boots = series.add(placed[i].side, i);
  }
  made.series = series.finished();
  if (made.series.empty()) return fail_usage("no case of these results has " + quoted(options.metric));
  add_cautions(placed, made);
  for (HistorySeries& one : made.series) find_changes(options.alpha, one);
  return made;
}

std::string change_in_words(const History& history, const HistorySeries& series, const HistoryChange& change) {
  const auto figure = [&](double value) {
    std::array<char, 64> text{};
    std::snprintf(text.data(), text.size(), "%.4g", value);
    return series.unit == "ns" ? duration(value) : text.data() + (series.unit.empty() ? "" : " " + series.unit);
  };
  std::array<char, 32> p{};
  std::snprintf(p.data(), p.size(), "%.3g", change.p_value);
  return effect_in_words(change.after / change.before, series.better) + " since " + history.builds[change.at].name +
         ": " + figure(change.before) + " -> " + figure(change.after) + ", p " + p.data();
}

}  // namespace umb
