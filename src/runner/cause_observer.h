// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"
#include "fixture/ledger.h"
#include "model/attribution.h"
#include "model/case.h"
#include "model/sample.h"

#include <cstdint>
#include <vector>

namespace umb {

/// Finds out what the time of a worker's samples goes to while these are taken, in a pass whose samples are never
/// counted. Between open() and close() it may change the machine (a trace buffer of its own); `ledger` learns of that
/// before. The calls come in the order open, { begin, end } per case, close, which also
/// follows an open() that failed.
class CauseObserver {
 public:
  virtual ~CauseObserver() = default;
  /// An error: nothing can be observed, the reason goes to every case.
  [[nodiscard]] virtual Result<void> open(Ledger& ledger) = 0;
  /// From now on the samples of `spec`, by the worker `worker_pid` (as the caller sees it) and its children.
  [[nodiscard]] virtual Result<void> begin(const Case& spec, int64_t worker_pid) = 0;
  /// They are taken: what their time went to. Samples that failed come too; they are dropped, and counted.
  [[nodiscard]] virtual Result<Attribution> end(const Case& spec, const std::vector<Sample>& samples) = 0;
  /// The machine is as it was.
  [[nodiscard]] virtual Result<void> close() = 0;
};

}  // namespace umb
