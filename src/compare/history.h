// SPDX-License-Identifier: Apache-2.0
// A case over builds: one value a build, and where its level changes.
#pragma once

#include "base/result.h"
#include "compare/comparison.h"

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace umb {

/// Boots of one kernel (release, version and build id) and one label.
struct HistoryBuild {
  std::string name;    ///< the label, or what tells it from the others
  std::string commit;  ///< the full one where the order names it, or the kernel release's (after "-g"); "" if unknown
  std::string kernel_release;
  std::string started_at;  ///< of its first boot
  size_t boots = 0;
};

/// What a change is of. Only a level's is called slower or faster.
enum class HistoryKind {
  kLevel,
  kUnjudged,  ///< the level's, but the machine or the plan changed there too
  kSmall,     ///< the level's, by less than the smallest effect
  kSpread,    ///< the values' distance from their level, which itself is about the same
};
/// "level", "unjudged", "small", "spread"
[[nodiscard]] const char* history_kind_name(HistoryKind kind);

/// The level changes at a build.
struct HistoryChange {
  size_t at = 0;                 ///< index of the build that is the first after it
  size_t last_before = 0;        ///< of the last one before it that has a value
  double before = 0, after = 0;  ///< levels, in the metric's unit
  double p_value = 1;            ///< adjusted over all series' changes (Benjamini and Hochberg)
  HistoryKind kind = HistoryKind::kLevel;
  std::optional<size_t> until = {};  ///< the build from which on the level is back, where it is
  double spread_before = 0,
         spread_after = 0;  ///< standard deviations: of the logarithms, or where `linear` of the values
  std::string with = {};    ///< what else changed there, in words; else ""
};

/// The values of some builds in a row, between changes.
struct HistoryLevel {
  size_t first = 0, last = 0;  ///< builds that have a value
  double value = 0;            ///< geometric mean, where `linear` the arithmetic one
};

/// One case's figures with one setting.
struct HistorySeries {
  std::string case_id;                        ///< with the setting behind it where there are several: no two are alike
  std::string unit;                           ///< of the metric; "" for a plain number
  std::string better;                         ///< "lower", "higher" or ""
  std::vector<std::optional<double>> values;  ///< one a build: the mean of its boots' quantiles, as HistoryLevel's
  std::vector<HistoryChange> changes = {};
  std::vector<HistoryLevel> levels = {};  ///< none without changes
  std::string setting = {};               ///< "rcupdate.rcu_normal=1"; "" where all boots have the same
  std::string plain_id = {};              ///< the case's id alone
  bool linear = false;                    ///< there are zeros: nothing is a ratio
};

struct History {
  std::string metric;
  double quantile = 0.5;
  double alpha = 0.01;
  double threshold = 0.05;
  std::vector<HistoryBuild> builds;
  std::vector<HistorySeries> series;
  std::vector<std::string> cautions;  ///< sentences
};

struct HistoryOptions {
  std::string metric = "return_ns";
  double quantile = 0.5;    ///< one that the digests have
  double alpha = 0.01;      ///< a change point has an adjusted p of no more
  double threshold = 0.05;  ///< the smallest effect, as a share
  /// Commits, the oldest first, full or cut short; then only builds of these are in it, in their order. Empty: by time.
  std::vector<std::string> commits = {};
  size_t last = 200;  ///< only so many builds, the newest
  std::function<bool(const std::string& id)> shown = {};
  /// Told, before change points are looked for, how long that may take.
  std::function<void(double seconds)> expect = {};
};

/// kUsage when no build is left, or none has the metric or its quantile.
[[nodiscard]] Result<History> history(const std::vector<BootDigest>& boots, const HistoryOptions& options);

/// "12% slower since 6.13.0-rc2: 1.20 us -> 1.35 us, p 0.001": a change in words, `series` being its series.
[[nodiscard]] std::string change_in_words(const History& history, const HistorySeries& series,
                                          const HistoryChange& change);
/// "39.6 us", "4"
[[nodiscard]] std::string history_figure_in_words(double value, const std::string& unit);

}  // namespace umb
