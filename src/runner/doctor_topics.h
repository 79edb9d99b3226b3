// SPDX-License-Identifier: Apache-2.0
// Inside of doctor: each topic appends its findings.
#pragma once

#include "runner/doctor.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace umb::doctor {

/// What several topics look at, read once.
struct Patient {
  const HostRoot& root;
  const ProgramFinder& find;
  uint64_t capabilities = 0;
  bool root_like = false;  ///< CAP_SYS_ADMIN is effective
  std::optional<std::string> config;
  std::vector<std::string> command_line;
};

using Findings = std::vector<Finding>;

// doctor_access.cpp: what a run needs
void privilege(const Patient& patient, Findings& findings);
void user_namespaces(const Patient& patient, Findings& findings);
void loop_devices(const Patient& patient, Findings& findings);
void umount_program(const Patient& patient, Findings& findings);
void mkfs_programs(const Patient& patient, Findings& findings);
void containers(const Patient& patient, Findings& findings);

// doctor_rcu.cpp: what decides how long a grace period takes
void rcu_knobs(const Patient& patient, Findings& findings);
void rcu_after_boot(const Patient& patient, Findings& findings);
void cpu_count(const Patient& patient, Findings& findings);
void nohz_full(const Patient& patient, Findings& findings);
void debug_kernel(const Patient& patient, Findings& findings);
void taint(const Patient& patient, Findings& findings);

// doctor_noise.cpp: what else moves the figures
void governor(const Patient& patient, Findings& findings);
void turbo_mode(const Patient& patient, Findings& findings);
void smt(const Patient& patient, Findings& findings);
void load(const Patient& patient, Findings& findings);
void clocks(const Patient& patient, Findings& findings);
void hypervisor(const Patient& patient, Findings& findings);
void mount_table(const Patient& patient, Findings& findings);
void device_managers(const Patient& patient, Findings& findings);

}  // namespace umb::doctor
