// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"
#include "sys/mount_door.h"
#include "sys/unmount_watch.h"

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace umb {

/// Umounts of a tmpfs of their own, by the caller, which have nothing to do with the one that is looked at.
class OtherUmounts {
 public:
  /// `door` must live longer; `folder` is there, for the mounts; `flags` are umount2's. `watch` serves the whole
  /// process and tells of the release; nullptr: nobody looks.
  OtherUmounts(MountDoor& door, std::string folder, int flags, UnmountWatch* watch)
      : door_(door), folder_(std::move(folder)), flags_(flags), watch_(watch) {}

  /// What came of some, one after the other without a pause. The mounts between them are not timed.
  struct Taken {
    std::vector<int64_t> released_ns;  ///< from the call until all was free; of the first kWatched, those that were
    std::vector<int64_t> return_ns;    ///< how long each call took; of the kCount after them, which nobody watches
    int64_t longest_ns = 0;            ///< of all of these, and how long one was waited for that was not released
  };
  static constexpr int kWatched = 5;
  static constexpr int kCount = 20;
  static constexpr int64_t kReleaseLimitNs = 1'000'000'000;
  /// None is begun from `deadline_ns` on, but for the first call that nobody watches; after a release that was not seen
  /// within the limit no other is waited for.
  [[nodiscard]] Result<Taken> take(int64_t deadline_ns);
  /// Takes off what an error left mounted.
  [[nodiscard]] Result<void> take_off();

 private:
  [[nodiscard]] Result<int64_t> take_one(bool watched);

  MountDoor& door_;
  std::string folder_;
  int flags_;
  UnmountWatch* watch_;
  bool mounted_ = false;
};

/// kMissing of none.
[[nodiscard]] int64_t median_of(std::vector<int64_t> values);
[[nodiscard]] int64_t longest_of(const std::vector<int64_t>& values);

}  // namespace umb
