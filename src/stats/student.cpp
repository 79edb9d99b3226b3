// SPDX-License-Identifier: Apache-2.0
#include "stats/student.h"

#include "stats/quiet.h"

#include <cmath>
#include <limits>

#include <boost/math/distributions/normal.hpp>
#include <boost/math/distributions/students_t.hpp>

namespace umb {

namespace {

using StudentsT = boost::math::students_t_distribution<double, Quiet>;
using Normal = boost::math::normal_distribution<double, Quiet>;

}  // namespace

double t_above(double t, double df) {
  if (std::isnan(t) || std::isnan(df)) return std::numeric_limits<double>::quiet_NaN();
  return cdf(complement(StudentsT(df), t));
}

double t_two_sided(double t, double df) {
  return 2 * t_above(std::fabs(t), df);
}

double t_quantile(double p, double df) {
  if (std::isnan(p) || std::isnan(df)) return std::numeric_limits<double>::quiet_NaN();
  return quantile(StudentsT(df), p);
}

double normal_above(double z) {
  return std::erfc(z / std::sqrt(2.0)) / 2;
}

double normal_quantile(double p) {
  return quantile(Normal(), p);
}

}  // namespace umb
