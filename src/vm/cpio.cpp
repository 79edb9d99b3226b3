// SPDX-License-Identifier: Apache-2.0
#include "vm/cpio.h"

#include "base/text.h"
#include "kernels/libarchive.h"

#include <sys/stat.h>

namespace umb {

CpioWriter::CpioWriter(const Libarchive& library, OutputFile& file)
    : library_(library), file_(file), writer_(library.archive_write_new()) {}

/// libarchive never hears of a failure: its filters leak what they hold when their output fails.
ssize_t CpioWriter::write(archive*, void* self, const void* bytes, size_t count) {
  auto* cpio = static_cast<CpioWriter*>(self);
  if (cpio->written_.has_value()) cpio->written_ = cpio->file_.write({static_cast<const char*>(bytes), count});
  return static_cast<ssize_t>(count);
}

Result<void> CpioWriter::outcome(bool good) {
  if (!written_.has_value()) return written_;
  if (good) return {};
  const char* why = library_.archive_error_string(writer_);
  return fail("cannot make the initramfs " + quoted(file_.path()), why != nullptr ? printable(why) : "");
}

Result<std::unique_ptr<CpioWriter>> CpioWriter::open(OutputFile& file, bool compressed) {
  UMB_ASSIGN(const Libarchive* library, libarchive());
  std::unique_ptr<CpioWriter> cpio(new CpioWriter(*library, file));
  bool good = library->archive_write_set_format_cpio_newc(cpio->writer_) == ARCHIVE_OK;
  if (compressed) {
    good = good && library->archive_write_add_filter_gzip(cpio->writer_) == ARCHIVE_OK &&
           library->archive_write_set_filter_option(cpio->writer_, "gzip", "compression-level", "1") == ARCHIVE_OK &&
           library->archive_write_set_filter_option(cpio->writer_, "gzip", "timestamp", nullptr) == ARCHIVE_OK;
  }
  good = good && library->archive_write_set_bytes_in_last_block(cpio->writer_, 1) == ARCHIVE_OK &&
         library->archive_write_open(cpio->writer_, cpio.get(), nullptr, &CpioWriter::write, nullptr) == ARCHIVE_OK;
  UMB_TRY(cpio->outcome(good));
  return cpio;
}

CpioWriter::~CpioWriter() {
  // It closes what is still open, which by now is nobody's.
  if (written_.has_value()) written_ = fail("cannot make the initramfs");
  library_.archive_write_free(writer_);
}

Result<void> CpioWriter::begin(const std::string& path, const GuestEntry& entry, int64_t size_bytes) {
  const std::unique_ptr<archive_entry, decltype(Libarchive::archive_entry_free)> header(library_.archive_entry_new(),
                                                                                        library_.archive_entry_free);
  library_.archive_entry_copy_pathname(header.get(), path.c_str());
  library_.archive_entry_set_mode(header.get(), entry.mode);
  library_.archive_entry_set_ino64(header.get(), ++number_);
  library_.archive_entry_set_nlink(header.get(), S_ISDIR(entry.mode) ? 2 : 1);
  library_.archive_entry_set_uid(header.get(), 0);
  library_.archive_entry_set_gid(header.get(), 0);
  library_.archive_entry_set_mtime(header.get(), 0, 0);
  library_.archive_entry_set_size(header.get(), S_ISREG(entry.mode) ? size_bytes : 0);
  if (S_ISLNK(entry.mode)) library_.archive_entry_copy_symlink(header.get(), entry.text.c_str());
  library_.archive_entry_set_rdevmajor(header.get(), entry.device_major);
  library_.archive_entry_set_rdevminor(header.get(), entry.device_minor);
  return outcome(library_.archive_write_header(writer_, header.get()) == ARCHIVE_OK);
}

Result<void> CpioWriter::data(std::string_view bytes) {
  const la_ssize_t count = library_.archive_write_data(writer_, bytes.data(), bytes.size());
  return outcome(count == static_cast<la_ssize_t>(bytes.size()));
}

Result<void> CpioWriter::finish() {
  return outcome(library_.archive_write_close(writer_) == ARCHIVE_OK);
}

}  // namespace umb
