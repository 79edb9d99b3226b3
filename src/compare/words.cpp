// SPDX-License-Identifier: Apache-2.0
#include "compare/words.h"

#include "base/text.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>

namespace umb {

namespace {

std::string number(double value, const char* format) {
  std::array<char, 64> text{};
  std::snprintf(text.data(), text.size(), format, value);
  return text.data();
}

}  // namespace

Partners::Partners(const Entries& entries, std::string parameter) : parameter_(std::move(parameter)) {
  for (const Entry& entry : entries) {
    if (!entry.has_p50()) continue;
    by_rest_and_value_[id_without(entry.id(), {parameter_}) + "\n" + entry.value(parameter_.c_str())] = &entry;
  }
}

const Entry* Partners::of(const Entry& entry, const std::string& value) const {
  const auto found = by_rest_and_value_.find(id_without(entry.id(), {parameter_}) + "\n" + value);
  return found == by_rest_and_value_.end() ? nullptr : found->second;
}

std::string said(const Entry& entry, const std::string& without) {
  std::string text;
  std::vector<std::string> rest;
  for (const std::string& part : split(id_without(entry.id(), {without}), '/')) {
    const size_t equals = part.find('=');
    const std::string name = part.substr(0, equals);
    if (equals == std::string::npos) {
      text += part;
    } else if (name == "fs") {
      text += " of " + part.substr(equals + 1);
    } else if (name == "mode" || name == "method" || name == "runtime") {
      rest.push_back(part.substr(equals + 1));
    } else {
      rest.push_back(part);
    }
  }
  return rest.empty() ? text : text + " (" + join(rest, ", ") + ")";
}

std::string percent(double share) {
  return number(share * 100, "%.0f%%");
}
std::string times(double ratio) {
  return number(ratio, ratio >= 10 ? "%.0f" : "%.1f");
}
std::string duration(double ns) {
  return human_duration(std::llround(ns));
}
std::string counted(size_t count, const std::string& one, const std::string& many) {
  return std::to_string(count) + " " + (count == 1 ? one : many);
}

void Told::add(const std::string& group, double value, const std::string& in_full) {
  const auto found =
      std::find_if(groups_.begin(), groups_.end(), [&](const Group& known) { return known.name == group; });
  if (found == groups_.end()) {
    groups_.push_back({group, in_full, 0, value, value});
    return;
  }
  found->least = found->others == 0 ? value : std::min(found->least, value);
  found->most = found->others == 0 ? value : std::max(found->most, value);
  ++found->others;
}

void Told::say(const std::function<std::string(double)>& show, const std::string& unit, Lines& lines) const {
  for (const Group& group : groups_) {
    lines.push_back(group.text);
    if (group.others == 0) continue;
    const std::string low = show(group.least);
    const std::string high = show(group.most);
    lines.back() += " " + counted(group.others, "more pair of cases is alike (", "more pairs of cases are alike (") +
                    (low == high ? low : low + " to " + high) + unit + ").";
  }
}

}  // namespace umb
