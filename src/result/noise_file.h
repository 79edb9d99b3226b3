// SPDX-License-Identifier: Apache-2.0
// A noise profile as a file (docs/noise.schema.json).
#pragma once

#include "base/file.h"
#include "base/result.h"
#include "model/noise_profile.h"
#include "result/json_stream.h"
#include "result/load_notes.h"

#include <string>
#include <string_view>

namespace umb {

inline constexpr int kNoiseProfileVersion = 1;

/// Writes all of a profile but its source; of `like`, neither source nor cases.
[[nodiscard]] Result<void> write_noise_profile(const NoiseProfile& profile, const Sink& sink);
/// Into a file, which is left to the caller to commit.
[[nodiscard]] Result<void> write_noise_profile(const NoiseProfile& profile, OutputFile& file);

/// Sources are the path. ".gz" and ".zst" are unpacked, at most 64 MiB of text are read. Errors are kUsage and name the
/// file and the place in it; a newer kNoiseProfileVersion, an entry of fewer than two boots or with a p outside (0, 1)
/// or a negative sd are among them. Unknown keys are left out, and told to `notes` where there are any.
[[nodiscard]] Result<NoiseProfile> load_noise_profile(const std::string& path, LoadNotes* notes = nullptr);
/// The same for bytes in memory (never packed); `name` stands for the path.
[[nodiscard]] Result<NoiseProfile> parse_noise_profile(std::string_view bytes, const std::string& name,
                                                       LoadNotes* notes = nullptr);

}  // namespace umb
