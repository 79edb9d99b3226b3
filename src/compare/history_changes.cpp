// SPDX-License-Identifier: Apache-2.0
#include "compare/history_changes.h"

#include "stats/change_points.h"
#include "stats/moments.h"

#include <algorithm>
#include <cmath>
#include <span>

namespace umb {

namespace {

/// What there is of a series, as change points are looked for in it.
struct Present {
  std::vector<double> values;
  std::vector<size_t> builds;
};

Present present(const HistorySeries& series) {
  Present made;
  for (size_t i = 0; i < series.values.size(); ++i) {
    const std::optional<double>& value = series.values[i];
    if (!value.has_value()) continue;
    made.values.push_back(series.linear ? *value : std::log(*value));
    made.builds.push_back(i);
  }
  return made;
}

/// The values of a level.
struct Part {
  double mean = 0;
  double spread = 0;  ///< standard deviation
  size_t count = 0;
};

Part part_of(std::span<const double> values) {
  Part part{.mean = mean(values), .spread = 0, .count = values.size()};
  double squares = 0;
  for (const double value : values) squares += (value - part.mean) * (value - part.mean);
  if (part.count > 1) part.spread = std::sqrt(squares / static_cast<double>(part.count - 1));
  return part;
}

HistoryKind kind_of(const Part& before, const Part& after, bool linear, double threshold) {
  constexpr double kErrors = 2;       // standard errors: by less, levels are not apart at all
  constexpr double kOtherSpread = 2;  // times
  const double effect = std::fabs(after.mean - before.mean);
  const double least = linear ? threshold * std::fabs(before.mean) : std::log1p(threshold);
  const double error = std::sqrt(before.spread * before.spread / static_cast<double>(before.count) +
                                 after.spread * after.spread / static_cast<double>(after.count));
  if (effect > 0 && effect >= least && effect >= kErrors * error) return HistoryKind::kLevel;
  const auto [narrow, wide] = std::minmax(before.spread, after.spread);
  return wide > 0 && wide >= kOtherSpread * narrow ? HistoryKind::kSpread : HistoryKind::kSmall;
}

class Changes {
 public:
  Changes(const HistoryOptions& options, const HistoryTraits& traits, const Present& there, HistorySeries& series)
      : options_(options), traits_(traits), there_(there), series_(series) {}

  void add(const ChangePoints& points) {
    for (size_t i = 0; i < points.size(); ++i) {
      if (i == 0) add_level(0, points[0].at);
      add(points[i], i + 1 < points.size() ? points[i + 1].at : there_.values.size());
    }
  }

 private:
  void add_level(size_t from, size_t to) {
    from_ = from;
    to_ = to;
    level_ = part_of(std::span(there_.values).subspan(from, to - from));
    series_.levels.push_back({there_.builds[from], there_.builds[to - 1], figure(level_)});
  }

  /// The level that begins at a point ends where the next one begins, or before, where the values go back for good.
  void add(const ChangePoint& point, size_t end) {
    constexpr size_t kShortest = ChangePointOptions{}.shortest;
    const Part before = level_;
    const std::span<const size_t> builds(there_.builds);
    const std::span<const size_t> builds_before = builds.subspan(from_, to_ - from_);
    const size_t to = std::min(point.to, end);
    const bool gone_back = is_back(before, point.at, to, end);
    add_level(point.at, gone_back ? to : end);
    HistoryChange change{.at = builds[point.at], .last_before = builds[point.at - 1]};
    change.before = figure(before);
    change.after = figure(level_);
    change.p_value = point.adjusted;
    change.spread_before = before.spread;
    change.spread_after = level_.spread;
    change.kind = kind_of(before, level_, series_.linear, options_.threshold);
    change.with = traits_.changed(series_.setting, builds_before, builds.subspan(from_, to_ - from_));
    if (change.kind == HistoryKind::kLevel && !change.with.empty()) change.kind = HistoryKind::kUnjudged;
    if (gone_back && end - to >= kShortest) {
      change.until = builds[to];
      add_level(to, end);
    }
    series_.changes.push_back(std::move(change));
  }

  /// Whether what comes after [at, to) is nearer to the level before.
  [[nodiscard]] bool is_back(const Part& before, size_t at, size_t to, size_t end) const {
    if (to == end) return false;
    const std::span<const double> values(there_.values);
    const double rest = mean(values.subspan(to, end - to));
    return std::fabs(rest - before.mean) < std::fabs(rest - mean(values.subspan(at, to - at)));
  }

  [[nodiscard]] double figure(const Part& part) const { return series_.linear ? part.mean : std::exp(part.mean); }

  const HistoryOptions& options_;
  const HistoryTraits& traits_;
  const Present& there_;
  HistorySeries& series_;
  size_t from_ = 0, to_ = 0;  ///< the last level
  Part level_;
};

}  // namespace

void find_changes(const HistoryOptions& options, const HistoryTraits& traits, History& made) {
  std::vector<Present> there;
  std::vector<std::vector<double>> family;
  for (const HistorySeries& one : made.series) {
    there.push_back(present(one));
    family.push_back(there.back().values);
  }
  const ChangePointOptions search{.alpha = options.alpha};
  if (options.expect) options.expect(change_points_seconds(family, search));
  const std::vector<ChangePoints> points = change_points(family, search);
  for (size_t i = 0; i < made.series.size(); ++i) {
    Changes(options, traits, there[i], made.series[i]).add(points[i]);
  }
}

}  // namespace umb
