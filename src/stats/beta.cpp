// SPDX-License-Identifier: Apache-2.0
#include "stats/beta.h"

#include "stats/quiet.h"

#include <boost/math/special_functions/beta.hpp>

namespace umb {

double beta_below(double a, double b, double x) {
  return boost::math::ibeta(a, b, x, Quiet());
}

double beta_above(double a, double b, double x) {
  return boost::math::ibetac(a, b, x, Quiet());
}

double binomial_below(size_t trials, double p, size_t successes) {
  if (successes >= trials) return 1;
  return beta_above(static_cast<double>(successes) + 1, static_cast<double>(trials - successes), p);
}

}  // namespace umb
