// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"
#include "base/unique_fd.h"
#include "sys/channel.h"

#include <cstdint>
#include <cstring>
#include <functional>
#include <memory>
#include <string>
#include <utility>

#include <sys/types.h>

namespace umb {

/// A small process that answers a worker's requests, for what the worker can't do itself: live in other namespaces,
/// have many threads, have little memory. It has no descriptor of the worker's and dies with it.
class HelperProcess {
 public:
  struct Work {
    std::string name;                     ///< of the process, at most 15 bytes
    std::function<Result<void>()> enter;  ///< once, before the first request
    std::function<Result<std::string>(const std::string& request)> answer;
    int64_t waits_ns = 0;  ///< how long an answer may wait for something, beside the minute that each has
  };
  /// Forks it and waits until `enter` is done; the error may be that one's. To be called while the caller has one
  /// thread.
  [[nodiscard]] static Result<std::unique_ptr<HelperProcess>> fork(const Work& work);
  HelperProcess(const HelperProcess&) = delete;
  HelperProcess& operator=(const HelperProcess&) = delete;
  ~HelperProcess();

  /// The error is the answer's own, or kUnavailable when the process is lost or silent for too long.
  [[nodiscard]] Result<std::string> ask(const std::string& request) const;
  /// 0: ended.
  [[nodiscard]] pid_t pid() const { return pid_; }
  /// Lets it leave and waits until it is gone.
  void end();

 private:
  HelperProcess(Channel channel, pid_t pid, UniqueFd pidfd, int64_t limit_ns)
      : channel_(std::move(channel)), pid_(pid), pidfd_(std::move(pidfd)), limit_ns_(limit_ns) {}
  Channel channel_;
  pid_t pid_ = 0;
  UniqueFd pidfd_;
  int64_t limit_ns_;  ///< of an answer
};

/// A struct of plain bytes as a request or an answer.
template <typename T>
[[nodiscard]] std::string plain_bytes(const T& value) {
  return {reinterpret_cast<const char*>(&value), sizeof value};
}
template <typename T>
[[nodiscard]] Result<T> from_plain_bytes(const std::string& bytes) {
  T value{};
  if (bytes.size() != sizeof value)
    return fail("cannot read a helper's answer", std::to_string(bytes.size()) + " bytes");
  std::memcpy(&value, bytes.data(), sizeof value);
  return value;
}

}  // namespace umb
