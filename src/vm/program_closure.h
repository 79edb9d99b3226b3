// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"

#include <string>
#include <vector>

namespace umb {

struct ProgramFile {
  std::string path;    ///< where it is looked for, in the guest as here; absolute, without "." and ".."
  std::string source;  ///< the file on this machine
};
struct ProgramLink {
  std::string path, target;  ///< both absolute
};
/// May name a path more than once, each time with the same content.
struct ProgramFiles {
  std::vector<ProgramFile> files;
  std::vector<ProgramLink> links;
};

/// What the program at `path` (an ELF program, or a script with "#!") needs beside itself: its libraries at the paths
/// where its loader finds them and the loader, nothing when it is static; a script's interpreter, and what "env" is to
/// find, with all that these need. What a program only opens while it runs (dlopen) is not known. Errors name the
/// program: kUsage when it can't be read, is no program, or lacks a library.
///
/// Its loader is run for it ("LOADER --list PATH", what ldd does with a shell around it, in a tenth of the time) with a
/// limit of 10 s: for programs that one would also run.
[[nodiscard]] Result<ProgramFiles> program_needs(const std::string& path);

/// The programs (absolute paths), each at its own path, with all that they need. One that is a symbolic link is a link
/// in the guest too, so that what looks for its parts beside itself finds them.
[[nodiscard]] Result<ProgramFiles> program_closure(const std::vector<std::string>& programs);

}  // namespace umb
