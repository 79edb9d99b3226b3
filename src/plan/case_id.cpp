// SPDX-License-Identifier: Apache-2.0
#include "plan/case_id.h"

#include "base/text.h"
#include "plan/place.h"

#include <algorithm>

namespace umb {

namespace {

constexpr size_t kLongestPath = 512;

}  // namespace

bool is_id_word(std::string_view word) {
  return !word.empty() && word.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_.-") == std::string_view::npos;
}

std::string id_word_of_path(std::string_view path) {
  static constexpr std::string_view kDigits = "0123456789abcdef";
  std::string word;
  for (const char letter : path) {
    if (letter == '/') {
      word += '_';
    } else if (letter != '_' && is_id_word({&letter, 1})) {
      word += letter;
    } else {
      const auto byte = static_cast<unsigned char>(letter);
      word += {'_', '_', kDigits[byte / 16], kDigits[byte % 16]};
    }
  }
  return word;
}

Result<void> check_path(std::string_view path) {
  const std::string what = "the path " + shown(path);
  if (!path.starts_with('/')) return fail_usage(what, "it is not absolute");
  if (path.size() > kLongestPath) return fail_usage(what, "longer than " + std::to_string(kLongestPath) + " bytes");
  if (printable(path) != path) return fail_usage(what, "there are characters in it that can't be printed");
  const std::vector<std::string> names = split(path.substr(1), '/');
  const auto odd = [](const std::string& name) { return name.empty() || name == "." || name == ".."; };
  if (std::ranges::any_of(names, odd)) {
    return fail_usage(what, "it is not plain", "leave out '//', '.' and '..', and a '/' at its end");
  }
  return {};
}

Result<std::string> make_case_id(const ScenarioInfo& scenario, const std::vector<Parameter>& parameters) {
  const std::string what = "cannot name a case of scenario " + quoted(scenario.name);
  if (!is_id_word(scenario.name)) return fail(what, "its name does not fit into a case id");
  std::string id = scenario.name;
  for (const ParameterInfo& info : scenario.parameters) {
    if (info.kind == ParameterKind::kPrograms) continue;
    const auto found = std::find_if(parameters.begin(), parameters.end(),
                                    [&](const Parameter& parameter) { return parameter.name == info.name; });
    if (found == parameters.end()) return fail(what, "no value for " + quoted(info.name));
    if (!info.always_in_id && found->value == info.default_value) continue;
    const bool path = info.or_path && check_path(found->value).has_value();
    const std::string word = path ? id_word_of_path(found->value) : found->value;
    if (!is_id_word(info.name) || !is_id_word(word)) {
      return fail(what, quoted(info.name + "=" + found->value) + " does not fit into a case id");
    }
    id += "/" + info.name + "=" + word;
  }
  return id;
}

Result<Case> case_of_id(const std::string& id) {
  const auto wrong = [&](const std::string& why) {
    return fail_usage(shown(id) + " is no case id", why,
                      "SCENARIO/name=value/name=value, as 'umountbench show' has them");
  };
  const std::vector<std::string> parts = split(id, '/');
  Case one{.id = id, .scenario = parts[0], .parameters = {}};
  if (!is_id_word(one.scenario)) return wrong("there is no scenario at its beginning");
  for (size_t i = 1; i < parts.size(); ++i) {
    const size_t equals = parts[i].find('=');
    const std::string name = parts[i].substr(0, equals);
    const std::string value = equals == std::string::npos ? "" : parts[i].substr(equals + 1);
    if (!is_id_word(name) || !is_id_word(value)) return wrong(shown(parts[i]) + " is no parameter with its value");
    if (!one.value(name).empty()) return wrong("'" + name + "' is there twice");
    one.parameters.push_back({name, value});
  }
  return one;
}

}  // namespace umb
