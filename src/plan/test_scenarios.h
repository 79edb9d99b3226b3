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
       {"api", "", {"mount", "fsmount"}, "mount", false, 0, 0}},
      {}};
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
  const ScenarioInfo command{"command",
                             "",
                             {{"name", "", {}, "", true, 0, 0, ParameterKind::kName},
                              rcu,
                              {"prepare", "", {}, "[]", false, 0, 0, ParameterKind::kPrograms},
                              {"measure", "", {}, "", false, 0, 0, ParameterKind::kPrograms},
                              {"conclude", "", {}, "[]", false, 0, 0, ParameterKind::kPrograms}},
                             {}};
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
  return {umount, loop, container, command, reuse, stuck};
}

}  // namespace umb
