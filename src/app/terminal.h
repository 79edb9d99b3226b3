// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/command.h"
#include "render/run_view.h"

namespace umb {

/// Sets the log up by --quiet, --verbose, --color and --log-format.
void configure_log(const Arguments& arguments);
[[nodiscard]] bool log_is_json(const Arguments& arguments);

/// Whether a descriptor gets colour: --color, else NO_COLOR, TERM and whether it is a terminal.
[[nodiscard]] bool wants_color(const Arguments& arguments, int fd);

/// For what goes to stdout.
[[nodiscard]] RenderOptions render_options(const Arguments& arguments);

}  // namespace umb
