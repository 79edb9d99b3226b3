// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "fixture/sandbox.h"
#include "model/plan.h"
#include "sys/cgroup_mounts.h"
#include "sys/stop_flag.h"

#include <cstdint>
#include <string>

namespace umb {

/// What a worker is given; all of it outlives the worker.
struct WorkerSetup {
  const Plan* plan = nullptr;
  std::string folder;  ///< the sandbox's tmpfs
  const StopFlag* stop = nullptr;
  std::string disk_folder;     ///< for backing=dir; "" where no case has it
  ControlGroup control_group;  ///< of the run
};

/// Answers the runner's requests until it is told to end: the process that mounts and takes samples. A fresh one for
/// each round. Returns its exit code.
[[nodiscard]] int worker_main(const WorkerSetup& setup, const WorkerPort& port);

}  // namespace umb
