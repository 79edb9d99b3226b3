// SPDX-License-Identifier: Apache-2.0
// The only door to liblzma. libarchive unpacks .xz with one thread; packages are packed in blocks that can be unpacked
// side by side, and that is nearly all of the time it takes to read one.
#pragma once

#include "base/result.h"

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include <lzma.h>

namespace umb {

/// Hands over bytes piece by piece, each valid until the next call; empty at the end.
using ByteSource = std::function<Result<std::string_view>()>;

/// An .xz stream, unpacked piece by piece with a thread per CPU (fewer if that would take over 512 MiB of memory).
class XzStream {
 public:
  /// More than `limit_bytes` unpacked is an error. `name` is for the message.
  XzStream(ByteSource packed, std::string name, uint64_t limit_bytes);
  XzStream(const XzStream&) = delete;
  XzStream& operator=(const XzStream&) = delete;
  ~XzStream();

  /// Empty at the end, and only when the stream was whole and its checksums right; kUsage otherwise.
  [[nodiscard]] Result<std::string_view> next();

 private:
  ByteSource packed_;
  std::string name_;
  uint64_t limit_bytes_;
  lzma_stream stream_ = LZMA_STREAM_INIT;
  lzma_ret state_;
  bool packed_ended_ = false;
  std::string piece_;
};

}  // namespace umb
