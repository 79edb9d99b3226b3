// SPDX-License-Identifier: Apache-2.0
#include "runner/doctor.h"

#include "runner/doctor_topics.h"
#include "sys/host_kernel.h"
#include "sys/host_privilege.h"

#include <linux/capability.h>

namespace umb {

namespace {

constexpr void (*kTopics[])(const doctor::Patient&, doctor::Findings&) = {
    doctor::privilege,     doctor::user_namespaces, doctor::loop_devices, doctor::umount_program,
    doctor::mkfs_programs, doctor::containers,      doctor::rcu_knobs,    doctor::rcu_after_boot,
    doctor::cpu_count,     doctor::nohz_full,       doctor::debug_kernel, doctor::taint,
    doctor::governor,      doctor::turbo_mode,      doctor::smt,          doctor::load,
    doctor::clocks,        doctor::hypervisor,      doctor::mount_table,  doctor::device_managers,
};

}  // namespace

std::vector<Finding> examine(const HostRoot& root, const std::vector<Finding>& extra, const ProgramFinder& find) {
  doctor::Patient patient{root, find};
  patient.capabilities = effective_capabilities(root).value_or(0);
  patient.root_like = has_capability(patient.capabilities, CAP_SYS_ADMIN);
  patient.config = kernel_config(root);
  patient.command_line = command_line_words(host_text(root, "/proc/cmdline").value_or(""));
  std::vector<Finding> findings;
  for (const auto& topic : kTopics) topic(patient, findings);
  findings.insert(findings.end(), extra.begin(), extra.end());
  return findings;
}

}  // namespace umb
