// SPDX-License-Identifier: Apache-2.0
// The commands, each from a file of its own.
#pragma once

#include "app/command.h"

namespace umb {

[[nodiscard]] Command run_command();
[[nodiscard]] Command ab_command();
[[nodiscard]] Command compare_command();
[[nodiscard]] Command report_command();
[[nodiscard]] Command plot_command();
[[nodiscard]] Command show_command();
[[nodiscard]] Command explain_command();
[[nodiscard]] Command history_command();
[[nodiscard]] Command shrink_command();
[[nodiscard]] Command noise_command();
[[nodiscard]] Command import_perf_command();
[[nodiscard]] Command import_hyperfine_command();
[[nodiscard]] Command list_command();
[[nodiscard]] Command doctor_command();
[[nodiscard]] Command clean_command();
[[nodiscard]] Command completion_command();
[[nodiscard]] Command man_commands_command();
[[nodiscard]] Command vm_run_command();
[[nodiscard]] Command vm_plan_command();
[[nodiscard]] Command vm_shell_command();
[[nodiscard]] Command vm_guest_command();
[[nodiscard]] Command vm_doctor_command();
[[nodiscard]] Command vm_fetch_command();

}  // namespace umb
