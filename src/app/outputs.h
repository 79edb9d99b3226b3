// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/command.h"
#include "base/result.h"
#include "model/record.h"
#include "render/run_view.h"

#include <string>
#include <vector>

namespace umb {

/// A format and where it goes: a path, or "-" for stdout.
struct Output {
  std::string format;
  std::string place;
};

/// The names of all formats of a run: render/'s; json is the result file itself, not render/'s summary of it.
[[nodiscard]] std::vector<std::string> run_output_formats();
/// --write FORMAT=FILE in one of these formats.
[[nodiscard]] OptionInfo write_option(const std::vector<std::string>& formats);
/// What --write asks for, its places checked: kUsage before anything is measured.
[[nodiscard]] Result<std::vector<Output>> extra_outputs(const Arguments& arguments,
                                                        const std::vector<std::string>& formats);

/// Whether all these places ("-": stdout) are different ones, so that none takes the place of another. kUsage.
[[nodiscard]] Result<void> check_apart(const std::vector<std::string>& places);

/// How a format is asked to look at a place: as the terminal is where that is stdout, else without limits.
[[nodiscard]] RenderOptions output_options(const std::string& place, const Arguments& arguments);
/// A whole text to stdout ("-"), or to a file that is there whole or not at all.
[[nodiscard]] Result<void> write_text(const std::string& place, const std::string& text);

/// Whether the file is no baseline: that has no run to show. kUsage.
[[nodiscard]] Result<void> refuse_baseline(const std::string& path);

/// Writes a run in one format to one place; `source`: the file that has it, if one does.
[[nodiscard]] Result<void> write_run(const RunRecord& record, const Output& output, const Arguments& arguments,
                                     const std::string& source = {});

}  // namespace umb
