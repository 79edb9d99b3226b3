// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"
#include "base/unique_fd.h"

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

namespace umb {

/// What changes whenever a file does, but for a change within the same tick of the file system's clock.
struct FileIdentity {
  uint64_t device = 0, inode = 0;
  int64_t size_bytes = 0;
  int64_t modified_ns = 0, changed_ns = 0;  ///< since 1970; `changed_ns` can't be set back by a program
  auto operator<=>(const FileIdentity&) const = default;
};

/// A file of this machine that goes into a guest, open for reading; opened under the caller's identity, so that nobody
/// gets to read by way of the cache what they may not read.
class SourceFile {
 public:
  /// kUsage when it can't be read or is no plain file; never waits for a pipe.
  [[nodiscard]] static Result<SourceFile> open(const std::string& path);
  [[nodiscard]] const FileIdentity& identity() const { return identity_; }
  [[nodiscard]] const std::string& path() const { return path_; }

  using Take = std::function<Result<void>(std::string_view piece)>;
  /// Hands over the content from the beginning. kFailed when its length is no more what it was when it was opened.
  [[nodiscard]] Result<void> read(const Take& take) const;
  /// All of it; kUsage when it is longer than `limit_bytes`.
  [[nodiscard]] Result<std::string> read_all(int64_t limit_bytes) const;
  /// The beginning of it, at most `most_bytes`.
  [[nodiscard]] Result<std::string> read_head(size_t most_bytes) const;
  /// ContentHash of its content.
  [[nodiscard]] Result<std::string> digest() const;

 private:
  SourceFile() = default;
  std::string path_;
  UniqueFd fd_;
  FileIdentity identity_;
};

/// The kFailed error of a file that was written to while it was read.
[[nodiscard]] Failure changed_meanwhile(const std::string& path);

}  // namespace umb
