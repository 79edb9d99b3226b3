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

/// Boots that are alike in what is under test (kernel, RCU parameters, command line, label).
struct HistoryBuild {
  std::string name;    ///< the label, or what tells it from the others
  std::string commit;  ///< the full one where the order names it, or the kernel release's (after "-g"); "" if unknown
  std::string kernel_release;
  std::string started_at;  ///< of its first boot
  size_t boots = 0;
};

/// The level changes at a build.
struct HistoryChange {
  size_t at = 0;                 ///< index of the build that is the first after it
  double before = 0, after = 0;  ///< geometric means between this change and its neighbours, in the metric's unit
  double p_value = 1;
};

/// One case's figures.
struct HistorySeries {
  std::string case_id;
  std::string unit;                           ///< of the metric
  std::string better;                         ///< "lower", "higher" or ""
  std::vector<std::optional<double>> values;  ///< one a build: the geometric mean of its boots' quantiles
  std::vector<HistoryChange> changes;
};

struct History {
  std::string metric;
  double quantile = 0.5;
  double alpha = 0.01;
  std::vector<HistoryBuild> builds;
  std::vector<HistorySeries> series;
  std::vector<std::string> cautions;  ///< sentences
};

struct HistoryOptions {
  std::string metric = "return_ns";
  double quantile = 0.5;  ///< one that the digests have
  double alpha = 0.01;    ///< a change point has a p of no more
  /// Commits, the oldest first, full or cut short; then only builds of these are in it, in their order. Empty: by time.
  std::vector<std::string> commits;
  size_t last = 200;  ///< only so many builds, the newest
  std::function<bool(const std::string& id)> shown;
};

/// kUsage when no build is left, or none has the metric.
[[nodiscard]] Result<History> history(const std::vector<BootDigest>& boots, const HistoryOptions& options);

/// "12% slower: 1.20 us -> 1.35 us since 6.13.0-rc2, p 0.001": a change in words, `series` being its series.
[[nodiscard]] std::string change_in_words(const History& history, const HistorySeries& series,
                                          const HistoryChange& change);

}  // namespace umb
