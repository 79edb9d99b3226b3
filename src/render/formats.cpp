// SPDX-License-Identifier: Apache-2.0
#include "render/formats.h"

#include "render/run_table.h"

#include <array>

namespace umb {

namespace {

constexpr std::array<RunFormat, 1> kRunFormats{{
    {"terminal", "a table for people", "machine, warnings, every case's figures, what they mean, phases", render_run},
}};

}  // namespace

std::span<const RunFormat> run_formats() {
  return kRunFormats;
}

const RunFormat* find_run_format(std::string_view name) {
  for (const RunFormat& format : kRunFormats) {
    if (format.name == name) return &format;
  }
  return nullptr;
}

std::vector<std::string> run_format_names() {
  std::vector<std::string> names;
  names.reserve(kRunFormats.size());
  for (const RunFormat& format : kRunFormats) names.emplace_back(format.name);
  return names;
}

}  // namespace umb
