// SPDX-License-Identifier: Apache-2.0
#include "sys/make_folder.h"

#include "base/text.h"

#include <cerrno>

#include <sys/stat.h>

namespace umb {

Result<void> make_folder(const std::string& path) {
  if (::mkdir(path.c_str(), 0700) == 0 || errno == EEXIST) return {};
  return fail_errno("cannot make the folder " + quoted(path), errno);
}

}  // namespace umb
