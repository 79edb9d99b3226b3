// SPDX-License-Identifier: Apache-2.0
// What the runner and its worker say to each other. Both are forks of one program, so plain bytes are enough.
#pragma once

#include "base/result.h"
#include "model/check_tally.h"
#include "model/facts.h"
#include "model/sample.h"
#include "sys/rcu_probe.h"

#include <cstdint>
#include <string>
#include <vector>

namespace umb {

struct BlockRequest {
  uint32_t case_index = 0;      ///< into the plan
  uint32_t count = 0;           ///< samples to take
  uint32_t watched_every = 0;   ///< every so manieth sample is watched; 0: none
  uint32_t watched_offset = 0;  ///< how many of the case came before
  int64_t limit_ns = 0;         ///< from here on no further sample is begun; one is taken in any case
};

/// What a block yielded; fewer samples than asked for when it was interrupted, took too long or trouble came.
struct BlockResult {
  std::vector<Sample> samples;
  int64_t elapsed_ns = 0;          ///< of the whole block, preparing and settling included, setting up the case not
  std::string error;               ///< trouble around the call: the case ends here
  Facts facts;                     ///< Scenario::facts(), texts only
  std::vector<CheckTally> checks;  ///< Scenario::take_checks()
};

enum class RequestKind : char { kBlock = 'B', kProbe = 'P' };

[[nodiscard]] std::string encode(const BlockRequest& request);
[[nodiscard]] std::string encode(const BlockResult& result);
[[nodiscard]] Result<BlockRequest> decode_block_request(const std::string& message);
[[nodiscard]] Result<BlockResult> decode_block_result(const std::string& message);

/// For what is nothing but plain bytes.
template <typename Plain>
[[nodiscard]] std::string encode_plain(const Plain& value) {
  return std::string(reinterpret_cast<const char*>(&value), sizeof value);
}
template <typename Plain>
[[nodiscard]] Result<Plain> decode_plain(const std::string& message) {
  if (message.size() != sizeof(Plain)) return fail("a worker's answer has the wrong length");
  Plain value{};
  message.copy(reinterpret_cast<char*>(&value), sizeof value);
  return value;
}

}  // namespace umb
