// SPDX-License-Identifier: Apache-2.0
// The grace-period waits of both sides, held against each other before any time is. Inside compare/ only.
#pragma once

#include "compare/comparison.h"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace umb {

/// A side's counts over all its boots, by the id that cases are compared under.
class WaitIndex {
 public:
  WaitIndex(const Side& side, const std::vector<std::string>& by_parameters);
  /// Nothing where no boot was traced in it.
  [[nodiscard]] std::optional<WaitFigures> of(const std::string& id) const;

 private:
  struct Counts {
    std::map<int64_t, size_t> waits;
    double deferred = 0;  ///< over all calls
    size_t deferred_calls = 0;
  };
  std::map<std::string, Counts> by_id_;
};

/// Judges the waits that both sides' figures have: sets the row's change, puts a sentence before its notes where there
/// is a change, and lets it fail where there are more. Fewer are an improvement only where nothing has moved, and only
/// where that can be known: `release_known` when both sides measured it. To be called when the row's checks and its
/// marks of the release are known.
void judge_waits(const std::string& baseline, const std::string& candidate, bool release_known, Row& row);

/// "0 -> 1"
[[nodiscard]] std::string wait_step(const Row& row);

}  // namespace umb
