// SPDX-License-Identifier: Apache-2.0
// The loop that shows whether a umount is over when it has returned: make a file system in an image file, mount it
// through a loop device, write, take it off, and at once again, with other sizes each time.
#pragma once

#include "base/result.h"
#include "scenario/reuse_device.h"
#include "sys/mount_door.h"
#include "sys/subprocess.h"

#include <array>
#include <cstdint>
#include <functional>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace umb {

enum class ReuseStep : size_t { kMkfs, kAttach, kMount, kWrite, kUmount, kE2fsck, kContent };
inline constexpr size_t kReuseSteps = 7;
/// "mkfs", "attach", ...: the names of the checks.
[[nodiscard]] const char* name_of(ReuseStep step);

struct ReuseFailure {
  ReuseStep step = ReuseStep::kMkfs;
  int64_t round = 0;  ///< from 1
  std::string what;   ///< in words, without the round
  int errno_value = 0;
  bool busy = false;  ///< EBUSY, or a program that said so
};

/// What came of all rounds, up to the first step that failed: nothing is tried twice.
struct ReuseOutcome {
  std::array<int64_t, kReuseSteps> looked{};  ///< how often each step was done
  std::optional<ReuseFailure> failure;
  std::vector<int64_t> mkfs_ns, mount_ns, umount_ns;  ///< of the rounds, without what looks afterwards
  std::set<std::string> devices;                      ///< "loop3": that were mounted
};

/// Runs a program to its end and doesn't wait a moment longer.
using ReuseProgram = std::function<Result<ProgramResult>(const std::vector<std::string>& arguments)>;
/// With a time limit of 20 s.
[[nodiscard]] Result<ProgramResult> run_reuse_program(const std::vector<std::string>& arguments);

struct ReuseParts {
  MountDoor* door = nullptr;
  ReuseDevice* device = nullptr;
  ReuseProgram run = run_reuse_program;
  std::string image;   ///< kReuseImageBytes long
  std::string target;  ///< the mount point
  std::string mkfs, e2fsck;
  int umount_flags = MNT_DETACH;
};

inline constexpr int64_t kReuseImageBytes = 32LL * 1024 * 1024;

class ReuseLoop {
 public:
  explicit ReuseLoop(ReuseParts parts);

  /// mkfs, mount, write, umount, `rounds` times. At once after every second umount and after the last one `e2fsck -n`
  /// looks at the image, and it is mounted once more to compare what was written; after the others the next mkfs comes
  /// at once. No pause and no second try anywhere.
  [[nodiscard]] ReuseOutcome run(int64_t rounds);
  /// Lets go of what a failed round left mounted or attached.
  [[nodiscard]] Result<void> take_off();

 private:
  using Step = std::optional<ReuseFailure>;
  Step run_round(int64_t round, bool look_after);
  Step make(int64_t round);
  Step mount();
  Step write(int64_t round);
  Step umount();
  Step check();
  Step compare(int64_t round);
  Step failed(ReuseStep step, std::string what, int error);
  void stamp(int64_t round);

  ReuseParts parts_;
  std::string content_;
  std::string found_;
  bool mounted_ = false;
  ReuseOutcome outcome_;
};

}  // namespace umb
