// SPDX-License-Identifier: Apache-2.0
#include "vm/source_file.h"

#include "base/file.h"
#include "base/text.h"
#include "kernels/content_hash.h"

#include <cerrno>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace umb {

namespace {

constexpr size_t kPieceBytes = size_t{256} * 1024;

Failure unreadable(const std::string& path, std::string why, int errno_value) {
  return Failure(Error{"cannot read " + quoted(path), std::move(why), {}, errno_value, ErrorKind::kUsage});
}

int64_t nanoseconds(const timespec& time) {
  return int64_t{time.tv_sec} * 1'000'000'000 + time.tv_nsec;
}

}  // namespace

Failure changed_meanwhile(const std::string& path) {
  return fail("cannot use " + quoted(path), "it was changed while it was read", "try again when it is at rest");
}

Result<SourceFile> SourceFile::open(const std::string& path) {
  const AsCaller caller;
  SourceFile file;
  file.path_ = path;
  file.fd_.reset(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY));
  if (!file.fd_.valid()) return unreadable(path, errno_text(errno), errno);
  struct stat found {};
  if (::fstat(file.fd_.get(), &found) != 0) return unreadable(path, errno_text(errno), errno);
  if (!S_ISREG(found.st_mode)) return unreadable(path, "it is no plain file", EINVAL);
  file.identity_ = {found.st_dev, found.st_ino, found.st_size, nanoseconds(found.st_mtim), nanoseconds(found.st_ctim)};
  return file;
}

Result<void> SourceFile::read(const Take& take) const {
  std::string piece(kPieceBytes, '\0');
  int64_t done = 0;
  while (true) {
    const ssize_t count = ::pread(fd_.get(), piece.data(), piece.size(), done);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return unreadable(path_, errno_text(errno), errno);
    if (count == 0) break;
    done += count;
    if (done > identity_.size_bytes) return changed_meanwhile(path_);
    UMB_TRY(take(std::string_view(piece).substr(0, static_cast<size_t>(count))));
  }
  return done == identity_.size_bytes ? Result<void>() : Result<void>(changed_meanwhile(path_));
}

Result<std::string> SourceFile::read_all(int64_t limit_bytes) const {
  if (identity_.size_bytes > limit_bytes) {
    return unreadable(path_, "it is longer than " + std::to_string(limit_bytes) + " bytes", EFBIG);
  }
  std::string bytes;
  bytes.reserve(static_cast<size_t>(identity_.size_bytes));
  UMB_TRY(read([&](std::string_view piece) {
    bytes += piece;
    return Result<void>();
  }));
  return bytes;
}

Result<std::string> SourceFile::read_head(size_t most_bytes) const {
  std::string head(most_bytes, '\0');
  const ssize_t count = ::pread(fd_.get(), head.data(), head.size(), 0);
  if (count < 0) return unreadable(path_, errno_text(errno), errno);
  head.resize(static_cast<size_t>(count));
  return head;
}

Result<std::string> SourceFile::digest() const {
  ContentHash hash;
  UMB_TRY(read([&](std::string_view piece) {
    hash.add(piece);
    return Result<void>();
  }));
  return hash.hex();
}

}  // namespace umb
