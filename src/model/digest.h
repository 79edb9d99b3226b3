// SPDX-License-Identifier: Apache-2.0
// What a comparison needs of a run, and all that `shrink` keeps of it: no samples, but what they say.
#pragma once

#include "model/case.h"
#include "model/curves.h"
#include "model/facts.h"
#include "model/record.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace umb {

struct ErrnoCount {
  int32_t errno_value = 0;
  size_t count = 0;
};

/// In how many calls something was counted so often.
struct CountedCalls {
  int64_t value = 0;  ///< how often
  size_t calls = 0;   ///< above 0
};

/// A Harrell-Davis quantile.
struct QuantileValue {
  double p = 0;
  double value = 0;  ///< above 0
};

/// One metric of one case in one unit. Warm-up, failed samples and (for return_ns) watched ones are in none of these.
struct MetricDigest {
  std::string name;                      ///< "return_ns"
  std::string unit;                      ///< "ns"
  std::string better;                    ///< "lower", "higher" or "" (neither)
  size_t count = 0;                      ///< values
  double minimum = 0, maximum = 0;       ///< 0 without values
  std::vector<QuantileValue> quantiles;  ///< ascending p; empty without values, or where one is not above 0
  std::vector<int64_t> grid;             ///< 101 linear quantiles, 0% to 100%, whole; only of a whole boot's return_ns
  std::string missing_reason;            ///< why there are nulls in it
};

/// A peak in the distribution of a unit's samples.
struct Mode {
  double share = 0;   ///< of the samples
  double centre = 0;  ///< its median, in the metric's unit
};

/// What in the order and shape of return_ns makes a single figure doubtful.
struct Shape {
  double autocorrelation_time = 1;  ///< tau: n samples are worth n / tau independent ones
  double trend_ratio = 1;           ///< median of the second half over that of the first
  std::vector<Mode> modes;          ///< ascending centre; one or none: nothing to tell
};

struct CaseDigest {
  Case spec;
  std::string outcome;  ///< "measured", "skipped" or "failed"
  std::string reason;
  size_t samples = 0;              ///< tried outside the warm-up, in all rounds: those that failed too
  std::vector<ErrnoCount> errnos;  ///< of the failed ones, of all rounds, ascending errno
  std::vector<Check> failed_checks;
  Facts facts;  ///< CaseRecord::facts
  std::vector<MetricDigest> metrics;
  Shape shape;
  /// Of the traced pass, ascending; none without one, and none of single rounds.
  std::vector<CountedCalls> grace_period_waits = {};
  std::vector<CountedCalls> deferred_grace_periods = {};
  std::shared_ptr<const CaseCurves> curves = {};  ///< only of a whole boot, where pictures were asked for

  [[nodiscard]] const MetricDigest* metric(const std::string& name) const {
    for (const MetricDigest& one : metrics) {
      if (one.name == name) return &one;
    }
    return nullptr;
  }
};

/// The cases of a whole boot, or of one round of it.
struct UnitDigest {
  std::optional<uint32_t> round;  ///< index into the run's rounds; nothing: all rounds that count together
  bool disturbed = false;         ///< for a whole boot: every round of it was
  std::vector<CaseDigest> cases;
};

/// Which cases and quantiles may fail a comparison, as the plan declared it before the run.
struct Gate {
  std::string cases;  ///< a regular expression on case ids
  std::vector<double> quantiles;
};

/// A run's plan as far as a comparison asks: every setting as a fact ("settle", "samples", …), in the plan's order.
struct PlanFacts {
  std::string name;
  Facts settings;
  std::optional<Gate> gate;
  std::vector<std::string> cases;  ///< ids of the plan
};

/// One run, which for a comparison of kernels is one boot.
struct BootDigest {
  std::string source;  ///< the file it came from
  std::string run_id, session, label, boot_id;
  std::string started_at, finished_at;  ///< RFC 3339, UTC, so that they can be compared as texts
  bool interrupted = false;
  std::string tool_version;
  std::string imported;  ///< as RunRecord::Run::imported
  PlanFacts plan;
  Facts clock;        ///< "name", "resolution_ns", "overhead_ns"
  Facts environment;  ///< as before the run
  std::vector<std::string> environment_changed;
  std::vector<Warning> rcu_warnings;  ///< those of the run that bear on the settings that are compared
  size_t rounds = 0, disturbed_rounds = 0;
  UnitDigest whole;
  std::vector<UnitDigest> by_round;  ///< only of a run with more than one
  bool samples_gone = false;         ///< it comes from a file that `shrink` made
};

}  // namespace umb
