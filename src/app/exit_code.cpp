// SPDX-License-Identifier: Apache-2.0
#include "app/exit_code.h"

#include <array>

namespace umb {

namespace {

struct Style {
  const char* name;
  ExitCodeStyle style;
  std::array<int, 6> codes;  ///< for 0 to 5
};

constexpr std::array<Style, 4> kStyles{{
    {"default", ExitCodeStyle::kDefault, {0, 1, 2, 3, 4, 5}},
    // git bisect: 125 skips the commit, anything over 127 ends the bisection.
    {"bisect", ExitCodeStyle::kBisect, {0, 1, 128, 128, 125, 125}},
    {"ksft", ExitCodeStyle::kKselftest, {0, 1, 1, 1, 4, 4}},
    {"autopkgtest", ExitCodeStyle::kAutopkgtest, {0, 1, 1, 1, 77, 77}},
}};

}  // namespace

std::vector<std::string> exit_code_style_names() {
  std::vector<std::string> names;
  for (const Style& style : kStyles) names.emplace_back(style.name);
  return names;
}

std::optional<ExitCodeStyle> parse_exit_code_style(const std::string& name) {
  for (const Style& style : kStyles) {
    if (name == style.name) return style.style;
  }
  return std::nullopt;
}

int styled_exit_code(int code, ExitCodeStyle style) {
  if (code < 0 || code > kExitInconclusive) return code;
  return kStyles[static_cast<size_t>(style)].codes[static_cast<size_t>(code)];
}

int exit_code_of(const Error& error) {
  switch (error.kind) {
    case ErrorKind::kUsage:
      return kExitUsage;
    case ErrorKind::kUnavailable:
      return kExitUnavailable;
    case ErrorKind::kFailed:
      break;
  }
  return kExitTrouble;
}

}  // namespace umb
