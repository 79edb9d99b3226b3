// SPDX-License-Identifier: Apache-2.0
#include "app/command_line.h"

#include "app/command.h"
#include "app/parser.h"
#include "app/terminal.h"
#include "base/file.h"
#include "base/log.h"
#include "base/text.h"

#include <exception>

#include <unistd.h>

namespace umb {

namespace {

int print(const std::string& text) {
  const Result<void> written = write_all(STDOUT_FILENO, text, "stdout");
  if (written.has_value()) return kExitDone;
  log_error(written.error());
  return kExitTrouble;
}

std::vector<std::string> command_names() {
  std::vector<std::string> names;
  for (const Command& command : commands()) names.push_back(command.name);
  names.emplace_back("help");
  return names;
}

/// In the place of a command.
int misplaced_option(const std::string& word) {
  std::string hint;
  for (const OptionInfo& option : common_options()) {
    const std::string name = "--" + option.name;
    if (word == name || word.starts_with(name + "=") || word == std::string("-") + option.letter) {
      hint = "options stand behind the command: umountbench run " + word;
    }
  }
  if (hint.empty()) hint = suggestion(word, {"--help", "--version"});
  log_error(fail_usage("there is no command before " + quoted(word), "", hint).value());
  return kExitUsage;
}

int unknown_command(const std::vector<std::string>& words) {
  if (words[0].starts_with('-')) return misplaced_option(words[0]);
  std::string name = words[0];
  for (const Command& command : commands()) {
    // "vm", "vm rum"
    if (command.name.starts_with(words[0] + " ") && words.size() > 1 && !words[1].starts_with('-')) {
      name = words[0] + " " + words[1];
      break;
    }
  }
  log_error(fail_usage("unknown command " + quoted(name), "", suggestion(name, command_names())).value());
  return kExitUsage;
}

/// A command's name is one word, or two ("vm run"), at the beginning of `words`, which loses it.
const Command* take_command(std::vector<std::string>& words) {
  for (const size_t length : {size_t{2}, size_t{1}}) {
    if (words.size() < length) continue;
    const auto end = words.begin() + static_cast<ptrdiff_t>(length);
    const Command* command = find_command(join(std::vector<std::string>(words.begin(), end), " "));
    if (command == nullptr) continue;
    words.erase(words.begin(), end);
    return command;
  }
  return nullptr;
}

/// The commands whose name begins with "GROUP ".
std::vector<const Command*> group_of(const std::string& name) {
  std::vector<const Command*> group;
  for (const Command& command : commands()) {
    if (command.name.starts_with(name + " ")) group.push_back(&command);
  }
  return group;
}

int help(std::vector<std::string> words) {
  if (words.empty()) return print(help_text());
  if (const Command* command = take_command(words); command != nullptr) return print(help_text(*command));
  const std::vector<const Command*> group = words.size() == 1 ? group_of(words[0]) : std::vector<const Command*>();
  return group.empty() ? unknown_command(words) : print(help_text(group));
}

/// The options of these names as far as they stand in words that may make no sense as a whole, so that a usage error is
/// told in the asked way too.
Arguments picked(const std::vector<std::string>& words, const std::vector<std::string>& names) {
  Arguments arguments;
  for (size_t i = 0; i < words.size() && words[i] != "--"; ++i) {
    for (const std::string& name : names) {
      const std::string option = "--" + name;
      if (words[i].starts_with(option + "=")) arguments.add(name, {words[i].substr(option.size() + 1)});
      if (words[i] == option && i + 1 < words.size()) arguments.add(name, {words[i + 1]});
    }
  }
  return arguments;
}

int run_one(const Command& command, const std::vector<std::string>& words) {
  const Result<Arguments> arguments = parse_arguments(command, words);
  if (!arguments.has_value()) {
    log_error(arguments.error());
    return kExitUsage;
  }
  if (arguments->has("help")) return print(help_text(command));
  configure_log(*arguments);
  const Result<int> code = command.run(*arguments);
  if (code.has_value()) return *code;
  log_error(code.error());
  return exit_code_of(code.error());
}

int run_words(const std::vector<std::string>& words) {
  if (words.empty()) {
    (void)print(help_text());
    return kExitUsage;
  }
  if (words[0] == "help" || words[0] == "--help" || words[0] == "-h") return help({words.begin() + 1, words.end()});
  if (words[0] == "--version") return print(version_text());
  std::vector<std::string> rest = words;
  const Command* command = take_command(rest);
  if (command != nullptr) return run_one(*command, rest);
  const std::vector<const Command*> group = group_of(words[0]);
  const bool asks = words.size() == 1 || words[1] == "--help" || words[1] == "-h";
  if (group.empty() || !asks) return unknown_command(words);
  const int printed = print(help_text(group));
  return words.size() == 1 && printed == kExitDone ? kExitUsage : printed;
}

}  // namespace

int run_command_line(const std::vector<std::string>& words) {
  ExitCodeStyle style = ExitCodeStyle::kDefault;
  int code = kExitTrouble;
  try {
    const Arguments early = picked(words, {"exit-code", "log-format", "color"});
    style = parse_exit_code_style(early.value("exit-code").value_or("default")).value_or(ExitCodeStyle::kDefault);
    configure_log(early);
    code = run_words(words);
  } catch (const std::exception& trouble) {
    log_error(fail("internal error", trouble.what(), "please report it, with the command line").value());
  }
  return styled_exit_code(code, style);
}

}  // namespace umb
