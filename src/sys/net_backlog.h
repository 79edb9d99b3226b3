// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

namespace umb {

/// How long a process in a new network namespace takes to come and go, in ns; -1 where none can be made. It shares the
/// caller's memory, so that the caller's size is not in it. The kernel releases such namespaces later, in a worker, and
/// while it has many to release this takes longer.
[[nodiscard]] int64_t time_net_namespace();

/// The usual time of the above on this machine now: the median of some, with pauses. Some 100 ms.
[[nodiscard]] int64_t usual_net_namespace_ns();

/// Waits until it takes no more than twice `usual_ns`, three times in a row; at most `limit_ns`.
void wait_for_net_backlog(int64_t usual_ns, int64_t limit_ns);

}  // namespace umb
