// SPDX-License-Identifier: Apache-2.0
// Files that a user gets to keep or hands in: written under the caller's identity, whole or not at all; read with a limit.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.h"
#include "base/unique_fd.h"

namespace umb {

/// While it lives, file system access is made as the user who called sudo (fsuid and fsgid from SUDO_UID and SUDO_GID);
/// nothing changes when the process is not root or was not started by sudo. Not to be nested.
class AsCaller {
 public:
  AsCaller();
  AsCaller(const AsCaller&) = delete;
  AsCaller& operator=(const AsCaller&) = delete;
  ~AsCaller();

 private:
  bool switched_ = false;
};

/// A file that appears under its name only when it is complete: written to a temporary name in the same folder
/// ("NAME.tmp-XXXXXX"), then fsynced and renamed by commit(). Dropped without commit() it leaves nothing. Never follows a
/// symbolic link at the temporary name. Made under the caller's identity, mode 0644.
class OutputFile {
 public:
  /// Fails with kUsage when the folder isn't there or isn't writable.
  [[nodiscard]] static Result<OutputFile> create(const std::string& path);
  OutputFile(OutputFile&& other) noexcept;
  OutputFile& operator=(OutputFile&&) = delete;
  ~OutputFile();

  /// Buffered; an error (disk full) is reported by the call that hits it.
  [[nodiscard]] Result<void> write(std::string_view text);
  [[nodiscard]] Result<void> commit();

 private:
  OutputFile() = default;
  Result<void> flush();
  std::string path_, temporary_;
  UniqueFd fd_;
  std::string buffer_;
};

/// Checks before anything is measured that a file could be made at `path`: kUsage when its folder isn't there or isn't
/// writable by the caller, or when `path` is a folder. Makes nothing that stays.
[[nodiscard]] Result<void> check_output_place(const std::string& path);

/// The whole of a regular file (or pipe), at most `limit_bytes`: more is a kUsage error, and so is a file that can't be read.
[[nodiscard]] Result<std::string> read_file(const std::string& path, size_t limit_bytes);

/// All of `text` to `fd`, whatever the number of writes.
[[nodiscard]] Result<void> write_all(int fd, std::string_view text, const std::string& name);

}  // namespace umb
