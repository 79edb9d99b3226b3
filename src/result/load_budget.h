// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"

#include <cstdint>

namespace umb {

/// How much memory a file may still fill: what is kept of it is counted here before it is kept.
class LoadBudget {
 public:
  explicit LoadBudget(uint64_t bytes) : left_(bytes) {}

  [[nodiscard]] Result<void> take(uint64_t bytes) {
    if (bytes > left_) return fail_usage("there is more in it than the memory limit allows");
    left_ -= bytes;
    return {};
  }

 private:
  uint64_t left_;
};

}  // namespace umb
