// SPDX-License-Identifier: Apache-2.0
#include "render/formats.h"

#include "render/terminal.h"

#include <array>

namespace umb {

namespace {

constexpr std::array<Format, 1> kFormats{{
    {"terminal", "tables for people", "everything that a reader needs to judge", terminal_run, terminal_comparison},
}};

}  // namespace

std::span<const Format> formats() {
  return kFormats;
}

const Format* find_format(std::string_view name) {
  for (const Format& format : kFormats) {
    if (format.name == name) return &format;
  }
  return nullptr;
}

std::vector<std::string> format_names(Subject subject) {
  std::vector<std::string> names;
  for (const Format& format : kFormats) {
    const bool exists = subject == Subject::kRun ? format.run != nullptr : format.comparison != nullptr;
    if (exists) names.emplace_back(format.name);
  }
  return names;
}

}  // namespace umb
