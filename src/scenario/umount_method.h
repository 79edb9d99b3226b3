// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"
#include "scenario/scenario.h"
#include "sys/subprocess.h"

#include <memory>
#include <string>

namespace umb {

/// By which way a mount is taken off: the system call, libmount, or the umount program.
class UmountMethod {
 public:
  virtual ~UmountMethod() = default;
  /// Outside the stopwatch, once the mount is there.
  [[nodiscard]] virtual Result<void> prepare() = 0;
  /// Inside the stopwatch.
  [[nodiscard]] virtual CallOutcome execute() = 0;
  /// Outside the stopwatch, afterwards.
  virtual void conclude() = 0;
};

/// `name` is the case's `method`; `door` belongs to the caller. kUnavailable when the umount program is missing.
[[nodiscard]] Result<std::unique_ptr<UmountMethod>> make_umount_method(const std::string& name,
                                                                       const std::string& target, bool lazy,
                                                                       MountDoor& door);

/// What the umount program's end says in its place: EBUSY only where it ended by itself with the exit code for a failed
/// umount and its `words` (English) say so; EIO for any other failure.
[[nodiscard]] int umount_program_errno(const TimedProgram::Outcome& ended, const std::string& words);

}  // namespace umb
