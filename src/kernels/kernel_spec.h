// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"

#include <string>
#include <vector>

namespace umb {

enum class KernelSpecKind {
  kPath,            ///< a kernel image (bzImage, vmlinuz), or a kernel build tree: which of them, find_kernel() looks
  kDebianPackages,  ///< .deb files
  kRpmPackages,     ///< .rpm files
  kArchiveName,     ///< "debian:6.1-rt", packages that `vm fetch` gets
  kHost,            ///< the running kernel
};

/// A kernel as a user names it after --kernel.
struct KernelSpec {
  std::string text;  ///< all of it, as it was written
  /// The NAME given; else what is clear from the SPEC alone ("host", "debian-6.1-rt"); else empty, and the release is
  /// the label once the kernel is found. Always [A-Za-z0-9][A-Za-z0-9._+-]*, or empty.
  std::string label;
  KernelSpecKind kind = KernelSpecKind::kPath;
  std::vector<std::string> paths;  ///< kPath: one; packages: one or more, in the order given
  std::string modules;             ///< kPath: the folder after ":modules="; may be empty
  std::string archive_name;        ///< kArchiveName
};

/// What a SPEC can be, for hints.
[[nodiscard]] const std::string& kernel_spec_kinds();

/// `[NAME=]SPEC`. What stands before the first '=' is a NAME only if it looks like one, so that paths with '=' work; a
/// file whose name looks like something else is named with a slash ("./host"). Looks at no file. kUsage when it can't
/// be understood.
[[nodiscard]] Result<KernelSpec> parse_kernel_spec(const std::string& text);

}  // namespace umb
