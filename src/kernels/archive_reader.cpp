// SPDX-License-Identifier: Apache-2.0
#include "kernels/archive_reader.h"

#include "base/text.h"
#include "kernels/libarchive.h"
#include "kernels/xz_stream.h"

#include <array>
#include <cerrno>
#include <memory>
#include <optional>
#include <utility>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace umb {

namespace {

constexpr size_t kPieceBytes = size_t{256} * 1024;
constexpr std::string_view kDebianMagic = "!<arch>\n";
constexpr std::string_view kRpmMagic = "\xed\xab\xee\xdb";

using Reader = std::unique_ptr<archive, decltype(Libarchive::archive_read_free)>;
Reader new_reader(const Libarchive& library) {
  return {library.archive_read_new(), library.archive_read_free};
}

Failure damaged(const std::string& path, std::string why, std::string hint = "it may be damaged: get it again") {
  return fail_usage("cannot read the package " + quoted(path), std::move(why), std::move(hint));
}

/// Where a libarchive reader takes its bytes from. The source's own error is kept: it says more than libarchive's.
struct Feed {
  const Libarchive& library;
  ByteSource next;
  std::optional<Error> error;

  static la_ssize_t read(archive* reader, void* feed, const void** bytes) {
    auto& self = *static_cast<Feed*>(feed);
    Result<std::string_view> piece = self.next();
    if (!piece.has_value()) {
      self.error = piece.error();
      self.library.archive_set_error(reader, EIO, "its source failed");
      return ARCHIVE_FATAL;
    }
    *bytes = piece->data();
    return static_cast<la_ssize_t>(piece->size());
  }

  Failure failure(archive* reader, const std::string& path) const {
    if (error.has_value()) return Failure(*error);
    const char* text = library.archive_error_string(reader);
    return damaged(path, text != nullptr ? printable(text) : "its contents make no sense");
  }
};

/// Without a way to skip or seek: skipping over what a cut-off file no longer has would not be noticed.
Result<void> open_reader(archive* reader, Feed& feed, const std::string& path) {
  if (feed.library.archive_read_open(reader, &feed, nullptr, Feed::read, nullptr) == ARCHIVE_OK) return {};
  return feed.failure(reader, path);
}

ByteSource file_source(int fd, const std::string& path) {
  return [fd, path, piece = std::string(kPieceBytes, '\0')]() mutable -> Result<std::string_view> {
    ssize_t count = 0;
    do {
      count = ::read(fd, piece.data(), piece.size());
    } while (count < 0 && errno == EINTR);
    if (count < 0) return fail_errno("cannot read the package " + quoted(path), errno, "", ErrorKind::kUsage);
    return std::string_view(piece).substr(0, static_cast<size_t>(count));
  };
}

/// The bytes of the member that `reader` stands at.
ByteSource member_source(archive* reader, Feed& feed, const std::string& path) {
  return [reader, &feed, path]() -> Result<std::string_view> {
    const void* bytes = nullptr;
    size_t size = 0;
    la_int64_t offset = 0;
    while (size == 0) {
      const int state = feed.library.archive_read_data_block(reader, &bytes, &size, &offset);
      if (state == ARCHIVE_EOF) return std::string_view();
      if (state < ARCHIVE_WARN) return feed.failure(reader, path);
    }
    return std::string_view(static_cast<const char*>(bytes), size);
  };
}

PackageEntry described(const Libarchive& library, archive_entry* raw) {
  PackageEntry entry;
  const char* name = library.archive_entry_pathname(raw);
  if (name == nullptr) name = library.archive_entry_pathname_utf8(raw);
  if (name != nullptr) entry.name = name;
  if (library.archive_entry_filetype(raw) == AE_IFDIR) entry.type = PackageEntry::Type::kFolder;
  if (library.archive_entry_filetype(raw) == AE_IFREG && library.archive_entry_hardlink(raw) == nullptr) {
    entry.type = PackageEntry::Type::kFile;
  }
  // A negative size becomes a huge one, and is refused as such.
  entry.size_bytes = static_cast<uint64_t>(library.archive_entry_size(raw));
  return entry;
}

Result<void> visit_entries(archive* reader, const Feed& feed, const std::string& path, const EntryVisitor& visit,
                           const PackageLimits& limits) {
  const auto too_much = [&](const std::string& why) { return damaged(path, why, "it is no package of a kernel"); };
  EntryBytes bytes(feed.library, reader, path);
  uint64_t all_bytes = 0;
  for (size_t count = 1;; ++count) {
    archive_entry* raw = nullptr;
    const int state = feed.library.archive_read_next_header(reader, &raw);
    if (state == ARCHIVE_EOF) return {};
    if (state < ARCHIVE_WARN) return feed.failure(reader, path);
    if (count > limits.entry_count) {
      return too_much("it holds more than " + std::to_string(limits.entry_count) + " files");
    }
    const PackageEntry entry = described(feed.library, raw);
    if (entry.size_bytes > limits.entry_bytes) {
      return too_much(quoted(entry.name) + " in it claims to have " + std::to_string(entry.size_bytes) + " bytes");
    }
    all_bytes += entry.size_bytes;
    if (all_bytes > limits.all_bytes) {
      return too_much("it holds more than " + std::to_string(limits.all_bytes >> 20U) + " MiB");
    }
    Result<void> visited = visit(entry, bytes);
    if (!visited.has_value()) return feed.error.has_value() ? Result<void>(Failure(*feed.error)) : visited;
  }
}

Result<void> drain(const ByteSource& source) {
  while (true) {
    UMB_ASSIGN(const std::string_view piece, source());
    if (piece.empty()) return {};
  }
}

Result<void> read_data_member(const Libarchive& library, const std::string& name, const ByteSource& packed,
                              const std::string& path, const EntryVisitor& visit, const PackageLimits& limits) {
  std::optional<XzStream> xz;
  Feed feed{library, packed, {}};
  const Reader tar = new_reader(library);
  library.archive_read_support_format_tar(tar.get());
  if (name == "data.tar.xz") {
    // Headers and padding come on top of what the entries hold.
    xz.emplace(packed, path, limits.all_bytes + limits.entry_count * 2048);
    feed.next = [&xz] { return xz->next(); };
  } else if (name == "data.tar.zst") {
    library.archive_read_support_filter_zstd(tar.get());
  } else if (name == "data.tar.gz") {
    library.archive_read_support_filter_gzip(tar.get());
  } else if (name != "data.tar") {
    return damaged(path, "it is packed in a way that isn't read here: " + quoted(name),
                   "packages with data.tar.xz, data.tar.zst or data.tar.gz are read");
  }
  UMB_TRY(open_reader(tar.get(), feed, path));
  UMB_TRY(visit_entries(tar.get(), feed, path, visit, limits));
  // A tar ends before the stream around it, whose last checksum and last byte are then still unseen.
  if (xz.has_value()) UMB_TRY(drain(feed.next));
  return drain(packed);
}

Result<void> read_debian(const Libarchive& library, int fd, const std::string& path, const EntryVisitor& visit,
                         const PackageLimits& limits) {
  Feed feed{library, file_source(fd, path), {}};
  const Reader ar = new_reader(library);
  library.archive_read_support_format_ar(ar.get());
  UMB_TRY(open_reader(ar.get(), feed, path));
  bool is_first = true;
  while (true) {
    archive_entry* member = nullptr;
    const int state = library.archive_read_next_header(ar.get(), &member);
    // An ar without members, and one cut off between two of them, end like a good one.
    if (state == ARCHIVE_EOF) return damaged(path, is_first ? "it is empty" : "it ends before its data");
    if (state < ARCHIVE_WARN) return feed.failure(ar.get(), path);
    const char* raw_name = library.archive_entry_pathname(member);
    const std::string name = raw_name != nullptr ? raw_name : "";
    if (is_first && name != "debian-binary") return damaged(path, "it is an archive, but no Debian package");
    is_first = false;
    if (!name.starts_with("data.tar")) continue;
    return read_data_member(library, name, member_source(ar.get(), feed, path), path, visit, limits);
  }
}

Result<void> read_rpm(const Libarchive& library, int fd, const std::string& path, const EntryVisitor& visit,
                      const PackageLimits& limits) {
  Feed feed{library, file_source(fd, path), {}};
  const Reader cpio = new_reader(library);
  // Not "all filters": some of libarchive's start programs.
  library.archive_read_support_filter_rpm(cpio.get());
  library.archive_read_support_filter_gzip(cpio.get());
  library.archive_read_support_filter_xz(cpio.get());
  library.archive_read_support_filter_zstd(cpio.get());
  library.archive_read_support_format_cpio(cpio.get());
  UMB_TRY(open_reader(cpio.get(), feed, path));
  return visit_entries(cpio.get(), feed, path, visit, limits);
}

}  // namespace

