// SPDX-License-Identifier: Apache-2.0
// The only file that includes CLI11: it compiles slowly, and its exit codes (100 and up) must not get out.
#include "app/parser.h"

#include "base/text.h"

#include <algorithm>
#include <list>

#include <CLI/CLI.hpp>

namespace umb {

namespace {

struct Given {
  const OptionInfo* option;
  std::vector<std::string> values;
  CLI::Option* parsed;
};

std::vector<OptionInfo> all_options(const Command& command) {
  std::vector<OptionInfo> options = command.options;
  options.insert(options.end(), common_options().begin(), common_options().end());
  options.push_back({.name = "help", .letter = 'h', .help = "this text"});
  return options;
}

/// An unknown option, with the nearest known one; "" when all are known.
Result<void> check_names(const std::vector<std::string>& words, const std::vector<OptionInfo>& options,
                         const std::string& command) {
  std::vector<std::string> names;
  for (const OptionInfo& option : options) names.push_back("--" + option.name);
  for (const std::string& word : words) {
    if (word == "--") return {};
    if (word.size() < 3 || word.compare(0, 2, "--") != 0) continue;
    const std::string name = word.substr(0, word.find('='));
    if (std::find(names.begin(), names.end(), name) != names.end()) continue;
    const std::string near = nearest(name, names);
    return fail_usage("unknown option " + umb::quoted(name), "",
                      near.empty() ? "see 'umountbench help " + command + "'" : "did you mean '" + near + "'?");
  }
  return {};
}

Result<void> check_words(const std::list<Given>& all) {
  for (const Given& given : all) {
    if (given.option->words.empty()) continue;
    for (const std::string& value : given.values) {
      const std::vector<std::string>& words = given.option->words;
      if (std::find(words.begin(), words.end(), value) != words.end()) continue;
      return fail_usage("--" + given.option->name + " does not know " + umb::quoted(value), "",
                        suggestion(value, words));
    }
  }
  return {};
}

/// A word that no option and no positional has taken.
std::string left_over(const std::string& word) {
  return (word.size() > 1 && word[0] == '-' ? "unknown option " : "unexpected argument ") + umb::quoted(word);
}

/// CLI11 says "--output: 1 required TEXT missing".
std::string in_words(const std::string& complaint, const std::list<Given>& all) {
  for (const Given& given : all) {
    const std::string name = "--" + given.option->name;
    const bool takes_value = !given.option->value_name.empty();
    if (takes_value && !given.option->repeatable && given.parsed->count() > 1) return name + " is given twice";
    if (complaint.starts_with(name + ":")) return name + " needs a value";
    if (!takes_value && complaint.starts_with(given.option->name + " ")) return name + " takes no value";
  }
  return complaint;
}

Result<Arguments> parse_with_cli11(const Command& command, const std::vector<std::string>& words,
                                   const std::vector<OptionInfo>& options) {
  CLI::App parser;
  parser.set_help_flag();
  std::list<Given> all;
  for (const OptionInfo& option : options) {
    std::string names = "--" + option.name;
    if (option.letter != '\0') names = std::string("-") + option.letter + "," + names;
    Given& given = all.emplace_back(Given{&option, {}, nullptr});
    if (option.value_name.empty()) {
      given.parsed = parser.add_flag(names)->disable_flag_override();
      continue;
    }
    given.parsed = parser.add_option(names, given.values)->expected(1)->allow_extra_args(false);
    given.parsed->multi_option_policy(option.repeatable ? CLI::MultiOptionPolicy::TakeAll
                                                        : CLI::MultiOptionPolicy::Throw);
  }
  std::vector<std::string> positional;
  if (command.positional.maximum > 0) {
    parser.add_option(command.positional.name, positional)
        ->expected(command.positional.minimum, CLI::detail::expected_max_vector_size);
  }
  const std::string hint = "see 'umountbench help " + command.name + "'";
  try {
    // CLI11 takes the words from the end of the vector.
    parser.parse(std::vector<std::string>(words.rbegin(), words.rend()));
  } catch (const CLI::ExtrasError&) {
    return fail_usage(left_over(parser.remaining().front()), "", hint);
  } catch (const CLI::ParseError& error) {
    return fail_usage(in_words(error.what(), all), "", hint);
  }
  UMB_TRY(check_words(all));
  Arguments arguments;
  for (const Given& given : all) {
    if (given.parsed->count() > 0) arguments.add(given.option->name, given.values);
  }
  if (positional.size() < static_cast<size_t>(command.positional.minimum) && !arguments.has("help")) {
    return fail_usage("'umountbench " + command.name + "' needs " + command.positional.name, "", hint);
  }
  if (positional.size() > static_cast<size_t>(command.positional.maximum)) {
    return fail_usage(left_over(positional[static_cast<size_t>(command.positional.maximum)]), "", hint);
  }
  arguments.add_positional(std::move(positional));
  return arguments;
}

}  // namespace

Result<Arguments> parse_arguments(const Command& command, const std::vector<std::string>& words) {
  const std::vector<OptionInfo> options = all_options(command);
  UMB_TRY(check_names(words, options, command.name));
  return parse_with_cli11(command, words, options);
}

}  // namespace umb
