// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/file.h"
#include "base/result.h"
#include "vm/guest_tree.h"

#include <memory>
#include <string>
#include <string_view>

struct archive;

namespace umb {

struct Libarchive;

/// Writes a newc cpio archive as the kernel reads it, to a file that the caller commits. The same entries always give
/// the same bytes: owner root, all times 0, numbers counted up.
class CpioWriter {
 public:
  /// `compressed`: gzip at its quickest, which every kernel that reads an initramfs can have built in.
  [[nodiscard]] static Result<std::unique_ptr<CpioWriter>> open(OutputFile& file, bool compressed);
  CpioWriter(const CpioWriter&) = delete;
  CpioWriter& operator=(const CpioWriter&) = delete;
  ~CpioWriter();

  /// Begins an entry; for a plain file `size_bytes` of data must follow.
  [[nodiscard]] Result<void> begin(const std::string& path, const GuestEntry& entry, int64_t size_bytes);
  [[nodiscard]] Result<void> data(std::string_view bytes);
  [[nodiscard]] Result<void> finish();

 private:
  CpioWriter(const Libarchive& library, OutputFile& file);
  /// Of a call of libarchive's that went well or not, and of the writing to the file.
  [[nodiscard]] Result<void> outcome(bool good);
  static ssize_t write(archive* writer, void* self, const void* bytes, size_t count);

  const Libarchive& library_;
  OutputFile& file_;
  archive* writer_;
  Result<void> written_;
  int64_t number_ = 0;
};

}  // namespace umb
