// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <random>
#include <utility>
#include <vector>

namespace umb {

/// Random numbers that follow from a seed alone: the same on every machine and standard library.
class Random {
 public:
  explicit Random(uint64_t seed) : engine_(seed) {}

  /// Uniform over [0, bound); bound > 0.
  uint64_t below(uint64_t bound) {
    const uint64_t unbiased = UINT64_MAX - UINT64_MAX % bound;
    uint64_t drawn = engine_();
    while (drawn >= unbiased) drawn = engine_();
    return drawn % bound;
  }
  template <typename T>
  void shuffle(std::vector<T>& items) {
    for (size_t i = items.size(); i > 1; --i) std::swap(items[i - 1], items[below(i)]);
  }

 private:
  std::mt19937_64 engine_;
};

}  // namespace umb
