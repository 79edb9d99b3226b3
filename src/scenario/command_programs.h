// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"
#include "base/unique_fd.h"
#include "sys/call_alarm.h"
#include "sys/subprocess.h"

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace umb {

/// The programs of a parameter (ParameterKind::kPrograms), with their arguments; empty for a text that has none.
[[nodiscard]] std::vector<std::vector<std::string>> decode_programs(const std::string& text);

/// Runs a case's programs: in its folder, in the "C" locale with the system's program folders as PATH, their output
/// dropped, what they say on stderr kept until the next one starts, and killed when a time limit is over.
class CommandStage {
 public:
  /// `folder` is there; the log is made beside it. For the calling thread.
  [[nodiscard]] static Result<std::unique_ptr<CommandStage>> make(const std::string& folder);

  /// kUnavailable when it is not installed.
  [[nodiscard]] Result<std::unique_ptr<TimedProgram>> program(std::vector<std::string> arguments) const;
  /// Before a program, outside of any stopwatch: forgets what was said before.
  [[nodiscard]] Result<void> clear();
  /// After a program: its failure in its last words, if it did not do well.
  [[nodiscard]] Result<void> judge(const std::string& program, const TimedProgram::Outcome& outcome) const;
  [[nodiscard]] CallAlarm& alarm() { return *alarm_; }

 private:
  CommandStage(std::string folder, UniqueFd log, std::unique_ptr<CallAlarm> alarm)
      : folder_(std::move(folder)), log_(std::move(log)), alarm_(std::move(alarm)) {}
  std::string folder_;
  UniqueFd log_;
  std::unique_ptr<CallAlarm> alarm_;
};

}  // namespace umb
