// SPDX-License-Identifier: Apache-2.0
#include "compare/history_traits.h"

#include "base/text.h"
#include "compare/fingerprint.h"
#include "compare/history_settings.h"

#include <algorithm>
#include <set>

namespace umb {

namespace {

constexpr size_t kLongestValue = 60;  // of a trait in a sentence, in bytes
constexpr size_t kMostValues = 4;
constexpr const char* kPlan = "the plan";
constexpr const char* kMachine = "the machine";
constexpr const char* kBoot = "the boot";
constexpr const char* kCases = "the plan's cases";

/// Different values, in the order in which they come.
std::string listed(const std::vector<std::string>& values, const char* between) {
  const bool too_long = std::ranges::any_of(values, [](const std::string& one) { return one.size() > kLongestValue; });
  if (too_long || values.empty()) return "";
  std::vector<std::string> shown(values.begin(),
                                 values.begin() + static_cast<std::ptrdiff_t>(std::min(values.size(), kMostValues)));
  if (shown.size() < values.size()) shown.emplace_back("...");
  return " (" + join(shown, between) + ")";
}

void add_once(std::vector<std::string>& all, const std::string& one) {
  if (std::ranges::find(all, one) == all.end()) all.push_back(one);
}

/// The one that most of them have.
std::string usual(const std::vector<std::string>& values, std::span<const size_t> of) {
  std::map<std::string, size_t> seen;
  std::string most;
  for (const size_t build : of) {
    if (values[build].empty()) continue;
    if (++seen[values[build]] > seen[most]) most = values[build];
  }
  return most;
}

/// The share that has this value of those that have one.
double share_of(const std::string& value, const std::vector<std::string>& values, std::span<const size_t> of) {
  const auto having = std::ranges::count_if(of, [&](size_t build) { return values[build] == value; });
  const auto known = std::ranges::count_if(of, [&](size_t build) { return !values[build].empty(); });
  return static_cast<double>(having) / static_cast<double>(std::max<std::ptrdiff_t>(1, known));
}

}  // namespace

HistoryTraits::HistoryTraits(const Builds& builds) {
  std::vector<BootDigest> boots;
  std::vector<std::pair<const std::string*, size_t>> where;
  for (size_t i = 0; i < builds.all.size(); ++i) {
    for (const auto& [setting, side] : builds.all[i].by_setting) {
      for (const BootDigest& boot : side.boots) {
        // Nothing is known of where it was measured.
        if (!boot.imported.empty()) continue;
        boots.push_back(boot);
        boots.back().whole.cases.clear();
        boots.back().by_round.clear();
        where.emplace_back(&setting, i);
      }
    }
  }
  const auto add = [&](const std::string& name, const std::string& of, const auto& value_of) {
    for (const std::string& setting : builds.settings) {
      by_setting_[setting].push_back({name, of, std::vector<std::string>(builds.all.size())});
    }
    // A build's boots are a set: on the same two machines it is measured alike, however often on each.
    std::map<std::pair<const std::string*, size_t>, std::set<std::string>> values;
    for (size_t i = 0; i < boots.size(); ++i) values[where[i]].insert(value_of(i));
    for (const auto& [build, of_boots] : values) {
      by_setting_[*build.first].back().values[build.second] = join({of_boots.begin(), of_boots.end()}, " and ");
    }
  };
  const NamedBoots all{"", &boots};
  std::string of = kPlan;
  for (const Trait& trait : must_agree(all, all)) {
    if (trait.name == kFirstOfMachine) of = kMachine;
    add(trait.name, of, [&](size_t i) { return trait.read(boots[i]); });
  }
  add(kCases, kPlan, [&](size_t i) { return cases_of(boots[i]); });
  for (const BootWord& word : boot_words(boots)) add(word.name, kBoot, [&](size_t i) { return word.values[i]; });
}

std::string HistoryTraits::changed(const std::string& setting, std::span<const size_t> before,
                                   std::span<const size_t> after) const {
  constexpr double kMost = 2.0 / 3;
  std::vector<std::string> of;
  std::vector<std::string> told;
  const auto found = by_setting_.find(setting);
  if (found == by_setting_.end() || before.empty() || after.empty()) return "";
  for (const Traits& trait : found->second) {
    const std::string now = usual(trait.values, after);
    if (now.empty() || usual(trait.values, before).empty()) continue;
    const bool other = share_of(now, trait.values, after) >= kMost && share_of(now, trait.values, before) <= 1 - kMost;
    if (!other) continue;
    add_once(of, trait.of);
    told.push_back(trait.name + listed({usual(trait.values, before), now}, " -> "));
  }
  if (told.empty()) return "";
  return join(of, " and ") + " changed there too: " + join(told, ", ");
}

std::string HistoryTraits::unlike() const {
  std::vector<std::string> names;
  std::map<std::string, std::vector<std::string>> values;
  for (const auto& [setting, traits] : by_setting_) {
    for (const Traits& trait : traits) {
      if (trait.of == kBoot) continue;
      add_once(names, trait.name);
      for (const std::string& value : trait.values) {
        if (!value.empty()) add_once(values[trait.name], value);
      }
    }
  }
  std::vector<std::string> told;
  for (const std::string& name : names) {
    if (values[name].size() > 1) told.push_back(name + listed(values[name], ", "));
  }
  if (told.empty()) return "";
  return "these builds were not measured alike, which may make a change of its own: " + join(told, "; ");
}

}  // namespace umb
