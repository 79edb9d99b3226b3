// SPDX-License-Identifier: Apache-2.0
#include "app/bash_completion.h"
#include "app/cmd.h"
#include "base/file.h"
#include "base/text.h"

#include <unistd.h>

namespace umb {

namespace {

const std::vector<std::string>& shells() {
  static const std::vector<std::string> all{"bash"};
  return all;
}

Result<int> completion(const Arguments& arguments) {
  const std::string& shell = arguments.positional().front();
  if (shell != "bash") return fail_usage("no completion for " + quoted(shell), "", suggestion(shell, shells()));
  UMB_TRY(write_all(STDOUT_FILENO, bash_completion(commands(), common_options()), "stdout"));
  return kExitDone;
}

}  // namespace

Command completion_command() {
  return {.name = "completion",
          .summary = "the completion of commands, options and values for a shell",
          .description = "What the packages install; anywhere else: source <(umountbench completion bash)\n",
          .examples = {"umountbench completion bash > ~/.local/share/bash-completion/completions/umountbench"},
          .positional = {.name = "SHELL", .help = "bash", .minimum = 1, .maximum = 1, .words = shells()},
          .options = {},
          .run = completion};
}

}  // namespace umb
