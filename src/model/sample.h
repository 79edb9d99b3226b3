// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <vector>

namespace umb {

/// A value that was not measured; null in the result file.
inline constexpr int64_t kMissing = std::numeric_limits<int64_t>::min();

inline constexpr size_t kMaxPhases = 8;

/// The phase column of a case whose umount is refused now and then: 1 where it was (and there is no return_ns), else 0.
inline constexpr const char* kEbusyColumn = "ebusy";

/// What one execution of the timed region yielded. Plain bytes: it crosses from the worker to the runner as it is.
struct Sample {
  int64_t started_at_ns = 0;       ///< CLOCK_MONOTONIC, when the stopwatch started
  int64_t return_ns = kMissing;    ///< until the call returned; missing in a watched sample, which no reader may count
  int64_t released_ns = kMissing;  ///< from the start of the call until what it held was free
  int64_t released_at_return = kMissing;  ///< 1: the first look, right after the return, found it free; 0: a later one
  int64_t thread_cpu_ns = kMissing;       ///< of the calling thread alone (method exec: of the program)
  int64_t voluntary_switches = kMissing;
  int32_t errno_value = 0;    ///< 0 = worked
  bool watched = false;       ///< an inotify watch was on it
  bool not_released = false;  ///< still held when the release limit was over
  std::array<int64_t, kMaxPhases> phases = filled();

 private:
  static constexpr std::array<int64_t, kMaxPhases> filled() {
    std::array<int64_t, kMaxPhases> all{};
    for (int64_t& one : all) one = kMissing;
    return all;
  }
};

/// Of a sample of which a check has failed, whatever the call returned: it counts nowhere as a quick one.
inline void fail_sample(Sample& sample) {
  if (sample.errno_value == 0) sample.errno_value = EIO;
}

/// One named column; kMissing stands for null.
struct Column {
  std::string name;
  std::vector<int64_t> values;
};

/// The samples of a case over all rounds, by columns of one length; but for round, warmup and errno those that a reader
/// did not ask for are empty.
struct Series {
  std::vector<uint32_t> round;       ///< index into the record's rounds
  std::vector<uint32_t> sequence;    ///< over all cases of the round, from 0
  std::vector<uint32_t> repetition;  ///< index of the block within the case and round
  std::vector<uint8_t> warmup;       ///< 1: kept, marked, never counted
  std::vector<int64_t> started_at_ns;
  std::vector<int32_t> errno_value;
  std::vector<Column>
      metrics;  ///< "return_ns", "released_ns", "thread_cpu_ns", "voluntary_switches", "released_at_return"
  std::vector<Column> phases;

  [[nodiscard]] size_t size() const { return round.size(); }
  [[nodiscard]] const Column* metric(const std::string& name) const {
    for (const Column& column : metrics) {
      if (column.name == name) return &column;
    }
    return nullptr;
  }
};

}  // namespace umb
