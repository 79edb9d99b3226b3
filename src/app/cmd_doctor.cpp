// SPDX-License-Identifier: Apache-2.0
#include "app/cmd.h"
#include "app/json_output.h"
#include "app/terminal.h"
#include "base/text.h"
#include "fixture/journal_note.h"
#include "fixture/undo.h"
#include "runner/doctor.h"

#include <nlohmann/json.hpp>
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

std::string as_text(const std::vector<Finding>& findings, bool color) {
  std::string text;
  for (const Finding& finding : findings) {
    const bool alarming = finding.level == "noisy" || finding.level == "missing";
    std::string level = finding.level + std::string(finding.level.size() < 8 ? 8 - finding.level.size() : 1, ' ');
    if (color && alarming) level = "\x1b[33m" + level + "\x1b[0m";
    text += level + printable(finding.topic) + ": " + printable(finding.message) + "\n";
    if (!finding.command.empty()) text += "        run: " + printable(finding.command) + "\n";
  }
  return text;
}

std::string as_json(const std::vector<Finding>& findings) {
  using Json = nlohmann::ordered_json;
  Json all = Json::array();
  for (const Finding& finding : findings) {
    Json one{{"level", finding.level}, {"topic", finding.topic}, {"message", finding.message}};
    one["command"] = finding.command.empty() ? Json() : Json(finding.command);
    all.push_back(std::move(one));
  }
  return Json{{"findings", all}}.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

Result<int> doctor(const Arguments& arguments) {
  const std::vector<Finding> findings = examine({}, left_overs());
  UMB_TRY(write_text(arguments, arguments.value("format") == "json"
                                    ? as_json(findings)
                                    : as_text(findings, wants_color(arguments, STDOUT_FILENO))));
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
