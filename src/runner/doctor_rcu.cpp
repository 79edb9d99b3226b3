// SPDX-License-Identifier: Apache-2.0
#include "base/text.h"
#include "runner/doctor_topics.h"
#include "sys/host_cpu.h"
#include "sys/host_kernel.h"
#include "sys/host_privilege.h"

#include <array>
#include <string_view>

namespace umb::doctor {

namespace {

constexpr std::array<const char*, 10> kDebugOptions{"CONFIG_KASAN",          "CONFIG_KCSAN",
                                                    "CONFIG_KMSAN",          "CONFIG_PROVE_LOCKING",
                                                    "CONFIG_PROVE_RCU",      "CONFIG_LOCK_STAT",
                                                    "CONFIG_DEBUG_KMEMLEAK", "CONFIG_DEBUG_OBJECTS",
                                                    "CONFIG_SLUB_DEBUG_ON",  "CONFIG_DEBUG_PAGEALLOC_ENABLE_DEFAULT"};

/// The kernel's letters for the bits of its taint, from bit 0 on.
constexpr std::string_view kTaintLetters = "PFSRMBUDAWCIOELKXTNJ";

std::string number_text(const std::optional<int64_t>& number) {
  return number.has_value() ? std::to_string(*number) : "unknown";
}

}  // namespace

void rcu_knobs(const Patient& patient, Findings& findings) {
  const char* topic = "rcu knobs";
  for (const std::string path : {"/sys/kernel/rcu_normal", "/sys/kernel/rcu_expedited"}) {
    const std::optional<bool> writable = knob_writable(patient.root, path);
    if (writable == true) continue;
    findings.push_back({"missing", topic,
                        (writable.has_value() ? path + " is read-only here" : "this kernel has no " + path) +
                            ": only rcu=as-found can be measured",
                        writable.has_value() ? "mount -o remount,rw /sys" : ""});
    return;
  }
  const auto normal = host_number(patient.root, "/sys/kernel/rcu_normal");
  const auto expedited = host_number(patient.root, "/sys/kernel/rcu_expedited");
  const std::string values = "rcu_normal=" + number_text(normal) + " rcu_expedited=" + number_text(expedited);
  if (normal == 0 && expedited == 0) {
    findings.push_back({"ok", topic, values + ", writable as root", ""});
  } else if (normal.value_or(0) != 0) {
    findings.push_back({"note", topic, values + ": as found, each umount waits for a normal grace period", ""});
  } else {
    findings.push_back({"note", topic, values + ": not what a kernel starts with", ""});
  }
  if (preemption_model(patient.root) == "PREEMPT_RT") {
    findings.push_back({"note", topic,
                        "PREEMPT_RT: rcu_normal is 1 once booted, whatever the command line says; the knobs still work "
                        "at run time",
                        ""});
  }
}

void rcu_after_boot(const Patient& patient, Findings& findings) {
  const char* topic = "rcu_normal_after_boot";
  const auto asked = command_line_value(patient.command_line, "rcupdate.rcu_normal_after_boot");
  const auto effective = host_number(patient.root, "/sys/module/rcupdate/parameters/rcu_normal_after_boot");
  const std::string message =
      "asked for at boot: " + printable(asked.value_or("nothing")) + "; in effect: " + number_text(effective);
  const bool differ = asked.has_value() && *asked != number_text(effective);
  const bool set = effective.value_or(0) != 0;
  findings.push_back({differ || set || !effective.has_value() ? "note" : "ok", topic, message, ""});
}

void cpu_count(const Patient& patient, Findings& findings) {
  const char* topic = "cpus";
  const auto online = cpus_in(patient.root, "online");
  const std::string message = number_text(online) + " online";
  if (online == 1) {
    findings.push_back({"noisy", topic,
                        message + ": with one CPU some kernels skip grace periods, so that rcu=normal costs nothing",
                        ""});
  } else {
    findings.push_back({online.has_value() ? "ok" : "note", topic, message, ""});
  }
}

void nohz_full(const Patient& patient, Findings& findings) {
  const char* topic = "nohz_full";
  const std::string list = cpu_list_in(patient.root, "nohz_full").value_or("");
  if (list.empty()) {
    findings.push_back({"ok", topic, "no CPU runs without ticks", ""});
  } else {
    findings.push_back({"note", topic,
                        "CPUs " + printable(list) +
                            " run without ticks: membarrier is refused, so rcu=normal can't be confirmed by it",
                        ""});
  }
}

void debug_kernel(const Patient& patient, Findings& findings) {
  const char* topic = "debug kernel";
  std::vector<std::string> signs;
  for (const char* option : kDebugOptions) {
    if (patient.config.has_value() && config_value(*patient.config, option) == "y") signs.emplace_back(option);
  }
  for (const char* path : {"/proc/lockdep", "/sys/kernel/debug/kmemleak"}) {
    if (host_exists(patient.root, path)) signs.emplace_back(path);
  }
  if (!signs.empty()) {
    findings.push_back({"noisy", topic,
                        join(signs, ", ") + ": built for finding bugs; its figures say little about other kernels",
                        ""});
  } else if (!patient.config.has_value()) {
    findings.push_back(
        {"note", topic, "neither /proc/config.gz nor /boot/config-* can be read, so it can't be told", ""});
  } else {
    findings.push_back({"ok", topic, "no debugging that slows everything down", ""});
  }
}

void taint(const Patient& patient, Findings& findings) {
  const char* topic = "taint";
  const auto bits = host_number(patient.root, "/proc/sys/kernel/tainted");
  if (bits == 0) {
    findings.push_back({"ok", topic, "the kernel is not tainted", ""});
    return;
  }
  std::string letters;
  for (size_t bit = 0; bit < kTaintLetters.size(); ++bit) {
    if (((bits.value_or(0) >> bit) & 1) != 0) letters += kTaintLetters[bit];
  }
  findings.push_back({"note", topic,
                      bits.has_value() ? "the kernel is tainted: " + std::to_string(*bits) + " (" + letters + ")"
                                       : "the kernel's taint can't be read",
                      ""});
}

}  // namespace umb::doctor
