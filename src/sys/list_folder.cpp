// SPDX-License-Identifier: Apache-2.0
#include "sys/list_folder.h"

#include "base/text.h"
#include "base/unique_fd.h"

#include <algorithm>
#include <cerrno>
#include <memory>

#include <dirent.h>
#include <fcntl.h>

namespace umb {
namespace {

struct CloseDir {
  void operator()(DIR* folder) const { ::closedir(folder); }
};

}  // namespace

Result<std::vector<std::string>> list_folder(int folder, const std::string& path) {
  const std::string doing = "cannot read the folder " + quoted(path);
  // A descriptor of its own: the position in a folder is shared by all copies of one.
  const int fd = ::openat(folder, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (fd < 0) return fail_errno(doing, errno);
  const std::unique_ptr<DIR, CloseDir> opened(::fdopendir(fd));
  if (opened == nullptr) {
    const int error = errno;
    ::close(fd);
    return fail_errno(doing, error);
  }
  std::vector<std::string> names;
  while (true) {
    errno = 0;
    const dirent* entry = ::readdir(opened.get());
    if (entry == nullptr) break;
    const std::string name = entry->d_name;
    if (name != "." && name != "..") names.push_back(name);
  }
  if (errno != 0) return fail_errno(doing, errno);
  std::sort(names.begin(), names.end());
  return names;
}

}  // namespace umb
