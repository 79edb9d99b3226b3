// SPDX-License-Identifier: Apache-2.0
// The hidden command that a guest of ours runs as its init; no help lists it.
#include "app/cmd.h"
#include "app/command_line.h"
#include "app/rest_point.h"
#include "base/log.h"
#include "vm/guest.h"

namespace umb {

namespace {

Result<int> vm_guest(const Arguments& arguments) {
  if (!arguments.positional().empty()) {
    UMB_TRY(be_guest_with_shell());
  } else {
    UMB_TRY(be_guest([](const std::vector<std::string>& words, const Rest& rest) {
      set_rest_point(rest);
      return run_command_line(words);
    }));
  }
  return kExitDone;
}

}  // namespace

Command vm_guest_command() {
  return {.name = kGuestWord,
          .summary = "what runs inside a guest of 'vm run'",
          .positional = {"shell", "a shell on the console instead of a job", 0, 1},
          .run = vm_guest};
}

}  // namespace umb
