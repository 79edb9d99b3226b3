// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "model/record.h"
#include "runner/disturbance.h"

#include <cstdint>
#include <string>

namespace umb {

/// What the host knows of a boot and the guest can't.
struct BootFacts {
  std::string accelerator, accelerator_reason, qemu_version;
  std::string append;  ///< words asked for on the command line
  std::string session;
  int64_t memory_bytes = 0;
  int64_t hello_ns = 0;           ///< from QEMU's start to the guest's first word
  int64_t hello_guest_ns = 0;     ///< the guest's CLOCK_MONOTONIC then
  int64_t peak_memory_bytes = 0;  ///< of QEMU
  Disturbance host;
};

/// Puts them into the run's environment (docs/environment.md), and warnings where they matter to who reads it: a guest
/// that was emulated, a disturbed host, words that are missing on the command line, an RCU parameter without effect.
void stamp(const BootFacts& facts, RunRecord& record);

}  // namespace umb
