// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"
#include "base/unique_fd.h"
#include "scenario/container_start.h"
#include "sys/channel.h"

#include <cstdint>
#include <memory>

#include <sys/types.h>

namespace umb {

/// A small process with one thread that starts containers for a worker, because clone(2) costs more the more memory its
/// caller has. It holds the stopwatch itself: the way to and from the worker is not in the times. It has no descriptor
/// of the worker's and dies with it.
class ContainerHelper {
 public:
  /// Forks it; to be called before the worker grows. The error may be enter()'s.
  [[nodiscard]] static Result<std::unique_ptr<ContainerHelper>> fork(std::unique_ptr<ContainerStart> how);
  ContainerHelper(const ContainerHelper&) = delete;
  ContainerHelper& operator=(const ContainerHelper&) = delete;
  ~ContainerHelper();

  /// One container. The error is the start's own, or kUnavailable when the helper itself is lost.
  [[nodiscard]] Result<ContainerTimes> start();
  /// The same in two steps, so that several helpers start at once.
  [[nodiscard]] Result<void> begin();
  [[nodiscard]] Result<ContainerTimes> finish();
  [[nodiscard]] pid_t pid() const { return pid_; }
  /// Its resident memory when it was ready.
  [[nodiscard]] int64_t memory_bytes() const { return memory_bytes_; }
  /// ContainerStart::facts().
  [[nodiscard]] const Facts& facts() const { return facts_; }
  /// Lets it leave and waits until it is gone.
  void end();

 private:
  ContainerHelper(Channel channel, pid_t pid, UniqueFd pidfd)
      : channel_(std::move(channel)), pid_(pid), pidfd_(std::move(pidfd)) {}
  Channel channel_;
  pid_t pid_ = 0;  ///< 0: ended
  UniqueFd pidfd_;
  int64_t memory_bytes_ = 0;
  Facts facts_;
};

}  // namespace umb
