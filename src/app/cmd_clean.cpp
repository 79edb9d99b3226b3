// SPDX-License-Identifier: Apache-2.0
#include "app/cmd.h"
#include "app/killed_runs.h"
#include "base/file.h"
#include "base/log.h"
#include "base/text.h"

#include <unistd.h>

namespace umb {

namespace {

Result<int> clean_up(const Arguments&) {
  UMB_ASSIGN(const std::optional<StateFolder> state, StateFolder::open_existing());
  KilledRuns killed;
  if (state.has_value()) {
    UMB_ASSIGN(killed, undo_killed_runs(*state));
  }
  for (const std::string& line : killed.not_undone) log_warning("not_undone", line);
  std::string text = join(killed.done, "\n");
  if (text.empty() && killed.not_undone.empty()) {
    text = ::geteuid() == 0 ? "nothing was left behind" : "nothing was left behind by runs of this user";
  }
  if (!text.empty()) UMB_TRY(write_all(STDOUT_FILENO, text + "\n", "stdout"));
  return killed.not_undone.empty() ? kExitDone : kExitTrouble;
}

}  // namespace

Command clean_command() {
  return {
      .name = "clean",
      .summary = "undo what a killed run left",
      .description =
          "A killed run's guardian undoes everything by itself; this is for when that was killed too. Needs root for\n"
          "root's runs. Journals become results, marked interrupted.\n",
      .examples = {"sudo umountbench clean"},
      .run = clean_up};
}

}  // namespace umb
