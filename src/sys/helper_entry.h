// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <sys/types.h>

namespace umb {

/// What a process that a worker forked to help it does first: it gets a name of its own (15 bytes at most), dies with
/// the worker, and keeps no descriptor but stdin, stdout, stderr and `kept`, because one of the worker's that lived on
/// in it would keep a loop device or a mount busy. Ends the process where the worker is gone already.
void enter_helper(const char* name, pid_t worker, int kept);

}  // namespace umb
