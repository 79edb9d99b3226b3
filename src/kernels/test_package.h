// SPDX-License-Identifier: Apache-2.0
// Packages made byte by byte, good and bad ones, for tests.
#pragma once

#include <cstdint>
#include <cstdio>
#include <fstream>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include <archive.h>
#include <archive_entry.h>

namespace umb {

struct TestEntry {
  std::string name;
  std::string text;        ///< contents, or the target of a link
  char type = '0';         ///< as in a tar: '0' file, '1' hard link, '2' symbolic link, '5' folder
  std::string claim = {};  ///< an octal number of bytes that stands in the place of the true one
};

inline std::string tar_of(const std::vector<TestEntry>& entries) {
  std::string tar;
  for (const TestEntry& entry : entries) {
    const bool is_file = entry.type == '0';
    std::string head(512, '\0');
    char size[12];
    (void)std::snprintf(size, sizeof size, "%011zo", is_file ? entry.text.size() : 0);
    head.replace(0, entry.name.size(), entry.name);
    head.replace(100, 7, "0000644");
    head.replace(108, 7, "0000000");
    head.replace(116, 7, "0000000");
    head.replace(124, 11, entry.claim.empty() ? size : entry.claim);
    head.replace(136, 11, "00000000000");
    head.replace(148, 8, "        ");
    head[156] = entry.type;
    if (!is_file) head.replace(157, entry.text.size(), entry.text);
    head.replace(257, 8,
                 std::string("ustar\0"
                             "00",
                             8));
    unsigned sum = 0;
    for (const char byte : head) sum += static_cast<unsigned char>(byte);
    char text[8];
    (void)std::snprintf(text, sizeof text, "%06o", sum);
    head.replace(148, 7, text, 7);
    tar += head;
    if (is_file) tar += entry.text + std::string((512 - entry.text.size() % 512) % 512, '\0');
  }
  return tar + std::string(1024, '\0');
}

/// Packed as a file with that suffix ("", ".gz", ".xz", ".zst") is; an .xz of over 1 MiB in several blocks.
inline std::string packed(const std::string& bytes, const std::string& suffix) {
  if (suffix.empty()) return bytes;
  archive* writer = archive_write_new();
  archive_write_set_format_raw(writer);
  if (suffix == ".gz") archive_write_add_filter_gzip(writer);
  if (suffix == ".zst") archive_write_add_filter_zstd(writer);
  if (suffix == ".xz") {
    archive_write_add_filter_xz(writer);
    archive_write_set_options(writer, "xz:compression-level=0,xz:threads=2");
  }
  archive_write_set_bytes_per_block(writer, 0);
  std::string out(bytes.size() + (size_t{1} << 20U), '\0');
  size_t used = 0;
  archive_entry* entry = archive_entry_new();
  archive_entry_set_filetype(entry, AE_IFREG);
  const bool good = archive_write_open_memory(writer, out.data(), out.size(), &used) == ARCHIVE_OK &&
                    archive_write_header(writer, entry) == ARCHIVE_OK &&
                    archive_write_data(writer, bytes.data(), bytes.size()) == static_cast<la_ssize_t>(bytes.size()) &&
                    archive_write_close(writer) == ARCHIVE_OK;
  archive_entry_free(entry);
  archive_write_free(writer);
  if (!good) throw std::runtime_error("cannot pack " + suffix);
  out.resize(used);
  return out;
}

inline std::string ar_of(const std::vector<std::pair<std::string, std::string>>& members) {
  std::string ar = "!<arch>\n";
  for (const auto& [name, bytes] : members) {
    char head[61];
    (void)std::snprintf(head, sizeof head, "%-16s%-12d%-6d%-6d%-8s%-10zu`\n", name.c_str(), 0, 0, 0, "100644",
                        bytes.size());
    ar += head + bytes + (bytes.size() % 2 == 1 ? "\n" : "");
  }
  return ar;
}

inline std::string debian_package_with(const std::string& data_name, const std::string& data) {
  return ar_of({{"debian-binary", "2.0\n"},
                {"control.tar.xz", packed(tar_of({{"./control", "Package: x\n"}}), ".xz")},
                {data_name, data}});
}

inline std::string debian_package(const std::vector<TestEntry>& entries, const std::string& suffix = ".xz") {
  return debian_package_with("data.tar" + suffix, packed(tar_of(entries), suffix));
}

inline std::string write_file(const std::string& path, const std::string& bytes) {
  // A new file: cutting an old one to nothing makes some file systems wait for the disk.
  (void)std::remove(path.c_str());
  std::ofstream(path, std::ios::binary) << bytes;
  return path;
}

}  // namespace umb
