// SPDX-License-Identifier: Apache-2.0
#include "compare/share_texts.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <numeric>

namespace umb {

namespace {

/// `steps`: of a tenth of a per cent, or of a whole one.
std::string step_text(double share, long steps, int decimals) {
  const long all = decimals == 0 ? 100 : 1000;
  const char* smallest = decimals == 0 ? "1%" : "0.1%";
  const char* largest = decimals == 0 ? "99%" : "99.9%";
  if (steps == 0 && share > 0) return std::string("<") + smallest;
  if (steps == all && share < 1) return std::string(">") + largest;
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), "%.*f%%", decimals,
                static_cast<double>(steps) * 100 / static_cast<double>(all));
  return text.data();
}

double steps_of(double share, int decimals) {
  return std::clamp(share, -1.0, 1.0) * (decimals == 0 ? 100 : 1000);
}

}  // namespace

std::vector<std::string> share_texts(const std::vector<double>& shares, int decimals) {
  std::vector<long> steps;
  for (const double share : shares) steps.push_back(static_cast<long>(std::floor(steps_of(share, decimals))));
  // What rounding down took goes to those that it took most from.
  std::vector<size_t> order(shares.size());
  std::iota(order.begin(), order.end(), size_t{0});
  std::ranges::stable_sort(order, std::greater(),
                           [&](size_t i) { return steps_of(shares[i], decimals) - static_cast<double>(steps[i]); });
  const double sum = std::accumulate(shares.begin(), shares.end(), 0.0);
  long left = std::lround(steps_of(sum, decimals)) - std::accumulate(steps.begin(), steps.end(), 0L);
  for (size_t i = 0; i < order.size() && left > 0; ++i, --left) ++steps[order[i]];
  std::vector<std::string> texts;
  for (size_t i = 0; i < shares.size(); ++i) texts.push_back(step_text(shares[i], steps[i], decimals));
  return texts;
}

std::string share_text(double share, int decimals) {
  return step_text(share, std::lround(steps_of(share, decimals)), decimals);
}

}  // namespace umb
