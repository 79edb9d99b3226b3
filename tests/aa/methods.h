// SPDX-License-Identifier: Apache-2.0
// Ways to say whether two groups of boots differ: the program's own rule, and what is often done instead.
#pragma once

#include "boots.h"
#include "compare/judge.h"

#include <array>
#include <optional>
#include <span>
#include <vector>

namespace umb::aa {

inline constexpr double kAlpha = 0.05;
inline constexpr double kThreshold = 0.05;  ///< the smallest effect

/// Two groups of boots of one series, the second one slowed down.
struct Groups {
  std::vector<const Boot*> a, b;
  double log_effect = 0;  ///< is added to the logarithms of b's times
};

struct Answer {
  std::optional<double> p_value;  ///< nothing where the method has no answer
  double log_ratio = 0;
};

/// What `compare` does with the values of one case.
struct Ruling {
  Judged judged;
  Verdict verdict = Verdict::kInconclusive;  ///< of a family of this one case
  std::optional<double> family_p;            ///< the p value that goes to Holm in a family of so many cases
};
[[nodiscard]] Ruling rule(const Groups& groups, size_t family);

struct Method {
  const char* name;
  Answer (*ask)(const Groups& groups);
};
/// The naive ones; the first pools samples for Mann and Whitney's U.
[[nodiscard]] std::span<const Method> naive_methods();

}  // namespace umb::aa
