// SPDX-License-Identifier: Apache-2.0
#include "runner/environment.h"

#include "base/text.h"
#include "sys/host_cpu.h"
#include "sys/host_kernel.h"
#include "sys/host_mounts.h"
#include "sys/host_programs.h"
#include "sys/host_virtualisation.h"

#include <algorithm>
#include <array>
#include <limits>
#include <optional>
#include <string_view>

#include <sys/utsname.h>

namespace umb {

namespace {

/// What more than one fact is taken from, read once.
struct Sources {
  explicit Sources(const HostRoot& host)
      : root(host),
        config(kernel_config(host)),
        command_line(host_text(host, "/proc/cmdline")),
        words(command_line_words(command_line.value_or(""))),
        processor(first_processor(host).value_or("")),
        mounts(read_mount_table(host)) {}

  const HostRoot& root;
  std::optional<std::string> config, command_line;
  std::vector<std::string> words;
  std::string processor;
  std::optional<MountTableFacts> mounts;
};

template <typename T>
FactValue known(const std::optional<T>& value) {
  return value.has_value() ? FactValue(*value) : FactValue();
}

FactValue number_or_text(const std::optional<std::string>& text) {
  if (!text.has_value()) return {};
  const Result<int64_t> number =
      parse_integer(*text, std::numeric_limits<int64_t>::min(), std::numeric_limits<int64_t>::max());
  return number.has_value() ? FactValue(*number) : FactValue(*text);
}

FactValue architecture(const Sources&) {
  utsname names{};
  return ::uname(&names) == 0 ? FactValue(std::string(names.machine)) : FactValue();
}

FactValue hz(const Sources& from) {
  return number_or_text(from.config.has_value() ? config_value(*from.config, "CONFIG_HZ") : std::nullopt);
}

FactValue lsm(const Sources& from) {
  std::optional<std::string> modules = host_text(from.root, "/sys/kernel/security/lsm");
  const std::optional<bool> enforcing = host_flag(from.root, "/sys/fs/selinux/enforce");
  if (modules.has_value() && enforcing.has_value()) *modules += *enforcing ? " (enforcing)" : " (permissive)";
  return known(modules);
}

FactValue mount_count(const Sources& from) {
  return from.mounts.has_value() ? FactValue(from.mounts->mount_count) : FactValue();
}
FactValue cgroup_layout(const Sources& from) {
  return from.mounts.has_value() ? FactValue(from.mounts->cgroup_layout) : FactValue();
}
FactValue libmount(const Sources& from) {
  return from.root.is_this_machine() ? FactValue(libmount_version()) : FactValue();
}
FactValue program(const Sources& from, const char* name, const char* option) {
  return from.root.is_this_machine() ? known(program_version(name, option)) : FactValue();
}
FactValue number_in(const Sources& from, const char* path) {
  return known(host_number(from.root, path));
}
FactValue text_in(const Sources& from, const char* path) {
  return known(host_text(from.root, path));
}
FactValue requested(const Sources& from, const char* parameter) {
  return number_or_text(command_line_value(from.words, parameter));
}

constexpr std::array<std::string_view, 2> kAlwaysDiffer{"load_1min", "uptime_s"};
constexpr std::array<std::string_view, 2> kRedacted{"host_name", "command_line"};

template <size_t N>
bool is_one_of(const std::array<std::string_view, N>& keys, std::string_view key) {
  return std::find(keys.begin(), keys.end(), key) != keys.end();
}

}  // namespace

Facts read_environment(const HostRoot& root) {
  const Sources s(root);
  return {
      {"host_name", text_in(s, "/proc/sys/kernel/hostname")},
      {"kernel_release", known(kernel_release(s.root))},
      {"kernel_version", known(kernel_version(s.root))},
      {"kernel_build_id", known(kernel_build_id(s.root))},
      {"architecture", architecture(s)},
      {"preemption_model", known(preemption_model(s.root))},
      {"preemption_mode", known(preemption_mode(s.root))},
      {"hz", hz(s)},
      {"cpus_possible", known(cpus_in(s.root, "possible"))},
      {"cpus_online", known(cpus_in(s.root, "online"))},
      {"nohz_full", known(cpu_list_in(s.root, "nohz_full"))},
      {"isolated", known(cpu_list_in(s.root, "isolated"))},
      {"command_line", known(s.command_line)},
      {"rcu_normal", number_in(s, "/sys/kernel/rcu_normal")},
      {"rcu_expedited", number_in(s, "/sys/kernel/rcu_expedited")},
      {"rcu_normal_requested", requested(s, "rcupdate.rcu_normal")},
      {"rcu_expedited_requested", requested(s, "rcupdate.rcu_expedited")},
      {"rcu_normal_after_boot_requested", requested(s, "rcupdate.rcu_normal_after_boot")},
      {"rcu_normal_after_boot_effective", number_in(s, "/sys/module/rcupdate/parameters/rcu_normal_after_boot")},
      {"rcu_normal_wake_from_gp", number_in(s, "/sys/module/rcutree/parameters/rcu_normal_wake_from_gp")},
      {"cpu_model", known(processor_model(s.processor))},
      {"cpu_microcode", known(processor_value(s.processor, "microcode"))},
      {"smt", known(host_flag(s.root, "/sys/devices/system/cpu/smt/active"))},
      {"virtualisation", known(virtualisation(s.root))},
      {"container", known(container_kind(s.root))},
      {"clock_source", known(clock_source(s.root))},
      {"governor", text_in(s, "/sys/devices/system/cpu/cpu0/cpufreq/scaling_governor")},
      {"turbo", known(turbo(s.root))},
      {"mitigations", known(mitigations(s.root))},
      {"memory_bytes", known(memory_bytes(s.root))},
      {"load_1min", known(load_1min(s.root))},
      {"uptime_s", known(uptime_s(s.root))},
      {"mount_count", mount_count(s)},
      {"taint", number_in(s, "/proc/sys/kernel/tainted")},
      {"lsm", lsm(s)},
      {"cgroup_layout", cgroup_layout(s)},
      {"umount_version", program(s, "umount", "--version")},
      {"libmount_version", libmount(s)},
      {"crun_version", program(s, "crun", "--version")},
      {"runc_version", program(s, "runc", "--version")},
      {"mkfs_ext4_version", program(s, "mkfs.ext4", "-V")},
      {"mkfs_xfs_version", program(s, "mkfs.xfs", "-V")},
      {"mkfs_btrfs_version", program(s, "mkfs.btrfs", "--version")},
      {"mksquashfs_version", program(s, "mksquashfs", "-version")},
  };
}

std::vector<std::string> changed_facts(const Facts& before, const Facts& after) {
  std::vector<std::string> changed;
  for (const Fact& fact : before) {
    const FactValue* now = find_fact(after, fact.key);
    if ((now == nullptr || *now != fact.value) && !is_one_of(kAlwaysDiffer, fact.key)) changed.push_back(fact.key);
  }
  for (const Fact& fact : after) {
    if (find_fact(before, fact.key) == nullptr) changed.push_back(fact.key);
  }
  return changed;
}

Facts redacted(Facts facts) {
  std::erase_if(facts, [](const Fact& fact) { return is_one_of(kRedacted, fact.key); });
  return facts;
}

}  // namespace umb
