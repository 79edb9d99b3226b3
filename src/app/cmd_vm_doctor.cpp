// SPDX-License-Identifier: Apache-2.0
#include "app/cmd.h"
#include "app/findings_text.h"
#include "app/json_output.h"
#include "app/vm_doctor.h"

namespace umb {

namespace {

Result<int> vm_doctor(const Arguments& arguments) {
  const GuestTrial trial = try_guests();
  UMB_TRY(write_findings(arguments, examine_for_guests(trial)));
  return trial.can_boot() ? kExitDone : kExitUnavailable;
}

}  // namespace

Command vm_doctor_command() {
  return {.name = "vm doctor",
          .summary = "whether kernels can be booted here, and how fast; changes nothing",
          .description =
              "Boots a guest of a few bytes to see whether KVM works and not only whether /dev/kvm is there (at most\n"
              "5 s), looks for what 'vm run' and 'vm fetch' need, and prints the command to run for what is missing.\n"
              "Needs no root, but perhaps the group kvm. Exit code 4 when nothing can be booted.\n",
          .examples = {"umountbench vm doctor", "umountbench vm doctor --format json"},
          .options = text_or_json_options(),
          .run = vm_doctor};
}

}  // namespace umb
