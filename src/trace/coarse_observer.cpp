// SPDX-License-Identifier: Apache-2.0
#include "trace/coarse_observer.h"

#include "trace/coarse_account.h"

#include <unistd.h>

namespace umb {

std::string why_no_coarse_split(const HostRoot& root) {
  const std::string own = "/proc/" + std::to_string(::getpid());
  if (host_text(root, own + "/wchan").has_value()) return "";
  return "this kernel does not tell what a task sleeps in (/proc/PID/wchan)";
}

Result<void> CoarseObserver::open(Ledger& /*ledger*/) {
  const std::string lack = why_no_coarse_split(root_);
  if (!lack.empty()) return fail("the time can't be split", lack);
  return {};
}

Result<void> CoarseObserver::begin(const Case& /*spec*/, int64_t worker_pid) {
  watch_ = std::make_unique<SleepWatch>(root_, worker_pid);
  return {};
}

Result<Attribution> CoarseObserver::end(const Case& spec, const std::vector<Sample>& samples) {
  Attribution made = coarse_account(spec.id, samples, watch_->stop());
  watch_.reset();
  made.reason = reason_;
  return made;
}

}  // namespace umb
