// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"
#include "base/unique_fd.h"

#include <cstdint>
#include <string>
#include <vector>

#include <sys/types.h>

namespace umb {

/// A program that runs beside us for a while, with streams of ours, and never outlives us: the kernel kills it when the
/// thread that started it ends, however that comes about (PR_SET_PDEATHSIG), and the destructor does.
class AttachedProgram {
 public:
  /// Descriptors that become its stdin, stdout and stderr (-1: /dev/null) and its descriptor 3 (-1: none). They stay
  /// the caller's.
  struct Streams {
    int input = -1, output = -1, errors = -1, third = -1;
  };
  struct End {
    int exit_code = 0;  ///< -1 when ended by a signal
    int signal = 0;
    int64_t cpu_ns = 0;             ///< user and system time
    int64_t peak_memory_bytes = 0;  ///< largest resident set
  };

  /// By full path, in the "C" locale and a process group of its own (a terminal's Ctrl-C is ours to pass on), with
  /// nothing else of ours open and the signals as they are by default.
  [[nodiscard]] static Result<AttachedProgram> start(const std::vector<std::string>& arguments, const Streams& streams);
  AttachedProgram(AttachedProgram&& other) noexcept;
  AttachedProgram& operator=(AttachedProgram&&) = delete;
  ~AttachedProgram();

  /// Readable (poll) when it has ended.
  [[nodiscard]] int pidfd() const { return pidfd_.get(); }
  /// Ends it at once; one that has ended already is no error.
  void kill();
  /// Waits for its end; to be called once.
  [[nodiscard]] Result<End> wait();

 private:
  AttachedProgram(pid_t pid, UniqueFd pidfd) : pid_(pid), pidfd_(std::move(pidfd)) {}
  pid_t pid_ = 0;  ///< 0: waited for, or moved away
  UniqueFd pidfd_;
};

}  // namespace umb
