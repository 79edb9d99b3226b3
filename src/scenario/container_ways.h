// SPDX-License-Identifier: Apache-2.0
// What container_start.cpp chooses from.
#pragma once

#include "scenario/container_start.h"
#include "sys/builtin_container.h"
#include "sys/cgroup_mounts.h"

#include <cstdint>
#include <memory>
#include <string>

namespace umb {

/// The phases of a start that worked, from its moments; their sum is the whole.
[[nodiscard]] ContainerTimes times_of(const ContainerPage& page, const ContainerEnd& end);

/// start_builtin_container() on a page of its own.
[[nodiscard]] std::unique_ptr<ContainerStart> make_builtin_start(std::string rootfs, ContainerPath path, bool new_net);

struct RuntimeOptions {
  std::string program;         ///< full path
  std::string folder;          ///< holds the bundle ("bundle/rootfs" is there), the runtime's state and its log
  ControlGroup control_group;  ///< each container gets one in it
  bool new_net = false;
  bool plain_cgroup2 = false;         ///< it wants /sys/fs/cgroup to be a cgroup2 even where version 1 is in use too
  int64_t limit_ns = 20'000'000'000;  ///< of one start; then the runtime is killed, and its process group with it
};
/// `RUNTIME --root STATE run --bundle BUNDLE ID` in a mount namespace with the control groups as it wants them; only
/// the whole is timed. That the container's program ran, and that the runtime waited for it, is known by its exit code,
/// another one in each container, which `run` passes on. enter() starts one container under ptrace(2): a program that
/// is no runtime ends there, and the calls tell its path.
[[nodiscard]] std::unique_ptr<ContainerStart> make_runtime_start(RuntimeOptions options);

}  // namespace umb
