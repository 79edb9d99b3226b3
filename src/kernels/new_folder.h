// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"
#include "base/unique_fd.h"

#include <string>

namespace umb {

/// A folder of files that appears under its name only when all of them are there: made under a temporary name beside it
/// ("NAME.tmp-XXXXXX"), then written to disk and renamed by commit(). Dropped without commit() it leaves nothing.
/// Everything is made under the caller's identity, readable for the owner alone.
class NewFolder {
 public:
  /// Also removes temporary folders beside it that were left behind a day ago or earlier, by a process that was killed.
  [[nodiscard]] static Result<NewFolder> create(const std::string& path);
  NewFolder(NewFolder&& other) noexcept;
  NewFolder& operator=(NewFolder&&) = delete;
  ~NewFolder();

  /// A new empty file below the folder, open for writing; the folders on the way are made. `name` must be a relative
  /// path without "." and ".." (the caller has checked it). EEXIST when there is one already.
  [[nodiscard]] Result<UniqueFd> add_file(const std::string& name);
  /// Where a file is until commit().
  [[nodiscard]] std::string at(const std::string& name) const { return temporary_ + "/" + name; }
  /// Puts the folder under its name. When another process was faster, its folder stays and this one goes.
  [[nodiscard]] Result<void> commit();

 private:
  NewFolder() = default;
  std::string path_, temporary_;
  UniqueFd fd_;
  std::string last_parent_;
};

}  // namespace umb
