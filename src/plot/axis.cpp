// SPDX-License-Identifier: Apache-2.0
#include "plot/axis.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <optional>

namespace umb {

namespace {

struct Range {
  double low, high;
};

/// A little room at both ends; nothing where no value is above 0.
std::optional<Range> range_of(std::span<const double> values) {
  std::optional<Range> range;
  for (const double value : values) {
    if (!(value > 0) || !std::isfinite(value)) continue;
    if (!range) range = Range{value, value};
    range->low = std::min(range->low, value);
    range->high = std::max(range->high, value);
  }
  if (!range) return range;
  const double room = std::max(1.05, std::pow(range->high / range->low, 0.03));
  return Range{range->low / room, range->high * room};
}

std::vector<double> decade_ticks(Range range, std::span<const double> mantissas, int every) {
  std::vector<double> ticks;
  const int first = static_cast<int>(std::floor(std::log10(range.low)));
  const int last = static_cast<int>(std::ceil(std::log10(range.high)));
  for (int decade = first; decade <= last; ++decade) {
    if (decade % every != 0) continue;
    for (const double mantissa : mantissas) {
      const double at = mantissa * std::pow(10, decade);
      if (at >= range.low && at <= range.high) ticks.push_back(at);
    }
  }
  return ticks;
}

std::vector<double> even_ticks(Range range, size_t most) {
  const double wanted = (range.high - range.low) / static_cast<double>(most);
  const double decade = std::pow(10, std::floor(std::log10(wanted)));
  double step = 10 * decade;
  for (const double mantissa : {5.0, 2.0, 1.0}) {
    if (mantissa * decade >= wanted) step = mantissa * decade;
  }
  std::vector<double> ticks;
  for (double at = std::ceil(range.low / step) * step; at <= range.high; at += step) ticks.push_back(at);
  return ticks;
}

/// The densest round places that are not too many.
std::vector<double> log_ticks(Range range, size_t most) {
  constexpr size_t kFewest = 3;
  static constexpr std::array<double, 3> kFine{1, 2, 5};
  static constexpr std::array<double, 2> kCoarse{1, 3};
  static constexpr std::array<double, 1> kDecades{1};
  for (const std::span<const double> mantissas :
       {std::span<const double>(kFine), std::span<const double>(kCoarse), std::span<const double>(kDecades)}) {
    std::vector<double> ticks = decade_ticks(range, mantissas, 1);
    if (ticks.size() < kFewest) return even_ticks(range, most);
    if (ticks.size() <= most) return ticks;
  }
  int every = 2;
  std::vector<double> ticks = decade_ticks(range, kDecades, every);
  while (ticks.size() > most) ticks = decade_ticks(range, kDecades, ++every);
  return ticks;
}

std::string figure_text(double value) {
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), "%.4g", value);
  return text.data();
}

std::string count_text(double count) {
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), "%.0f", count);
  return text.data();
}

Axis axis_of(std::span<const double> values, size_t most_ticks, std::string (*name)(double)) {
  const std::optional<Range> range = range_of(values);
  if (!range) return {};
  Axis axis{range->low, range->high, {}};
  for (const double at : log_ticks(*range, most_ticks)) axis.ticks.push_back({at, name(at)});
  return axis;
}

}  // namespace

std::string seconds_text(double seconds) {
  struct Unit {
    double seconds;
    const char* name;
  };
  constexpr std::array<Unit, 3> kUnits{{{1, " s"}, {1e-3, " ms"}, {1e-6, " µs"}}};
  for (const Unit& unit : kUnits) {
    if (seconds >= 0.9999 * unit.seconds) return figure_text(seconds / unit.seconds) + unit.name;
  }
  return figure_text(seconds * 1e9) + " ns";
}

Axis time_axis(std::span<const double> seconds, size_t most_ticks) {
  return axis_of(seconds, most_ticks, seconds_text);
}

Axis count_axis(std::span<const double> counts, size_t most_ticks) {
  return axis_of(counts, most_ticks, count_text);
}

Axis call_axis(double last, size_t most_ticks) {
  Axis axis{1, std::max(2.0, last), {}};
  for (const double at : even_ticks({axis.low, axis.high}, most_ticks)) axis.ticks.push_back({at, count_text(at)});
  return axis;
}

}  // namespace umb
