// SPDX-License-Identifier: Apache-2.0
#include "stats/change_points.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <optional>
#include <random>

namespace umb {

namespace {

struct Split {
  size_t at = 0;
  double strength = 0;
};

/// The distances of all pairs of values in any order, summed up so that those of a block are found in one step.
class Distances {
 public:
  explicit Distances(std::span<const double> values) : width_(values.size() + 1), sums_(width_ * width_) {
    put(values);
  }

  void put(std::span<const double> values) {
    for (size_t i = 1; i < width_; ++i) {
      double row = 0;
      for (size_t j = 1; j < width_; ++j) {
        row += std::fabs(values[i - 1] - values[j - 1]);
        sums_[i * width_ + j] = sums_[(i - 1) * width_ + j] + row;
      }
    }
  }

  /// Of each value in [from, middle) to each in [middle, to).
  [[nodiscard]] double between(size_t from, size_t middle, size_t to) const {
    return at(middle, to) - at(from, to) - at(middle, middle) + at(from, middle);
  }
  /// Of all pairs in [from, to).
  [[nodiscard]] double within(size_t from, size_t to) const {
    return (at(to, to) - 2 * at(from, to) + at(from, from)) / 2;
  }

 private:
  [[nodiscard]] double at(size_t i, size_t j) const { return sums_[i * width_ + j]; }

  size_t width_;
  std::vector<double> sums_;
};

double pairs(size_t count) {
  return static_cast<double>(count * (count - 1)) / 2;
}

/// The place of the strongest change. What comes after may end before the last value: the level may have gone back.
Split strongest_split(const Distances& distances, size_t count, size_t shortest) {
  Split best;
  for (size_t at = shortest; at + shortest <= count; ++at) {
    const double left = distances.within(0, at) / pairs(at);
    for (size_t to = at + shortest; to <= count; ++to) {
      const auto n = static_cast<double>(at);
      const auto m = static_cast<double>(to - at);
      const double strength =
          n * m / (n + m) *
          (2 * distances.between(0, at, to) / (n * m) - left - distances.within(at, to) / pairs(to - at));
      if (strength > best.strength) best = {at, strength};
    }
  }
  return best;
}

class Search {
 public:
  explicit Search(const ChangePointOptions& options) : options_(options), engine_(options.seed) {}

  void search(std::span<const double> values, size_t first, std::vector<ChangePoint>& found) {
    const std::optional<ChangePoint> point = strongest(values);
    if (!point.has_value()) return;
    search(values.first(point->at), first, found);
    found.push_back({first + point->at, point->p_value});
    search(values.subspan(point->at), first + point->at, found);
  }

 private:
  std::optional<ChangePoint> strongest(std::span<const double> values) {
    const size_t shortest = std::max<size_t>(options_.shortest, 2);
    if (values.size() < 2 * shortest) return std::nullopt;
    Distances distances(values);
    const Split split = strongest_split(distances, values.size(), shortest);
    if (split.at == 0) return std::nullopt;
    const double rounding = 1e-12 * split.strength;
    const double allowed = options_.alpha * static_cast<double>(options_.permutations + 1);
    std::vector<double> shuffled(values.begin(), values.end());
    size_t as_strong = 1;
    for (size_t i = 0; i < options_.permutations; ++i) {
      // Not std::shuffle, whose order is each library's own.
      for (size_t k = shuffled.size() - 1; k > 0; --k) std::swap(shuffled[k], shuffled[engine_() % (k + 1)]);
      distances.put(shuffled);
      if (strongest_split(distances, shuffled.size(), shortest).strength >= split.strength - rounding) ++as_strong;
      if (static_cast<double>(as_strong) > allowed) return std::nullopt;
    }
    return ChangePoint{split.at, static_cast<double>(as_strong) / static_cast<double>(options_.permutations + 1)};
  }

  ChangePointOptions options_;
  std::mt19937_64 engine_;
};

}  // namespace

std::vector<ChangePoint> change_points(std::span<const double> values, const ChangePointOptions& options) {
  std::vector<ChangePoint> found;
  Search(options).search(values, 0, found);
  return found;
}

}  // namespace umb