EntryBytes::EntryBytes(const Libarchive& library, archive* from, std::string path)
    : library_(library), from_(from), path_(std::move(path)), piece_(kPieceBytes, '\0') {}

Result<std::string_view> EntryBytes::next() {
  const la_ssize_t count = library_.archive_read_data(from_, piece_.data(), piece_.size());
  if (count >= 0) return std::string_view(piece_).substr(0, static_cast<size_t>(count));
  const char* text = library_.archive_error_string(from_);
  return damaged(path_, text != nullptr ? printable(text) : "its contents make no sense");
}

Result<UniqueFd> open_package(const std::string& path) {
  UniqueFd fd(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY));
  struct stat facts {};
  if (!fd.valid() || ::fstat(fd.get(), &facts) != 0) {
    return fail_errno("cannot read the package " + quoted(path), errno, "", ErrorKind::kUsage);
  }
  if (!S_ISREG(facts.st_mode)) return damaged(path, "it is no plain file", "name a package file");
  return fd;
}

Result<void> read_package(const UniqueFd& package, const std::string& path, const EntryVisitor& visit,
                          const PackageLimits& limits) {
  std::array<char, kDebianMagic.size()> start{};
  const ssize_t count = ::pread(package.get(), start.data(), start.size(), 0);
  if (count < 0 || ::lseek(package.get(), 0, SEEK_SET) < 0) {
    return fail_errno("cannot read the package " + quoted(path), errno, "", ErrorKind::kUsage);
  }
  if (count == 0) return damaged(path, "it is empty");
  const std::string_view magic(start.data(), static_cast<size_t>(count));
  if (magic != kDebianMagic && !magic.starts_with(kRpmMagic)) {
    return damaged(path, "it is neither a Debian nor an rpm package");
  }
  UMB_ASSIGN(const Libarchive* library, libarchive());
  if (magic == kDebianMagic) return read_debian(*library, package.get(), path, visit, limits);
  return read_rpm(*library, package.get(), path, visit, limits);
}

}  // namespace umb
