// SPDX-License-Identifier: Apache-2.0
#include "trace/examine_tracing.h"

#include "sys/tracefs.h"
#include "trace/coarse_observer.h"
#include "trace/traced_observer.h"

namespace umb {

std::vector<Finding> examine_tracing(const HostRoot& root) {
  const char* topic = "tracing";
  const Result<Tracefs> tracefs = find_tracefs(root);
  const std::string reason = why_not_traced(root);
  std::vector<Finding> findings;
  if (tracefs.has_value() && reason.empty()) {
    findings.push_back(
        {"ok", topic, "--explain can trace the kernel's functions, by probes in an instance of its own", ""});
    for (const std::string& other : other_tracing(*tracefs)) {
      findings.push_back({"noisy", topic, other + ": not disturbed by --explain, but its cost is in every figure", ""});
    }
    return findings;
  }
  const std::string command = tracefs.has_value() ? "" : tracefs.error().hint;
  const std::string without = why_no_coarse_split(root);
  if (without.empty()) {
    findings.push_back({"note", topic,
                        reason + ": --explain makes a coarse split, by CPU time and by what a task is seen to sleep in",
                        command});
  } else {
    findings.push_back({"missing", topic, reason + ", and " + without + ": --explain can tell nothing", command});
  }
  return findings;
}

}  // namespace umb
