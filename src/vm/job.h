// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"
#include "vm/bundle.h"

#include <string>
#include <string_view>
#include <vector>

namespace umb {

/// What a guest is to do: words for the program, which runs in a folder with these files and a folder "out", whose
/// files come back. What the words mean is between those who give and who take the job.
struct Job {
  std::vector<std::string> arguments;
  Bundle files;
  std::string growing;  ///< the file in "out" that is sent while it grows, at the job's rests; "": none
};

[[nodiscard]] Result<std::string> pack_job(const Job& job);
[[nodiscard]] Result<Job> unpack_job(std::string_view bytes);

/// A piece of what a file in "out" has grown by, while the job still runs.
struct Growth {
  std::string name;
  uint64_t offset = 0;
  std::string bytes;
};

/// So many bytes fit into a frame, packed, whatever they are.
inline constexpr size_t kMaxGrowthBytes = size_t{128} << 10U;

[[nodiscard]] Result<std::string> pack_growth(const Growth& growth);
[[nodiscard]] Result<Growth> unpack_growth(std::string_view bytes);

}  // namespace umb
