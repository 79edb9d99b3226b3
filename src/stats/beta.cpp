// SPDX-License-Identifier: Apache-2.0
#include "stats/beta.h"

#include <boost/math/special_functions/beta.hpp>

namespace umb {

namespace {

namespace policies = boost::math::policies;
/// No exceptions (a result is NaN instead), and double is enough: long double takes four times as long.
using Quiet =
    policies::policy<policies::domain_error<policies::ignore_error>, policies::pole_error<policies::ignore_error>,
                     policies::overflow_error<policies::ignore_error>,
                     policies::evaluation_error<policies::ignore_error>,
                     policies::rounding_error<policies::ignore_error>, policies::promote_double<false>>;

}  // namespace

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
