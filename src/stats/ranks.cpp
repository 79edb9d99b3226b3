// SPDX-License-Identifier: Apache-2.0
#include "stats/ranks.h"

#include <algorithm>
#include <numeric>

namespace umb {

namespace {

template <typename T>
Ranks ranks_of(std::span<const T> values) {
  std::vector<size_t> order(values.size());
  std::iota(order.begin(), order.end(), size_t{0});
  std::sort(order.begin(), order.end(), [&](size_t x, size_t y) { return values[x] < values[y]; });
  Ranks found;
  found.doubled.resize(values.size());
  for (size_t first = 0; first < order.size();) {
    size_t end = first + 1;
    while (end < order.size() && values[order[end]] == values[order[first]]) ++end;
    for (size_t i = first; i < end; ++i) found.doubled[order[i]] = first + 1 + end;
    const auto alike = static_cast<double>(end - first);
    found.tie_sum += alike * alike * alike - alike;
    first = end;
  }
  return found;
}

}  // namespace

Ranks ranks(std::span<const double> values) {
  return ranks_of(values);
}

Ranks ranks(std::span<const int64_t> values) {
  return ranks_of(values);
}

}  // namespace umb
