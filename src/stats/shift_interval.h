// SPDX-License-Identifier: Apache-2.0
// What intervals by ranks share: the order statistics of pairs between which a shift lies.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

namespace umb {

struct ShiftInterval {
  double low = 0;
  double high = 0;
  double achieved = 0;  ///< the real confidence, at least the wanted one: ranks come in steps
};

/// The number of values of a statistic in its lower tail, and the confidence that is left between both tails.
struct TailCut {
  size_t count = 0;
  double achieved = 0;
};

/// Of the null distribution P(u), u = 0, 1, ..., which is symmetric: as much as has P(U <= u) <= (1-confidence)/2.
[[nodiscard]] TailCut exact_cut(std::span<const double> null_distribution, double confidence);
/// The same for a statistic that is normal to a good approximation, and so is `achieved` then.
[[nodiscard]] TailCut normal_cut(double mean, double standard_deviation, double confidence);

/// From the cut.count-th smallest of the values, in any order, to the cut.count-th largest; nothing for a count of 0.
[[nodiscard]] std::optional<ShiftInterval> between_tails(std::vector<double> values, TailCut cut);

}  // namespace umb
