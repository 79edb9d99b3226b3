// SPDX-License-Identifier: Apache-2.0
#include "vm/qemu_command.h"

#include "base/text.h"
#include "vm/guest.h"

namespace umb {

namespace {

constexpr int64_t kMiB = int64_t{1} << 20U;

/// The cache of translated code is limited to 64 MB: by itself it may grow to 1 GB, which no one would expect of a
/// small guest.
std::vector<std::string> machine_part(const GuestMachine& machine) {
  const bool kvm = machine.accelerator == "kvm";
  return {machine.program,
          "-name",
          "umountbench-" + machine.name,
          "-nodefaults",
          "-no-user-config",
          "-no-reboot",
          "-display",
          "none",
          "-machine",
          "pc",
          "-accel",
          kvm ? "kvm" : "tcg,thread=multi,tb-size=64",
          "-cpu",
          kvm ? "host" : "max",
          "-smp",
          std::to_string(machine.cpus),
          "-m",
          std::to_string(machine.memory_bytes / kMiB) + "M",
          "-kernel",
          machine.kernel_image,
          "-initrd",
          machine.initramfs};
}

void add(std::vector<std::string>& command, const std::vector<std::string>& more) {
  command.insert(command.end(), more.begin(), more.end());
}

}  // namespace

std::string kernel_command_line(const GuestMachine& machine, const std::string& init_words) {
  // A panic ends the guest at once. Entropy is the processor's: nothing else comes in that the kernel could wait for.
  std::string line = "console=ttyS0 panic=-1 loglevel=4 random.trust_cpu=on";
  // The emulated TSC keeps time well, but kernels before 7 mistrust it and take the HPET: another clock than later ones
  // have, and one that takes a microsecond to read.
  if (machine.accelerator != "kvm") line += " tsc=reliable";
  if (!machine.append.empty()) line += " " + machine.append;
  return line + " -- " + init_words;
}

std::vector<std::string> qemu_command(const GuestMachine& machine) {
  std::vector<std::string> command = machine_part(machine);
  add(command, {"-append", kernel_command_line(machine, kGuestWord), "-add-fd", "fd=3,set=3", "-chardev",
                "file,id=console,append=on,path=/dev/fdset/3", "-serial", "chardev:console", "-chardev",
                "stdio,id=channel,signal=off", "-serial", "chardev:channel"});
  return command;
}

std::vector<std::string> qemu_shell_command(const GuestMachine& machine) {
  std::vector<std::string> command = machine_part(machine);
  add(command, {"-append", kernel_command_line(machine, "vm-guest shell"), "-serial", "mon:stdio"});
  return command;
}

std::string shell_line(const std::vector<std::string>& command) {
  constexpr const char* kPlain = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-+=./:,@%";
  std::vector<std::string> words;
  for (const std::string& word : command) {
    if (!word.empty() && word.find_first_not_of(kPlain) == std::string::npos) {
      words.push_back(word);
      continue;
    }
    std::string quoted_word = "'";
    for (const char c : word) quoted_word += c == '\'' ? std::string("'\\''") : std::string(1, c);
    words.push_back(quoted_word + "'");
  }
  return join(words, " ");
}

}  // namespace umb
