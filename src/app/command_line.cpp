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

int unknown_command(const std::string& name) {
  if (name.starts_with('-')) return misplaced_option(name);
  log_error(fail_usage("unknown command " + quoted(name), "", suggestion(name, command_names())).value());
  return kExitUsage;
}

int help(const std::vector<std::string>& words) {
  if (words.size() < 2) return print(help_text());
  const Command* command = find_command(words[1]);
  return command != nullptr ? print(help_text(*command)) : unknown_command(words[1]);
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
  if (words[0] == "help" || words[0] == "--help" || words[0] == "-h") return help(words);
  if (words[0] == "--version") return print(version_text());
  const Command* command = find_command(words[0]);
  if (command == nullptr) return unknown_command(words[0]);
  return run_one(*command, std::vector<std::string>(words.begin() + 1, words.end()));
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
