// SPDX-License-Identifier: Apache-2.0
// Scenario descriptions for the tests of plan/, which must not see scenario/.
#pragma once

#include "model/case.h"

#include <vector>

namespace umb {

[[nodiscard]] inline std::vector<ScenarioInfo> test_scenarios() {
  const ParameterInfo mode{"mode", "", {"plain", "lazy"}, "plain", true, 0, 0};
  const ParameterInfo rcu{"rcu", "", {"as-found", "default", "normal", "expedited"}, "as-found", true, 0, 0};
  const ParameterInfo backing{"backing", "", {"tmpfs", "dir"}, "tmpfs", false, 0, 0};
  const ScenarioInfo umount{
      "umount",
      "",
      {{"fs",
        "",
        {"tmpfs", "ext4", "bind", "ramfs", "overlay", "xfs", "btrfs", "squashfs", "erofs", "vfat"},
        "tmpfs",
        true,
        0,
        0},
       mode,
       {"method", "", {"syscall", "libmount", "exec"}, "syscall", true, 0, 0},
       rcu,
       {"files", "", {}, "0", false, 0, 100'000},
       {"dirty_bytes", "", {}, "0", false, 0, 1'073'741'824},
       backing,
       {"api", "", {"mount", "fsmount"}, "mount", false, 0, 0},
       {"holder",
        "",
        {"none", "open_fd", "o_path_fd", "cwd", "mapped_file", "child_mount", "walk_through", "walk_into"},
        "none",
        false,
        0,
        0}},
      {"ebusy"}};
  const ScenarioInfo loop{"loop",
                          "",
                          {{"fs", "", {"ext4", "xfs", "btrfs", "squashfs", "erofs", "vfat"}, "ext4", true, 0, 0},
                           mode,
                           rcu,
                           {"autoclear", "", {"off", "on"}, "off", false, 0, 0},
                           backing},
                          {"attach_ns", "mount_ns", "umount_ns", "detach_ns"}};
  const ScenarioInfo container{
      "container",
      "",
      {{"runtime", "", {"builtin", "crun", "runc"}, "builtin", true, 0, 0, ParameterKind::kValue, true},
       rcu,
       {"net", "", {"none", "new"}, "none", false, 0, 0},
       {"path", "", {"pivot", "open_tree_namespace"}, "pivot", false, 0, 0}},
      {"clone_ns", "mounts_ns", "root_switch_ns", "old_root_umount_ns", "exec_to_exit_ns", "namespace_end_ns"}};
  const ScenarioInfo tree{"tree",
                          "",
                          {{"mounts", "", {}, "100", true, 1, 5000},
                           {"shape", "", {"flat", "deep", "stacked", "direct_map"}, "flat", true, 0, 0},
                           {"take_off", "", {"recursive", "detach"}, "recursive", true, 0, 0},
                           rcu},
                          {"per_mount_ns", "call_max_ns"}};
  const ScenarioInfo propagation{
      "propagation",
      "",
      {{"peers", "", {}, "8", true, 1, 2000}, {"kind", "", {"shared", "slave"}, "shared", true, 0, 0}, mode, rcu},
      {}};
  const ScenarioInfo concurrent{
      "concurrent",
      "",
      {{"umounters", "", {}, "4", true, 1, 256}, {"namespace", "", {"shared", "own"}, "shared", true, 0, 0}, mode, rcu},
      {"call_p50_ns", "call_max_ns", "calls_per_s"}};
  const ScenarioInfo namespace_exit{
      "namespace_exit", "", {{"mounts", "", {}, "30", true, 1, 5000}, rcu}, {"per_mount_ns"}};
  const ScenarioInfo command{"command",
                             "",
                             {{"name", "", {}, "", true, 0, 0, ParameterKind::kName},
                              rcu,
                              {"prepare", "", {}, "[]", false, 0, 0, ParameterKind::kPrograms},
                              {"measure", "", {}, "", false, 0, 0, ParameterKind::kPrograms},
                              {"conclude", "", {}, "[]", false, 0, 0, ParameterKind::kPrograms}},
                             {}};
  const ScenarioInfo path_walk{
      "path_walk",
      "",
      {rcu, {"threads", "", {}, "1", true, 1, 64}, {"traffic", "", {"off", "on"}, "off", true, 0, 0}},
      {"lookups_per_s", "mounts_per_s"}};
  const ScenarioInfo bystander{
      "bystander",
      "",
      {mode,
       rcu,
       {"load", "", {"none", "mount_storm", "writeback", "rcu_callbacks", "mountinfo_reader"}, "none", true, 0, 0}},
      {}};
  const ScenarioInfo container_storm{
      "container_storm",
      "",
      {{"runtime", "", {"builtin", "crun", "runc"}, "builtin", true, 0, 0, ParameterKind::kValue, true},
       rcu,
       {"starts", "", {}, "8", true, 1, 64},
       {"order", "", {"parallel", "sequence"}, "parallel", true, 0, 0}},
      {"start_p50_ns", "start_p99_ns", "starts_per_s"}};
  const ScenarioInfo reuse{"reuse",
                           "",
                           {{"device", "", {"same_file", "same_loop"}, "same_file", true, 0, 0},
                            {"mode", "", {"plain", "lazy"}, "lazy", false, 0, 0},
                            rcu,
                            {"rounds", "", {}, "100", false, 1, 1'000},
                            backing,
                            {"control", "", {"none", "kept_fd"}, "none", false, 0, 0}},
                           {"per_round_ns", "mkfs_p50_ns", "mount_p50_ns", "umount_p50_ns", "umount_max_ns"}};
  const ScenarioInfo stuck{"stuck",
                           "",
                           {{"kind", "", {"destroy", "request"}, "destroy", true, 0, 0}, mode, rcu},
                           {"before_p50_ns", "before_max_ns", "beside_p50_ns", "beside_max_ns"}};
  return {umount,    loop,      container,       tree,  propagation, concurrent, namespace_exit,
          path_walk, bystander, container_storm, reuse, stuck,       command};
}

}  // namespace umb
