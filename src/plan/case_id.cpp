// SPDX-License-Identifier: Apache-2.0
#include "plan/case_id.h"

#include "base/text.h"

#include <algorithm>

namespace umb {

bool is_id_word(std::string_view word) {
  return !word.empty() && word.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_.-") == std::string_view::npos;
}

Result<std::string> make_case_id(const ScenarioInfo& scenario, const std::vector<Parameter>& parameters) {
  const std::string what = "cannot name a case of scenario " + quoted(scenario.name);
  if (!is_id_word(scenario.name)) return fail(what, "its name does not fit into a case id");
  std::string id = scenario.name;
  for (const ParameterInfo& info : scenario.parameters) {
    const auto found = std::find_if(parameters.begin(), parameters.end(),
                                    [&](const Parameter& parameter) { return parameter.name == info.name; });
    if (found == parameters.end()) return fail(what, "no value for " + quoted(info.name));
    if (!info.always_in_id && found->value == info.default_value) continue;
    if (!is_id_word(info.name) || !is_id_word(found->value)) {
      return fail(what, quoted(info.name + "=" + found->value) + " does not fit into a case id");
    }
    id += "/" + info.name + "=" + found->value;
  }
  return id;
}

}  // namespace umb
