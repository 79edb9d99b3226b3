// SPDX-License-Identifier: Apache-2.0
// Files that a user gets to keep or hands in: written under the caller's identity, whole or not at all; read with a
// limit.
#pragma once

#include "base/result.h"
#include "base/unique_fd.h"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include <sys/types.h>

namespace umb {

/// While it lives, file system access of this thread is made as the user who called sudo (fsuid and fsgid from SUDO_UID
/// and SUDO_GID; the capabilities that override permissions go with them); nothing changes when the process is not root
/// or was not started by sudo. May be nested.
class AsCaller {
 public:
  AsCaller();
  AsCaller(const AsCaller&) = delete;
  AsCaller& operator=(const AsCaller&) = delete;
  ~AsCaller();

 private:
  std::optional<uid_t> uid_before_;
  std::optional<gid_t> gid_before_;
};

/// A file that appears under its name only when it is complete: written to a temporary name in the same folder
/// ("NAME.tmp-XXXXXX"), then fsynced and renamed by commit(). Dropped without commit() it leaves nothing. Never follows
/// a symbolic link at either name. Made under the caller's identity, mode 0644 less the umask.
class OutputFile {
 public:
  /// Fails with kUsage when the folder isn't there or isn't writable, and when something other than a plain file has
  /// the name (a folder, a symbolic link, a device): that is never replaced.
  [[nodiscard]] static Result<OutputFile> create(const std::string& path);
  OutputFile(OutputFile&& other) noexcept;
  OutputFile& operator=(OutputFile&&) = delete;
  ~OutputFile();

  /// Buffered; an error (disk full) is reported by the call that hits it, and by every later one.
  [[nodiscard]] Result<void> write(std::string_view text);
  /// Puts the file under its name, in the place of an older one.
  [[nodiscard]] Result<void> commit();
  /// The same, but kUsage with EEXIST when something has the name by now.
  [[nodiscard]] Result<void> commit_new();

  [[nodiscard]] const std::string& path() const { return path_; }

 private:
  OutputFile() = default;
  [[nodiscard]] Result<void> flush();
  [[nodiscard]] Result<void> finish(bool replace);
  std::string path_, temporary_;
  UniqueFd folder_, fd_;
  std::string buffer_;
  int errno_ = 0;  ///< of the first write that failed
};

/// Checks before anything is measured that a file could be made at `path`: kUsage when its folder isn't there or isn't
/// writable by the caller, when `path` is a folder, a link or a device, or belongs to somebody else in a folder like
/// /tmp. Makes nothing that stays.
[[nodiscard]] Result<void> check_output_place(const std::string& path);

/// Makes a folder for output files under the caller's identity; one that is there is no error. kUsage.
[[nodiscard]] Result<void> make_output_folder(const std::string& path);

/// A new empty file under its final name, open for appending; under the caller's identity, mode 0644 less the umask.
/// kUsage with EEXIST when something has the name, otherwise as OutputFile::create.
[[nodiscard]] Result<UniqueFd> create_new_file(const std::string& path);
/// Takes a file's name away, under the caller's identity; one that is gone already is no error.
[[nodiscard]] Result<void> remove_file(const std::string& path);

/// The whole of a regular file (or pipe), at most `limit_bytes`: more is a kUsage error, and so is a file that can't be
/// read, a folder or a device. A named pipe that nobody writes to is empty, not waited for.
[[nodiscard]] Result<std::string> read_file(const std::string& path, size_t limit_bytes);

/// The kFailed error of a write that the system refused ("cannot write 'x': No space left on device"), with its hint.
[[nodiscard]] Failure write_error(const std::string& name, int errno_value);

/// All of `text` to `fd`, whatever the number of writes; `name` is for the message.
[[nodiscard]] Result<void> write_all(int fd, std::string_view text, const std::string& name);

}  // namespace umb
