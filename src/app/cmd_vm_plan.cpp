// SPDX-License-Identifier: Apache-2.0
#include "app/cmd.h"
#include "app/vm_options.h"
#include "app/vm_plan.h"
#include "base/file.h"

#include <unistd.h>

namespace umb {

namespace {

Result<int> plan(const Arguments& arguments) {
  UMB_ASSIGN(const VmPlan vm, vm_plan_of(arguments, 0));
  UMB_ASSIGN(const std::string lines, matrix_lines(vm, vm.chosen, vm_folder(arguments)));
  UMB_TRY(write_all(STDOUT_FILENO, lines, "stdout"));
  return kExitDone;
}

}  // namespace

Command vm_plan_command() {
  return {.name = "vm plan",
          .summary = "what 'vm run' would boot, as JSON lines: cell, time, QEMU command",
          .description =
              "Needs no root. Takes the options of 'vm run' and boots nothing, but fetches kernels and makes what "
              "guests boot\n"
              "from, so that the commands are those of 'vm run'. Each cell can be run by itself: vm run --cell ID.\n",
          .examples = {"umountbench vm plan --kernel debian:6.1-rt --kernel debian:6.1-cloud --boots 7",
                       "umountbench vm plan -k old=./old/vmlinuz -k new=./new/vmlinuz --shard 1/4"},
          .options = vm_plan_options(),
          .run = plan};
}

}  // namespace umb
