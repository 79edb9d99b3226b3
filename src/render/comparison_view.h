// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "compare/comparison.h"

namespace umb {

/// What a format is given of a comparison, which must outlive the view.
struct ComparisonView {
  const Comparison& comparison;
  bool all = false;  ///< `same` rows and exploratory quantiles too, where a format for people folds them
};

}  // namespace umb
