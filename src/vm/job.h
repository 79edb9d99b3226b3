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
};

[[nodiscard]] Result<std::string> pack_job(const Job& job);
[[nodiscard]] Result<Job> unpack_job(std::string_view bytes);

/// What a file in "out" has grown by, while the job still runs: only its end is new.
struct Growth {
  std::string name;
  uint64_t offset = 0;
  std::string bytes;
};

[[nodiscard]] Result<std::string> pack_growth(const Growth& growth);
[[nodiscard]] Result<Growth> unpack_growth(std::string_view bytes);

}  // namespace umb
