// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"
#include "sys/mount_door.h"

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace umb {

/// Plain umounts of a tmpfs of their own, by the caller, which have nothing to do with the one that is looked at.
class OtherUmounts {
 public:
  /// `door` must live longer; `folder` is there, for the mounts.
  OtherUmounts(MountDoor& door, std::string folder) : door_(door), folder_(std::move(folder)) {}

  /// How long each of `count` took, one after the other without a pause; none is begun from `deadline_ns` on, but for
  /// the first. The mounts between them are not timed.
  [[nodiscard]] Result<std::vector<int64_t>> time(int count, int64_t deadline_ns);
  /// Takes off what an error left mounted.
  [[nodiscard]] Result<void> take_off();

 private:
  MountDoor& door_;
  std::string folder_;
  bool mounted_ = false;
};

/// kMissing of none.
[[nodiscard]] int64_t median_of(std::vector<int64_t> values);
[[nodiscard]] int64_t longest_of(const std::vector<int64_t>& values);

}  // namespace umb
