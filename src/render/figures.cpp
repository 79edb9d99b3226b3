// SPDX-License-Identifier: Apache-2.0
#include "render/figures.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdio>

namespace umb {

namespace {

std::string fixed(double value, int decimals) {
  std::array<char, 400> text{};
  std::snprintf(text.data(), text.size(), "%.*f", decimals, value);
  return text.data();
}

}  // namespace

TimeUnit time_unit(double largest_p50_ns) {
  return largest_p50_ns < 1e6 ? TimeUnit{"us", 1e3} : TimeUnit{"ms", 1e6};
}

std::string three_digits(std::optional<double> value) {
  if (!value || !std::isfinite(*value)) return "-";
  if (*value == 0) return "0";
  const auto decimals = [](double number) {
    return std::clamp(2 - static_cast<int>(std::floor(std::log10(std::fabs(number)))), 0, 9);
  };
  // 9.996 is "10.0", not "10.00": the digits are those of the rounded value.
  const double scale = std::pow(10.0, decimals(*value));
  const double rounded = std::round(*value * scale) / scale;
  return fixed(rounded, rounded == 0 ? 0 : decimals(rounded));
}

std::string time_figure(std::optional<double> ns, TimeUnit unit) {
  if (ns) *ns /= unit.ns;
  return three_digits(ns);
}

std::optional<double> finite(std::optional<double> value) {
  return value && std::isfinite(*value) ? value : std::nullopt;
}

std::string exact_figure(std::optional<double> value) {
  if (!value || !std::isfinite(*value)) return {};
  std::array<char, 64> text{};
  return {text.data(), std::to_chars(text.data(), text.data() + text.size(), *value).ptr};
}

std::string mean_figure(std::optional<double> value) {
  if (!value || !std::isfinite(*value)) return "-";
  return fixed(*value, std::fabs(*value) < 100 ? 2 : 0);
}

std::string sparkline(const Histogram& histogram, bool unicode) {
  constexpr std::array<const char*, 8> kBlocks{" ", "▁", "▂", "▃", "▄", "▅", "▆", "▇"};
  constexpr std::array<const char*, 8> kAscii{" ", ".", ":", "-", "=", "+", "*", "#"};
  const auto& levels = unicode ? kBlocks : kAscii;
  uint64_t most = 0;
  for (const uint64_t bin : histogram.bins) most = std::max(most, bin);
  std::string line;
  for (const uint64_t bin : histogram.bins) {
    const double share = most == 0 ? 0 : static_cast<double>(bin) / static_cast<double>(most);
    line += levels[std::min<size_t>(static_cast<size_t>(std::ceil(share * 7)), 7)];
  }
  return line;
}

std::string share_bar(double share, size_t width, bool unicode) {
  const double letters = std::clamp(share, 0.0, 1.0) * static_cast<double>(width);
  const auto full = static_cast<size_t>(std::lround(letters));
  std::string bar;
  for (size_t i = 0; i < full; ++i) bar += unicode ? "█" : "#";
  if (full == 0 && letters > 0) bar = unicode ? "▏" : ".";
  return bar;
}

}  // namespace umb
