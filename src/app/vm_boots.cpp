// SPDX-License-Identifier: Apache-2.0
#include "app/vm_boots.h"

#include "app/vm_files.h"
#include "app/vm_progress.h"
#include "app/vm_stamp.h"
#include "base/log.h"
#include "base/text.h"
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
  CellListener(const BootCell& cell, const std::string& journal, VmProgress& progress)
      : cell_(cell), progress_(progress), journal_(journal) {}

  void hello(const std::string& release) override { progress_.up(cell_.id, release); }
  void progress(const std::string& line) override { progress_.said(cell_.id, line); }
  void grown(const Growth& growth) override {
    if (!written_.has_value()) return;
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

  BootsEnd run(const std::vector<BootCell>& cells) {
    BootsEnd all;
    all.cells.resize(cells.size());
    std::vector<size_t> which(cells.size());
    for (size_t i = 0; i < cells.size(); ++i) {
      all.cells[i].cell = &cells[i];
      all.cells[i].how = BootHow::kStopped;
      all.cells[i].reason = "not begun";
      which[i] = i;
    }
    progress_.expect(which.size());
    all.went = in_threads(all.cells, which, false);
    std::vector<size_t> disturbed;
    for (const size_t i : which) {
      if (all.cells[i].how == BootHow::kDone && all.cells[i].disturbed) disturbed.push_back(i);
    }
    if (options_.repeat_disturbed && !disturbed.empty() && !stop_.requested() && all.went.has_value()) {
      progress_.repeat(disturbed.size());
      all.went = in_threads(all.cells, disturbed, true);
    }
    return all;
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
    return outcome;
  }

  Disturbance judge(const MachineMoment& before) const {
    if (options_.jobs == 1) return options_.judge(before);
    Disturbance unknown;
    unknown.reason = "guests ran side by side (--jobs " + std::to_string(options_.jobs) + ")";
    return unknown;
  }

  Result<void> boot(CellEnd& end, bool again) {
    const BootCell& cell = *end.cell;
    const CellPlaces places = cell_places(options_.folder, cell, again);
    UMB_ASSIGN(const ConsoleFile console, begin_cell(places));
    const size_t number = progress_.begins(cell.id);
    CellListener listener(cell, places.journal, progress_);
    const MachineMoment before = read_machine_moment({});
    UMB_ASSIGN(const BootEnd booted, options_.make_boot({.command = command_of(plan_, cell),
                                                         .console_fd = console.reading.get(),
                                                         .console_output_fd = console.writing.get(),
                                                         .job = job_of(plan_, cell),
                                                         .hello_limit_ns = plan_.hello_limit_ns,
                                                         .silence_limit_ns = plan_.silence_limit_ns,
                                                         .time_limit_ns = plan_.time_limit_ns},
                                                        stop_, listener));
    const Disturbance host = judge(before);
    CellEnd now{.cell = &cell,
                .how = booted.how,
                .exit_code = booted.exit_code,
                .reason = booted.reason,
                .wall_ns = booted.wall_ns,
                .disturbed = host.disturbed};
    const bool wanted = !again || (!now.disturbed && now.exit_code <= end.exit_code);
    Result<void> kept;
    if (now.how == BootHow::kDone && wanted) kept = keep(cell, places.result, booted, host, now);
    // Not when the guest's result can't be read: the journal is all that there is then.
    if (kept.has_value() && now.how == BootHow::kDone) kept = listener.remove_journal();
    progress_.ended(number, cell.id, now.how, now.reason, booted.console_tail, host, now.wall_ns);
    const bool taken = wanted && now.how == BootHow::kDone && kept.has_value();
    if (again && taken) kept = take_console(places, cell_places(options_.folder, cell));
    if (!again || taken) end = now;
    return kept.has_value() ? listener.written() : kept;
  }

  /// The guest's result, with what the host knows put into it; `end` tells when it is none.
  Result<void> keep(const BootCell& cell, const std::string& path, const BootEnd& booted, const Disturbance& host,
                    CellEnd& end) const {
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
    return write_cell_result(path, loaded->record);
  }

  const VmPlan& plan_;
  const BootsOptions& options_;
  const StopFlag& stop_;
  VmProgress progress_;
  std::mutex mutex_;
};

}  // namespace

Disturbance judge_host(const MachineMoment& since) {
  return judge_disturbance(since, read_machine_moment({}));
}

BootsEnd boot_all(const VmPlan& plan, const std::vector<BootCell>& cells, const BootsOptions& options,
                  const StopFlag& stop) {
  return Boots(plan, options, stop).run(cells);
}

}  // namespace umb
