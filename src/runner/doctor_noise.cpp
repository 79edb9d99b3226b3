// SPDX-License-Identifier: Apache-2.0
#include "base/text.h"
#include "runner/disturbance.h"
#include "runner/doctor_topics.h"
#include "sys/host_cpu.h"
#include "sys/host_mounts.h"
#include "sys/host_stat.h"
#include "sys/host_virtualisation.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <string_view>

namespace umb::doctor {

namespace {

constexpr double kLoadPerCpuLimit = 0.5;
/// From here on a reader of the mount table holds the kernel's lock over all mounts for long enough to show.
constexpr int64_t kManyMounts = 1000;
constexpr size_t kMostNamed = 10;

/// Read in user space, in some tens of ns.
constexpr std::array<std::string_view, 8> kFastClocks{
    "tsc", "kvm-clock", "arch_sys_counter", "hyperv_clocksource_tsc_page", "timebase", "riscv_clocksource",
    "tod", "Constant"};
constexpr std::array<std::string_view, 5> kSlowClocks{"hpet", "acpi_pm", "jiffies", "refined-jiffies", "pit"};

template <size_t N>
bool is_one_of(const std::array<std::string_view, N>& names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

std::string short_number(double number) {
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), "%.2f", number);
  return text.data();
}

std::string steal_since_boot(const HostRoot& root) {
  const auto ticks = read_cpu_ticks(root);
  if (!ticks.has_value()) return {};
  const auto all = static_cast<double>(ticks->user + ticks->nice + ticks->system + ticks->idle + ticks->iowait +
                                       ticks->irq + ticks->softirq + ticks->steal);
  return all > 0 ? "; since boot it took " + short_number(100 * static_cast<double>(ticks->steal) / all) + " %" : "";
}

}  // namespace

void governor(const Patient& patient, Findings& findings) {
  const char* topic = "governor";
  const auto name = host_text(patient.root, "/sys/devices/system/cpu/cpu0/cpufreq/scaling_governor");
  if (!name.has_value()) {
    findings.push_back({"note", topic, "unknown: no cpufreq here, so the CPU frequency is out of our sight", ""});
  } else if (*name == "performance") {
    findings.push_back({"ok", topic, *name, ""});
  } else {
    findings.push_back({"noisy", topic, printable(*name) + ": the CPU frequency follows the load",
                        "cpupower frequency-set -g performance"});
  }
}

void turbo_mode(const Patient& patient, Findings& findings) {
  const char* topic = "turbo";
  const auto on = turbo(patient.root);
  const bool intel = host_exists(patient.root, "/sys/devices/system/cpu/intel_pstate/no_turbo");
  if (on == true) {
    findings.push_back({"note", topic, "on: the CPU frequency depends on temperature and on the other cores",
                        intel ? "echo 1 > /sys/devices/system/cpu/intel_pstate/no_turbo"
                              : "echo 0 > /sys/devices/system/cpu/cpufreq/boost"});
  } else {
    findings.push_back({on.has_value() ? "ok" : "note", topic, on.has_value() ? "off" : "unknown: no switch here", ""});
  }
}

void smt(const Patient& patient, Findings& findings) {
  const char* topic = "smt";
  const auto active = host_flag(patient.root, "/sys/devices/system/cpu/smt/active");
  if (active == true) {
    findings.push_back({"note", topic, "on: a neighbour on the same core slows a sample down",
                        "echo off > /sys/devices/system/cpu/smt/control"});
  } else {
    findings.push_back({active.has_value() ? "ok" : "note", topic, active.has_value() ? "off" : "unknown", ""});
  }
}

void load(const Patient& patient, Findings& findings) {
  const char* topic = "load";
  const auto load = load_1min(patient.root);
  const int64_t cpus = cpus_in(patient.root, "online").value_or(1);
  if (!load.has_value()) {
    findings.push_back({"note", topic, "unknown", ""});
    return;
  }
  const std::string message = short_number(*load) + " over the last minute on " + std::to_string(cpus) + " CPUs";
  const bool high = *load > kLoadPerCpuLimit * static_cast<double>(std::max<int64_t>(1, cpus));
  findings.push_back({high ? "noisy" : "ok", topic, message, high ? "top -b -n 1 | head -n 20" : ""});
}

void clocks(const Patient& patient, Findings& findings) {
  const char* topic = "clock source";
  const auto name = clock_source(patient.root);
  if (!name.has_value()) {
    findings.push_back({"note", topic, "unknown", ""});
  } else if (is_one_of(kFastClocks, *name)) {
    findings.push_back({"ok", topic, *name, ""});
  } else {
    const bool slow = is_one_of(kSlowClocks, *name);
    findings.push_back({slow ? "noisy" : "note", topic,
                        printable(*name) + (slow ? ": each read costs about a microsecond, and a sample has two"
                                                 : ": not known to be a fast one"),
                        "cat /sys/devices/system/clocksource/clocksource0/available_clocksource"});
  }
}

void hypervisor(const Patient& patient, Findings& findings) {
  const char* topic = "virtualisation";
  const std::string name = virtualisation(patient.root).value_or("unknown");
  if (name == "none") {
    findings.push_back({"ok", topic, name, ""});
  } else if (name == "qemu-tcg") {
    findings.push_back(
        {"noisy", topic, "qemu-tcg: an emulated processor; grace periods are right, the rest is slow", ""});
  } else if (name == "unknown") {
    findings.push_back({"note", topic, name, ""});
  } else {
    findings.push_back({"note", topic,
                        name + ": the hypervisor may take CPU time away (steal), each round records it" +
                            steal_since_boot(patient.root),
                        ""});
  }
}

void mount_table(const Patient& patient, Findings& findings) {
  const char* topic = "mount table";
  const auto mounts = read_mount_table(patient.root);
  if (!mounts.has_value()) {
    findings.push_back({"note", topic, "/proc/self/mountinfo can't be read", ""});
    return;
  }
  const bool many = mounts->mount_count >= kManyMounts;
  const std::string count = std::to_string(mounts->mount_count) + " mounts in this namespace";
  findings.push_back({many ? "noisy" : "ok", topic,
                      many ? count + ": whoever reads the table holds up every umount meanwhile" : count, ""});
  if (!patient.root_like) {
    findings.push_back({"note", topic, "which processes watch a mount table shows only as root", ""});
    return;
  }
  const std::vector<MountTableHolder> holders = mount_table_holders(patient.root);
  for (size_t i = 0; i < std::min(holders.size(), kMostNamed); ++i) {
    findings.push_back({many ? "noisy" : "note", topic,
                        printable(holders[i].name) + " (pid " + std::to_string(holders[i].pid) +
                            ") has a mount table open: while it reads, every umount waits",
                        ""});
  }
  if (holders.size() > kMostNamed) {
    findings.push_back({"note", topic, "and " + std::to_string(holders.size() - kMostNamed) + " more processes", ""});
  }
}

void device_managers(const Patient& patient, Findings& findings) {
  const char* topic = "device managers";
  const bool udev = host_exists(patient.root, "/run/udev/control");
  const bool systemd = host_exists(patient.root, "/run/systemd/system");
  if (udev) {
    findings.push_back({"note", topic, "udev is here: it may open a loop device for a moment when one changes", ""});
  }
  if (systemd) {
    findings.push_back({"note", topic,
                        "systemd is here: it reads the host's mount table when that changes; a run's own mounts are "
                        "out of its sight",
                        ""});
  }
  if (!udev && !systemd) findings.push_back({"ok", topic, "neither udev nor systemd is here", ""});
}

}  // namespace umb::doctor
