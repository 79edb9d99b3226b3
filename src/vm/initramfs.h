// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"
#include "vm/modules.h"

#include <string>
#include <vector>

#include <sys/types.h>

namespace umb {

struct GuestText {
  std::string path, text;
  mode_t permissions = 0644;
};

/// What a guest boots from.
struct InitramfsContent {
  std::string init;                   ///< a program of this machine (executable_path()); it is /init in the guest
  std::vector<std::string> programs;  ///< full paths: each at its own path, with all that it needs
  ModuleSet modules;                  ///< at /modules/NNN-NAME.ko: the order of the names is the order of loading
  std::vector<std::string> folders{"/proc", "/sys", "/dev", "/run", "/tmp", "/etc", "/var", "/root", "/job"};
  std::vector<GuestText> files;
};

/// Small files that the guest's programs look for: /etc/passwd and /etc/group with root alone, /etc/mke2fs.conf as it
/// is on this machine, where it is.
[[nodiscard]] std::vector<GuestText> usual_files();

/// The path of an initramfs with this content: a newc cpio archive, with gzip around it when it is above 64 MB. Made if
/// the cache has none of the same content, else that one. `init` is made with what it needs, but a library that it
/// looks for beside itself is not found: /init is in the root. Has /dev/console, and /bin, /sbin and /lib* as links
/// into /usr.
///
/// Of what lies in the cache, the 20 that were used last and all that was used within a day stay.
/// kUsage when a program or module can't be used; kFailed when a file changes meanwhile or the disk is full.
[[nodiscard]] Result<std::string> make_initramfs(const InitramfsContent& content);

}  // namespace umb
