// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "runner/cause_observer.h"
#include "sys/host_file.h"
#include "sys/trace_instance.h"
#include "sys/tracefs.h"
#include "trace/functions.h"
#include "trace/trace_text.h"

#include <cstdint>
#include <optional>
#include <set>
#include <string>

namespace umb {

/// Why nothing can be traced here, or "". Changes nothing. That the kernel refuses probes shows only in open().
[[nodiscard]] std::string why_not_traced(const HostRoot& root = {});

/// Kprobes on the kernel's functions, recorded in a tracing instance of the run's own for the worker and what it
/// starts. The probes stay on from open() to close(); between two cases nothing is recorded.
class TracedObserver final : public CauseObserver {
 public:
  explicit TracedObserver(HostRoot root = {}) : root_(std::move(root)) {}

  Result<void> open(Ledger& ledger) override;
  Result<void> begin(const Case& spec, int64_t worker_pid) override;
  Result<Attribution> end(const Case& spec, const std::vector<Sample>& samples) override;
  Result<void> close() override;

 private:
  [[nodiscard]] Result<void> set_probes();
  [[nodiscard]] Result<void> define(const ProbeSet& probes, std::set<std::string>& refused);
  [[nodiscard]] Result<void> set_instance();
  [[nodiscard]] Result<void> name_events();
  [[nodiscard]] Result<void> measure_floor();
  [[nodiscard]] Result<TraceLog> recorded() const;

  HostRoot root_;
  Tracefs tracefs_;
  Ledger* ledger_ = nullptr;
  std::optional<uint64_t> ledger_id_;
  ProbeSet probes_;
  std::map<std::string, bool> events_;  ///< all that were defined: whether each is at a return
  EventNames names_;
  std::optional<TraceInstance> instance_;
  int64_t floor_ns_ = 0;
};

}  // namespace umb
