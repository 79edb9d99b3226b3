// SPDX-License-Identifier: Apache-2.0
#include "base/data_folder.h"

#include "base/text.h"
#include "base/unique_fd.h"

#include <algorithm>
#include <cerrno>
#include <optional>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace umb {

namespace {

namespace fs = std::filesystem;

std::optional<struct stat> status_of(const fs::path& path) {
  struct stat status {};
  if (::stat(path.c_str(), &status) != 0) return std::nullopt;
  return status;
}

bool trusted(const struct stat& status, mode_t type, mode_t writers, const std::vector<uid_t>& owners) {
  return (status.st_mode & S_IFMT) == type && (status.st_mode & writers) == 0 &&
         std::find(owners.begin(), owners.end(), status.st_uid) != owners.end();
}

bool trusted(const fs::path& path, mode_t type, const std::vector<uid_t>& owners) {
  const auto status = status_of(path);
  return status && trusted(*status, type, S_IWOTH, owners);
}

/// Who must not be able to write. Whoever works as himself may let his group; root runs nothing that somebody else
/// could have written, but for a group that is its owner's own (as useradd makes it, with a umask of 002).
mode_t writers_of(const struct stat& status) {
  const bool own_group = status.st_gid == status.st_uid;
  return ::geteuid() == 0 && !own_group ? S_IWOTH | S_IWGRP : S_IWOTH;
}

/// The folder below `top`, which is above the executable, if it can be trusted.
void add_folder(std::vector<DataFolder>& folders, const fs::path& top, const std::string& below, uid_t program_owner) {
  const auto status = status_of(top);
  if (!status) return;
  DataFolder folder{top / below, {0, program_owner, status->st_uid}};
  if (trusted(folder.path, S_IFDIR, folder.owners)) folders.push_back(std::move(folder));
}

}  // namespace

std::vector<DataFolder> data_folders(const std::string& executable, const std::string& name) {
  std::vector<DataFolder> folders;
  const auto program = status_of(executable);
  if (!program) return folders;
  const fs::path home = fs::path(executable).parent_path();
  add_folder(folders, home.parent_path(), "share/umountbench/" + name, program->st_uid);
  for (fs::path above = home; above.has_relative_path(); above = above.parent_path()) {
    if (!status_of(above / "configs/default.json") || !status_of(above / "src/CMakeLists.txt")) continue;
    add_folder(folders, above, name, program->st_uid);
    break;
  }
  return folders;
}

bool has_trusted_file(const DataFolder& folder, const std::string& name) {
  return trusted(folder.path / name, S_IFREG, folder.owners);
}

Result<std::string> read_trusted_file(const DataFolder& folder, const std::string& name) {
  constexpr size_t kLimit = 1U << 20U;
  const std::string path = (folder.path / name).string();
  const auto refused = [&](const std::string& why, const std::string& hint) {
    return fail("cannot use " + umb::quoted(path), why, hint, ErrorKind::kUnavailable);
  };
  const std::string hint = "install umountbench whole: cmake --install";
  const UniqueFd file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY));
  if (!file.valid()) return refused(errno_text(errno), hint);
  struct stat status {};
  const auto around = status_of(folder.path);
  if (::fstat(file.get(), &status) != 0 || !trusted(status, S_IFREG, writers_of(status), folder.owners) || !around ||
      !trusted(*around, S_IFDIR, writers_of(*around), folder.owners)) {
    return refused("others than its owner and root can write to it, or it is no file",
                   "chmod -R go-w " + printable(folder.path.string()));
  }
  std::string text(kLimit + 1, '\0');
  size_t length = 0;
  while (length < text.size()) {
    const ssize_t got = ::read(file.get(), text.data() + length, text.size() - length);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return refused(errno_text(errno), "");
    if (got == 0) break;
    length += static_cast<size_t>(got);
  }
  if (length > kLimit) return refused("it is longer than 1 MB", hint);
  text.resize(length);
  return text;
}

}  // namespace umb
