// SPDX-License-Identifier: Apache-2.0
// In which formats a run can be shown. The result file itself (json) is result/'s business.
#pragma once

#include "render/run_view.h"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace umb {

struct RunFormat {
  const char* name;     ///< as in --format NAME
  const char* summary;  ///< one line, for whom
  const char* shows;    ///< what of a run is in it
  std::string (*render)(const RunView& view, const RenderOptions& options);
};

/// All of them, in the order in which help shows them.
[[nodiscard]] std::span<const RunFormat> run_formats();
/// Null when there is none of that name.
[[nodiscard]] const RunFormat* find_run_format(std::string_view name);
/// For "did you mean".
[[nodiscard]] std::vector<std::string> run_format_names();

}  // namespace umb
