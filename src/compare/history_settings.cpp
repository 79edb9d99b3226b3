// SPDX-License-Identifier: Apache-2.0
#include "compare/history_settings.h"

#include "base/text.h"
#include "compare/fingerprint.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

namespace umb {

namespace {

constexpr const char* kWithout = "without ";

/// By its name, "console=tty0 console=ttyS0" for one that stands there twice.
std::map<std::string, std::string> words_of(const std::string& command_line, std::vector<std::string>& names) {
  std::map<std::string, std::string> words;
  for (const std::string& word : split(command_line, ' ')) {
    if (word.empty()) continue;
    const std::string name = word.substr(0, word.find('='));
    std::string& text = words[name];
    text += (text.empty() ? "" : " ") + word;
    if (std::ranges::find(names, name) == names.end()) names.push_back(name);
  }
  return words;
}

std::string kernel_of(const BootDigest& boot) {
  return under_test(boot, "kernel");
}

/// Whether some A has several B.
template <typename A, typename B>
bool has_several(const std::vector<A>& of, const std::vector<B>& values) {
  std::map<A, B> seen;
  for (size_t i = 0; i < of.size(); ++i) {
    if (seen.try_emplace(of[i], values[i]).first->second != values[i]) return true;
  }
  return false;
}

template <typename T>
size_t different(const std::vector<T>& values) {
  return std::set<T>(values.begin(), values.end()).size();
}

bool label_is_setting(const std::vector<BootDigest>& boots) {
  std::vector<std::string> kernels;
  std::vector<std::string> labels;
  for (const BootDigest& boot : boots) {
    kernels.push_back(kernel_of(boot));
    labels.push_back(boot.label);
  }
  return has_several(kernels, labels) && has_several(labels, kernels);
}

/// The words that tell a build's boots apart, joined.
std::vector<std::string> told_apart(const std::vector<BootWord>& words, const std::vector<size_t>& build_of) {
  const bool one_build = different(build_of) == 1;
  std::vector<std::string> settings(build_of.size());
  std::vector<std::pair<size_t, std::string>> told;
  told.reserve(build_of.size());
  for (const size_t build : build_of) told.emplace_back(build, "");
  size_t parts = different(told);
  for (const BootWord& word : words) {
    auto finer = told;
    for (size_t i = 0; i < finer.size(); ++i) finer[i].second += "\n" + word.values[i];
    if (different(finer) == parts || !(one_build || has_several(word.values, build_of))) continue;
    told = std::move(finer);
    parts = different(told);
    for (size_t i = 0; i < settings.size(); ++i) settings[i] += (settings[i].empty() ? "" : ", ") + word.values[i];
  }
  return settings;
}

/// What all begin with, up to a point.
std::string common_beginning(const std::set<std::string>& labels) {
  const std::string& first = *labels.begin();
  const std::string& last = *labels.rbegin();  // the two that differ first
  const auto apart = std::ranges::mismatch(first, last).in1 - first.begin();
  const size_t point = first.substr(0, static_cast<size_t>(apart)).rfind('.');
  return point == std::string::npos ? "" : first.substr(0, point);
}

}  // namespace

std::vector<BootWord> boot_words(const std::vector<BootDigest>& boots) {
  std::vector<std::string> names;
  std::vector<std::map<std::string, std::string>> words;
  words.reserve(boots.size());
  for (const BootDigest& boot : boots) words.push_back(words_of(fact_text(boot.environment, "command_line"), names));
  std::vector<BootWord> all;
  for (const std::string& name : names) {
    BootWord word{name, {}};
    for (const auto& of_one : words) {
      const auto found = of_one.find(name);
      word.values.push_back(found != of_one.end() ? found->second : kWithout + name);
    }
    all.push_back(std::move(word));
  }
  for (const std::string& fact : facts_under_test()) {
    if (!fact.starts_with("rcu_")) continue;
    BootWord word{fact, {}};
    for (const BootDigest& boot : boots) word.values.push_back(fact + "=" + under_test(boot, fact));
    all.push_back(std::move(word));
  }
  return all;
}

std::vector<std::string> build_labels(const std::vector<BootDigest>& boots) {
  if (label_is_setting(boots)) return std::vector<std::string>(boots.size());
  std::map<std::string, size_t> kernels;
  std::vector<size_t> kernel_of_boot;
  std::vector<std::string> labels;
  kernel_of_boot.reserve(boots.size());
  labels.reserve(boots.size());
  for (const BootDigest& boot : boots) {
    labels.push_back(boot.label);
    kernel_of_boot.push_back(kernels.try_emplace(kernel_of(boot), kernels.size()).first->second);
  }
  const std::vector<std::string> settings = told_apart(boot_words(boots), kernel_of_boot);
  std::vector<std::set<std::string>> own_labels(kernels.size());
  std::vector<std::set<std::string>> own_settings(kernels.size());
  std::vector<std::set<std::pair<std::string, std::string>>> own_pairs(kernels.size());
  for (size_t i = 0; i < boots.size(); ++i) {
    own_labels[kernel_of_boot[i]].insert(labels[i]);
    own_settings[kernel_of_boot[i]].insert(settings[i]);
    own_pairs[kernel_of_boot[i]].insert({settings[i], labels[i]});
  }
  for (size_t i = 0; i < boots.size(); ++i) {
    const size_t kernel = kernel_of_boot[i];
    const bool stands_for_setting = own_pairs[kernel].size() == own_settings[kernel].size();
    if (own_labels[kernel].size() < 2 || !stands_for_setting) continue;
    std::string beginning = common_beginning(own_labels[kernel]);
    // Of one kernel alone, labels may just as well be all that tells builds apart.
    if (kernels.size() > 1 || !beginning.empty()) labels[i] = std::move(beginning);
  }
  return labels;
}

std::vector<std::string> settings_of(const std::vector<BootDigest>& boots, const std::vector<size_t>& build_of) {
  std::vector<BootWord> words = boot_words(boots);
  if (label_is_setting(boots)) {
    BootWord label{"label", {}};
    for (const BootDigest& boot : boots) label.values.push_back(boot.label.empty() ? "without label" : boot.label);
    words.insert(words.begin(), std::move(label));
  }
  return told_apart(words, build_of);
}

}  // namespace umb
