// SPDX-License-Identifier: Apache-2.0
// Numbers as a table shows them.
#pragma once

#include "compare/summary.h"

#include <optional>
#include <string>

namespace umb {

inline constexpr double kNsPerSecond = 1e9;

struct TimeUnit {
  const char* name;
  double ns;
};
/// One unit for a whole table: us as long as the largest median stays below 1 ms, else ms.
[[nodiscard]] TimeUnit time_unit(double largest_p50_ns);

/// Three significant digits, but never fewer than all before the point: "0.0412", "15.9", "1234"; "-" for nothing.
[[nodiscard]] std::string three_digits(std::optional<double> value);
[[nodiscard]] std::string time_figure(std::optional<double> ns, TimeUnit unit);
/// Nothing for NaN and infinities, which most formats have no word for.
[[nodiscard]] std::optional<double> finite(std::optional<double> value);
/// As short as it can be read back exactly; "" for nothing, NaN and infinities.
[[nodiscard]] std::string exact_figure(std::optional<double> value);
/// Two decimals below 100: "0.03", "9.12", "131"; "-" for nothing.
[[nodiscard]] std::string mean_figure(std::optional<double> value);

/// A histogram's bins, one letter each, high for many; a bin with one sample in a million still shows.
[[nodiscard]] std::string sparkline(const Histogram& histogram, bool unicode);

/// A share of 0 to 1 as a bar of at most so many letters; what is above 0 shows.
[[nodiscard]] std::string share_bar(double share, size_t width, bool unicode);

}  // namespace umb
