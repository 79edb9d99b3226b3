// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "sys/stop_flag.h"

namespace umb {

/// From now on, to the end of the process, SIGINT, SIGTERM and (unless it is ignored) SIGHUP ask for an orderly stop;
/// a second one, later, leaves at once. SIGPIPE is ignored. To be called once.
[[nodiscard]] StopFlag& listen_for_signals();

}  // namespace umb
