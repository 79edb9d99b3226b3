// SPDX-License-Identifier: Apache-2.0
#include "kernels/xz_stream.h"

#include "base/text.h"

#include <algorithm>
#include <utility>

namespace umb {

namespace {

constexpr size_t kPieceBytes = size_t{256} * 1024;

lzma_mt options() {
  lzma_mt wanted{};
  wanted.flags = LZMA_CONCATENATED;
  wanted.threads = std::max(lzma_cputhreads(), 1U);
  wanted.memlimit_threading = uint64_t{512} << 20U;
  wanted.memlimit_stop = uint64_t{1} << 30U;
  return wanted;
}

const char* meaning(lzma_ret state) {
  switch (state) {
    case LZMA_BUF_ERROR:
      return "it ends too early";
    case LZMA_FORMAT_ERROR:
      return "it is not packed by xz as its name says";
    case LZMA_MEM_ERROR:
    case LZMA_MEMLIMIT_ERROR:
      return "unpacking it takes too much memory";
    default:
      return "its packed data are damaged";
  }
}

}  // namespace

XzStream::XzStream(ByteSource packed, std::string name, uint64_t limit_bytes)
    : packed_(std::move(packed)), name_(std::move(name)), limit_bytes_(limit_bytes), piece_(kPieceBytes, '\0') {
  const lzma_mt wanted = options();
  state_ = lzma_stream_decoder_mt(&stream_, &wanted);
}

XzStream::~XzStream() {
  lzma_end(&stream_);
}

Result<std::string_view> XzStream::next() {
  stream_.next_out = reinterpret_cast<uint8_t*>(piece_.data());
  stream_.avail_out = piece_.size();
  while (state_ == LZMA_OK && stream_.avail_out > 0) {
    if (stream_.avail_in == 0 && !packed_ended_) {
      UMB_ASSIGN(const std::string_view more, packed_());
      stream_.next_in = reinterpret_cast<const uint8_t*>(more.data());
      stream_.avail_in = more.size();
      packed_ended_ = more.empty();
    }
    state_ = lzma_code(&stream_, packed_ended_ ? LZMA_FINISH : LZMA_RUN);
  }
  if (state_ != LZMA_OK && state_ != LZMA_STREAM_END) {
    return fail_usage("cannot read " + quoted(name_), meaning(state_), "it may be damaged: get it again");
  }
  if (stream_.total_out > limit_bytes_) {
    return fail_usage("cannot read " + quoted(name_),
                      "it holds more than " + std::to_string(limit_bytes_ >> 20U) + " MiB");
  }
  return std::string_view(piece_).substr(0, piece_.size() - stream_.avail_out);
}

}  // namespace umb
