// SPDX-License-Identifier: Apache-2.0
#include "sys/kernel_module.h"

#include "base/text.h"
#include "base/unique_fd.h"

#include <cerrno>

#include <fcntl.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace umb {

Result<void> load_module(const std::string& path) {
  const UniqueFd file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW));
  if (!file.valid()) return fail_errno("cannot open the module " + quoted(path), errno);
  if (::syscall(SYS_finit_module, file.get(), "", 0) == 0 || errno == EEXIST) return {};
  return fail_errno("cannot load the module " + quoted(path), errno);
}

}  // namespace umb
