// SPDX-License-Identifier: Apache-2.0
#include "kernels/kernel_spec.h"

#include "base/text.h"

#include <algorithm>
#include <string_view>

namespace umb {

namespace {

constexpr std::string_view kModules = ":modules=";

bool is_lower(char letter) {
  return letter >= 'a' && letter <= 'z';
}

bool is_plain(char letter) {
  return is_lower(letter) || (letter >= 'A' && letter <= 'Z') || (letter >= '0' && letter <= '9');
}

bool looks_like_label(std::string_view text) {
  return !text.empty() && is_plain(text.front()) && std::all_of(text.begin(), text.end(), [](char letter) {
    return is_plain(letter) || std::string_view("._+-").find(letter) != std::string_view::npos;
  });
}

/// "debian:6.1-rt". A name like "disk:modules=DIR" has a '=' in it, and a path a slash.
bool looks_like_archive_name(std::string_view spec) {
  const size_t colon = spec.find(':');
  return colon != 0 && colon != std::string_view::npos &&
         std::all_of(spec.begin(), spec.begin() + static_cast<std::ptrdiff_t>(colon), is_lower) &&
         looks_like_label(spec.substr(colon + 1));
}

bool all_end_with(const std::vector<std::string>& parts, std::string_view suffix) {
  return std::all_of(parts.begin(), parts.end(),
                     [&](const std::string& part) { return part.size() > suffix.size() && part.ends_with(suffix); });
}

bool names_package(const std::string& part) {
  return part.ends_with(".deb") || part.ends_with(".rpm");
}

Result<void> parse_path(const std::string& spec, KernelSpec& kernel) {
  const size_t modules = spec.find(kModules);
  kernel.paths = {spec.substr(0, modules)};
  if (modules == std::string::npos) return {};
  kernel.modules = spec.substr(modules + kModules.size());
  if (!kernel.modules.empty() && !kernel.paths.front().empty()) return {};
  return fail_usage("the kernel " + quoted(kernel.text) + " is not complete",
                    kernel.modules.empty() ? "no folder follows ':modules='" : "no image stands before ':modules='",
                    "write IMAGE:modules=FOLDER");
}

}  // namespace

const std::string& kernel_spec_kinds() {
  static const std::string kKinds =
      "name a kernel image (bzImage, vmlinuz; IMAGE:modules=FOLDER), a kernel build tree, package files "
      "(A.deb,B.deb or A.rpm,B.rpm), a name like debian:6.1-rt, or host";
  return kKinds;
}

Result<KernelSpec> parse_kernel_spec(const std::string& text) {
  KernelSpec kernel;
  kernel.text = text;
  std::string spec = text;
  if (const size_t equals = text.find('='); equals != std::string::npos && looks_like_label(text.substr(0, equals))) {
    kernel.label = text.substr(0, equals);
    spec = text.substr(equals + 1);
  }
  if (spec.empty()) return fail_usage("the kernel " + quoted(text) + " is empty", "", kernel_spec_kinds());
  const auto label_is = [&](std::string label) {
    if (kernel.label.empty()) kernel.label = std::move(label);
  };

  if (spec == "host") {
    kernel.kind = KernelSpecKind::kHost;
    label_is(spec);
    return kernel;
  }
  if (looks_like_archive_name(spec)) {
    kernel.kind = KernelSpecKind::kArchiveName;
    kernel.archive_name = spec;
    std::replace(spec.begin(), spec.end(), ':', '-');
    label_is(spec);
    return kernel;
  }
  const std::vector<std::string> parts = split(spec, ',');
  if (std::none_of(parts.begin(), parts.end(), names_package)) {
    UMB_TRY(parse_path(spec, kernel));
    return kernel;
  }
  if (!all_end_with(parts, ".deb") && !all_end_with(parts, ".rpm")) {
    return fail_usage("the kernel " + quoted(text) + " mixes packages with something else", "",
                      "name .deb files only or .rpm files only, with commas between them, and none in their paths");
  }
  kernel.kind = parts.front().ends_with(".deb") ? KernelSpecKind::kDebianPackages : KernelSpecKind::kRpmPackages;
  kernel.paths = parts;
  return kernel;
}

}  // namespace umb
