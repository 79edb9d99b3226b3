// SPDX-License-Identifier: Apache-2.0
#include "app/cmd.h"
#include "app/command.h"

namespace umb {

const std::vector<Command>& commands() {
  static const std::vector<Command> all{
      run_command(),        ab_command(),      compare_command(),     report_command(),
      plot_command(),       show_command(),    explain_command(),     history_command(),
      shrink_command(),     noise_command(),   import_perf_command(), import_hyperfine_command(),
      vm_run_command(),     vm_plan_command(), vm_fetch_command(),    vm_shell_command(),
      vm_doctor_command(),  list_command(),    doctor_command(),      clean_command(),
      completion_command(),
  };
  return all;
}

const Command* find_command(const std::string& name) {
  for (const Command& command : commands()) {
    if (command.name == name) return &command;
  }
  static const std::vector<Command> hidden{vm_guest_command(), man_commands_command()};
  for (const Command& command : hidden) {
    if (command.name == name) return &command;
  }
  return nullptr;
}

const std::vector<OptionInfo>& common_options() {
  static const std::vector<OptionInfo> all{
      {.name = "quiet", .letter = 'q', .help = "only warnings and errors on stderr"},
      {.name = "verbose", .letter = 'v', .help = "more talk on stderr"},
      {.name = "color",
       .value_name = "WHEN",
       .help = "auto (default; off with NO_COLOR or TERM=dumb), always or never",
       .words = {"auto", "always", "never"}},
      {.name = "log-format",
       .value_name = "FORMAT",
       .help = "talk on stderr as text (default) or json (one object a line)",
       .words = {"text", "json"}},
      {.name = "exit-code",
       .value_name = "STYLE",
       .help = "whose exit codes: default, bisect, ksft or autopkgtest",
       .words = exit_code_style_names()},
  };
  return all;
}

}  // namespace umb
