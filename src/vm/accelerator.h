// SPDX-License-Identifier: Apache-2.0
// What a guest runs on: the processor itself (KVM), or an emulation of it (TCG), which is slower by far.
#pragma once

#include "vm/qemu_program.h"

#include <string>
#include <vector>

namespace umb {

enum class AcceleratorChoice { kAuto, kKvm, kTcg };

/// "auto", "kvm", "tcg", for an option's help.
[[nodiscard]] std::vector<std::string> accelerator_words();
/// kUsage for any other word.
[[nodiscard]] Result<AcceleratorChoice> parse_accelerator(const std::string& word);

struct Accelerator {
  std::string name;    ///< "kvm" or "tcg", as QEMU's -accel has it
  std::string reason;  ///< why it is not KVM ("/dev/kvm is not there", "asked for"), one line; empty with "kvm"
};

/// Whether KVM works is tried by a tiny guest, at most once in a process and at most 5 s: a /dev/kvm may be there,
/// open, and hang. With kAuto, TCG and the reason when it doesn't; with kKvm, kUnavailable then; with kTcg nothing is
/// tried.
[[nodiscard]] Result<Accelerator> choose_accelerator(AcceleratorChoice asked, const QemuProgram& qemu);

/// Why a guest can't run on KVM, tried each time; "" when it can. `device` is where /dev/kvm lies.
[[nodiscard]] std::string kvm_trouble(const QemuProgram& qemu, const std::string& device, int64_t limit_ns);

}  // namespace umb
