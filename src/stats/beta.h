// SPDX-License-Identifier: Apache-2.0
// The regularised incomplete beta function, and the binomial distribution by it.
#pragma once

#include <cstddef>

namespace umb {

/// I_x(a, b), the share of a Beta(a, b) distribution below x; a, b > 0 and x in [0, 1]. Never throws.
[[nodiscard]] double beta_below(double a, double b, double x);
/// 1 - I_x(a, b), exact where that is tiny.
[[nodiscard]] double beta_above(double a, double b, double x);

/// P(X <= successes) for X of Binomial(trials, p), p in [0, 1].
[[nodiscard]] double binomial_below(size_t trials, double p, size_t successes);

}  // namespace umb
