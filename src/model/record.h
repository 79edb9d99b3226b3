// SPDX-License-Identifier: Apache-2.0
// A run record: one execution of a plan, as it goes to the result file and comes back from it (contract.md).
#pragma once

#include "model/attribution.h"
#include "model/case.h"
#include "model/facts.h"
#include "model/sample.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace umb {

inline constexpr int kSchemaVersion = 1;

struct Warning {
  std::string code;  ///< short and stable: "rcu_mode_not_confirmed"
  std::string message;
  std::string case_id;  ///< empty: the whole run
};

struct Check {
  std::string name;     ///< "released"
  std::string outcome;  ///< "passed" or "failed"
  std::string message;
};

struct MetricInfo {
  std::string name;            ///< "return_ns"
  std::string unit;            ///< "ns", "1"
  std::string better;          ///< "lower", "higher" or "" (neither)
  std::string missing_reason;  ///< why there are nulls in it; empty when there are none
};

struct Round {
  uint32_t index = 0;
  int64_t pid = 0;                          ///< of the worker, as the runner sees it
  std::string started_at;                   ///< RFC 3339, UTC
  std::vector<std::string> order;           ///< case ids in the order of the round's first pass
  std::optional<double> foreign_cpu_share;  ///< CPU time used by others, as a share of all CPUs' time
  std::optional<double> steal_share;
  bool disturbed = false;
  std::string reason;              ///< why it is called disturbed
  bool repeats_disturbed = false;  ///< it was run because an earlier one was disturbed
  Facts probes;                    ///< durations in ns: "default.fuse_umount_ns", ...
};

struct CaseRecord {
  Case spec;
  std::string outcome = "measured";  ///< "measured", "skipped" or "failed"
  std::string reason;                ///< of a skipped or failed one
  std::string stop_reason;           ///< "interval", "samples", "time" or "interrupted"
  std::vector<MetricInfo> metrics;
  std::vector<Check> checks;
  Facts facts;  ///< found out about what was measured ("container_path", "runtime_version"); mostly none
  Series samples;
};

struct RunRecord {
  struct Tool {
    std::string name, version, commit;
    Facts libraries;
  } tool;
  struct Run {
    std::string id;  ///< random, unique
    std::string started_at, finished_at;
    bool interrupted = false;
    uint64_t seed = 0;
    std::string label;
    std::string session;      ///< runs that were measured interleaved share it
    std::string config_json;  ///< one JSON object
    std::string imported;     ///< the program that measured it in this one's place ("hyperfine"); "": this one did
  } run;
  struct Clock {
    std::string name;
    int64_t resolution_ns = 0, overhead_ns = 0;
    int64_t monotonic_ns = 0;  ///< read at the same moment as `utc`
    std::string utc;
  } clock;
  Facts environment_before, environment_after;
  std::vector<std::string> environment_changed;  ///< keys
  std::string boot_id;
  std::vector<Round> rounds;
  std::vector<CaseRecord> cases;
  std::vector<Attribution> attributions;  ///< per case that a second pass looked at; none without one
  std::vector<Warning> warnings;
};

}  // namespace umb
