// SPDX-License-Identifier: Apache-2.0
#include "stats/modes.h"

#include "stats/quantile.h"
#include "stats/student.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <utility>

namespace umb {

namespace {

constexpr size_t kFewestValues = 60;
constexpr double kSmallestShare = 0.05;
/// A valley is at most so high as a share of the lower of its two peaks...
constexpr double kHighestValley = 0.7;
/// ...and chance makes it with at most this probability anywhere, as far as the heights are normal.
constexpr double kFalseModes = 0.003;
/// The narrowest kernel, 4%: it hides the steps of a coarse clock. Peaks less than 12% or so apart are one.
constexpr double kNarrowest = 0.04;
constexpr double kStepsPerWidth = 5;

double log_of(int64_t value) {
  return std::log(static_cast<double>(std::max<int64_t>(value, 1)));
}

double log_quantile(std::span<const int64_t> sorted, double p) {
  return std::log(std::max(quantile(sorted, p), 1.0));
}

/// How many values lie in each step of a log scale.
struct Grid {
  double low = 0;
  double step = 0;
  std::vector<double> counts;
  double fewest_errors = 0;  ///< that a valley must lie below its peaks: the more widths, the more chances to seem one
};

/// The usual rule for the kernel of one normal peak.
double widest_kernel(std::span<const int64_t> sorted) {
  const double quartiles = log_quantile(sorted, 0.75) - log_quantile(sorted, 0.25);
  return 0.9 * quartiles / 1.34 * std::pow(static_cast<double>(sorted.size()), -0.2);
}

Grid count_by_step(std::span<const int64_t> sorted, double width) {
  Grid grid;
  grid.step = width / kStepsPerWidth;
  // Without the outermost values, which are too few for a mode and may lie very far out; but with the kernel's room.
  grid.low = log_quantile(sorted, kSmallestShare / 4) - 4 * width;
  const double high = log_quantile(sorted, 1 - kSmallestShare / 4) + 4 * width;
  grid.fewest_errors = normal_quantile(1 - kFalseModes / ((high - grid.low) / width - 7));
  grid.counts.assign(static_cast<size_t>((high - grid.low) / grid.step) + 1, 0);
  auto from = std::lower_bound(sorted.begin(), sorted.end(), grid.low,
                               [](int64_t value, double edge) { return log_of(value) < edge; });
  for (size_t i = 0; i < grid.counts.size(); ++i) {
    const double edge = grid.low + grid.step * static_cast<double>(i + 1);
    const auto to = std::partition_point(from, sorted.end(), [&](int64_t value) { return log_of(value) < edge; });
    grid.counts[i] = static_cast<double>(to - from);
    from = to;
  }
  return grid;
}

/// The counts under a normal kernel of height 1: about how many values lie within 1.25 widths of each step.
std::vector<double> smoothed(const std::vector<double>& counts) {
  const auto reach = static_cast<size_t>(4 * kStepsPerWidth);
  std::vector<double> kernel(reach + 1);
  for (size_t i = 0; i <= reach; ++i) {
    const double widths = static_cast<double>(i) / kStepsPerWidth;
    kernel[i] = std::exp(-widths * widths / 2);
  }
  std::vector<double> height(counts.size(), 0);
  for (size_t i = 0; i < counts.size(); ++i) {
    if (counts[i] == 0) continue;
    const size_t first = i > reach ? i - reach : 0;
    const size_t last = std::min(i + reach, counts.size() - 1);
    for (size_t j = first; j <= last; ++j) height[j] += counts[i] * kernel[j > i ? j - i : i - j];
  }
  return height;
}

/// A mode while they are looked for: a peak and the valleys on both sides of it, as steps of the grid.
struct Hill {
  size_t peak = 0;
  size_t end = 0;    ///< its right valley, where the next begins
  double share = 0;  ///< of all values
};

/// Every local peak. A plain counts as part of the peak before it.
std::vector<Hill> hills_of(const std::vector<double>& height) {
  std::vector<Hill> hills{{0, height.size(), 0}};
  bool down = false;
  for (size_t i = 1; i < height.size(); ++i) {
    Hill& last = hills.back();
    if (down && height[i] > height[i - 1]) {
      last.end = i - 1;
      hills.push_back({i, height.size(), 0});
      down = false;
    } else if (height[i] < height[i - 1]) {
      down = true;
    } else if (height[i] > height[last.peak]) {
      last.peak = i;
    }
  }
  return hills;
}

/// How many standard errors the valley between two neighbours lies below the lower peak; 0 where it is not deep.
double depth(const std::vector<double>& height, const Hill& left, const Hill& right) {
  const double peak = std::min(height[left.peak], height[right.peak]);
  const double valley = height[left.end];
  if (valley > kHighestValley * peak) return 0;
  // The variance of a height is the height times what the kernel's square holds of the kernel.
  return (peak - valley) / std::sqrt((peak + valley) / std::numbers::sqrt2);
}

/// Makes one of hill i and the next.
void join(std::vector<Hill>& hills, size_t i, const std::vector<double>& height) {
  const Hill& next = hills[i + 1];
  if (height[next.peak] > height[hills[i].peak]) hills[i].peak = next.peak;
  hills[i].end = next.end;
  hills[i].share += next.share;
  hills.erase(hills.begin() + static_cast<ptrdiff_t>(i) + 1);
}

/// Joins the pair with the least between them until all that is left is real and large enough.
void join_what_is_one(std::vector<Hill>& hills, const std::vector<double>& height, double fewest_errors) {
  while (hills.size() > 1) {
    size_t weakest = 0;
    double least = std::numeric_limits<double>::infinity();
    for (size_t i = 0; i + 1 < hills.size(); ++i) {
      const double errors = depth(height, hills[i], hills[i + 1]);
      if (errors < least) {
        least = errors;
        weakest = i;
      }
    }
    if (least >= fewest_errors) {
      const auto smallest =
          std::min_element(hills.begin(), hills.end(), [](const Hill& x, const Hill& y) { return x.share < y.share; });
      if (smallest->share >= kSmallestShare) return;
      weakest = static_cast<size_t>(smallest - hills.begin());
      // Over the higher of its two valleys.
      const bool is_last = weakest + 1 == hills.size();
      if (is_last || (weakest > 0 && height[hills[weakest - 1].end] > height[smallest->end])) --weakest;
    }
    join(hills, weakest, height);
  }
}

std::vector<FoundMode> modes_under(std::span<const int64_t> sorted, double width) {
  const Grid grid = count_by_step(sorted, width);
  const std::vector<double> height = smoothed(grid.counts);
  const auto below = [&](double place) {
    return std::partition_point(sorted.begin(), sorted.end(), [&](int64_t value) { return log_of(value) < place; });
  };
  const auto place_of = [&](size_t step) { return grid.low + grid.step * (static_cast<double>(step) + 0.5); };

  std::vector<Hill> hills = hills_of(height);
  auto begin = sorted.begin();
  for (Hill& hill : hills) {
    const auto end = hill.end == height.size() ? sorted.end() : below(place_of(hill.end));
    hill.share = static_cast<double>(end - begin) / static_cast<double>(sorted.size());
    begin = end;
  }
  join_what_is_one(hills, height, grid.fewest_errors);

  std::vector<FoundMode> modes;
  for (const Hill& hill : hills) {
    // The median of what lies at the peak is steadier than the peak's own place.
    const auto first = below(place_of(hill.peak) - width);
    const auto last = below(place_of(hill.peak) + width);
    modes.push_back({hill.share, std::max(quantile(std::span<const int64_t>(first, last), 0.5), 1.0)});
  }
  return modes;
}

}  // namespace

std::vector<FoundMode> find_modes(std::span<const int64_t> sorted) {
  if (sorted.size() < kFewestValues) return {};
  // A wide kernel finds broad modes, a narrow one what is narrow beside its distance. The widest that finds the most
  // modes knows their places best.
  std::vector<FoundMode> most;
  double width = std::max(widest_kernel(sorted), kNarrowest);
  while (true) {
    std::vector<FoundMode> modes = modes_under(sorted, width);
    if (modes.size() > most.size()) most = std::move(modes);
    if (width == kNarrowest) return most;
    width = std::max(width / 2, kNarrowest);
  }
}

}  // namespace umb
