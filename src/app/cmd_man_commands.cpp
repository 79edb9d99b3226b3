// SPDX-License-Identifier: Apache-2.0
// The hidden command that the man page is made by (cmake/install_pages.cmake); no help lists it.
#include "app/cmd.h"
#include "app/man_commands.h"
#include "base/file.h"

#include <unistd.h>

namespace umb {

namespace {

Result<int> print_commands(const Arguments&) {
  UMB_TRY(write_all(STDOUT_FILENO, man_commands(commands(), common_options()), "stdout"));
  return kExitDone;
}

}  // namespace

Command man_commands_command() {
  return {.name = "man-commands", .summary = "the commands as the man page has them", .run = print_commands};
}

}  // namespace umb
