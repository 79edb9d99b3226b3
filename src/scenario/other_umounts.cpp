// SPDX-License-Identifier: Apache-2.0
#include "scenario/other_umounts.h"

#include "base/clock.h"
#include "base/text.h"
#include "model/sample.h"

#include <algorithm>

namespace umb {

Result<std::vector<int64_t>> OtherUmounts::time(int count, int64_t deadline_ns) {
  std::vector<int64_t> took_ns;
  took_ns.reserve(static_cast<size_t>(count));
  for (int i = 0; i < count && (i == 0 || monotonic_ns() < deadline_ns); ++i) {
    UMB_TRY(door_.mount({.source = "umountbench", .target = folder_, .type = "tmpfs"}));
    mounted_ = true;
    const int64_t start_ns = monotonic_ns();
    const int failed = door_.umount(folder_.c_str(), 0);
    took_ns.push_back(monotonic_ns() - start_ns);
    if (failed != 0) return fail_errno("cannot unmount " + quoted(folder_), failed);
    mounted_ = false;
  }
  return took_ns;
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
