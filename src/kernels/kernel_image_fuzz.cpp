// SPDX-License-Identifier: Apache-2.0
// Any bytes as a kernel image: a release that is safe to print and to make a file's name of, or a kUsage error.
#include "kernels/kernel_image.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const auto release = umb::release_in_image({reinterpret_cast<const char*>(data), size}, "fuzz");
  if (!release.has_value()) {
    if (release.error().kind != umb::ErrorKind::kUsage) std::abort();
    return 0;
  }
  const bool safe = std::all_of(release->begin(), release->end(),
                                [](char letter) { return letter > ' ' && letter < '\x7f' && letter != '/'; });
  if (!safe || release->empty() || release->size() > 64 || release->front() == '.') std::abort();
  return 0;
}
