// SPDX-License-Identifier: Apache-2.0
// Kernel images that are no more than their header, for tests.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace umb {

/// A bzImage's beginning with `version` ("6.1.0-x (builder) #1 SMP") 0x200 behind `offset`, and `size_bytes` in all.
[[nodiscard]] inline std::string fake_image(std::string_view version, size_t offset = 0x3000,
                                            size_t size_bytes = 0x4000) {
  std::string image(size_bytes, '\0');
  image.replace(0x202, 4, "HdrS");
  image[0x20e] = static_cast<char>(offset & 0xffU);
  image[0x20f] = static_cast<char>(offset >> 8U);
  image.replace(offset + 0x200, version.size(), version);
  return image;
}

}  // namespace umb
