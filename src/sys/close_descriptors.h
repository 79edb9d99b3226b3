// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <sys/syscall.h>
#include <unistd.h>

namespace umb {

/// For a process just forked: everything but 0, 1, 2 and `kept` goes. A descriptor of its parent's that lived on in it
/// would keep a loop device, a mount or a FUSE connection busy. Async-signal-safe. Linux 5.9.
inline void close_all_but(int kept) {
  const auto keep = static_cast<unsigned>(kept);
  if (keep > 3) ::syscall(SYS_close_range, 3U, keep - 1, 0U);
  ::syscall(SYS_close_range, keep + 1, ~0U, 0U);
}

}  // namespace umb
