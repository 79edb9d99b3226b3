// SPDX-License-Identifier: Apache-2.0
#include "compare/case_ids.h"

#include "base/text.h"

#include <algorithm>

namespace umb {

namespace {

bool contains(const std::vector<std::string>& parts, const std::string& part) {
  return std::find(parts.begin(), parts.end(), part) != parts.end();
}

}  // namespace

std::vector<std::string> common_parts(const std::vector<std::string>& ids) {
  if (ids.size() < 2) return {};
  std::vector<std::string> common = split(ids[0], '/');
  for (const std::string& id : ids) {
    const std::vector<std::string> parts = split(id, '/');
    std::erase_if(common, [&](const std::string& part) { return !contains(parts, part); });
  }
  return common;
}

std::string without_parts(const std::string& id, const std::vector<std::string>& parts) {
  std::vector<std::string> own = split(id, '/');
  std::erase_if(own, [&](const std::string& part) { return contains(parts, part); });
  return own.empty() ? id : join(own, "/");
}

std::string id_without(const std::string& id, const std::vector<std::string>& parameters) {
  std::vector<std::string> parts = split(id, '/');
  std::erase_if(parts, [&](const std::string& part) {
    return std::any_of(parameters.begin(), parameters.end(),
                       [&](const std::string& name) { return part.starts_with(name + "="); });
  });
  return join(parts, "/");
}

}  // namespace umb
