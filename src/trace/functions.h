// SPDX-License-Identifier: Apache-2.0
// Which functions of a kernel to probe. Names differ between kernels, some are inlined, and compilers split functions
// ("__mutex_lock.constprop.0"): a table says what each stands for, and a kernel's own list which of them there are.
#pragma once

#include <cstdint>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace umb {

enum class ProbeRole : uint8_t {
  kTime,           ///< its own time, without that of other probed functions in it, goes to its cause
  kWait,           ///< waits for a grace period: all time in it does
  kExpeditedWait,  ///< the same, for an expedited one unless a normal wait is in it
  kNormalWait,     ///< the same, for a normal one
  kCall,           ///< a system call that has to do with mounts; its own time is "rest"
  kNamespaceCall,  ///< the same, if kNamespace is in it
  kNamespace,      ///< makes a mount namespace
  kExit,           ///< the end of a mount namespace; outside of every call it is the call "exit"
  kCleanUp,        ///< work of the call that returned before
  kDeferral,       ///< hands a grace period to somebody else: only its entry is looked at
};

[[nodiscard]] constexpr bool is_wait(ProbeRole role) {
  return role == ProbeRole::kWait || role == ProbeRole::kExpeditedWait || role == ProbeRole::kNormalWait;
}
[[nodiscard]] constexpr bool is_call(ProbeRole role) {
  return role == ProbeRole::kCall || role == ProbeRole::kNamespaceCall;
}

/// A function that is worth a probe.
struct TracedFunction {
  const char* name;   ///< in the kernel's source; a system call's without "sys_"
  const char* cause;  ///< one of kCauses
  ProbeRole role = ProbeRole::kTime;
  const char* shown = "";  ///< waits: their kind (model/attribution.h); calls, kExit: the call's name
  bool needed = false;     ///< every kernel from 5.10 on has it: worth a word when it can't be probed
};

/// The table, in the order of the causes.
[[nodiscard]] std::span<const TracedFunction> traced_functions();

/// What to set: `p:GROUP/EVENT FUNCTION`, and, unless return_event is empty, `r:GROUP/RETURN_EVENT FUNCTION`.
struct Probe {
  std::string event;                   ///< a C identifier of less than 64 characters, unlike that of every other
  std::string return_event;            ///< likewise
  std::string function;                ///< as this kernel calls it
  const TracedFunction* of = nullptr;  ///< in the table; never null
};

struct ProbeSet {
  std::vector<Probe> probes;
  std::vector<std::string> missing;  ///< "locks: …", for Attribution::missing
};

[[nodiscard]] bool has_probe(const ProbeSet& set, ProbeRole role);

/// `functions` is the text of available_filter_functions or kallsyms. What is in `refused` (names as in the text) is
/// passed over: functions that the kernel refused a probe on, or those of kprobes/blacklist.
[[nodiscard]] ProbeSet resolve_probes(std::string_view functions, const std::set<std::string>& refused = {});

}  // namespace umb
