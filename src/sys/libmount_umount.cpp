// SPDX-License-Identifier: Apache-2.0
#include "sys/libmount_umount.h"

#include "base/text.h"

#include <cerrno>

#include <libmount/libmount.h>

namespace umb {

Result<void> LibmountUmount::prepare(const std::string& target, bool lazy) {
  drop();
  context_ = mnt_new_context();
  if (context_ == nullptr) return fail_errno("cannot make a libmount context", ENOMEM);
  int status = mnt_context_set_target(context_, target.c_str());
  if (status == 0) status = mnt_context_enable_lazy(context_, lazy ? 1 : 0);
  if (status != 0) return fail_errno("cannot prepare libmount for " + quoted(target), -status);
  return {};
}

int LibmountUmount::execute() {
  const int status = mnt_context_umount(context_);
  if (mnt_context_syscall_called(context_) == 1) {
    const int from_kernel = mnt_context_get_syscall_errno(context_);
    if (from_kernel != 0) return from_kernel;
  }
  if (status == 0) return 0;
  return status < 0 ? -status : EIO;
}

void LibmountUmount::drop() {
  if (context_ != nullptr) mnt_free_context(context_);
  context_ = nullptr;
}

}  // namespace umb
