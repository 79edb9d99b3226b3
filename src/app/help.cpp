// SPDX-License-Identifier: Apache-2.0
#include "app/command.h"
#include "base/version.h"
#include "model/record.h"
#include "runner/libraries.h"

#include <algorithm>
#include <sstream>

namespace umb {

namespace {

constexpr size_t kIndent = 30;
constexpr size_t kWidth = 100;

/// "  LEFT      RIGHT", the right side folded under itself.
std::string two_columns(const std::string& left, const std::string& right) {
  std::string text = "  " + left;
  if (text.size() + 2 > kIndent)
    text += "\n" + std::string(kIndent, ' ');
  else
    text += std::string(kIndent - text.size(), ' ');
  size_t column = kIndent;
  std::istringstream words(right);
  for (std::string word; words >> word;) {
    if (column > kIndent && column + 1 + word.size() > kWidth) {
      text += "\n" + std::string(kIndent, ' ');
      column = kIndent;
    } else if (column > kIndent) {
      text += ' ';
      ++column;
    }
    text += word;
    column += word.size();
  }
  return text + "\n";
}

std::string option_line(const OptionInfo& option) {
  std::string left = option.letter != '\0' ? std::string("-") + option.letter + ", " : "    ";
  left += "--" + option.name;
  if (!option.value_name.empty()) left += " " + option.value_name;
  return two_columns(left, option.help + (option.repeatable ? " (repeatable)" : ""));
}

}  // namespace

std::string help_text() {
  std::string text =
      "umountbench measures how long umount takes on this kernel, when what was mounted is free again, and what RCU\n"
      "has to do with it.\n\n"
      "examples:\n"
      "  sudo umountbench run                    measure with the default plan, write a result\n"
      "  sudo umountbench run --config quick     the short one: under a minute\n"
      "  umountbench show                        the newest result again\n"
      "  umountbench doctor                      what is noisy or missing here\n\n"
      "commands:\n";
  for (const Command& command : commands()) text += two_columns(command.name, command.summary);
  text += two_columns("help [COMMAND]", "this text, or a command's options");
  text += "\nevery command:\n";
  for (const OptionInfo& option : common_options()) text += option_line(option);
  text += two_columns("    --version", "version, commit, schema and libraries");
  text +=
      "\nexit codes: 0 done, 1 a case or check failed, or slower, 2 usage or unusable input or output, 3 trouble while "
      "running,\n"
      "4 nothing could run here, 5 inconclusive (with --fail-on inconclusive), 128 and the signal's number when "
      "interrupted\n";
  return text;
}

std::string help_text(const Command& command) {
  std::string text = "usage: umountbench " + command.name + " [OPTION]...";
  if (command.positional.maximum > 0) {
    const std::string name = command.positional.name + (command.positional.maximum > 1 ? "..." : "");
    text += command.positional.minimum > 0 ? " " + name : " [" + name + "]";
  }
  text += "\n\n" + command.summary + "\n" + command.description + "\n";
  if (!command.examples.empty()) text += "examples:\n";
  for (const std::string& example : command.examples) text += "  " + example + "\n";
  if (!command.examples.empty()) text += "\n";
  if (command.positional.maximum > 0) text += two_columns(command.positional.name, command.positional.help) + "\n";
  if (!command.options.empty()) text += "options:\n";
  for (const OptionInfo& option : command.options) text += option_line(option);
  text += command.options.empty() ? "every command:\n" : "\nevery command:\n";
  for (const OptionInfo& option : common_options()) text += option_line(option);
  return text;
}

std::string help_text(const std::vector<const Command*>& group) {
  std::string text = "commands:\n";
  for (const Command* command : group) text += two_columns(command->name, command->summary);
  return text + two_columns("help " + group[0]->name, "this command's options; likewise for the others");
}

std::string version_text() {
  std::string text = std::string("umountbench ") + tool_version() + " (commit " + tool_commit() + ")\nresult schema " +
                     std::to_string(kSchemaVersion) + "\n";
  for (const Fact& library : library_versions()) {
    const auto* version = std::get_if<std::string>(&library.value);
    text += library.key + " " + (version != nullptr ? *version : "unknown") + "\n";
  }
  return text;
}

}  // namespace umb
