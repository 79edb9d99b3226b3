// SPDX-License-Identifier: Apache-2.0
#include "app/bash_completion.h"

#include "base/text.h"

#include <algorithm>

namespace umb {

namespace {

/// What is the same for every command. Words arrive split at "=", as $COMP_WORDBREAKS has it.
constexpr const char* kLogic = R"bash(
# The names of the configs that came with the program.
_umountbench_configs() {
  local program file
  program=$(type -P "${COMP_WORDS[0]}") || return 0
  for file in "${program%/*}"/../share/umountbench/configs/*.json; do
    [[ ! -e $file ]] || { file=${file##*/} && printf '%s\n' "${file%.json}"; }
  done
}

# KIND CURRENT: what can stand for a value.
_umountbench_fill() {
  local kind=$1 current=$2 list='' word
  [[ $kind != list:* || $current != *,* ]] || list=${current%,*},
  local candidates=() words=()
  [[ $kind != *:* ]] || read -r -a words <<<"${kind#*:}"
  [[ $kind != config ]] || mapfile -t words < <(_umountbench_configs)
  for word in "${words[@]}"; do
    [[ $list$word != "$current"* ]] || candidates+=("$list$word")
  done
  case $kind in
    file | config) mapfile -t -O "${#candidates[@]}" candidates < <(compgen -f -- "$current") ;;
    folder) mapfile -t candidates < <(compgen -d -- "$current") ;;
  esac
  COMPREPLY=("${candidates[@]}")
  case $kind in file | config | folder) compopt -o filenames 2>/dev/null ;; esac
  [[ ${COMPREPLY[0]-} != *= ]] || compopt -o nospace 2>/dev/null
}

_umountbench() {
  local current=${COMP_WORDS[COMP_CWORD]} at=$((COMP_CWORD - 1)) first=1 command second kind
  COMPREPLY=()
  [[ ${COMP_WORDS[1]-} != help || $COMP_CWORD == 1 ]] || first=2
  command=${COMP_WORDS[first]-}
  if ((COMP_CWORD == first)); then
    _umountbench_fill "words:$(_umountbench_next '')" "$current"
    return
  fi
  second=$(_umountbench_next "$command")
  if [[ -n $second ]]; then
    if ((COMP_CWORD == first + 1)); then
      _umountbench_fill "words:$second" "$current"
      return
    fi
    command+=" ${COMP_WORDS[first + 1]}"
  fi
  ((first == 1)) || return 0
  # "--option=value" is three words here, and "--write format=file" four.
  if [[ $current == '=' ]]; then
    current=''
  elif [[ ${COMP_WORDS[at]} == '=' ]]; then
    ((at--))
  fi
  if kind=$(_umountbench_value "$command" "${COMP_WORDS[at]}"); then
    _umountbench_fill "$kind" "$current"
  elif [[ ${COMP_WORDS[at + 1]} == '=' ]]; then
    _umountbench_fill file "$current"
  elif [[ $current == -* ]]; then
    _umountbench_fill "words:$(_umountbench_options "$command")" "$current"
  else
    _umountbench_fill "$(_umountbench_argument "$command")" "$current"
  fi
}
complete -F _umountbench umountbench
)bash";

std::string single_quoted(const std::string& text) {
  std::string quoted = "'";
  for (const char c : text) quoted += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return quoted + "'";
}

/// What a value is, by how the help calls it.
std::string kind_of(const OptionInfo& option) {
  if (!option.words.empty()) return "words:" + join(option.words, " ");
  if (option.name == "config") return "config";
  if (!option.offered.empty()) return (option.value_name == "LIST" ? "list:" : "words:") + join(option.offered, " ");
  if (option.value_name.ends_with("FILE") || option.value_name.ends_with("SPEC")) return "file";
  return option.value_name == "DIR" ? "folder" : "none";
}

std::string kind_of(const PositionalInfo& positional) {
  if (!positional.words.empty()) return "words:" + join(positional.words, " ");
  const bool path = positional.name == "RESULT" || positional.name == "SIDE" || positional.name == "FILE";
  return path ? "file" : "none";
}

/// `command`: a name, or "*" for all.
std::string value_lines(const std::string& command, const OptionInfo& option) {
  if (option.value_name.empty()) return "";
  const auto pattern = [&](const std::string& written) {
    return command == "*" ? command + single_quoted(" " + written) : single_quoted(command + " " + written);
  };
  std::string line = "    " + pattern("--" + option.name);
  if (option.letter != '\0') line += " | " + pattern(std::string("-") + option.letter);
  return line + ") echo " + single_quoted(kind_of(option)) + " ;;\n";
}

std::string names_of(const std::vector<OptionInfo>& options) {
  std::string names;
  for (const OptionInfo& option : options) names += (names.empty() ? "--" : " --") + option.name;
  return names;
}

/// The words that can follow: those of one-word commands and of groups, then for each group its own.
std::string next_words(const std::vector<Command>& commands) {
  std::vector<std::string> firsts, groups;
  std::string lines;
  for (const Command& command : commands) {
    const std::string first = command.name.substr(0, command.name.find(' '));
    if (std::find(firsts.begin(), firsts.end(), first) == firsts.end()) firsts.push_back(first);
    if (first != command.name && std::find(groups.begin(), groups.end(), first) == groups.end()) {
      groups.push_back(first);
    }
  }
  for (const std::string& group : groups) {
    std::vector<std::string> seconds;
    for (const Command& command : commands) {
      if (command.name.starts_with(group + " ")) seconds.push_back(command.name.substr(group.size() + 1));
    }
    lines += "    " + single_quoted(group) + ") echo " + single_quoted(join(seconds, " ")) + " ;;\n";
  }
  return "    '') echo " + single_quoted(join(firsts, " ") + " help --help --version") + " ;;\n" + lines;
}

std::string function(const std::string& name, const std::string& subject, const std::string& lines) {
  return "_umountbench_" + name + "() {\n  case " + subject + " in\n" + lines + "  esac\n}\n";
}

}  // namespace

std::string bash_completion(const std::vector<Command>& commands, const std::vector<OptionInfo>& common) {
  std::string options, values, arguments;
  for (const Command& command : commands) {
    const std::string name = single_quoted(command.name);
    const std::string own = names_of(command.options);
    options += "    " + name + ") echo " +
               single_quoted(own + (own.empty() ? "" : " ") + names_of(common) + " --help") + " ;;\n";
    for (const OptionInfo& option : command.options) values += value_lines(command.name, option);
    arguments += "    " + name + ") echo " + single_quoted(kind_of(command.positional)) + " ;;\n";
  }
  for (const OptionInfo& option : common) values += value_lines("*", option);
  return "# bash completion for umountbench, made from its own tables by 'umountbench completion bash'\n"
         "# shellcheck shell=bash\n\n" +
         function("next", "$1", next_words(commands)) + function("options", "$1", options) +
         function("value", "\"$1 $2\"", values + "    *) return 1 ;;\n") + function("argument", "$1", arguments) +
         kLogic;
}

}  // namespace umb
