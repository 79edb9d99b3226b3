// SPDX-License-Identifier: Apache-2.0
#include "app/cmd.h"
#include "app/findings_text.h"
#include "app/json_output.h"
#include "fixture/journal_note.h"
#include "fixture/undo.h"
#include "runner/doctor.h"
#include "trace/examine_tracing.h"

#include <unistd.h>

namespace umb {

namespace {

/// What killed runs left, by looking only.
std::vector<Finding> left_overs() {
  const auto state = StateFolder::open_existing();
  if (!state.has_value() || !state->has_value()) return {};
  std::vector<Finding> findings;
  const Result<std::vector<RunFolder>> runs = left_over_runs(**state);
  const std::string command = ::geteuid() == 0 ? "umountbench clean" : "sudo umountbench clean";
  if (runs.has_value() && !runs->empty()) {
    findings.push_back(
        {"noisy", "killed runs", std::to_string(runs->size()) + " killed run(s) left something to undo", command});
  }
  const Result<std::vector<JournalNote>> notes = journal_notes(**state);
  if (notes.has_value() && !notes->empty()) {
    findings.push_back({"note", "journals", "killed runs left journals of what they had measured", command});
  }
  return findings;
}

Result<int> doctor(const Arguments& arguments) {
  std::vector<Finding> extra = examine_tracing();
  const std::vector<Finding> left = left_overs();
  extra.insert(extra.end(), left.begin(), left.end());
  const std::vector<Finding> findings = examine({}, extra);
  UMB_TRY(write_findings(arguments, findings));
  return kExitDone;
}

}  // namespace

Command doctor_command() {
  return {.name = "doctor",
          .summary = "what is noisy or missing here; changes nothing",
          .description = "Needs no root, but sees less without it. Prints the command to run for what can be mended.\n",
          .examples = {"sudo umountbench doctor", "umountbench doctor --format json"},
          .options = text_or_json_options(),
          .run = doctor};
}

}  // namespace umb
