// SPDX-License-Identifier: Apache-2.0
#include "scenario/other_umounts.h"

#include "base/clock.h"
#include "base/text.h"
#include "fixture/release_clock.h"
#include "model/sample.h"

#include <algorithm>

namespace umb {

/// Returns when the call began.
Result<int64_t> OtherUmounts::take_one(bool watched) {
  UMB_TRY(door_.mount({.source = "umountbench", .target = folder_, .type = "tmpfs"}));
  mounted_ = true;
  if (watched) UMB_TRY(watch_->add(folder_));
  const int64_t start_ns = monotonic_ns();
  const int failed = door_.umount(folder_.c_str(), flags_);
  if (failed != 0) return fail_errno("cannot unmount " + quoted(folder_), failed);
  mounted_ = false;
  return start_ns;
}

Result<OtherUmounts::Taken> OtherUmounts::take(int64_t deadline_ns) {
  Taken taken;
  const auto took = [&taken](int64_t start_ns) {
    const int64_t took_ns = monotonic_ns() - start_ns;
    taken.longest_ns = std::max(taken.longest_ns, took_ns);
    return took_ns;
  };
  ReleaseClock clock(ReleaseSignal::kUnmountEvent, "", watch_);
  bool released = watch_ != nullptr;
  for (int i = 0; i < kWatched && released && monotonic_ns() < deadline_ns; ++i) {
    UMB_ASSIGN(const int64_t start_ns, take_one(true));
    const ReleaseClock::Look look = clock.wait(kReleaseLimitNs);
    took(start_ns);
    released = look.released;
    if (released) taken.released_ns.push_back(look.at_ns - start_ns);
  }
  for (int i = 0; i < kCount && (i == 0 || monotonic_ns() < deadline_ns); ++i) {
    UMB_ASSIGN(const int64_t start_ns, take_one(false));
    taken.return_ns.push_back(took(start_ns));
  }
  return taken;
}

Result<void> OtherUmounts::take_off() {
  if (!mounted_) return {};
  const int failed = door_.umount(folder_.c_str(), MNT_DETACH);
  if (failed != 0) return fail_errno("cannot unmount " + quoted(folder_), failed);
  mounted_ = false;
  return {};
}

int64_t median_of(std::vector<int64_t> values) {
  if (values.empty()) return kMissing;
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::ranges::nth_element(values, middle);
  return *middle;
}

int64_t longest_of(const std::vector<int64_t>& values) {
  return values.empty() ? kMissing : *std::ranges::max_element(values);
}

}  // namespace umb
