// SPDX-License-Identifier: Apache-2.0
// Any bytes as what perf stat or hyperfine have written: series, and a result that can be read, or one error.
#include "result/imported.h"
#include "result/reader.h"
#include "result/writer.h"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

namespace {

void check(umb::Result<std::vector<umb::ImportedSeries>> series) {
  if (!series.has_value()) {
    const umb::Error& error = series.error();
    if (error.kind != umb::ErrorKind::kUsage || error.hint.empty()) std::abort();
    return;
  }
  umb::ImportOptions options{.program = "fuzz", .id = "1", .now = "2025-04-08T12:00:00.000Z"};
  for (const umb::ImportedSeries& one : *series) {
    if (one.times_ns.empty() || one.times_ns.size() != one.errno_value.size()) std::abort();
    const std::string id = "command/name=n" + std::to_string(options.cases.size());
    options.cases.push_back({.id = id, .scenario = "command"});
  }
  std::string text;
  const auto written =
      umb::write_result(umb::imported_record(*std::move(series), options), [&](std::string_view piece) {
        text += piece;
        return umb::Result<void>();
      });
  if (!written.has_value() || !umb::parse_result(text, "again").has_value()) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  check(umb::parse_perf(bytes, "fuzz"));
  check(umb::parse_hyperfine(bytes, "fuzz"));
  return 0;
}
