// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"
#include "sys/tracefs.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace umb {

/// A tracing instance: a trace buffer, and switches for which events go into it. Only names: removing it is for
/// remove(), and for the ledger after a kill. Making, clearing, setting and removing wait for grace periods: never
/// while anything is measured, but for record().
class TraceInstance {
 public:
  /// Makes it, switched off. EEXIST where somebody has one of that name. Root.
  [[nodiscard]] static Result<TraceInstance> make(const Tracefs& tracefs, const std::string& name);
  /// One that is there.
  [[nodiscard]] static TraceInstance of(const Tracefs& tracefs, const std::string& name);

  /// A file of it, e.g. "trace_clock", "options/raw".
  [[nodiscard]] Result<void> set(const std::string& file, std::string_view value);
  [[nodiscard]] Result<void> enable(const std::string& group, bool on);
  /// The number of an event of `group` in raw text.
  [[nodiscard]] Result<int64_t> event_number(const std::string& group, const std::string& event) const;
  /// Only events of these threads and of what they start, from now on. Numbers as the machine's first PID namespace
  /// has them. Record nothing meanwhile: for a moment there is no filter.
  [[nodiscard]] Result<void> only(const std::vector<int64_t>& threads);
  /// Cheap, and waits for nothing.
  [[nodiscard]] Result<void> record(bool on);
  [[nodiscard]] Result<void> clear();
  /// What was recorded; EFBIG where that is longer.
  [[nodiscard]] Result<std::string> text(size_t limit_bytes) const;
  /// With what it recorded; false when it wasn't there. EBUSY while somebody has a file of it open.
  [[nodiscard]] Result<bool> remove();

 private:
  explicit TraceInstance(std::string path) : path_(std::move(path)) {}
  std::string path_;
};

/// umount2() that is refused at the first look at its flags: the emptiest call of a traced function.
void call_umount_in_vain();

struct TracingRemoved {
  bool instance = false;
  size_t probes = 0;
};
/// Takes an instance and then a group of probes away, whatever of them there is; waits so long for somebody who looks
/// into the instance.
[[nodiscard]] Result<TracingRemoved> remove_tracing(const Tracefs& tracefs, const std::string& instance,
                                                    const std::string& group, int64_t busy_limit_ns);

}  // namespace umb
