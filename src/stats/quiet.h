// SPDX-License-Identifier: Apache-2.0
// For the .cpp files that call Boost.Math.
#pragma once

#include <boost/math/policies/policy.hpp>

namespace umb {

/// No exceptions (a result is NaN or infinite instead), and double is enough: long double takes four times as long.
using Quiet =
    boost::math::policies::policy<boost::math::policies::domain_error<boost::math::policies::ignore_error>,
                                  boost::math::policies::pole_error<boost::math::policies::ignore_error>,
                                  boost::math::policies::overflow_error<boost::math::policies::ignore_error>,
                                  boost::math::policies::evaluation_error<boost::math::policies::ignore_error>,
                                  boost::math::policies::rounding_error<boost::math::policies::ignore_error>,
                                  boost::math::policies::promote_double<false>>;

}  // namespace umb
