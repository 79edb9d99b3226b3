// SPDX-License-Identifier: Apache-2.0
#include "sys/host_gzip.h"

#include <array>
#include <limits>

#include <zlib.h>

namespace umb {

namespace {

constexpr int kGzipHeaderOnly = 16 + MAX_WBITS;

class Inflater {
 public:
  explicit Inflater(std::string_view packed) {
    // zlib's interface predates const; it does not write to its input.
    stream_.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(packed.data()));
    stream_.avail_in = static_cast<uInt>(packed.size());
    ready_ = ::inflateInit2(&stream_, kGzipHeaderOnly) == Z_OK;
  }
  Inflater(const Inflater&) = delete;
  Inflater& operator=(const Inflater&) = delete;
  ~Inflater() {
    if (ready_) ::inflateEnd(&stream_);
  }
  [[nodiscard]] bool ready() const { return ready_; }
  /// The next piece into `text`; Z_OK when there is more to come, Z_STREAM_END after the last.
  int next(std::string& text) {
    stream_.next_out = buffer_.data();
    stream_.avail_out = static_cast<uInt>(buffer_.size());
    const int status = ::inflate(&stream_, Z_NO_FLUSH);
    text.append(reinterpret_cast<const char*>(buffer_.data()), buffer_.size() - stream_.avail_out);
    return status;
  }

 private:
  z_stream stream_{};
  std::array<Bytef, 16384> buffer_{};
  bool ready_ = false;
};

class Deflater {
 public:
  Deflater() {
    ready_ =
        ::deflateInit2(&stream_, Z_BEST_SPEED, Z_DEFLATED, kGzipHeaderOnly, kUsualMemory, Z_DEFAULT_STRATEGY) == Z_OK;
  }
  Deflater(const Deflater&) = delete;
  Deflater& operator=(const Deflater&) = delete;
  ~Deflater() {
    if (ready_) ::deflateEnd(&stream_);
  }
  [[nodiscard]] bool ready() const { return ready_; }
  /// Takes all of `piece`; Z_OK, and with Z_FINISH Z_STREAM_END, when it went well.
  int add(std::string_view piece, int flush, std::string& packed) {
    stream_.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(piece.data()));
    stream_.avail_in = static_cast<uInt>(piece.size());
    int status = Z_OK;
    do {
      stream_.next_out = buffer_.data();
      stream_.avail_out = static_cast<uInt>(buffer_.size());
      status = ::deflate(&stream_, flush);
      packed.append(reinterpret_cast<const char*>(buffer_.data()), buffer_.size() - stream_.avail_out);
    } while (status == Z_OK && stream_.avail_out == 0);
    return status;
  }

 private:
  static constexpr int kUsualMemory = 8;
  z_stream stream_{};
  std::array<Bytef, 16384> buffer_{};
  bool ready_ = false;
};

}  // namespace

Result<std::string> gunzip(std::string_view packed, size_t limit_bytes) {
  if (packed.size() > std::numeric_limits<uInt>::max()) return fail("cannot unpack gzip data", "too long");
  Inflater inflater(packed);
  if (!inflater.ready()) return fail("cannot unpack gzip data", "zlib could not be set up");
  std::string text;
  int status = Z_OK;
  while (status == Z_OK) {
    status = inflater.next(text);
    if (text.size() > limit_bytes) return fail("cannot unpack gzip data", "it is longer than the limit");
  }
  if (status != Z_STREAM_END) return fail("cannot unpack gzip data", "it is damaged or cut off");
  return text;
}

Result<std::string> gzip(const std::vector<std::string_view>& pieces) {
  Deflater deflater;
  if (!deflater.ready()) return fail("cannot pack by gzip", "zlib could not be set up");
  std::string packed;
  for (const std::string_view piece : pieces) {
    if (piece.size() > std::numeric_limits<uInt>::max()) return fail("cannot pack by gzip", "too long");
    // Nothing to do is an error of zlib's, but of nobody else's.
    const int status = deflater.add(piece, Z_NO_FLUSH, packed);
    if (status != Z_OK && status != Z_BUF_ERROR) return fail("cannot pack by gzip", "zlib gave up");
  }
  if (deflater.add({}, Z_FINISH, packed) != Z_STREAM_END) return fail("cannot pack by gzip", "zlib gave up");
  return packed;
}

}  // namespace umb
