// SPDX-License-Identifier: Apache-2.0
// The only door to libarchive, which no guest needs, and which on Debian brings 40 MB with it: libxml2, ICU, OpenSSL
// (sys/late_library.h).
#pragma once

#include "base/result.h"

#include <string>

#include <archive.h>
#include <archive_entry.h>

namespace umb {

// Each function once: what is listed here is declared below and looked up.
#define UMB_LIBARCHIVE_FUNCTIONS(F)        \
  F(archive_entry_copy_pathname)           \
  F(archive_entry_copy_symlink)            \
  F(archive_entry_filetype)                \
  F(archive_entry_free)                    \
  F(archive_entry_hardlink)                \
  F(archive_entry_new)                     \
  F(archive_entry_pathname)                \
  F(archive_entry_pathname_utf8)           \
  F(archive_entry_set_gid)                 \
  F(archive_entry_set_ino64)               \
  F(archive_entry_set_mode)                \
  F(archive_entry_set_mtime)               \
  F(archive_entry_set_nlink)               \
  F(archive_entry_set_rdevmajor)           \
  F(archive_entry_set_rdevminor)           \
  F(archive_entry_set_size)                \
  F(archive_entry_set_uid)                 \
  F(archive_entry_size)                    \
  F(archive_error_string)                  \
  F(archive_filter_count)                  \
  F(archive_read_data)                     \
  F(archive_read_data_block)               \
  F(archive_read_free)                     \
  F(archive_read_new)                      \
  F(archive_read_next_header)              \
  F(archive_read_open)                     \
  F(archive_read_open_memory)              \
  F(archive_read_support_filter_gzip)      \
  F(archive_read_support_filter_rpm)       \
  F(archive_read_support_filter_xz)        \
  F(archive_read_support_filter_zstd)      \
  F(archive_read_support_format_ar)        \
  F(archive_read_support_format_cpio)      \
  F(archive_read_support_format_raw)       \
  F(archive_read_support_format_tar)       \
  F(archive_set_error)                     \
  F(archive_write_add_filter_gzip)         \
  F(archive_write_close)                   \
  F(archive_write_data)                    \
  F(archive_write_free)                    \
  F(archive_write_header)                  \
  F(archive_write_new)                     \
  F(archive_write_open)                    \
  F(archive_write_set_bytes_in_last_block) \
  F(archive_write_set_filter_option)       \
  F(archive_write_set_format_cpio_newc)

/// libarchive's functions under their own names, as <archive.h> declares them; none is null.
struct Libarchive {
#define UMB_LIBARCHIVE_MEMBER(function) decltype(&::function) function = nullptr;
  UMB_LIBARCHIVE_FUNCTIONS(UMB_LIBARCHIVE_MEMBER)
#undef UMB_LIBARCHIVE_MEMBER
};

/// Loaded by the first call, for as long as the process lives. kUnavailable when it isn't installed.
[[nodiscard]] Result<const Libarchive*> libarchive();

/// The same from a library by its name or path, loaded anew.
[[nodiscard]] Result<Libarchive> load_libarchive(const std::string& library);

}  // namespace umb
