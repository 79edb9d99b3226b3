// SPDX-License-Identifier: Apache-2.0
// In which formats runs, comparisons and explanations can be shown; docs/formats.md tells users. The result file itself
// (json of `run` and `show`) is result/'s business.
#pragma once

#include "base/result.h"
#include "compare/history.h"
#include "render/comparison_view.h"
#include "render/explain_view.h"
#include "render/outside_names.h"
#include "render/run_view.h"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace umb {

struct Format {
  const char* name;                                                                           ///< as in --format NAME
  const char* summary;                                                                        ///< one line, for whom
  const char* shows;                                                                          ///< what is in it
  std::string (*run)(RunViews runs, const RenderOptions& options);                            ///< null: not for runs
  std::string (*comparison)(const ComparisonView& comparison, const RenderOptions& options);  ///< null: not for these
  std::string (*explanation)(const ExplainView& view, const RenderOptions& options);          ///< null: not for these
  std::string (*history)(const History& history, const RenderOptions& options) = nullptr;     ///< null: not for these
  bool pictures = false;                  ///< whether it shows RenderOptions::pictures
  const NameStyle* case_names = nullptr;  ///< how it writes ids; null: as they are
};

enum class Subject { kRun, kComparison, kExplanation, kHistory };

/// All of them, in the order in which help shows them.
[[nodiscard]] std::span<const Format> formats();
/// Null when there is none of that name.
[[nodiscard]] const Format* find_format(std::string_view name);
/// Those that can show the subject.
[[nodiscard]] std::vector<std::string> format_names(Subject subject);

/// The subject in a format that can show it. kUsage where two cases would get one name there.
[[nodiscard]] Result<std::string> in_format(const Format& format, RunViews runs, const RenderOptions& options);
[[nodiscard]] Result<std::string> in_format(const Format& format, const ComparisonView& comparison,
                                            const RenderOptions& options);
[[nodiscard]] Result<std::string> in_format(const Format& format, const History& history, const RenderOptions& options);

}  // namespace umb
