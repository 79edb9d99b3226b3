// SPDX-License-Identifier: Apache-2.0
#include "app/cmd.h"
#include "app/vm_guests.h"
#include "app/vm_options.h"
#include "base/log.h"
#include "sys/argument_pointers.h"

#include <cerrno>

#include <unistd.h>

namespace umb {

namespace {

Result<int> shell(const Arguments& arguments) {
  UMB_ASSIGN(const GuestChoice choice, guest_choice(arguments, {}));
  if (choice.kernels.size() != 1 || choice.appends.size() != 1) {
    return fail_usage("a shell is for one kernel with one command line", "",
                      "name --kernel once, --append at most once");
  }
  UMB_ASSIGN(const Guests guests, find_guests(choice, content_for_shell()));
  UMB_TRY(check_memory(choice, 1));
  if (guests.accelerator.name != "kvm") {
    log_warning("emulated", "the guest runs under emulation: " + guests.accelerator.reason);
  }
  std::vector<std::string> command =
      qemu_shell_command(machine_for(guests, guests.kernels[0], choice, choice.appends[0], "shell"));
  log_info("'exit' ends the guest, Ctrl-A X ends QEMU");
  ::execv(command[0].c_str(), argument_pointers(command).data());
  return fail_errno("cannot start QEMU", errno);
}

}  // namespace

Command vm_shell_command() {
  return {.name = "vm shell",
          .summary = "a shell in a guest, to look around",
          .description =
              "Needs QEMU and a terminal. Boots the kernel as 'vm run' does, with this machine's shell and some "
              "programs in it,\n"
              "and becomes QEMU. /init is this program.\n",
          .examples = {"umountbench vm shell --kernel debian:6.1-rt"},
          .options = guest_options(),
          .run = shell};
}

}  // namespace umb
