// SPDX-License-Identifier: Apache-2.0
#include "trace/functions.h"

#include <array>

namespace umb {

namespace {

using enum ProbeRole;

constexpr auto kFunctions = std::to_array<TracedFunction>({
    {"synchronize_rcu_expedited", "grace_period", kExpeditedWait, "expedited", true},
    {"synchronize_rcu", "grace_period", kWait, "normal", true},
    {"synchronize_rcu_normal", "grace_period", kNormalWait, "normal"},  // 6.10 and later
    {"__wait_rcu_gp", "grace_period", kNormalWait, "normal"},
    {"cond_synchronize_rcu", "grace_period", kWait, "polled"},
    {"cond_synchronize_rcu_full", "grace_period", kWait, "polled"},
    {"cond_synchronize_rcu_expedited", "grace_period", kWait, "polled"},
    {"cond_synchronize_rcu_expedited_full", "grace_period", kWait, "polled"},
    {"synchronize_srcu", "grace_period", kWait, "srcu", true},
    {"synchronize_srcu_expedited", "grace_period", kWait, "srcu"},
    {"rcu_barrier", "grace_period", kWait, "barrier", true},
    {"queue_rcu_work", "rest", kDeferral, "", true},

    {"rwsem_down_write_slowpath", "locks"},
    {"rwsem_down_read_slowpath", "locks"},
    {"__mutex_lock_slowpath", "locks"},
    {"__mutex_lock", "locks"},
    // PREEMPT_RT
    {"rwbase_write_lock", "locks"},
    {"__rwbase_read_lock", "locks"},
    {"rt_mutex_slowlock", "locks"},
    {"rt_mutex_slowlock_block", "locks"},
    {"__rt_mutex_slowlock", "locks"},
    {"__rt_mutex_slowlock_locked", "locks"},
    {"rtlock_slowlock_locked", "locks"},
    // PREEMPT_RT before 5.15
    {"rt_mutex_slowlock_locked", "locks"},
    {"rt_spin_lock_slowlock", "locks"},

    {"ksys_umount", "take_off"},
    {"path_umount", "take_off"},
    {"do_umount", "take_off"},
    {"umount_tree", "take_off"},
    {"namespace_unlock", "take_off"},

    {"sync_filesystem", "sync"},
    {"__sync_filesystem", "sync"},

    {"deactivate_super", "shut_down"},
    {"deactivate_locked_super", "shut_down"},

    {"task_work_run", "deferred_work"},
    {"cleanup_mnt", "deferred_work", kCleanUp, "", true},

    {"put_mnt_ns", "namespace_release", kExit, "exit", true},
    {"free_nsproxy", "namespace_release"},
    {"nsproxy_free", "namespace_release"},  // so called in 7.x
    {"drop_collected_mounts", "namespace_release"},
    {"drop_collected_paths", "namespace_release"},  // so called in 7.x

    {"copy_mnt_ns", "rest", kNamespace, "", true},
    {"umount", "rest", kCall, "umount2", true},
    {"mount", "rest", kCall, "mount", true},
    {"pivot_root", "rest", kCall, "pivot_root", true},
    {"unshare", "rest", kNamespaceCall, "unshare", true},
    {"setns", "rest", kCall, "setns", true},
    {"clone", "rest", kNamespaceCall, "clone", true},
    {"clone3", "rest", kNamespaceCall, "clone3", true},
    {"fsopen", "rest", kCall, "fsopen", true},
    {"fsconfig", "rest", kCall, "fsconfig", true},
    {"fsmount", "rest", kCall, "fsmount", true},
    {"fspick", "rest", kCall, "fspick", true},
    {"open_tree", "rest", kCall, "open_tree", true},
    {"move_mount", "rest", kCall, "move_mount", true},
    {"mount_setattr", "rest", kCall, "mount_setattr"},
    {"open_tree_attr", "rest", kCall, "open_tree_attr"},
});

}  // namespace

std::span<const TracedFunction> traced_functions() {
  return kFunctions;
}

}  // namespace umb
