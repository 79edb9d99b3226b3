// SPDX-License-Identifier: Apache-2.0
// Traces made by hand, for the tests of this room.
#pragma once

#include "model/sample.h"
#include "trace/functions.h"
#include "trace/trace_text.h"

#include <cstdint>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <string>
#include <vector>

namespace umb {

constexpr int32_t kWorker = 100;
constexpr int64_t kUs = 1000;

/// What a kernel of today has, but for what a test leaves out.
inline ProbeSet probes_but(const std::set<std::string>& left_out = {}) {
  std::string list;
  for (const TracedFunction& function : traced_functions()) {
    list += std::string(is_call(function.role) ? "__x64_sys_" : "") + function.name + "\n";
  }
  return resolve_probes(list, left_out);
}

/// Entries and returns at times in us.
class MadeTrace {
 public:
  MadeTrace& enter(const std::string& function, int64_t at_us, int32_t pid = kWorker) {
    log.events.push_back({at_us * kUs, pid, false, "p_" + function});
    return *this;
  }
  MadeTrace& leave(const std::string& function, int64_t at_us, int32_t pid = kWorker) {
    log.events.push_back({at_us * kUs, pid, true, "r_" + function});
    return *this;
  }

  TraceLog log;
};

inline Sample sample_at(int64_t from_us, int64_t to_us) {
  Sample sample;
  sample.started_at_ns = from_us * kUs;
  sample.return_ns = (to_us - from_us) * kUs;
  sample.voluntary_switches = 1;
  return sample;
}

/// tests/data/trace/NAME
inline std::string recorded(const std::string& name) {
  std::ifstream file(std::string(UMOUNTBENCH_SOURCE_DIR) + "/tests/data/trace/" + name, std::ios::binary);
  if (!file.is_open()) throw std::runtime_error("no recorded " + name);
  return {std::istreambuf_iterator<char>(file), {}};
}

}  // namespace umb
