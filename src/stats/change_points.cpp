// SPDX-License-Identifier: Apache-2.0
#include "stats/change_points.h"

#include "stats/adjust.h"
#include "stats/energy_split.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <random>
#include <tuple>

namespace umb {

namespace {

constexpr size_t kLong = 500;  // values: what has more of them gets fewer permutations

/// So that p may be well below a level.
size_t permutations_for(double level, double times_below) {
  return static_cast<size_t>(std::ceil(times_below / level));
}

size_t permutations_at_first(size_t count, double alpha) {
  return count > kLong ? permutations_for(alpha, 4) : std::max<size_t>(999, permutations_for(alpha, 10));
}

/// No order of so few values is rarer: one of all ways to choose half of them.
double smallest_p(size_t count) {
  double ways = 1;
  const size_t half = count / 2;
  for (size_t i = 1; i <= half; ++i) ways *= static_cast<double>(count - half + i) / static_cast<double>(i);
  return 1 / ways;
}

/// A part of a series whose strongest split is tested.
struct Part {
  size_t series = 0;
  size_t first = 0, count = 0;  ///< in its series
  EnergySplit split = {};
  std::vector<double> shuffled = {};
  std::mt19937_64 engine = {};
  size_t permutations = 0;
  size_t as_strong = 1;  ///< orders, the observed one too

  [[nodiscard]] double p_value() const {
    return static_cast<double>(as_strong) / static_cast<double>(permutations + 1);
  }
};
using Parts = std::vector<Part>;

class Search {
 public:
  Search(const std::vector<std::vector<double>>& family, const ChangePointOptions& options)
      : family_(family), options_(options), shortest_(std::max<size_t>(options.shortest, 2)), found_(family.size()) {}

  /// First all series, then both sides of each change in them, and so on.
  std::vector<ChangePoints> found() {
    Parts parts;
    for (size_t i = 0; i < family_.size(); ++i) add(i, 0, family_[i].size(), parts);
    while (!parts.empty()) parts = sides_of_changes(parts);
    for (ChangePoints& points : found_) std::ranges::sort(points, {}, &ChangePoint::at);
    return std::move(found_);
  }

 private:
  void add(size_t series, size_t first, size_t count, Parts& parts) {
    if (count < 2 * shortest_ || smallest_p(count) > options_.alpha) return;
    const std::span<const double> values = std::span(family_[series]).subspan(first, count);
    Part part{.series = series, .first = first, .count = count, .split = energy_.strongest(values, shortest_)};
    part.shuffled.assign(values.begin(), values.end());
    part.engine.seed(options_.seed);
    parts.push_back(std::move(part));
  }

  Parts sides_of_changes(Parts& parts) {
    for (Part& part : parts) test(part, permutations_at_first(part.count, options_.alpha), options_.alpha);
    refine(parts);
    std::vector<double> p_values;
    p_values.reserve(parts.size());
    for (const Part& part : parts) p_values.push_back(part.p_value());
    const std::vector<double> adjusted = benjamini_hochberg(p_values);
    Parts sides;
    for (size_t i = 0; i < parts.size(); ++i) {
      const Part& part = parts[i];
      if (adjusted[i] > options_.alpha || part.split.at == 0) continue;
      const size_t at = part.split.at;
      found_[part.series].push_back({part.first + at, part.first + part.split.to, part.p_value(), adjusted[i]});
      add(part.series, part.first, at, sides);
      add(part.series, part.first + at, part.count - at, sides);
    }
    return sides;
  }

  /// Up to so many permutations in all, as long as p can be no more than `level`.
  void test(Part& part, size_t permutations, double level) {
    const double allowed = level * static_cast<double>(permutations + 1);
    const double observed = part.split.strength * (1 - 1e-12);
    while (part.permutations < permutations && static_cast<double>(part.as_strong) <= allowed) {
      // Not std::shuffle, whose order is each library's own.
      std::vector<double>& values = part.shuffled;
      for (size_t k = values.size() - 1; k > 0; --k) std::swap(values[k], values[part.engine() % (k + 1)]);
      if (energy_.strongest(values, shortest_).strength >= observed) ++part.as_strong;
      ++part.permutations;
    }
  }

  /// The adjustment asks more of p the fewer of the parts may be changes: these get as many permutations as it takes.
  void refine(Parts& parts) {
    double level = options_.alpha;
    for (size_t before = parts.size() + 1;;) {
      std::vector<Part*> open;
      for (Part& part : parts) {
        if (part.p_value() <= level) open.push_back(&part);
      }
      if (open.empty() || open.size() == before) return;
      before = open.size();
      level = options_.alpha * static_cast<double>(open.size()) / static_cast<double>(parts.size());
      for (Part* part : open) test(*part, std::max(part->permutations, permutations_for(level, 4)), level);
    }
  }

  const std::vector<std::vector<double>>& family_;
  ChangePointOptions options_;
  size_t shortest_;
  EnergySearch energy_;
  std::vector<ChangePoints> found_;
};

}  // namespace

std::vector<ChangePoints> change_points(const std::vector<std::vector<double>>& family,
                                        const ChangePointOptions& options) {
  return Search(family, options).found();
}

double change_points_seconds(const std::vector<std::vector<double>>& family, const ChangePointOptions& options) {
  const auto longest = std::ranges::max_element(family, {}, [](const auto& one) { return one.size(); });
  if (longest == family.end() || longest->empty()) return 0;
  EnergySearch energy;
  double once = INFINITY;  // the quickest of some, for others may be at work here
  const auto now = [] { return std::chrono::steady_clock::now(); };
  for (const auto start = now(); now() - start < std::chrono::milliseconds(20);) {
    const auto before = now();
    std::ignore = energy.strongest(*longest, std::max<size_t>(options.shortest, 2));
    once = std::min(once, std::chrono::duration<double>(now() - before).count());
  }
  // A series' parts take about as long as the whole of it; the first term is what refining takes.
  double steps = static_cast<double>(permutations_for(options.alpha / static_cast<double>(family.size()), 4));
  for (const std::vector<double>& one : family) {
    const auto size = static_cast<double>(one.size()) / static_cast<double>(longest->size());
    steps += 2 * size * size * static_cast<double>(permutations_at_first(one.size(), options.alpha));
  }
  return steps * once;
}

}  // namespace umb
