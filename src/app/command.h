// SPDX-License-Identifier: Apache-2.0
// A command as data: help, parsing, man page and completion all come from it. A new command is one file and one line in
// commands.cpp.
#pragma once

#include "app/exit_code.h"
#include "base/result.h"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace umb {

struct OptionInfo {
  std::string name;        ///< "filter", without dashes
  char letter = '\0';      ///< 'o' for -o; '\0': none
  std::string value_name;  ///< "REGEX"; empty: a flag
  std::string help;
  std::vector<std::string> words;  ///< the allowed values; empty: anything
  bool repeatable = false;
  std::vector<std::string> offered{};  ///< values that completion offers where others, or several, are allowed too
};

struct PositionalInfo {
  std::string name;  ///< "RESULT"; empty: none
  std::string help;
  int minimum = 0;
  int maximum = 0;
  std::vector<std::string> words{};  ///< the allowed values, for completion; empty: anything
};

/// What the user wrote, by option name.
class Arguments {
 public:
  [[nodiscard]] bool has(const std::string& option) const { return options_.contains(option); }
  [[nodiscard]] std::optional<std::string> value(const std::string& option) const {
    const auto found = options_.find(option);
    if (found == options_.end() || found->second.empty()) return std::nullopt;
    return found->second.back();
  }
  [[nodiscard]] std::vector<std::string> values(const std::string& option) const {
    const auto found = options_.find(option);
    return found == options_.end() ? std::vector<std::string>() : found->second;
  }
  [[nodiscard]] const std::vector<std::string>& positional() const { return positional_; }

  void add(const std::string& option, std::vector<std::string> given) { options_[option] = std::move(given); }
  void add_positional(std::vector<std::string> given) { positional_ = std::move(given); }

 private:
  std::map<std::string, std::vector<std::string>> options_;
  std::vector<std::string> positional_;
};

struct Command {
  std::string name;                   ///< one word, or two: "vm run"
  std::string summary;                ///< one line
  std::string description;            ///< what it needs and does, some lines
  std::vector<std::string> examples;  ///< whole command lines
  PositionalInfo positional;
  std::vector<OptionInfo> options;  ///< beside the common ones
  /// An exit code, or the error to be told.
  Result<int> (*run)(const Arguments& arguments) = nullptr;
};

/// In the order in which help lists them.
[[nodiscard]] const std::vector<Command>& commands();
/// nullptr for an unknown name. Knows the commands too that no help lists: what a guest of ours runs, and what the man
/// page is made by.
[[nodiscard]] const Command* find_command(const std::string& name);
/// -q, -v, --color, --log-format, --exit-code: every command has them.
[[nodiscard]] const std::vector<OptionInfo>& common_options();

[[nodiscard]] std::string help_text();
[[nodiscard]] std::string help_text(const Command& command);
/// Of the commands of a group ("vm run", "vm plan", ...).
[[nodiscard]] std::string help_text(const std::vector<const Command*>& group);
[[nodiscard]] std::string version_text();

}  // namespace umb
