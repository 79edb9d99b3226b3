// SPDX-License-Identifier: Apache-2.0
#include "app/cmd.h"
#include "app/random_number.h"
#include "app/stop_signals.h"
#include "app/terminal.h"
#include "app/vm_boots.h"
#include "app/vm_files.h"
#include "app/vm_folder.h"
#include "app/vm_plan.h"
#include "base/file.h"
#include "base/log.h"
#include "base/text.h"

#include <algorithm>

#include <unistd.h>

namespace umb {

namespace {

constexpr int64_t kMaxJobs = 1000;
constexpr int64_t kSayHowLongNs = 30'000'000'000;

/// The cells that have no result in the folder yet.
std::vector<BootCell> missing(const std::vector<BootCell>& cells, const std::string& folder) {
  std::vector<BootCell> without;
  for (const BootCell& cell : cells) {
    if (!has_result(folder, cell)) without.push_back(cell);
  }
  return without;
}

std::string outcome(const CellEnd& end) {
  if (end.how != BootHow::kDone) return "failed: " + printable(end.reason);
  std::string text = end.exit_code == 0 ? "done" : "a case failed";
  if (end.disturbed) text += ", disturbed";
  return text + ", " + human_duration(end.wall_ns);
}

std::string summary(const std::vector<CellEnd>& ends, const std::string& folder) {
  size_t width = 0;
  for (const CellEnd& end : ends) width = std::max(width, end.cell->id.size());
  std::string text;
  for (const CellEnd& end : ends) {
    text += end.cell->id + std::string(width - end.cell->id.size() + 2, ' ') + outcome(end) + "\n";
  }
  return text + "results: " + printable(folder) + "\n";
}

int exit_code_for(const std::vector<CellEnd>& ends, const StopFlag& stop) {
  if (stop.requested()) return 128 + stop.signal();
  const bool well = std::all_of(ends.begin(), ends.end(), [](const CellEnd& end) {
    return end.how == BootHow::kDone && end.exit_code == kExitDone;
  });
  return well ? kExitDone : kExitFailed;
}

Result<int> run(const Arguments& arguments) {
  const Result<int64_t> jobs = parse_integer(arguments.value("jobs").value_or("1"), 1, kMaxJobs);
  if (!jobs.has_value()) return while_doing("--jobs", jobs.error());
  const std::string folder = vm_folder(arguments);
  UMB_TRY(check_results_folder(folder));
  UMB_ASSIGN(const VmPlan plan, vm_plan_of(arguments, *jobs));
  UMB_TRY(begin_matrix(folder, plan, arguments.has("resume")));
  const std::vector<BootCell> cells = arguments.has("resume") ? missing(plan.chosen, folder) : plan.chosen;
  if (cells.empty()) {
    log_info(plan.chosen.empty() ? "this part of the matrix is empty" : "all results are there: nothing to boot");
    return kExitDone;
  }
  if (plan.guests.accelerator.name != "kvm") {
    log_warning("emulated", "guests run under emulation: " + plan.guests.accelerator.reason,
                "figures that wait for ticks hold, those that compute are slower; 'umountbench vm doctor' says more");
  }
  const int64_t estimate_ns = plan.boot_estimate_ns * static_cast<int64_t>(cells.size()) / *jobs;
  if (estimate_ns > kSayHowLongNs) {
    log_info(std::to_string(cells.size()) + (cells.size() == 1 ? " boot" : " boots") + ", about " +
             human_duration(estimate_ns));
  }
  StopFlag& stop = listen_for_signals();
  const BootsEnd all =
      boot_all(plan, cells,
               {.folder = folder,
                .jobs = *jobs,
                .repeat_disturbed = !arguments.has("keep-disturbed"),
                .session = "vm-" + std::to_string(random_number()),
                .progress_line = ::isatty(STDERR_FILENO) != 0 && !log_is_json(arguments) && !arguments.has("quiet")},
               stop);
  const std::vector<CellEnd>& ends = all.cells;
  UMB_TRY(write_all(STDOUT_FILENO, summary(ends, folder), "stdout"));
  const int exit_code = exit_code_for(ends, stop);
  const bool lacking =
      std::any_of(ends.begin(), ends.end(), [](const CellEnd& end) { return end.how != BootHow::kDone; });
  if (lacking) log_info("--resume -o " + printable(folder) + " boots what is missing");
  if (!all.went.has_value()) return Failure(all.went.error());
  return exit_code;
}

std::vector<OptionInfo> options() {
  std::vector<OptionInfo> all = vm_plan_options();
  all.push_back({.name = "jobs", .letter = 'j', .value_name = "N", .help = "guests side by side (default: 1)"});
  all.push_back({.name = "resume", .help = "only what has no result in the folder yet"});
  all.push_back({.name = "keep-disturbed", .help = "don't boot again when others used the host's CPUs"});
  return all;
}

}  // namespace

Command vm_run_command() {
  return {
      .name = "vm run",
      .summary = "boot kernels in virtual machines, run a plan in each",
      .description =
          "Needs QEMU and no root (but access to /dev/kvm, where that works). Each boot is one result file in the "
          "folder;\n"
          "boots alternate over all kernels and command lines. What the guest boots from is made here: this "
          "program,\n"
          "the modules and the programs that the plan needs. Ends with 1 when a boot or a case failed.\n",
      .examples = {"umountbench vm run --kernel debian:6.1-rt --kernel debian:6.1-cloud --config quick -o vm-results",
                   "umountbench vm run -k old=./a/vmlinuz:modules=./a/lib -k new=./linux --boots 7 -o out",
                   "umountbench vm run -k debian:6.1-cloud --append '' --append rcupdate.rcu_normal_after_boot=1",
                   "umountbench compare vm-results"},
      .options = options(),
      .run = run};
}

}  // namespace umb
