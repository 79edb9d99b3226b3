// SPDX-License-Identifier: Apache-2.0
#include "app/vm_stamp.h"

#include "base/text.h"
#include "sys/host_cpu.h"
#include "sys/host_kernel.h"

#include <algorithm>

namespace umb {

namespace {

template <typename T>
FactValue known(const std::optional<T>& value) {
  return value.has_value() ? FactValue(*value) : FactValue();
}

Facts host_facts(const BootFacts& boot, bool redact) {
  return {{"accelerator", boot.accelerator},
          {"accelerator_reason", boot.accelerator_reason},
          {"qemu_version", boot.qemu_version},
          {"append_requested", redact ? FactValue() : FactValue(boot.append)},
          {"guest_memory_bytes", boot.memory_bytes},
          {"boot_to_init_ns", boot.hello_ns},
          {"boot_to_guest_clock_ns", boot.hello_ns - boot.hello_guest_ns},
          {"qemu_peak_memory_bytes", boot.peak_memory_bytes},
          {"host_kernel_release", known(kernel_release({}))},
          {"host_cpu_model", known(processor_model(first_processor({}).value_or("")))},
          {"host_foreign_cpu_share", known(boot.host.foreign_cpu_share)},
          {"host_steal_share", known(boot.host.steal_share)},
          {"host_disturbed", boot.host.disturbed},
          {"host_disturbance_reason", boot.host.reason}};
}

bool is_redacted(const RunRecord& record) {
  return find_fact(record.environment_before, "command_line") == nullptr;
}

std::vector<std::string> missing_words(const std::string& wanted, const std::string& command_line) {
  const std::vector<std::string> there = split(command_line, ' ');
  std::vector<std::string> missing;
  for (const std::string& word : split(wanted, ' ')) {
    if (!word.empty() && std::find(there.begin(), there.end(), word) == there.end()) missing.push_back(word);
  }
  return missing;
}

void warn_of_command_line(const BootFacts& boot, RunRecord& record) {
  if (is_redacted(record)) return;
  const std::vector<std::string> missing =
      missing_words(boot.append, fact_text(record.environment_before, "command_line"));
  if (missing.empty()) return;
  record.warnings.push_back(
      {"command_line_cut", "asked for on the kernel's command line, but not there: " + join(missing, " "), ""});
}

/// What the kernel was told at boot against what it does.
void warn_of_rcu(RunRecord& record) {
  const auto number = [&](const char* key) -> std::optional<int64_t> {
    const FactValue* value = find_fact(record.environment_before, key);
    const auto* whole = value != nullptr ? std::get_if<int64_t>(value) : nullptr;
    return whole != nullptr ? std::optional(*whole) : std::nullopt;
  };
  const std::optional<int64_t> asked = number("rcu_normal_after_boot_requested");
  const std::optional<int64_t> effective = number("rcu_normal_after_boot_effective");
  if (!asked.has_value() || !effective.has_value() || *asked == *effective) return;
  std::string text = "rcu_normal_after_boot=" + std::to_string(*asked) +
                     " was asked for and has no effect: " + std::to_string(*effective) + " is in force";
  if (fact_text(record.environment_before, "preemption_model") == "PREEMPT_RT" && *asked == 0) {
    text +=
        ", since a PREEMPT_RT kernel always turns expedited grace periods into normal ones after boot; only writing 0 "
        "to /sys/kernel/rcu_normal later (rcu=default) does otherwise";
  }
  record.warnings.push_back({"rcu_parameter_without_effect", text, ""});
}

}  // namespace

void stamp(const BootFacts& boot, RunRecord& record) {
  record.run.session = boot.session;
  const Facts ours = host_facts(boot, is_redacted(record));
  for (Facts* facts : {&record.environment_before, &record.environment_after}) {
    if (facts->empty()) continue;
    // Whatever a guest says of it, these are the host's to tell.
    std::erase_if(*facts, [&](const Fact& fact) { return find_fact(ours, fact.key) != nullptr; });
    facts->insert(facts->end(), ours.begin(), ours.end());
  }
  if (boot.accelerator != "kvm") {
    record.warnings.push_back({"emulated",
                               "this guest ran under emulation (TCG; " + boot.accelerator_reason +
                                   "): what waits for ticks takes as long as on hardware, what computes takes longer",
                               ""});
  }
  if (boot.host.disturbed) {
    record.warnings.push_back({"host_disturbed", "the host was disturbed: " + boot.host.reason, ""});
  }
  warn_of_command_line(boot, record);
  warn_of_rcu(record);
}

}  // namespace umb
