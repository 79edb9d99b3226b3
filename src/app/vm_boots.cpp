// SPDX-License-Identifier: Apache-2.0
#include "app/vm_boots.h"

#include "app/vm_files.h"
#include "app/vm_progress.h"
#include "app/vm_stamp.h"
#include "base/log.h"
#include "base/text.h"
#include "result/journal.h"
#include "result/reader.h"
#include "runner/disturbance.h"

#include <algorithm>
#include <mutex>
#include <optional>
#include <thread>

namespace umb {

namespace {

/// Hears of one boot: progress is shown, the journal kept.
class CellListener final : public BootListener {
 public:
  CellListener(const BootCell& cell, const std::string& folder, VmProgress& progress)
      : cell_(cell), progress_(progress), journal_(journal_path(result_path(folder, cell))) {}

  void hello(const std::string& release) override { progress_.up(cell_.id, release); }
  void progress(const std::string& line) override { progress_.said(cell_.id, line); }
  void grown(const Growth& growth) override {
    if (growth.name != journal_path(kGuestResult) || !written_.has_value()) return;
    written_ = journal_.append(growth);
  }
  /// The first error of writing, if there was one.
  [[nodiscard]] const Result<void>& written() const { return written_; }
  [[nodiscard]] Result<void> remove_journal() { return journal_.remove(); }

 private:
  const BootCell& cell_;
  VmProgress& progress_;
  GrowingJournal journal_;
  Result<void> written_;
};

class Boots {
 public:
  Boots(const VmPlan& plan, const BootsOptions& options, const StopFlag& stop)
      : plan_(plan), options_(options), stop_(stop), progress_(options.progress_line) {}

  Result<std::vector<CellEnd>> run(const std::vector<BootCell>& cells) {
    std::vector<CellEnd> ends(cells.size());
    for (size_t i = 0; i < cells.size(); ++i) ends[i].cell = &cells[i];
    std::vector<size_t> all(cells.size());
    for (size_t i = 0; i < all.size(); ++i) all[i] = i;
    progress_.expect(all.size());
    UMB_TRY(in_threads(ends, all, false));
    std::vector<size_t> disturbed;
    for (const size_t i : all) {
      if (ends[i].how == BootHow::kDone && ends[i].disturbed) disturbed.push_back(i);
    }
    if (options_.repeat_disturbed && !disturbed.empty() && !stop_.requested()) {
      progress_.repeat(disturbed.size());
      UMB_TRY(in_threads(ends, disturbed, true));
    }
    return ends;
  }

 private:
  /// Each thread takes the next cell when it has done with one: QEMU ends with the thread that started it.
  Result<void> in_threads(std::vector<CellEnd>& ends, const std::vector<size_t>& which, bool again) {
    size_t next = 0;
    Result<void> outcome;
    const auto work = [&] {
      while (true) {
        size_t mine = 0;
        {
          const std::lock_guard lock(mutex_);
          if (next >= which.size() || stop_.requested() || !outcome.has_value()) return;
          mine = which[next++];
        }
        Result<void> booted = boot(ends[mine], again);
        const std::lock_guard lock(mutex_);
        if (!booted.has_value() && outcome.has_value()) outcome = std::move(booted);
      }
    };
    const auto count = std::min(static_cast<size_t>(options_.jobs), which.size());
    std::vector<std::thread> threads;
    for (size_t i = 0; i < count; ++i) threads.emplace_back(work);
    for (std::thread& thread : threads) thread.join();
    // What a signal left unbegun.
    for (; next < which.size() && !again; ++next) {
      ends[which[next]].how = BootHow::kStopped;
      ends[which[next]].reason = "not begun";
    }
    return outcome;
  }

  Disturbance judge(const MachineMoment& before, int64_t own_cpu_ns) const {
    if (options_.jobs == 1) return judge_disturbance(before, read_machine_moment({}), own_cpu_ns);
    Disturbance unknown;
    unknown.reason = "guests ran side by side (--jobs " + std::to_string(options_.jobs) + ")";
    return unknown;
  }

  /// `again`: a calmer result takes the place of the first one, and nothing else does.
  Result<void> boot(CellEnd& end, bool again) {
    const BootCell& cell = *end.cell;
    UMB_TRY(begin_cell(options_.folder, cell));
    progress_.begins(cell.id);
    CellListener listener(cell, options_.folder, progress_);
    const MachineMoment before = read_machine_moment({});
    UMB_ASSIGN(const BootEnd booted, run_boot({.command = command_of(plan_, cell, options_.folder),
                                               .console_path = console_path(options_.folder, cell),
                                               .job = job_of(plan_, cell),
                                               .hello_limit_ns = plan_.hello_limit_ns,
                                               .silence_limit_ns = plan_.silence_limit_ns,
                                               .time_limit_ns = plan_.time_limit_ns},
                                              stop_, listener));
    const Disturbance host = judge(before, booted.cpu_ns);
    UMB_TRY(listener.written());
    CellEnd now{.cell = &cell,
                .how = booted.how,
                .exit_code = booted.exit_code,
                .reason = booted.reason,
                .wall_ns = booted.wall_ns,
                .disturbed = host.disturbed};
    const bool wanted = !again || !now.disturbed;
    if (booted.how == BootHow::kDone && wanted) UMB_TRY(keep(cell, booted, host, now));
    // Not when the guest's result can't be read: the journal is all that there is then.
    if (now.how == BootHow::kDone) UMB_TRY(listener.remove_journal());
    progress_.ended(cell.id, now.how, now.reason, booted.console_tail, host, now.wall_ns);
    if (!again || (now.how == BootHow::kDone && wanted)) end = now;
    return {};
  }

  /// The guest's result, with what the host knows put into it.
  Result<void> keep(const BootCell& cell, const BootEnd& booted, const Disturbance& host, CellEnd& end) const {
    const auto found = booted.files.find(kGuestResult);
    if (found == booted.files.end()) {
      end.how = BootHow::kTrouble;
      end.reason = "the run in the guest wrote no result (exit code " + std::to_string(booted.exit_code) + ")";
      return {};
    }
    Result<Loaded> loaded = parse_result(found->second, cell.id);
    if (!loaded.has_value()) {
      end.how = BootHow::kTrouble;
      end.reason = "the guest's result can't be read: " + loaded.error().text();
      return {};
    }
    stamp({.accelerator = plan_.guests.accelerator.name,
           .accelerator_reason = plan_.guests.accelerator.reason,
           .qemu_version = plan_.guests.qemu.version,
           .append = plan_.choice.appends[cell.append],
           .session = options_.session,
           .memory_bytes = plan_.choice.memory_bytes,
           .hello_ns = booted.hello_ns,
           .hello_guest_ns = booted.hello_guest_ns,
           .peak_memory_bytes = booted.peak_memory_bytes,
           .host = host},
          loaded->record);
    return write_cell_result(options_.folder, cell, loaded->record);
  }

  const VmPlan& plan_;
  const BootsOptions& options_;
  const StopFlag& stop_;
  VmProgress progress_;
  std::mutex mutex_;
};

}  // namespace

Result<std::vector<CellEnd>> boot_all(const VmPlan& plan, const std::vector<BootCell>& cells,
                                      const BootsOptions& options, const StopFlag& stop) {
  return Boots(plan, options, stop).run(cells);
}

}  // namespace umb
