// SPDX-License-Identifier: Apache-2.0
#include "app/vm_doctor.h"

#include "base/text.h"
#include "kernels/apt_sources.h"
#include "kernels/apt_state.h"
#include "kernels/cache_folder.h"
#include "sys/host_cpu.h"
#include "sys/subprocess.h"
#include "vm/accelerator.h"
#include "vm/guest_size.h"
#include "vm/tiny_guest.h"

#include <algorithm>
#include <array>
#include <filesystem>

#include <pwd.h>
#include <sys/statvfs.h>
#include <unistd.h>

namespace umb {

namespace {

/// An index, a kernel's packages, and that kernel unpacked.
constexpr int64_t kRoomWanted = 1'000'000'000;

using Findings = std::vector<Finding>;

struct GuestProgram {
  const char* name;
  const char* package;
  const char* without;
};
constexpr std::array<GuestProgram, 4> kGuestPrograms{{
    {"umount", "mount", "method=exec is skipped in guests"},
    {"mkfs.ext4", "e2fsprogs", "ext4 is skipped in guests"},
    {"crun", "crun", "guests measure no containers of it"},
    {"runc", "runc", "guests measure no containers of it"},
}};

std::string megabytes(int64_t bytes) {
  return std::to_string(bytes / 1'000'000) + " MB";
}

std::string join_group_kvm() {
  const passwd* user = ::getpwuid(::getuid());
  return user != nullptr ? "adduser " + printable(user->pw_name) + " kvm" : "";
}

void qemu(const GuestTrial& trial, Findings& findings) {
  const char* topic = "QEMU";
  if (trial.qemu.has_value()) {
    findings.push_back({"ok", topic, trial.qemu->version + " (" + printable(trial.qemu->path) + ")", ""});
  } else {
    const Error& error = trial.qemu.error();
    const bool absent = error.hint.starts_with("apt ");
    findings.push_back({"missing", topic, error.text() + ": nothing can be booted", absent ? error.hint : ""});
  }
}

void kvm(const GuestTrial& trial, Findings& findings) {
  if (!trial.qemu.has_value()) return;
  if (trial.kvm_trouble.empty()) {
    findings.push_back({"ok", "KVM", "a guest ran on it and came to its end", ""});
    return;
  }
  const bool closed = trial.kvm_trouble.ends_with("be in group kvm");
  findings.push_back({"note", "KVM", "does not work: " + trial.kvm_trouble, closed ? join_group_kvm() : ""});
  if (trial.emulation_trouble.empty()) {
    findings.push_back({"noisy", "emulation",
                        "guests run on an emulated processor: waiting for grace periods takes as long as on a real "
                        "one, all else is slower by far; compare only with what was emulated too",
                        ""});
  } else {
    findings.push_back({"missing", "emulation", "does not work either: " + trial.emulation_trouble, ""});
  }
}

void cpus(const HostRoot& root, Findings& findings) {
  const std::string guest = "a guest has " + std::to_string(kDefaultGuestCpus) + " unless asked for others";
  const std::optional<int64_t> here = cpus_in(root, "online");
  if (!here.has_value()) {
    findings.push_back({"note", "CPUs", "unknown; " + guest, ""});
    return;
  }
  const bool few = *here < kDefaultGuestCpus;
  findings.push_back({few ? "noisy" : "ok", "CPUs",
                      std::to_string(*here) + " here, " + guest + (few ? ", and its CPUs will take turns" : ""), ""});
}

void memory(const HostRoot& root, Findings& findings) {
  const int64_t needed = kDefaultGuestMemoryBytes + kQemuMemoryBytes;
  const std::string guest = "a guest needs " + megabytes(needed) + " unless asked for less";
  const std::optional<int64_t> here = available_memory_bytes(root);
  if (!here.has_value()) {
    findings.push_back({"note", "memory", "unknown; " + guest, ""});
  } else if (*here < needed) {
    findings.push_back({"noisy", "memory", megabytes(*here) + " available, but " + guest, ""});
  } else {
    findings.push_back({"ok", "memory", megabytes(*here) + " available, " + guest, ""});
  }
}

void fetching(const HostRoot& root, const ProgramFinder& find, Findings& findings) {
  const char* topic = "vm fetch";
  const Result<std::string> mirror = find_debian_mirror(root);
  if (find("apt-get").empty()) {
    findings.push_back({"note", topic, "apt-get is not installed: kernels of Debian must be got elsewhere", ""});
  } else if (!host_exists(root, kArchiveKeyring)) {
    findings.push_back({"note", topic, std::string(kArchiveKeyring) + " is not there, and nothing is taken unchecked",
                        "apt-get install debian-archive-keyring"});
  } else if (!mirror.has_value()) {
    findings.push_back({"note", topic, mirror.error().why + ": kernels of Debian must be got elsewhere", ""});
  } else {
    findings.push_back({"ok", topic, "from " + printable(*mirror), ""});
  }
}

void guest_programs(const ProgramFinder& find, Findings& findings) {
  const char* topic = "programs for guests";
  std::vector<std::string> found;
  for (const GuestProgram& program : kGuestPrograms) {
    if (!find(program.name).empty()) {
      found.emplace_back(program.name);
    } else {
      findings.push_back({"note", topic, std::string(program.name) + " is not installed: " + program.without,
                          std::string("apt-get install ") + program.package});
    }
  }
  if (!found.empty()) findings.push_back({"ok", topic, join(found, ", "), ""});
}

void cache(Findings& findings) {
  const char* topic = "cache folder";
  const Result<std::string> place = cache_place();
  if (!place.has_value()) {
    findings.push_back({"missing", topic, place.error().text() + "; " + place.error().hint, ""});
    return;
  }
  const std::optional<int64_t> room = free_bytes_at(*place);
  const std::string message =
      printable(*place) + ": " + (room.has_value() ? megabytes(*room) : "unknown room") + " free";
  const bool tight = room.value_or(0) < kRoomWanted;
  findings.push_back(
      {tight ? "note" : "ok", topic,
       message +
           (tight ? "; a kernel may need " + megabytes(kRoomWanted) + ", and XDG_CACHE_HOME names another place" : ""),
       ""});
}

}  // namespace

GuestTrial try_guests() {
  GuestTrial trial{find_qemu(), "", ""};
  if (!trial.qemu.has_value()) return trial;
  const Result<Accelerator> chosen = choose_accelerator(AcceleratorChoice::kAuto, *trial.qemu);
  trial.kvm_trouble = chosen.has_value() ? chosen->reason : chosen.error().text();
  if (!trial.kvm_trouble.empty()) trial.emulation_trouble = tiny_guest_trouble(*trial.qemu, "tcg");
  return trial;
}

std::optional<int64_t> free_bytes_at(const std::string& path) {
  struct statvfs facts {};
  std::filesystem::path place = path;
  while (::statvfs(place.c_str(), &facts) != 0) {
    if (!place.has_relative_path()) return std::nullopt;
    place = place.parent_path();
  }
  return static_cast<int64_t>(facts.f_bavail) * static_cast<int64_t>(facts.f_frsize);
}

std::vector<Finding> examine_for_guests(const GuestTrial& trial, const HostRoot& root, const ProgramFinder& find) {
  Findings findings;
  qemu(trial, findings);
  kvm(trial, findings);
  cpus(root, findings);
  memory(root, findings);
  fetching(root, find, findings);
  guest_programs(find, findings);
  cache(findings);
  return findings;
}

}  // namespace umb
