// SPDX-License-Identifier: Apache-2.0
// From what the user names to what can be booted: kernels found (and fetched), each with its initramfs, and QEMU.
#pragma once

#include "app/command.h"
#include "app/vm_options.h"
#include "base/result.h"
#include "kernels/kernel_files.h"
#include "model/plan.h"
#include "vm/accelerator.h"
#include "vm/qemu_command.h"
#include "vm/qemu_program.h"

#include <string>
#include <vector>

namespace umb {

struct GuestKernel {
  std::string label;
  std::string spec;  ///< as the user wrote it
  KernelFiles files;
  std::string initramfs;
};

struct Guests {
  QemuProgram qemu;
  Accelerator accelerator;
  std::vector<GuestKernel> kernels;
};

/// What the plan's cases need in a guest, and nothing else.
struct GuestContent {
  std::vector<std::string> modules;   ///< names
  std::vector<std::string> programs;  ///< full paths here; those that are not here are left out
};
[[nodiscard]] GuestContent content_for(const Plan& plan);
/// A shell, and what one looks around with.
[[nodiscard]] GuestContent content_for_shell();

/// kUnavailable without QEMU, or with an accelerator that doesn't work.
[[nodiscard]] Result<Guests> find_guests(const GuestChoice& choice, const GuestContent& content);

/// kUnavailable with less free memory than that many guests need.
[[nodiscard]] Result<void> check_memory(const GuestChoice& choice, int64_t side_by_side);

[[nodiscard]] GuestMachine machine_for(const Guests& guests, const GuestKernel& kernel, const GuestChoice& choice,
                                       const std::string& append, const std::string& name);

}  // namespace umb
