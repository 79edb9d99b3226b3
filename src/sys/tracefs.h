// SPDX-License-Identifier: Apache-2.0
// The door to the kernel's tracing: plain files of tracefs. What is made here is told apart from other people's by its
// name, and only that is ever touched: kprobe events in a group of our own (the list of events is one for the whole
// machine, and is never truncated), recorded by an instance of our own (trace_instance.h).
#pragma once

#include "base/result.h"
#include "sys/host_file.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <sys/types.h>

namespace umb {

/// Where tracefs is mounted; never mounted by us.
struct Tracefs {
  std::string path;  ///< "/sys/kernel/tracing", "/sys/kernel/debug/tracing"
};

/// kUnavailable where there is none, or where it may not be looked into.
[[nodiscard]] Result<Tracefs> find_tracefs(const HostRoot& root = {});

/// Why probes of our own can't be kept apart from somebody else's tracing here, or "": the kernel lacks instances,
/// kprobe events or the choice of processes.
[[nodiscard]] std::string why_not_isolated(const Tracefs& tracefs);

/// available_filter_functions; where that can't be had, kallsyms. Several MB.
[[nodiscard]] Result<std::string> traceable_functions(const Tracefs& tracefs, const HostRoot& root = {});

/// Who else traces just now, in words for the user, e.g. "the tracer function_graph is on". It is not disturbed by us,
/// but its cost is in what we see.
[[nodiscard]] std::vector<std::string> other_tracing(const Tracefs& tracefs);

/// "umountbench_123", and "umountbench-123": what a run's process calls its group of probes and its instance.
[[nodiscard]] std::string probe_group_name(pid_t pid);
[[nodiscard]] std::string trace_instance_name(pid_t pid);
[[nodiscard]] bool is_probe_group_name(std::string_view name);
[[nodiscard]] bool is_trace_instance_name(std::string_view name);

/// A kprobe event.
struct ProbeEvent {
  std::string name;  ///< a C identifier
  std::string function;
  bool at_return = false;
};

/// Defines them all; nothing is recorded until an instance enables them. Root. What the kernel refuses is left out, and
/// named in the result (functions); an error when that is all of them.
[[nodiscard]] Result<std::vector<std::string>> define_probes(const Tracefs& tracefs, const std::string& group,
                                                             const std::vector<ProbeEvent>& events);

/// Removes the group's events one by one; returns how many there were. EBUSY while an instance has them enabled. Each
/// waits for a grace period: seconds in all.
[[nodiscard]] Result<size_t> remove_probes(const Tracefs& tracefs, const std::string& group);

}  // namespace umb
