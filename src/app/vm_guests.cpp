// SPDX-License-Identifier: Apache-2.0
#include "app/vm_guests.h"

#include "base/log.h"
#include "base/text.h"
#include "kernels/debian_kernel.h"
#include "kernels/find_kernel.h"
#include "kernels/kernel_spec.h"
#include "scenario/scenario.h"
#include "sys/executable.h"
#include "sys/host_cpu.h"
#include "sys/subprocess.h"
#include "vm/guest_size.h"
#include "vm/initramfs.h"
#include "vm/modules.h"
#include "vm/source_file.h"

#include <optional>
#include <set>

namespace umb {

namespace {

constexpr int64_t kMiB = int64_t{1} << 20U;
constexpr int64_t kMaxConfigFileBytes = 4 * kMiB;
Result<std::vector<std::string>> fetch(const std::string& name) {
  return fetch_kernel(name, {.tell = [](const std::string& line) { log_info(line); }});
}

Result<GuestKernel> find_one(const std::string& word, const GuestContent& content) {
  UMB_ASSIGN(const KernelSpec spec, parse_kernel_spec(word));
  GuestKernel kernel{.label = spec.label, .spec = spec.text, .files = {}, .initramfs = ""};
  UMB_ASSIGN(kernel.files, find_kernel(spec, fetch));
  if (kernel.label.empty()) kernel.label = kernel.files.release;
  InitramfsContent initramfs;
  UMB_ASSIGN(initramfs.init, executable_path());
  initramfs.programs = content.programs;
  initramfs.files = usual_files();
  // Where the guest looks for it: CONFIG_HZ is among a result's facts.
  if (!kernel.files.config.empty()) {
    UMB_ASSIGN(const SourceFile file, SourceFile::open(kernel.files.config));
    UMB_ASSIGN(std::string config, file.read_all(kMaxConfigFileBytes));
    initramfs.files.push_back({.path = "/boot/config-" + kernel.files.release, .text = std::move(config)});
  }
  if (!kernel.files.modules.empty()) {
    UMB_ASSIGN(initramfs.modules, find_modules(kernel.files, content.modules));
  }
  UMB_ASSIGN(kernel.initramfs, make_initramfs(initramfs));
  log_debug(kernel.label + ": kernel " + kernel.files.image + ", initramfs " + kernel.initramfs);
  return kernel;
}

void add_programs(const std::set<std::string>& names, GuestContent& content) {
  for (const std::string& name : names) {
    if (std::string path = find_program(name); !path.empty()) content.programs.push_back(std::move(path));
  }
}

}  // namespace

GuestContent content_for(const Plan& plan) {
  std::set<std::string> modules;
  // Its version stands in every result.
  std::set<std::string> programs{"umount"};
  for (const Case& one : plan.cases) {
    const ScenarioEntry* scenario = find_scenario(one.scenario);
    if (scenario == nullptr) continue;
    const Needs needs = scenario->needs(one);
    modules.insert(needs.file_systems.begin(), needs.file_systems.end());
    modules.insert(needs.modules.begin(), needs.modules.end());
    if (needs.loop_device) modules.insert("loop");
    programs.insert(needs.programs.begin(), needs.programs.end());
  }
  GuestContent content{{modules.begin(), modules.end()}, {}};
  add_programs(programs, content);
  return content;
}

GuestContent content_for_shell() {
  GuestContent content{{"loop", "ext4", "xfs", "btrfs", "overlay", "erofs", "squashfs", "fuse"}, {}};
  add_programs({"sh", "busybox", "cat", "ls", "dmesg", "mount", "umount", "mkfs.ext4", "losetup", "stat", "grep"},
               content);
  return content;
}

Result<void> check_memory(const GuestChoice& choice, int64_t side_by_side) {
  const std::optional<int64_t> available = available_memory_bytes({});
  const int64_t wanted = (choice.memory_bytes + kQemuMemoryBytes) * side_by_side;
  if (!available.has_value() || *available >= wanted) return {};
  return fail("not enough memory for " + std::to_string(side_by_side) + (side_by_side == 1 ? " guest" : " guests"),
              std::to_string(wanted / kMiB) + " MiB are needed, " + std::to_string(*available / kMiB) + " MiB are free",
              "a smaller --memory (128M is the least)" + std::string(side_by_side > 1 ? ", or fewer --jobs" : ""),
              ErrorKind::kUnavailable);
}

Result<Guests> find_guests(const GuestChoice& choice, const GuestContent& content) {
  Guests guests;
  UMB_ASSIGN(guests.qemu, find_qemu());
  UMB_ASSIGN(guests.accelerator, choose_accelerator(choice.accelerator, guests.qemu));
  for (const std::string& word : choice.kernels) {
    UMB_ASSIGN(GuestKernel kernel, find_one(word, content));
    guests.kernels.push_back(std::move(kernel));
  }
  return guests;
}

GuestMachine machine_for(const Guests& guests, const GuestKernel& kernel, const GuestChoice& choice,
                         const std::string& append, const std::string& name) {
  return {.program = guests.qemu.path,
          .accelerator = guests.accelerator.name,
          .kernel_image = kernel.files.image,
          .initramfs = kernel.initramfs,
          .append = append,
          .cpus = choice.cpus,
          .memory_bytes = choice.memory_bytes,
          .name = name};
}

}  // namespace umb
