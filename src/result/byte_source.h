// SPDX-License-Identifier: Apache-2.0
// Where the bytes of a result come from: a file as it is, one packed with gzip or zstd, or memory.
#pragma once

#include "base/result.h"
#include "base/unique_fd.h"

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

namespace umb {

class ByteSource {
 public:
  ByteSource() = default;
  ByteSource(const ByteSource&) = delete;
  ByteSource& operator=(const ByteSource&) = delete;
  virtual ~ByteSource() = default;
  /// Up to `size` (> 0) further bytes to `to`; 0 only at the end. The error's text is a reason without the file's name.
  [[nodiscard]] virtual Result<size_t> read(char* to, size_t size) = 0;
};

/// Does not own the bytes.
class MemorySource final : public ByteSource {
 public:
  explicit MemorySource(std::string_view bytes) : left_(bytes) {}
  [[nodiscard]] Result<size_t> read(char* to, size_t size) override {
    const size_t count = left_.copy(to, size);
    left_.remove_prefix(count);
    return count;
  }

 private:
  std::string_view left_;
};

enum class Links { kFollow, kRefuse };

/// Opens a regular file for reading. kUsage when it can't be opened, is a folder, a pipe or a device (which is never
/// waited for), or, with kRefuse, a symbolic link.
[[nodiscard]] Result<UniqueFd> open_regular(const std::string& path, Links links = Links::kFollow);

/// The bytes of an open file, unpacked when the name ends in ".gz" or ".zst". Packed bytes that grow without measure
/// when unpacked (some hundredfold beyond the first 64 MiB) are an error, and so is their sudden end.
[[nodiscard]] Result<std::unique_ptr<ByteSource>> bytes_of(UniqueFd fd, const std::string& path);

}  // namespace umb
