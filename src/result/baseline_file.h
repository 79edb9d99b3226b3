// SPDX-License-Identifier: Apache-2.0
// A baseline: what a comparison needs of boots, without their samples, small enough for git
// (docs/baseline.schema.json).
#pragma once

#include "base/file.h"
#include "base/result.h"
#include "model/digest.h"
#include "result/json_stream.h"
#include "result/load_notes.h"

#include <string>
#include <string_view>
#include <vector>

namespace umb {

inline constexpr int kBaselineVersion = 1;

/// Writes digests, one case a line. All of a digest is kept but its source, and, of single rounds, all quantiles beside
/// 0.5 and those of the plan's gate. Fails before anything is written when there is no boot, when a digest holds what
/// no file may (a quantile that is not above 0), and when its rounds don't hold the cases and metrics of the whole boot
/// or its metrics differ in their quantiles, which those of one run never do.
[[nodiscard]] Result<void> write_baseline(const std::vector<BootDigest>& boots, const Sink& sink);
/// Into a file, which is left to the caller to commit.
[[nodiscard]] Result<void> write_baseline(const std::vector<BootDigest>& boots, OutputFile& file);

/// The boots of a baseline, at least one, with samples_gone set; their source is the path, with "#2", "#3", … from the
/// second on. ".gz" and ".zst" are unpacked, at most 64 MiB of text are read. Names are kept as they are: who prints
/// them escapes them. Errors are kUsage and name the file and the place in it; a newer kBaselineVersion is one of them.
/// Unknown keys are left out, and told to `notes` where there are any.
[[nodiscard]] Result<std::vector<BootDigest>> load_baseline(const std::string& path, LoadNotes* notes = nullptr);
/// The same for bytes in memory (never packed); `name` stands for the path.
[[nodiscard]] Result<std::vector<BootDigest>> parse_baseline(std::string_view bytes, const std::string& name,
                                                             LoadNotes* notes = nullptr);

/// Whether a file's first key is "baseline_version", packed or not. False too for what can't be unpacked; a file that
/// can't be opened is the error that load_result() has for it.
[[nodiscard]] Result<bool> is_baseline(const std::string& path);

}  // namespace umb
