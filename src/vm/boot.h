// SPDX-License-Identifier: Apache-2.0
// One boot, from the host: QEMU is started, the guest is given its job, and whatever comes of it is an outcome.
// Whatever happens to this process, QEMU does not outlive the thread that calls run_boot().
#pragma once

#include "base/result.h"
#include "sys/stop_flag.h"
#include "vm/job.h"

#include <cstdint>
#include <string>
#include <vector>

namespace umb {

struct BootRequest {
  std::vector<std::string> command;  ///< of qemu_command()
  int console_fd = -1;               ///< the console's file, open for reading
  int console_output_fd = -1;        ///< the same file, open for appending and nothing else
  Job job;
  int64_t hello_limit_ns = 0;    ///< from start to the guest's first word
  int64_t silence_limit_ns = 0;  ///< between two words
  int64_t time_limit_ns = 0;     ///< all of it
};

enum class BootHow {
  kDone,     ///< the job came to its end, with whatever exit code
  kPanic,    ///< the guest's kernel said so
  kNoHello,  ///< its init never spoke
  kSilent,   ///< it spoke, and then no more
  kOverTime,
  kEnded,    ///< QEMU or the guest ended before the job was done
  kTrouble,  ///< the guest's init could not go on, or what it sent was damaged
  kStopped,  ///< by the user's signal
};

struct BootEnd {
  BootHow how = BootHow::kEnded;
  std::string reason;  ///< one line; "" for kDone
  int exit_code = 0;   ///< of the job, for kDone
  Bundle files;        ///< what the job left, for kDone
  std::string hello;   ///< what the guest said of itself: its kernel's release; "" when it never spoke
  std::string console_tail;
  int64_t hello_ns = 0;        ///< from start to the guest's first word; 0: never
  int64_t hello_guest_ns = 0;  ///< CLOCK_MONOTONIC in the guest then
  int64_t wall_ns = 0;
  int64_t peak_memory_bytes = 0;  ///< that QEMU had resident
};

/// Hears of a boot while it runs, in the thread that calls run_boot().
class BootListener {
 public:
  virtual ~BootListener() = default;
  virtual void hello(const std::string& release) = 0;
  /// A line that the job wrote on stderr.
  virtual void progress(const std::string& line) = 0;
  virtual void grown(const Growth& growth) = 0;
};

/// An error only when QEMU could not be started; with the time limits, the panics and the silences it is an outcome.
[[nodiscard]] Result<BootEnd> run_boot(const BootRequest& request, const StopFlag& stop, BootListener& listener);

}  // namespace umb
