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
  /// It and what it recorded are gone; so they are if it wasn't there. EBUSY while somebody has a file of it open.
  [[nodiscard]] Result<void> remove();

 private:
  explicit TraceInstance(std::string path) : path_(std::move(path)) {}
  std::string path_;
};

}  // namespace umb
