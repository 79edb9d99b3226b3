// SPDX-License-Identifier: Apache-2.0
// Files of one JSON object that say which version they are of.
#pragma once

#include "base/result.h"
#include "result/byte_source.h"
#include "result/load_budget.h"
#include "result/result_node.h"

#include <string>
#include <string_view>

namespace umb {

/// Of the text of a small file, unpacked, and of what is kept of it, by and large.
inline constexpr uint64_t kMaxTextBytes = uint64_t{64} << 20U;
inline constexpr uint64_t kMaxMemoryBytes = uint64_t{1} << 30U;

/// Whether a file's version is a whole number from 1 to `newest`; kUsage otherwise, for a newer one with a hint. `noun`
/// is for the message: "schema".
[[nodiscard]] Result<void> check_version(const ResultNode& node, const std::string& noun, int newest);

struct FileVersion {
  const char* key;
  const char* noun;
  int newest;
};
/// The whole of a small file, which must be an object with a version that is known. Errors are kUsage and name the
/// file and the place.
[[nodiscard]] Result<ResultNode> read_versioned(ByteSource& source, const std::string& name, LoadBudget& budget,
                                                const FileVersion& version, uint64_t max_bytes = kMaxTextBytes);

/// Whether the text is an object whose first key is this one; false too where it can't be read.
[[nodiscard]] bool begins_with_key(ByteSource& source, std::string_view key);

}  // namespace umb
