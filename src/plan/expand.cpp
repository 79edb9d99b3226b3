// SPDX-License-Identifier: Apache-2.0
#include "plan/expand.h"

#include "base/text.h"
#include "plan/case_filter.h"
#include "plan/case_id.h"
#include "plan/effective_config.h"
#include "plan/json_reader.h"
#include "plan/limits.h"
#include "plan/matrix.h"

#include <algorithm>
#include <set>

namespace umb {

namespace {

const char* const kAsFound = "as-found";

Failure flag_error(const std::string& flag, Error error) {
  return fail_usage(flag, error.text(), std::move(error.hint));
}

/// A flag's error for a result that has one.
template <typename T>
Result<T> from_flag(const std::string& flag, Result<T> result) {
  if (result.has_value()) return result;
  return flag_error(flag, std::move(result).error());
}

Result<Settings> settings_in_effect(Settings settings, const Overrides& overrides) {
  const auto number = [](int64_t value, LimitRange<int64_t> range) {
    return parse_integer(std::to_string(value), range.minimum, range.maximum);
  };
  if (overrides.rounds) {
    UMB_ASSIGN(settings.rounds, from_flag("--rounds", number(*overrides.rounds, kRoundsRange)));
  }
  if (overrides.samples) {
    UMB_ASSIGN(settings.samples, from_flag("--samples", number(*overrides.samples, kSamplesRange)));
  }
  if (overrides.time_limit) {
    UMB_ASSIGN(settings.time_limit_ns,
               from_flag("--time-limit", duration_in(*overrides.time_limit, kTimeLimitRangeNs)));
  }
  if (overrides.settle) {
    UMB_TRY(from_flag("--settle", check_word(*overrides.settle, settle_words())));
    settings.settle = *overrides.settle;
  }
  if (overrides.released) settings.released = *overrides.released;
  return settings;
}

/// The modes that the flags ask for; empty when each case keeps its own.
Result<std::vector<std::string>> forced_modes(const Overrides& overrides) {
  if (!overrides.unprivileged) return overrides.rcu;
  for (const std::string& mode : overrides.rcu) {
    if (mode == kAsFound) continue;
    return fail_usage("--rcu", shown(mode) + " does not go with --unprivileged",
                      "only root can write the RCU knobs: leave out --rcu, or run as root without --unprivileged");
  }
  return std::vector<std::string>{kAsFound};
}

Result<std::vector<Case>> with_modes(std::vector<Case> cases, const std::vector<std::string>& modes,
                                     const std::vector<ScenarioInfo>& scenarios) {
  if (modes.empty()) return cases;
  std::vector<Case> made;
  std::set<std::string> ids;
  for (Case& one : cases) {
    const ScenarioInfo* scenario = scenario_named(scenarios, one.scenario);
    const ParameterInfo* rcu = parameter_named(*scenario, "rcu");
    if (rcu == nullptr) {
      made.push_back(std::move(one));
      continue;
    }
    for (const std::string& mode : modes) {
      UMB_ASSIGN(const std::string value, from_flag("--rcu", checked_value(*rcu, mode)));
      Case changed = one;
      for (Parameter& parameter : changed.parameters) {
        if (parameter.name == rcu->name) parameter.value = value;
      }
      UMB_ASSIGN(changed.id, make_case_id(*scenario, changed.parameters));
      if (ids.insert(changed.id).second) made.push_back(std::move(changed));
    }
  }
  if (made.size() > kMaxCases) {
    return fail_usage("--rcu", "more than " + std::to_string(kMaxCases) + " cases in all", "ask for fewer modes");
  }
  return made;
}

bool matches_any(const CaseFilter& filter, const std::vector<Case>& cases) {
  return std::any_of(cases.begin(), cases.end(), [&](const Case& one) { return filter.matches(one.id); });
}

std::string some_ids(const std::vector<Case>& cases) {
  constexpr size_t kSome = 3;
  std::vector<std::string> ids;
  for (const Case& one : cases) {
    if (ids.size() < kSome) ids.push_back(one.id);
  }
  return "case ids are like " + join(ids, ", ");
}

Result<void> check_gate(const Config& config, const std::vector<Case>& cases) {
  const ConfigPlace place{config.file, "/gate/cases"};
  const auto filter = CaseFilter::compile(config.gate.cases);
  if (!filter.has_value()) return place.error(filter.error());
  if (matches_any(*filter, cases)) return {};
  return place.error(shown(config.gate.cases) + " matches none of the config's cases", some_ids(cases));
}

Result<std::vector<Case>> filtered(std::vector<Case> cases, const std::optional<std::string>& pattern) {
  if (!pattern) return cases;
  UMB_ASSIGN(const CaseFilter filter, from_flag("--filter", CaseFilter::compile(*pattern)));
  if (!matches_any(filter, cases)) {
    return fail_usage("--filter", shown(*pattern) + " matches none of " + std::to_string(cases.size()) + " cases",
                      some_ids(cases));
  }
  std::erase_if(cases, [&](const Case& one) { return !filter.matches(one.id); });
  return cases;
}

}  // namespace

Result<void> check_label(const std::string& label) {
  if (label.size() > kMaxLabelBytes) {
    return fail_usage("--label", shown(label) + " is too long", "at most " + std::to_string(kMaxLabelBytes) + " bytes");
  }
  if (printable(label) != label) return fail_usage("--label", shown(label) + " has control characters", "one line");
  return {};
}

Result<Plan> expand(const Config& config, const Overrides& overrides, const std::vector<ScenarioInfo>& scenarios) {
  Plan plan;
  plan.name = config.name;
  plan.label = overrides.label;
  UMB_TRY(check_label(overrides.label));
  UMB_ASSIGN(plan.settings, settings_in_effect(config.settings, overrides));
  UMB_ASSIGN(const auto modes, forced_modes(overrides));
  UMB_ASSIGN(plan.cases, expand_cases(config, scenarios));
  UMB_TRY(check_gate(config, plan.cases));
  UMB_ASSIGN(plan.cases, with_modes(std::move(plan.cases), modes, scenarios));
  UMB_ASSIGN(plan.cases, filtered(std::move(plan.cases), overrides.filter));
  plan.seed = overrides.seed.value_or(config.seed.value_or(overrides.drawn_seed));
  plan.config_json = effective_config_json(plan, config.gate, overrides.unprivileged);
  return plan;
}

}  // namespace umb
