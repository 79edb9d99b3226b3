// SPDX-License-Identifier: Apache-2.0
// The options of `vm run` and `vm plan`, and of what is booted at all.
#pragma once

#include "app/command.h"
#include "base/result.h"
#include "plan/config.h"
#include "vm/accelerator.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace umb {

/// --kernel, --append, --cpus, --memory, --accel: `vm shell` has them too.
[[nodiscard]] std::vector<OptionInfo> guest_options();
/// Those, --boots, --cell, --shard, --time-limit, --output, --resume and the options of `run` that say what is
/// measured.
[[nodiscard]] std::vector<OptionInfo> vm_plan_options();

/// What the flags say, and the config where they are silent.
struct GuestChoice {
  std::vector<std::string> kernels;  ///< SPECs; at least one
  std::vector<std::string> appends;  ///< at least one, perhaps ""
  int64_t boots = 0;
  int cpus = 0;
  int64_t memory_bytes = 0;
  AcceleratorChoice accelerator = AcceleratorChoice::kAuto;
};
[[nodiscard]] Result<GuestChoice> guest_choice(const Arguments& arguments, const ConfigGuests& config);

/// "512M", "2G", "1GiB" in bytes. kUsage below 128 MiB, and for what isn't a size.
[[nodiscard]] Result<int64_t> parse_memory(const std::string& text);

}  // namespace umb
