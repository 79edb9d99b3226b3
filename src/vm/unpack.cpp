// SPDX-License-Identifier: Apache-2.0
#include "vm/unpack.h"

#include "base/text.h"
#include "kernels/libarchive.h"
#include "sys/host_gzip.h"

#include <memory>

namespace umb {

namespace {

constexpr std::string_view kElf("\177ELF", 4);
constexpr std::string_view kGzip("\x1f\x8b", 2);
constexpr size_t kPieceBytes = size_t{256} * 1024;

Failure bad_module(const std::string& path, std::string why) {
  return fail_usage("cannot unpack the module " + quoted(path), std::move(why), "unpack the kernel's package anew");
}

/// libarchive's gzip doesn't look at the checksum; zlib does.
Result<std::string> gunzip_module(std::string_view packed, const std::string& path, size_t limit_bytes) {
  Result<std::string> bytes = gunzip(packed, limit_bytes);
  if (!bytes.has_value()) return bad_module(path, bytes.error().why);
  return bytes;
}

Result<std::string> unpack_by_libarchive(std::string_view packed, const std::string& path, size_t limit_bytes) {
  UMB_ASSIGN(const Libarchive* library, libarchive());
  const std::unique_ptr<archive, decltype(Libarchive::archive_read_free)> reader(library->archive_read_new(),
                                                                                 library->archive_read_free);
  const auto broken = [&] {
    const char* why = library->archive_error_string(reader.get());
    return bad_module(path, why != nullptr ? printable(why) : "it is damaged");
  };
  library->archive_read_support_format_raw(reader.get());
  library->archive_read_support_filter_xz(reader.get());
  library->archive_read_support_filter_zstd(reader.get());
  archive_entry* entry = nullptr;
  if (library->archive_read_open_memory(reader.get(), packed.data(), packed.size()) != ARCHIVE_OK ||
      library->archive_read_next_header(reader.get(), &entry) != ARCHIVE_OK) {
    return broken();
  }
  if (library->archive_filter_count(reader.get()) < 2) return bad_module(path, "it is no kernel module");
  std::string bytes;
  std::string piece(kPieceBytes, '\0');
  while (true) {
    const la_ssize_t count = library->archive_read_data(reader.get(), piece.data(), piece.size());
    if (count < 0) return broken();
    if (count == 0) break;
    bytes.append(piece.data(), static_cast<size_t>(count));
    if (bytes.size() > limit_bytes) {
      return bad_module(path, "it unpacks to more than " + std::to_string(limit_bytes) + " bytes");
    }
  }
  return bytes;
}

}  // namespace

Result<std::string> unpack_module(std::string packed, const std::string& path, size_t limit_bytes) {
  if (packed.empty()) return bad_module(path, "it is empty");
  if (packed.starts_with(kElf)) {
    if (packed.size() > limit_bytes) {
      return bad_module(path, "it has more than " + std::to_string(limit_bytes) + " bytes");
    }
    return packed;
  }
  if (packed.starts_with(kGzip)) return gunzip_module(packed, path, limit_bytes);
  return unpack_by_libarchive(packed, path, limit_bytes);
}

}  // namespace umb
