// SPDX-License-Identifier: Apache-2.0
#include "app/man_commands.h"

#include "base/text.h"

#include <cctype>

namespace umb {

namespace {

/// A text's characters as roff(7) takes them literally.
std::string escaped(const std::string& text) {
  std::string safe;
  for (const char c : text) {
    if (c == '\\') {
      safe += "\\e";
    } else if (c == '-') {
      safe += "\\-";
    } else if ((c == '.' || c == '\'') && (safe.empty() || safe.back() == '\n')) {
      safe += std::string("\\&") + c;
    } else {
      safe += c;
    }
  }
  return safe;
}

/// Each sentence on a line of its own, as mdoc wants it.
std::string sentences(std::string text) {
  for (size_t at = 0; at + 2 < text.size(); ++at) {
    const bool ends =
        text[at] == '.' && text[at + 1] == ' ' && std::isupper(static_cast<unsigned char>(text[at + 2])) != 0;
    if (ends || (text[at] == '\n' && text[at + 1] == ' ')) text[at + 1] = '\n';
  }
  return escaped(text) + (text.ends_with('\n') ? "" : "\n");
}

std::string sentence_of(std::string summary) {
  if (!summary.empty()) summary[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(summary[0])));
  return sentences(summary + ".");
}

/// A value's name as the argument of a macro: apart from punctuation that mdoc would set by itself.
std::string argument(const std::string& name) {
  return " Ar " + escaped(name);
}

std::string option_item(const OptionInfo& option) {
  std::string line = ".It";
  if (option.letter != '\0') line += std::string(" Fl ") + option.letter + " ,";
  line += " Fl \\-" + escaped(option.name);
  if (!option.value_name.empty()) line += argument(option.value_name);
  return line + "\n" + sentences(option.help + (option.repeatable ? " (repeatable)" : ""));
}

std::string option_list(const std::vector<OptionInfo>& options) {
  if (options.empty()) return "";
  std::string text = ".Bl -tag -width Ds\n";
  for (const OptionInfo& option : options) text += option_item(option);
  return text + ".El\n";
}

std::string command_section(const Command& command) {
  std::string text = ".Ss " + command.name + "\n.Nm\n.Cm " + command.name + "\n";
  if (!command.options.empty()) text += ".Op Ar option ...\n";
  const PositionalInfo& positional = command.positional;
  if (positional.maximum > 0) {
    const std::string more = positional.maximum > 1 ? " ..." : "";
    text += (positional.minimum > 0 ? ".Ar " : ".Op Ar ") + escaped(positional.name) + more + "\n";
  }
  text += ".Pp\n" + sentence_of(command.summary) + sentences(command.description);
  if (positional.maximum > 0) {
    text += ".Bl -tag -width Ds\n.It" + argument(positional.name) + "\n" + sentences(positional.help) + ".El\n";
  }
  text += option_list(command.options);
  if (command.examples.empty()) return text;
  text += ".Pp\nExamples:\n.Bd -literal -offset indent\n";
  for (const std::string& example : command.examples) text += escaped(example) + "\n";
  return text + ".Ed\n";
}

}  // namespace

std::string man_commands(const std::vector<Command>& commands, const std::vector<OptionInfo>& common) {
  std::string text;
  for (const Command& command : commands) text += command_section(command);
  return text + ".Ss Every command\n" + option_list(common);
}

}  // namespace umb
