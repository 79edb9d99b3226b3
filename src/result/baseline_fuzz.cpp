// SPDX-License-Identifier: Apache-2.0
// Any bytes as a baseline and as a noise profile: what can be read can be written and read again, and is then the same.
#include "result/baseline_file.h"
#include "result/noise_file.h"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

namespace {

template <typename T>
std::string written(const T& value, umb::Result<void> (*write)(const T&, const umb::Sink&)) {
  std::string text;
  const auto state = write(value, [&](std::string_view piece) -> umb::Result<void> {
    text += piece;
    return {};
  });
  if (!state.has_value()) std::abort();
  return text;
}

template <typename T>
void check(std::string_view bytes, umb::Result<T> (*parse)(std::string_view, const std::string&, umb::LoadNotes*),
           umb::Result<void> (*write)(const T&, const umb::Sink&)) {
  const umb::Result<T> read = parse(bytes, "fuzz", nullptr);
  if (!read.has_value()) {
    if (read.error().kind != umb::ErrorKind::kUsage) std::abort();
    return;
  }
  const std::string text = written(*read, write);
  const umb::Result<T> again = parse(text, "again", nullptr);
  if (!again.has_value() || written(*again, write) != text) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  check<std::vector<umb::BootDigest>>(bytes, umb::parse_baseline, umb::write_baseline);
  check<umb::NoiseProfile>(bytes, umb::parse_noise_profile, umb::write_noise_profile);
  return 0;
}
