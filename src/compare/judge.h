// SPDX-License-Identifier: Apache-2.0
// Two sides' values, one a unit, judged: what statistics say, knowing nothing of runs. The method and the evidence for
// it: docs/comparing.md. Inside compare/ only, and for tests/aa, which measures it.
#pragma once

#include "compare/comparison.h"

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

namespace umb {

/// What is known of the spread between units from elsewhere: a noise profile.
struct Prior {
  double sd = 0;  ///< of the logarithms
  double df = 0;  ///< what it is worth
};

struct JudgeInput {
  std::span<const double> baseline, candidate;  ///< natural logarithms, one a unit
  bool paired = false;                          ///< value i of both belongs together: they are as many
  std::optional<Prior> prior;                   ///< judged with it, however many units there are
  double alpha = 0.05;
};

/// An interval of the logarithm of candidate over baseline.
struct LogInterval {
  double low = 0, high = 0;
};

struct Judged {
  Method method = Method::kNone;
  double log_ratio = 0;
  std::optional<LogInterval> interval;       ///< at 1 - alpha
  std::optional<LogInterval> tost_interval;  ///< at 1 - 2 alpha: inside the margins, the sides are the same
  std::optional<LogInterval> rank_interval;  ///< paired, from 6 pairs
  std::optional<double> p_value;             ///< two-sided; nothing from one unit a side
  double pooled_sd = 0;                      ///< of the logarithms; paired: of the differences, over the root of 2
};

/// From 4 units a side Hodges-Lehmann with the exact interval, below that Welch's t, pairs by the t test of their
/// differences, with a prior the moderated t. One unit a side without a prior gives the ratio alone.
[[nodiscard]] Judged judge(const JudgeInput& input);

/// The same with Welch's p in the exact one's place, which can't get below 2 / C(kA + kB, kA): for a family of `family`
/// tests that is not enough to reach alpha. Changes nothing else.
void use_welch_where_exact_cannot(const JudgeInput& input, size_t family, Judged& judged);

/// The verdict, once p is adjusted. `sign` is 1 where a higher value is slower, -1 where it is faster, 0 where neither
/// is better: then nothing is slower or faster. `threshold` is the smallest effect, as a share (0.05).
[[nodiscard]] Verdict decide(const Judged& judged, std::optional<double> adjusted, double threshold, double alpha,
                             int sign);

/// Whether the whole interval lies beyond the smallest effect.
[[nodiscard]] bool beyond(const Judged& judged, double threshold);

}  // namespace umb
