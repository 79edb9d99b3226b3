// SPDX-License-Identifier: Apache-2.0
// What one case's samples say, taken by themselves: no other side, no verdict.
#pragma once

#include "model/digest.h"
#include "model/record.h"
#include "stats/histogram.h"
#include "stats/order_interval.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace umb {

struct PhaseSummary {
  std::string name;  ///< "attach_ns"
  size_t count = 0;
  std::optional<double> p50_ns;
};

/// Every kept sample is exactly one of warm-up, failed, refused, watched, left out, counted or (without a return time,
/// but not on purpose) none of these. Only the counted ones make min to max, the histogram, the switches and the CPU
/// time; the phases and the release are taken from every sample that worked, was no warm-up and is not left out,
/// watched ones included.
struct CaseSummary {
  size_t kept = 0;
  size_t warm_up = 0;
  size_t failed = 0;                        ///< with an errno, outside the warm-up
  std::vector<ErrnoCount> failed_by_errno;  ///< ascending errno
  size_t refused = 0;                       ///< by EBUSY, where that is a result (kEbusyColumn); return_ns is null
  size_t watched = 0;                       ///< return_ns is null for its watch
  size_t left_out = 0;                      ///< of a disturbed round, while there are undisturbed ones
  size_t counted = 0;

  std::optional<double> min_ns, p50_ns, max_ns;
  std::optional<double> p90_ns;             ///< from 10 counted samples on
  std::optional<double> p99_ns;             ///< from 100 on
  std::optional<Interval> p50_interval_ns;  ///< 95% order-statistic interval, from 6 on; for independent samples

  size_t released_count = 0;
  std::optional<double> released_p50_ns;
  size_t looked_at_return = 0;  ///< samples with a look right after the return, watched ones too
  size_t released_late = 0;     ///< of these, those in which it was not free yet

  std::optional<double> switches_per_call;  ///< mean
  std::optional<double> thread_cpu_p50_ns;
  std::vector<PhaseSummary> phases;
  Histogram histogram;  ///< of return_ns; 12 bins
};

/// Never fails: columns that are not there or too short count as missing.
[[nodiscard]] CaseSummary summarise(const CaseRecord& record, const std::vector<Round>& rounds);

/// One summary per case, in the record's order.
[[nodiscard]] std::vector<CaseSummary> summarise_all(const RunRecord& record);

}  // namespace umb
