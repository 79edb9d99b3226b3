// SPDX-License-Identifier: Apache-2.0
#include "result/byte_source.h"

#include "base/text.h"

#include <cerrno>
#include <cstdint>
#include <vector>

#include <fcntl.h>
#include <sys/stat.h>
#include <zlib.h>
#include <zstd.h>

namespace umb {

namespace {

constexpr size_t kPieceBytes = size_t{64} * 1024;
constexpr uint64_t kFreeBytes = uint64_t{64} << 20U;
constexpr uint64_t kMaxRatio = 200;
constexpr int kMaxWindowLog = 27;

Failure cut_off() {
  return fail_usage("the packed data end in the middle");
}
Failure damaged(const char* format) {
  return fail_usage(std::string("the ") + format + " data are damaged");
}

/// Result files shrink some fivefold; what grows two hundredfold was made to fill memory.
Result<void> check_growth(uint64_t packed, uint64_t unpacked) {
  if (unpacked <= kFreeBytes || unpacked / kMaxRatio <= packed) return {};
  return fail_usage("it grows without measure when unpacked");
}

class FileSource final : public ByteSource {
 public:
  explicit FileSource(UniqueFd fd) : fd_(std::move(fd)) {}
  [[nodiscard]] Result<size_t> read(char* to, size_t size) override {
    while (true) {
      const ssize_t count = ::read(fd_.get(), to, size);
      if (count >= 0) return static_cast<size_t>(count);
      if (errno != EINTR) return fail_errno("it can't be read", errno, {}, ErrorKind::kUsage);
    }
  }

 private:
  UniqueFd fd_;
};

/// The packed side of the two unpackers.
struct PackedInput {
  explicit PackedInput(UniqueFd fd) : file(std::move(fd)), piece(kPieceBytes) {}
  /// Whether there is a next piece.
  Result<bool> next() {
    UMB_ASSIGN(size, file.read(piece.data(), piece.size()));
    total += size;
    return size > 0;
  }
  FileSource file;
  std::vector<char> piece;
  size_t size = 0;
  uint64_t total = 0;
};

class GzipSource final : public ByteSource {
 public:
  explicit GzipSource(UniqueFd fd) : input_(std::move(fd)) {}
  ~GzipSource() override {
    if (begun_) ::inflateEnd(&stream_);
  }
  [[nodiscard]] Result<size_t> read(char* to, size_t size) override {
    stream_.next_out = reinterpret_cast<Bytef*>(to);
    stream_.avail_out = static_cast<uInt>(size);
    while (stream_.avail_out == size) {
      if (stream_.avail_in == 0) {
        UMB_ASSIGN(const bool more, input_.next());
        if (!more && within_member_) return cut_off();
        if (!more) return size_t{0};
        stream_.next_in = reinterpret_cast<Bytef*>(input_.piece.data());
        stream_.avail_in = static_cast<uInt>(input_.size);
      }
      if (!within_member_) UMB_TRY(begin_member());
      const int state = ::inflate(&stream_, Z_NO_FLUSH);
      if (state == Z_STREAM_END) {
        within_member_ = false;
      } else if (state != Z_OK && state != Z_BUF_ERROR) {
        return damaged("gzip");
      }
    }
    const size_t count = size - stream_.avail_out;
    unpacked_ += count;
    UMB_TRY(check_growth(input_.total, unpacked_));
    return count;
  }

 private:
  Result<void> begin_member() {
    constexpr int kGzipOnly = 16 + MAX_WBITS;
    const int state = begun_ ? ::inflateReset(&stream_) : ::inflateInit2(&stream_, kGzipOnly);
    if (state != Z_OK) return fail("cannot set up gzip");
    begun_ = within_member_ = true;
    return {};
  }
  PackedInput input_;
  z_stream stream_{};
  bool begun_ = false;
  bool within_member_ = false;
  uint64_t unpacked_ = 0;
};

class ZstdSource final : public ByteSource {
 public:
  explicit ZstdSource(UniqueFd fd) : input_(std::move(fd)), context_(::ZSTD_createDCtx(), &::ZSTD_freeDCtx) {
    if (context_) ::ZSTD_DCtx_setParameter(context_.get(), ZSTD_d_windowLogMax, kMaxWindowLog);
  }
  [[nodiscard]] Result<size_t> read(char* to, size_t size) override {
    if (!context_) return fail("cannot set up zstd");
    ZSTD_outBuffer out{to, size, 0};
    while (out.pos == 0) {
      bool more = true;
      if (in_.pos == in_.size) {
        UMB_ASSIGN(more, input_.next());
        in_ = {input_.piece.data(), input_.size, 0};
      }
      if (!more && !within_frame_) return size_t{0};
      const size_t state = ::ZSTD_decompressStream(context_.get(), &out, &in_);
      if (::ZSTD_isError(state) != 0) return damaged("zstd");
      within_frame_ = state != 0;
      if (!more && out.pos == 0 && within_frame_) return cut_off();
    }
    unpacked_ += out.pos;
    UMB_TRY(check_growth(input_.total, unpacked_));
    return out.pos;
  }

 private:
  PackedInput input_;
  std::unique_ptr<ZSTD_DCtx, decltype(&::ZSTD_freeDCtx)> context_;
  ZSTD_inBuffer in_{nullptr, 0, 0};
  bool within_frame_ = false;
  uint64_t unpacked_ = 0;
};

}  // namespace

Result<UniqueFd> open_regular(const std::string& path, Links links) {
  const auto unreadable = [&](std::string why, int errno_value) {
    return Failure(Error{"cannot read " + quoted(path), std::move(why), "name a result, or a journal (.partial)",
                         errno_value, ErrorKind::kUsage});
  };
  if (path.find('\0') != std::string::npos) return unreadable(errno_text(EINVAL), EINVAL);
  const int no_link = links == Links::kRefuse ? O_NOFOLLOW : 0;
  // Without O_NONBLOCK a named pipe without a writer would be waited for.
  UniqueFd fd(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY | no_link));
  if (!fd.valid()) return unreadable(errno_text(errno), errno);
  struct stat found {};
  if (::fstat(fd.get(), &found) != 0) return unreadable(errno_text(errno), errno);
  if (S_ISDIR(found.st_mode)) return unreadable("it is a folder", EISDIR);
  if (!S_ISREG(found.st_mode)) return unreadable("it is not a plain file", EINVAL);
  return fd;
}

Result<std::unique_ptr<ByteSource>> bytes_of(UniqueFd fd, const std::string& path) {
  if (path.ends_with(".gz")) return std::make_unique<GzipSource>(std::move(fd));
  if (path.ends_with(".zst")) return std::make_unique<ZstdSource>(std::move(fd));
  return std::make_unique<FileSource>(std::move(fd));
}

}  // namespace umb
