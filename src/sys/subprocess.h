// SPDX-License-Identifier: Apache-2.0
// Other programs, run without a shell, by full path, with /dev/null as input and the "C" locale.
#pragma once

#include "base/result.h"

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace umb {

/// The full path of a program in the system's program folders (never PATH, which a caller of sudo may have set), or "".
/// A name with a slash is taken as it is.
[[nodiscard]] std::string find_program(const std::string& name);

struct ProgramResult {
  int exit_code = 0;  ///< -1 when ended by a signal
  int signal = 0;
  bool timed_out = false;  ///< it was killed because the time limit was over
  std::string output;      ///< stdout and stderr, cut at the limit
};

/// Runs a program to its end, or to `time_limit_ns`, when it is killed. An error only when it could not be started.
[[nodiscard]] Result<ProgramResult> run_program(const std::vector<std::string>& arguments, int64_t time_limit_ns,
                                                size_t output_limit = 64 * 1024);
/// The same, and any exit code but 0 is an error that carries the last line the program wrote.
[[nodiscard]] Result<std::string> run_program_well(const std::vector<std::string>& arguments, int64_t time_limit_ns);

class CallAlarm;
class SpawnSetup;

/// Where and how a timed program runs; what is not said is as in the caller.
struct ProgramPlace {
  std::string folder;                    ///< its working folder; "": the caller's
  int output_fd = -1;                    ///< stays the caller's; -1: /dev/null
  int error_fd = -1;                     ///< -1: where the output goes
  std::vector<std::string> environment;  ///< empty: the caller's
  /// Once it goes off, the program is killed, and what it has started in its process group. Stays the caller's.
  const CallAlarm* alarm = nullptr;
};

/// A program that is started for every sample: everything but the start and the wait is prepared beforehand.
class TimedProgram {
 public:
  struct Outcome {
    int errno_value = 0;  ///< of posix_spawn or wait4 themselves
    int exit_code = 0;    ///< -1 when ended by a signal
    int signal = 0;
    bool timed_out = false;  ///< it was killed because the alarm went off
    int64_t cpu_ns = 0;      ///< user and system time, from wait4
    int64_t voluntary_switches = 0;
  };
  /// Output of the program goes to `output_fd`, which stays the caller's; -1: to /dev/null.
  explicit TimedProgram(std::vector<std::string> arguments, int output_fd = -1);
  TimedProgram(std::vector<std::string> arguments, const ProgramPlace& place);
  TimedProgram(const TimedProgram&) = delete;
  TimedProgram& operator=(const TimedProgram&) = delete;
  ~TimedProgram();
  /// posix_spawn and wait4: what stands inside the stopwatch of the method `exec`.
  [[nodiscard]] Outcome execute();

 private:
  std::vector<std::string> arguments_, environment_;
  std::vector<char*> pointers_, environment_pointers_;
  const CallAlarm* alarm_;
  std::unique_ptr<SpawnSetup> setup_;
};

}  // namespace umb
