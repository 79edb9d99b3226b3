// SPDX-License-Identifier: Apache-2.0
// Made-up run records, as short as the test that needs them.
#pragma once

#include "model/record.h"

#include <string>
#include <vector>

namespace umb {

struct MadeSample {
  int64_t return_ns = kMissing;
  int64_t released_ns = kMissing;
  bool released_at_return = true;  ///< where there is a released_ns
  int64_t switches = 0;
  int64_t cpu_ns = 9'000;
  int32_t errno_value = 0;
  bool warmup = false;
  uint32_t round = 0;
};

/// `count` samples evenly from `low_ns` to `high_ns`, out of order, released 2 us after the return.
[[nodiscard]] std::vector<MadeSample> even_samples(size_t count, int64_t low_ns, int64_t high_ns, int64_t switches);

/// A measured case; scenario and parameters are those of its id.
[[nodiscard]] CaseRecord made_case(const std::string& id, const std::vector<MadeSample>& samples);
/// A case that never ran.
[[nodiscard]] CaseRecord made_case(const std::string& id, const std::string& outcome, const std::string& reason);

/// A run of one round on a made-up machine.
[[nodiscard]] RunRecord made_run(std::vector<CaseRecord> cases);

}  // namespace umb
