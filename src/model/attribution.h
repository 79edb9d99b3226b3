// SPDX-License-Identifier: Apache-2.0
// Where the time of a case's calls went, as seen in a pass of its own after the timed one: its samples are never
// counted.
#pragma once

#include "model/sample.h"

#include <array>
#include <cstdint>
#include <string>
#include <vector>

namespace umb {

/// What time can go to, in the order in which it is shown. In every sample the times of all causes add up to its wall
/// time.
inline constexpr std::array<const char*, 10> kCauses = {
    "grace_period",       ///< waiting for RCU, whichever function does it
    "locks",              ///< waiting for locks (namespace_sem and others)
    "take_off",           ///< taking the mounts off the tree
    "sync",               ///< writing data out
    "shut_down",          ///< shutting the super block down, without its sync
    "deferred_work",      ///< other work put off until the return to user space
    "namespace_release",  ///< letting a mount namespace go
    "on_cpu",             ///< coarse split only: running, whatever for
    "rest",               ///< traced split only: outside of every traced function: the way into the kernel, user space
    "unknown",            ///< it could not be told apart
};

/// A kind of wait, over all samples of the pass.
struct WaitSeen {
  std::string function;  ///< "synchronize_rcu_expedited"; coarse: the function slept in
  std::string kind;      ///< "expedited", "normal", "srcu", "barrier", "polled", "unknown"; coarse: its cause
  int64_t count = 0;     ///< how often; coarse: in how many looks at the sleeping task
  int64_t total_ns = 0;
};

/// A system call that has to do with mounts, by any process of the sample (a container's start has many).
struct CallSeen {
  std::string call;   ///< "umount2", "pivot_root"; "exit" for the end of a mount namespace
  int64_t count = 0;  ///< over all samples of the pass
  int64_t total_ns = 0;
  int64_t grace_period_ns = 0;     ///< of it
  int64_t grace_period_waits = 0;  ///< over all
};

/// One case's. Columns have one length, that of `wall_ns`.
struct Attribution {
  std::string case_id;
  std::string method;                           ///< "traced", "coarse", or "" where neither could be done
  std::string reason;                           ///< why it is not traced; "" when it is
  std::vector<int64_t> wall_ns;                 ///< return_ns of each sample of the pass
  std::vector<Column> causes;                   ///< name: one of kCauses; ns
  std::vector<int64_t> grace_period_waits;      ///< per sample, in the calling process and its children; traced only
  std::vector<int64_t> deferred_grace_periods;  ///< per sample: handed to somebody else to wait for; traced only
  std::vector<int64_t> voluntary_switches;      ///< per sample; kMissing where unknown
  std::vector<WaitSeen> waits;
  std::vector<CallSeen> calls;
  std::vector<std::string> missing;  ///< "locks: this kernel lets no lock function be probed": what the split lacks
  int64_t dropped_samples = 0;       ///< because events were lost, or the call failed
  int64_t lost_events = 0;
  int64_t floor_ns = kMissing;  ///< a grace-period function that took less did not wait; traced only
};

}  // namespace umb
