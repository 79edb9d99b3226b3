// SPDX-License-Identifier: Apache-2.0
#include "sys/helper_entry.h"

#include <signal.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace umb {

void enter_helper(const char* name, pid_t worker, int kept) {
  ::prctl(PR_SET_NAME, name);
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (::getppid() != worker) ::_exit(1);
  const auto keep = static_cast<unsigned>(kept);
  if (keep > 3) ::syscall(SYS_close_range, 3U, keep - 1, 0U);
  ::syscall(SYS_close_range, keep + 1, ~0U, 0U);
}

}  // namespace umb
