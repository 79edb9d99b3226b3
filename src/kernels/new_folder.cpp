// SPDX-License-Identifier: Apache-2.0
#include "kernels/new_folder.h"

#include "base/file.h"
#include "base/text.h"
#include "sys/list_folder.h"
#include "sys/remove_tree.h"

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <utility>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace umb {

namespace {

constexpr const char* kMark = ".tmp-";
constexpr time_t kStaleAfterSeconds = 24 * 60 * 60;

/// What can't be removed is left to the next one: nothing depends on it.
void remove_stale(const std::string& parent) {
  const UniqueFd folder(::open(parent.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!folder.valid()) return;
  const auto names = list_folder(folder.get(), parent);
  if (!names.has_value()) return;
  for (const std::string& name : *names) {
    struct stat facts {};
    if (name.find(kMark) == std::string::npos) continue;
    if (::fstatat(folder.get(), name.c_str(), &facts, AT_SYMLINK_NOFOLLOW) != 0 || !S_ISDIR(facts.st_mode)) continue;
    if (::time(nullptr) - facts.st_mtime > kStaleAfterSeconds) (void)remove_tree(parent + "/" + name);
  }
}

}  // namespace

Result<NewFolder> NewFolder::create(const std::string& path) {
  const AsCaller caller;
  remove_stale(path.substr(0, path.rfind('/')));
  NewFolder folder;
  folder.path_ = path;
  std::string temporary = path + kMark + "XXXXXX";
  if (::mkdtemp(temporary.data()) == nullptr) return write_error(path, errno);
  folder.temporary_ = temporary;
  folder.fd_.reset(::open(temporary.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
  if (!folder.fd_.valid()) return write_error(path, errno);
  return folder;
}

NewFolder::NewFolder(NewFolder&& other) noexcept
    : path_(std::move(other.path_)),
      temporary_(std::exchange(other.temporary_, {})),
      fd_(std::move(other.fd_)),
      last_parent_(std::move(other.last_parent_)) {}

NewFolder::~NewFolder() {
  if (temporary_.empty()) return;
  const AsCaller caller;
  (void)remove_tree(temporary_);
}

Result<UniqueFd> NewFolder::add_file(const std::string& name) {
  const AsCaller caller;
  const size_t leaf = name.rfind('/');
  const std::string parent = leaf == std::string::npos ? "" : name.substr(0, leaf);
  if (parent != last_parent_) {
    for (size_t end = parent.find('/'); !parent.empty(); end = parent.find('/', end + 1)) {
      if (::mkdirat(fd_.get(), parent.substr(0, end).c_str(), 0700) != 0 && errno != EEXIST) {
        return write_error(at(name), errno);
      }
      if (end == std::string::npos) break;
    }
    last_parent_ = parent;
  }
  UniqueFd fd(::openat(fd_.get(), name.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600));
  if (!fd.valid()) return write_error(at(name), errno);
  return fd;
}

Result<void> NewFolder::commit() {
  const AsCaller caller;
  // One call for all files: an fsync for each of a thousand would take longer than unpacking them.
  if (::syncfs(fd_.get()) != 0) return write_error(path_, errno);
  if (::rename(temporary_.c_str(), path_.c_str()) == 0) {
    temporary_.clear();
    return {};
  }
  if (errno == EEXIST || errno == ENOTEMPTY) return {};
  return write_error(path_, errno);
}

}  // namespace umb
