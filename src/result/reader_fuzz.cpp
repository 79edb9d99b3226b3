// SPDX-License-Identifier: Apache-2.0
// Any bytes as a result file, as a journal, and as a journal whose lines have the right lengths and checksums.
#include "result/journal_line.h"
#include "result/reader.h"
#include "result/writer.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

namespace {

const umb::LoadOptions kLimits{.max_samples = 100'000, .max_bytes = 1U << 24U, .max_memory_bytes = 1U << 26U};

/// What can be read can be written and read again, and is then the same.
void check(std::string_view bytes) {
  const auto loaded = umb::parse_result(bytes, "fuzz", kLimits);
  if (!loaded.has_value()) {
    if (loaded.error().kind != umb::ErrorKind::kUsage) std::abort();
    return;
  }
  const auto written = [](const umb::RunRecord& record) {
    std::string text;
    const auto state = umb::write_result(record, [&](std::string_view piece) -> umb::Result<void> {
      text += piece;
      return {};
    });
    if (!state.has_value()) std::abort();
    return text;
  };
  const std::string text = written(loaded->record);
  const auto again = umb::parse_result(text, "again");
  if (!again.has_value() || written(again->record) != text) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  check(bytes);
  std::string journal;
  for (size_t start = 0; start < size;) {
    const size_t end = std::min(bytes.find('\n', start), size);
    journal += umb::journal_line(bytes.substr(start, end - start));
    start = end + 1;
  }
  check(journal);
  return 0;
}
