// SPDX-License-Identifier: Apache-2.0
#include "trace/sleep_cause.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace umb {

namespace {

struct Sign {
  std::string_view start;  ///< of the function's name
  std::string_view cause;
};

/// The functions of several kernels, 5.10 to 7.2; of a stack's functions the innermost that is here decides, so that a
/// grace period within the shutting down of a super block is a grace period.
constexpr std::array kSigns = std::to_array<Sign>({
    {"synchronize_rcu", "grace_period"},
    {"synchronize_srcu", "grace_period"},
    {"__synchronize_srcu", "grace_period"},
    {"cond_synchronize_", "grace_period"},
    {"rcu_barrier", "grace_period"},
    {"__wait_rcu_gp", "grace_period"},
    {"wait_rcu_gp", "grace_period"},
    {"exp_funnel_lock", "grace_period"},
    {"rcu_exp_", "grace_period"},
    {"rwsem_down_", "locks"},
    {"down_write", "locks"},
    {"down_read", "locks"},
    {"rwbase_", "locks"},
    {"__mutex_lock", "locks"},
    {"mutex_lock", "locks"},
    {"rt_mutex_", "locks"},
    {"__rt_mutex_", "locks"},
    {"rtlock_", "locks"},
    {"percpu_rwsem_wait", "locks"},
    {"percpu_down_write", "locks"},
    {"sync_filesystem", "sync"},
    {"__sync_filesystem", "sync"},
    {"sync_inodes_sb", "sync"},
    {"sync_blockdev", "sync"},
    {"writeback_inodes_sb", "sync"},
    {"wb_wait_for_completion", "sync"},
    {"filemap_fdatawait", "sync"},
    {"__filemap_fdatawait", "sync"},
    {"jbd2_log_wait_commit", "sync"},
    {"umount_tree", "take_off"},
    {"do_umount", "take_off"},
    {"deactivate_super", "shut_down"},
    {"deactivate_locked_super", "shut_down"},
    {"generic_shutdown_super", "shut_down"},
    {"kill_block_super", "shut_down"},
    {"kill_anon_super", "shut_down"},
    {"kill_litter_super", "shut_down"},
    {"put_mnt_ns", "namespace_release"},
    {"free_mnt_ns", "namespace_release"},
    {"free_nsproxy", "namespace_release"},
    {"switch_task_namespaces", "namespace_release"},
    {"task_work_run", "deferred_work"},
    {"cleanup_mnt", "deferred_work"},
    {"__cleanup_mnt", "deferred_work"},
});

const Sign* sign_of(std::string_view function) {
  const auto found = std::ranges::find_if(kSigns, [&](const Sign& sign) { return function.starts_with(sign.start); });
  return found == kSigns.end() ? nullptr : &*found;
}

}  // namespace

std::string sleep_cause(const std::vector<std::string>& functions) {
  for (const std::string& function : functions) {
    if (const Sign* sign = sign_of(function)) return std::string(sign->cause);
  }
  return "unknown";
}

std::string sleep_place(const std::vector<std::string>& functions) {
  for (const std::string& function : functions) {
    const Sign* sign = sign_of(function);
    if (sign == nullptr) continue;
    if (sign->cause == "grace_period" || sign->cause == "locks") return function;
    break;
  }
  return functions.empty() ? "" : functions.front();
}

}  // namespace umb
