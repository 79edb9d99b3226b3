// SPDX-License-Identifier: Apache-2.0
// For tests of result files.
#pragma once

#include "result/writer.h"

#include <string>
#include <string_view>

#include <gtest/gtest.h>

namespace umb {

/// The result file of a record.
inline std::string as_text(const RunRecord& record) {
  std::string text;
  const Result<void> written = write_result(record, [&](std::string_view piece) -> Result<void> {
    text += piece;
    return {};
  });
  EXPECT_TRUE(written.has_value()) << written.error().text();
  return text;
}

}  // namespace umb
