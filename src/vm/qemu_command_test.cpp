// SPDX-License-Identifier: Apache-2.0
#include "vm/qemu_command.h"

#include "base/text.h"

#include <algorithm>

#include <gtest/gtest.h>

namespace umb {
namespace {

GuestMachine machine() {
  return {.program = "/usr/bin/qemu-system-x86_64",
          .accelerator = "tcg",
          .kernel_image = "/boot/vmlinuz-6.1",
          .initramfs = "/cache/a.cpio",
          .append = "rcupdate.rcu_normal_after_boot=0 nohz_full=1",
          .cpus = 2,
          .memory_bytes = int64_t{1} << 30U,
          .name = "rt.boot1"};
}

std::string value_of(const std::vector<std::string>& command, const std::string& option) {
  const auto found = std::find(command.begin(), command.end(), option);
  return found == command.end() || found + 1 == command.end() ? "" : *(found + 1);
}

TEST(QemuCommand, is_the_whole_machine_and_nothing_of_the_users_configuration) {
  EXPECT_EQ(
      join(qemu_command(machine()), " "),
      "/usr/bin/qemu-system-x86_64 -name umountbench-rt.boot1 -nodefaults -no-user-config -no-reboot -display none "
      "-machine pc "
      "-accel tcg,thread=multi,tb-size=64 -cpu max -smp 2 -m 1024M -kernel /boot/vmlinuz-6.1 -initrd /cache/a.cpio "
      "-append console=ttyS0 panic=-1 loglevel=4 random.trust_cpu=on tsc=reliable "
      "rcupdate.rcu_normal_after_boot=0 nohz_full=1 -- vm-guest "
      "-add-fd fd=3,set=3 -chardev file,id=console,append=on,path=/dev/fdset/3 -serial chardev:console "
      "-chardev stdio,id=channel,signal=off -serial chardev:channel");
}

TEST(QemuCommand, takes_the_hosts_processor_under_kvm) {
  GuestMachine kvm = machine();
  kvm.accelerator = "kvm";
  EXPECT_EQ(value_of(qemu_command(kvm), "-accel"), "kvm");
  EXPECT_EQ(value_of(qemu_command(kvm), "-cpu"), "host");
}

TEST(QemuCommand, of_a_shell_has_the_console_on_the_terminal) {
  const std::vector<std::string> command = qemu_shell_command(machine());
  EXPECT_EQ(value_of(command, "-serial"), "mon:stdio");
  EXPECT_TRUE(value_of(command, "-append").ends_with(" -- vm-guest shell"));
}

TEST(QemuCommand, as_a_line_for_a_shell_quotes_what_needs_it) {
  EXPECT_EQ(shell_line({"qemu", "-append", "a b", "it's", "", "x=1"}), R"(qemu -append 'a b' 'it'\''s' '' x=1)");
}

}  // namespace
}  // namespace umb
