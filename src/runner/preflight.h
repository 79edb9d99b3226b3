// SPDX-License-Identifier: Apache-2.0
// Whether a case can run here at all. A lack skips the case, with a reason that says what to do about it.
#pragma once

#include "model/case.h"
#include "sys/host_file.h"
#include "sys/subprocess.h"

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace umb {

/// Path of a program, "" when it isn't there: find_program, or a made-up one.
using ProgramFinder = std::function<std::string(const std::string& name)>;

/// "mkfs.ext4 is not installed (Debian package e2fsprogs)".
[[nodiscard]] std::string missing_program(const std::string& name);
/// The Debian package of a program; "" for an unknown one.
[[nodiscard]] std::string debian_package(const std::string& program);

/// Asks the host once and remembers the answers. Changes nothing, but that opening /dev/loop-control may make the
/// kernel load its loop module, as the case itself would.
class Preflight {
 public:
  explicit Preflight(HostRoot root = {}, ProgramFinder find = find_program);

  /// Answers as if this process were root: for `list` and --dry-run by an ordinary user, who wants to know what would
  /// be skipped when the plan is really run.
  void assume_root() { assume_root_ = true; }

  /// Why a case with these needs can't run, or nullopt. `unprivileged`: in a user namespace of our own.
  [[nodiscard]] std::optional<std::string> check(const Needs& needs, bool unprivileged);
  /// Why the RCU mode can't be set. as-found is never written and always possible.
  [[nodiscard]] std::optional<std::string> check_rcu(const std::string& mode, bool unprivileged);
  /// Whether grace periods are normal ones as the machine was found, as on a PREEMPT_RT kernel or after
  /// rcu_normal_after_boot: both are to be seen in rcu_normal.
  [[nodiscard]] bool as_found_is_normal() const;
  /// Both, for a case and its scenario's needs.
  [[nodiscard]] std::optional<std::string> check_case(const Case& spec, const Needs& needs, bool unprivileged);

 private:
  using Reason = std::optional<std::string>;
  [[nodiscard]] Reason check_privilege(const Needs& needs, bool unprivileged);
  [[nodiscard]] Reason check_controllers(const std::vector<std::string>& wanted) const;
  [[nodiscard]] Reason check_file_system(const std::string& name);
  [[nodiscard]] Reason check_program(const std::string& name);
  [[nodiscard]] Reason check_loop_control();
  [[nodiscard]] Reason check_disk_folder();
  [[nodiscard]] Reason check_control_groups();
  [[nodiscard]] Reason check_knob(const std::string& path);
  [[nodiscard]] bool has_module(const std::string& file_system);
  [[nodiscard]] Reason remembered(const std::string& key, const std::function<Reason()>& ask);

  HostRoot root_;
  ProgramFinder find_;
  bool assume_root_ = false;
  std::map<std::string, Reason> answers_;
};

}  // namespace umb
