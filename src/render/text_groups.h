// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <string>
#include <vector>

namespace umb {

/// What was said of many cases, each thing once, in the order in which it was said first.
class TextGroups {
 public:
  struct Group {
    std::string text;
    std::vector<std::string> ids;
  };
  void add(const std::string& text, const std::string& id) {
    const auto [place, is_new] = places_.try_emplace(text, groups_.size());
    if (is_new) groups_.push_back({text, {}});
    groups_[place->second].ids.push_back(id);
  }
  [[nodiscard]] const std::vector<Group>& all() const { return groups_; }

 private:
  std::vector<Group> groups_;
  std::map<std::string, size_t> places_;
};

}  // namespace umb
