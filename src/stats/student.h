// SPDX-License-Identifier: Apache-2.0
// Tails and quantiles of Student's t and of the normal distribution. Nothing here throws; NaN in gives NaN out.
#pragma once

namespace umb {

/// P(T > t) for Student's t with df > 0 degrees of freedom (need not be whole), exact where that is tiny.
[[nodiscard]] double t_above(double t, double df);
/// P(|T| > |t|).
[[nodiscard]] double t_two_sided(double t, double df);
/// The t with P(T <= t) = p; minus or plus infinity for p = 0 or 1.
[[nodiscard]] double t_quantile(double p, double df);

/// P(Z > z) for the standard normal distribution, exact where that is tiny.
[[nodiscard]] double normal_above(double z);
/// The z with P(Z <= z) = p.
[[nodiscard]] double normal_quantile(double p);

}  // namespace umb
