// SPDX-License-Identifier: Apache-2.0
#include "compare/split.h"

#include "base/text.h"
#include "compare/compare.h"
#include "compare/fingerprint.h"

#include <algorithm>
#include <map>
#include <set>

namespace umb {

namespace {

/// The values of a case parameter, in the order in which they come up; empty when no case has it.
std::vector<std::string> parameter_values(const std::vector<BootDigest>& boots, const std::string& name) {
  std::vector<std::string> values;
  for (const BootDigest& boot : boots) {
    for (const CaseDigest& one : boot.whole.cases) {
      const std::string value = one.spec.value(name);
      if (!value.empty() && std::ranges::find(values, value) == values.end()) values.push_back(value);
    }
  }
  return values;
}

bool is_fact(const std::vector<BootDigest>& boots, const std::string& name) {
  for (const char* own : {"kernel", "cmdline", "label", "rcu_normal_after_boot"}) {
    if (name == own) return true;
  }
  return std::ranges::any_of(boots,
                             [&](const BootDigest& boot) { return find_fact(boot.environment, name) != nullptr; });
}

std::vector<std::string> known_words(const std::vector<BootDigest>& boots) {
  std::set<std::string> words{"kernel", "cmdline", "label", "rcu_normal_after_boot"};
  for (const BootDigest& boot : boots) {
    for (const CaseDigest& one : boot.whole.cases) {
      for (const Parameter& parameter : one.spec.parameters) words.insert(parameter.name);
    }
  }
  return {words.begin(), words.end()};
}

std::string side_name(const std::string& by, const std::string& value, const BootDigest& boot) {
  if (by == "kernel") return fact_in_words(find_fact(boot.environment, "kernel_release"));
  if (by == "cmdline" || by == "label") return value;
  if (by == "rcu_normal_after_boot") {
    return by + "=" + value + " (effective " +
           fact_in_words(find_fact(boot.environment, "rcu_normal_after_boot_effective")) + ")";
  }
  return by + "=" + value;
}

std::vector<Side> grouped(const std::vector<BootDigest>& boots, const std::string& by) {
  std::vector<Side> sides;
  std::map<std::string, size_t> places;
  for (const BootDigest& boot : boots) {
    const std::string value = under_test(boot, by);
    const auto [place, is_new] = places.try_emplace(value, sides.size());
    if (is_new) sides.push_back({.name = side_name(by, value, boot), .boots = {}});
    sides[place->second].boots.push_back(boot);
  }
  return sides;
}

/// Sides of one name, by the first fact in which they differ that is short enough to be part of one.
void name_by_difference(std::vector<Side>& sides) {
  constexpr size_t kLongest = 40;
  std::map<std::string, std::vector<Side*>> by_name;
  for (Side& side : sides) by_name[side.name].push_back(&side);
  for (const auto& [name, alike] : by_name) {
    if (alike.size() < 2) continue;
    for (const std::string& fact : facts_under_test()) {
      std::set<std::string> values;
      for (const Side* side : alike) values.insert(under_test(side->boots[0], fact));
      const bool fits = std::ranges::all_of(values, [](const std::string& one) { return one.size() <= kLongest; });
      if (values.size() < 2 || !fits) continue;
      for (Side* side : alike) side->name += " (" + fact + "=" + under_test(side->boots[0], fact) + ")";
      break;
    }
  }
}

Failure one_side(const std::string& by, const std::string& value) {
  return fail_usage("--by " + quoted(by) + " gives one side only", quoted(value),
                    "compare needs results in which it differs");
}

}  // namespace

Result<Split> split_by(const std::vector<BootDigest>& boots, const std::string& by) {
  Split split;
  const std::vector<std::string> values = parameter_values(boots, by);
  if (values.empty()) {
    if (!is_fact(boots, by)) {
      return fail_usage("--by does not know " + quoted(by), "", suggestion(by, known_words(boots)));
    }
    split.sides = grouped(boots, by);
    if (split.sides.size() < 2) return one_side(by, split.sides[0].name);
    tell_apart(split.sides);
    return split;
  }
  if (values.size() < 2) return one_side(by, values[0]);
  split.by_parameters = {by};
  for (const std::string& value : values) {
    split.sides.push_back({.name = by + "=" + value, .boots = with_parameters(boots, {{by, value}})});
  }
  return split;
}

std::string name_of(const std::vector<BootDigest>& boots) {
  const auto common = [&](const std::string& fact) {
    const std::string first = under_test(boots[0], fact);
    const bool all =
        std::ranges::all_of(boots, [&](const BootDigest& boot) { return under_test(boot, fact) == first; });
    return all ? first : std::string();
  };
  if (!boots[0].label.empty()) {
    if (const std::string label = common("label"); !label.empty()) return label;
  }
  return common("kernel_release");
}

std::vector<Side> group_alike(const std::vector<BootDigest>& boots) {
  std::vector<Side> sides;
  std::map<std::string, size_t> places;
  for (const BootDigest& boot : boots) {
    std::string key;
    for (const std::string& fact : facts_under_test()) key += under_test(boot, fact) + "\n";
    const auto [place, is_new] = places.try_emplace(key, sides.size());
    if (is_new) sides.push_back({.name = name_of({boot}), .boots = {}});
    sides[place->second].boots.push_back(boot);
  }
  name_by_difference(sides);
  tell_apart(sides);
  return sides;
}

void tell_apart(std::vector<Side>& sides) {
  std::set<std::string> taken;
  for (Side& side : sides) {
    std::string name = side.name;
    for (int number = 2; !taken.insert(name).second; ++number) name = side.name + " (" + std::to_string(number) + ")";
    side.name = name;
  }
}

Result<void> choose_baseline(const std::string& name, std::vector<Side>& sides) {
  std::vector<std::string> names;
  for (const Side& side : sides) names.push_back(side.name);
  auto found = std::ranges::find(names, name);
  // "--by rcu --baseline normal" names the value alone.
  if (found == names.end()) {
    found = std::ranges::find_if(names, [&](const std::string& one) { return one.ends_with("=" + name); });
  }
  if (found == names.end()) return fail_usage("no side is called " + quoted(name), "", suggestion(name, names));
  const auto place = sides.begin() + (found - names.begin());
  std::rotate(sides.begin(), place, place + 1);
  return {};
}

}  // namespace umb
