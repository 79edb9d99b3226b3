// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace umb {

/// gnuplot's SVG as an element inside of a page: without prolog, tooltips and anything else that is not known to be
/// harmless; styles become presentation attributes, which no policy blocks; every id begins with `prefix`.
[[nodiscard]] std::string embedded_svg(std::string_view svg, const std::string& prefix);

}  // namespace umb
