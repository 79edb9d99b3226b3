// SPDX-License-Identifier: Apache-2.0
#include "app/cmd.h"
#include "app/json_output.h"
#include "base/text.h"
#include "runner/preflight.h"
#include "scenario/scenario.h"

#include <nlohmann/json.hpp>

namespace umb {

namespace {

using Json = nlohmann::ordered_json;

std::string values_of(const ParameterInfo& parameter) {
  if (parameter.kind == ParameterKind::kName) return "a name of yours";
  if (parameter.kind == ParameterKind::kPrograms) return "a program with its arguments as a list";
  const std::string path = parameter.or_path ? ", or the absolute path of a program" : "";
  if (!parameter.values.empty()) return join(parameter.values, ", ") + path;
  return std::to_string(parameter.minimum) + " to " + std::to_string(parameter.maximum);
}

std::string default_of(const ParameterInfo& parameter) {
  if (parameter.must_be_given()) return "must be given";
  return "default " + (parameter.kind == ParameterKind::kPrograms ? "none" : parameter.default_value);
}

/// The scenario with one parameter at a value of its own and all others at their defaults: can it run here?
struct Variant {
  std::string parameter;
  std::string value;
  std::string reason;  ///< "" when it can
};

std::vector<Variant> variants_of(const ScenarioEntry& scenario, Preflight& preflight) {
  std::vector<Variant> variants;
  for (const ParameterInfo& varied : scenario.info.parameters) {
    for (const std::string& value : varied.values) {
      Case spec{.id = "", .scenario = scenario.info.name, .parameters = {}};
      for (const ParameterInfo& parameter : scenario.info.parameters) {
        spec.parameters.push_back({parameter.name, &parameter == &varied ? value : parameter.default_value});
      }
      Needs needs = scenario.needs(spec);
      // What doesn't go with the others' defaults (backing=dir with tmpfs) runs with other values.
      needs.impossible.clear();
      variants.push_back({varied.name, value, preflight.check_case(spec, needs, false).value_or("")});
    }
  }
  return variants;
}

std::string as_text(const ScenarioEntry& scenario, const std::vector<Variant>& variants) {
  std::string text = scenario.info.name + ": " + scenario.info.summary + "\n";
  for (const ParameterInfo& parameter : scenario.info.parameters) {
    text += "  " + parameter.name + " = " + values_of(parameter) + " (" + default_of(parameter) +
            "): " + parameter.summary + "\n";
    for (const Variant& variant : variants) {
      if (variant.parameter != parameter.name || variant.reason.empty()) continue;
      text += "      not here: " + variant.parameter + "=" + variant.value + ": " + printable(variant.reason) + "\n";
    }
  }
  return text + "\n";
}

Json as_json(const ScenarioEntry& scenario, const std::vector<Variant>& variants) {
  Json parameters = Json::array();
  for (const ParameterInfo& parameter : scenario.info.parameters) {
    Json values = Json::array();
    for (const Variant& variant : variants) {
      if (variant.parameter != parameter.name) continue;
      Json one{{"value", variant.value}, {"runs_here", variant.reason.empty()}};
      if (!variant.reason.empty()) one["reason"] = variant.reason;
      values.push_back(std::move(one));
    }
    Json one{{"name", parameter.name}, {"summary", parameter.summary}};
    one["default"] = parameter.must_be_given() ? Json() : Json(parameter.default_value);
    if (parameter.kind != ParameterKind::kValue) {
      one["kind"] = parameter.kind == ParameterKind::kName ? "name" : "programs";
    } else if (parameter.values.empty()) {
      one["minimum"] = parameter.minimum;
      one["maximum"] = parameter.maximum;
    } else {
      one["values"] = std::move(values);
      if (parameter.or_path) one["or_path"] = true;
    }
    parameters.push_back(std::move(one));
  }
  return {{"name", scenario.info.name}, {"summary", scenario.info.summary}, {"parameters", std::move(parameters)}};
}

Result<int> list(const Arguments& arguments) {
  Preflight preflight;
  preflight.assume_root();
  std::string text;
  Json json = Json::array();
  for (const ScenarioEntry& scenario : scenarios()) {
    const std::vector<Variant> variants = variants_of(scenario, preflight);
    text += as_text(scenario, variants);
    json.push_back(as_json(scenario, variants));
  }
  const bool wants_json = arguments.value("format") == "json";
  UMB_TRY(write_text(arguments, wants_json ? Json{{"scenarios", json}}.dump(2) + "\n" : text));
  return kExitDone;
}

}  // namespace

Command list_command() {
  return {.name = "list",
          .summary = "scenarios, their parameters, and what cannot run here",
          .description = "Needs no root; says what would run as root.\n",
          .examples = {"umountbench list", "umountbench list --format json"},
          .options = text_or_json_options(),
          .run = list};
}

}  // namespace umb
