// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "runner/disturbance.h"
#include "vm/boot.h"

#include <cstdint>
#include <mutex>
#include <string>

namespace umb {

/// What is said while guests run; from any thread.
class VmProgress {
 public:
  /// `line`: one line that is written over (a terminal); otherwise a line when a boot ends, and more with --verbose.
  explicit VmProgress(bool line) : line_(line) {}

  void expect(size_t boots) { expected_ = boots; }
  void repeat(size_t boots);
  /// Gives the boot's number.
  size_t begins(const std::string& cell);
  void up(const std::string& cell, const std::string& release);
  /// A line of the run in the guest: a JSON object of its log.
  void said(const std::string& cell, const std::string& line);
  void ended(size_t number, const std::string& cell, BootHow how, const std::string& reason,
             const std::string& console_tail, const Disturbance& host, int64_t wall_ns);

 private:
  void show(const std::string& cell, const std::string& text);
  void clear();

  std::mutex mutex_;
  bool line_ = false, shown_ = false;
  size_t expected_ = 0, begun_ = 0;
};

}  // namespace umb
