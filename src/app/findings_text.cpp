// SPDX-License-Identifier: Apache-2.0
#include "app/findings_text.h"

#include "app/json_output.h"
#include "app/terminal.h"
#include "base/text.h"

#include <nlohmann/json.hpp>
#include <unistd.h>

namespace umb {

namespace {

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

}  // namespace

Result<void> write_findings(const Arguments& arguments, const std::vector<Finding>& findings) {
  return write_text(arguments, arguments.value("format") == "json"
                                   ? as_json(findings)
                                   : as_text(findings, wants_color(arguments, STDOUT_FILENO)));
}

}  // namespace umb
