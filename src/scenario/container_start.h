// SPDX-License-Identifier: Apache-2.0
// One way to start a container: the builtin one, or a runtime. Works in the helper process (container_helper.h).
#pragma once

#include "base/result.h"
#include "model/facts.h"
#include "model/sample.h"
#include "sys/builtin_container.h"
#include "sys/cgroup_mounts.h"

#include <array>
#include <cstdint>
#include <memory>
#include <string>

namespace umb {

enum ContainerPhase : size_t {
  kPhaseClone,
  kPhaseMounts,
  kPhaseRootSwitch,
  kPhaseOldRootUmount,
  kPhaseExecToExit,
  kPhaseNamespaceEnd,
  kContainerPhases
};

/// One start, as the process that did it saw it. Plain bytes: it crosses from the helper to the worker as it is.
struct ContainerTimes {
  int64_t began_ns = 0;  ///< CLOCK_MONOTONIC, before clone(2) or posix_spawn(3)
  int64_t ended_ns = 0;  ///< after it was reaped
  int64_t cpu_ns = kMissing;
  int64_t voluntary_switches = kMissing;
  std::array<int64_t, kContainerPhases> phases_ns{};  ///< kMissing where the way has no such phase
};

class ContainerStart {
 public:
  virtual ~ContainerStart() = default;
  /// Once, in the helper.
  [[nodiscard]] virtual Result<void> enter() = 0;
  /// Before each start, in nobody's time: what can be written down beforehand.
  [[nodiscard]] virtual Result<void> get_ready() = 0;
  /// One container, from start to reaped. The error is the start's own: errno_value is what it failed with, and the
  /// text what the kernel or the runtime said.
  [[nodiscard]] virtual Result<ContainerTimes> start() = 0;
  /// What enter() found out, texts only: "container_path" (sys/traced_run.h; unknown where it could not be seen), and
  /// of a runtime "runtime_version".
  [[nodiscard]] virtual Facts facts() const = 0;
  /// Once, in the helper, at its end.
  virtual void leave() = 0;
};

struct ContainerStartOptions {
  std::string runtime;                         ///< "builtin", "crun", "runc" or the full path of a runtime
  ContainerPath path = ContainerPath::kPivot;  ///< of the builtin one; a runtime has its own
  std::string folder;                          ///< of our own, on our private tmpfs; made
  ControlGroup control_group;                  ///< for the runtimes
  bool new_net = false;
};

/// Makes the root file system, and for a runtime the bundle. kUnavailable when the runtime is not installed.
[[nodiscard]] Result<std::unique_ptr<ContainerStart>> make_container_start(const ContainerStartOptions& options);

}  // namespace umb
