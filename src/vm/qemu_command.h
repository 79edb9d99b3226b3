// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace umb {

/// One guest. All of it is known before it is booted, so that `vm plan` can print the command.
struct GuestMachine {
  std::string program;      ///< QEMU's full path
  std::string accelerator;  ///< "kvm" or "tcg"
  std::string kernel_image, initramfs;
  std::string append;  ///< what the user wants on the command line, behind what the guest needs
  int cpus = 2;
  int64_t memory_bytes = 0;
  std::string name;  ///< for whoever looks at the processes; [A-Za-z0-9._+-]
};

/// The kernel's command line. `init_words` come last: the guest's init gets them.
[[nodiscard]] std::string kernel_command_line(const GuestMachine& machine, const std::string& init_words);

/// QEMU with its arguments; the channel to the guest is QEMU's stdin and stdout, its console is QEMU's descriptor 3: a
/// name in a folder of the user's could be another file by the time that root's QEMU opens it. A reboot of the guest
/// (after a panic, too) ends it, nothing of the user's QEMU configuration is read, and there is no network, disk or
/// display.
[[nodiscard]] std::vector<std::string> qemu_command(const GuestMachine& machine);

/// The same with the console on QEMU's own terminal and a shell as the guest's job.
[[nodiscard]] std::vector<std::string> qemu_shell_command(const GuestMachine& machine);

/// As one line that a shell takes.
[[nodiscard]] std::string shell_line(const std::vector<std::string>& command);

}  // namespace umb
