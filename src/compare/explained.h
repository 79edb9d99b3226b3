// SPDX-License-Identifier: Apache-2.0
// Where a case's time went, worked out from its attribution: what every format shows of it.
#pragma once

#include "compare/summary.h"
#include "model/record.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace umb {

struct CauseTime {
  std::string name;  ///< one of kCauses
  double mean_ns = 0;
  double least_ns = 0, most_ns = 0;  ///< in one sample
  double share = 0;                  ///< of the wall time of all samples together
  std::string share_text;            ///< "99.3%", "<0.1%"; coarse: "99%". Those of a case add up to 100%
};

/// How often something was counted in a call.
struct CallCounts {
  int64_t usual = 0;         ///< the most frequent count; of two alike the lower
  size_t samples = 0;        ///< with a count
  size_t usual_samples = 0;  ///< with that one
  int64_t least = 0, most = 0;

  [[nodiscard]] double usual_share() const { return static_cast<double>(usual_samples) / static_cast<double>(samples); }
};

struct SlowSample {
  size_t number = 0;  ///< of the pass, counted from 1
  double wall_ns = 0;
  std::vector<CauseTime> causes;  ///< mean_ns and share are this sample's; the largest first, none below 1%
};

/// What rcu=normal adds to the median: told by the timed passes of two cases that differ in nothing else.
struct RcuShare {
  std::string against;  ///< "default" or "expedited"
  double normal_ns = 0, other_ns = 0;
  double share = 0;                 ///< (normal - other) / normal; 0 or below: nothing
  std::optional<double> low, high;  ///< from the ends of both medians' 95% intervals
};

/// How long the pass took beside the timed one.
struct PassOverhead {
  double pass_p50_ns = 0, timed_p50_ns = 0;
  double ratio = 1;
};

struct Explained {
  std::string case_id;
  const Attribution* attribution = nullptr;  ///< null: there is only the RCU share
  size_t samples = 0;
  double wall_mean_ns = 0, wall_p50_ns = 0;
  std::vector<CauseTime> causes;              ///< those that took any time, the largest first
  std::optional<CallCounts> waits, deferred;  ///< traced only
  std::optional<double> switches_per_call;
  std::vector<WaitSeen> waits_seen;  ///< the longest in all first
  std::vector<SlowSample> slowest;   ///< 3 at most
  size_t odd_samples = 0;            ///< whose causes don't add up to their wall time
  double worst_gap = 0;              ///< by this share of it
  std::optional<PassOverhead> overhead;
  std::optional<RcuShare> rcu;
};

/// The cases that have an attribution or an RCU share, in the record's order. The record must outlive them.
[[nodiscard]] std::vector<Explained> explain(const RunRecord& record, const std::vector<CaseSummary>& summaries);

/// Nothing for no counts.
[[nodiscard]] std::optional<CallCounts> call_counts(const std::vector<int64_t>& counts);

}  // namespace umb
