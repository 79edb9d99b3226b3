// SPDX-License-Identifier: Apache-2.0
#include "app/measuring.h"

#include "app/boot_folder.h"
#include "app/exit_code.h"
#include "app/killed_runs.h"
#include "app/outputs.h"
#include "app/random_number.h"
#include "app/run_recorder.h"
#include "app/stop_signals.h"
#include "app/terminal.h"
#include "base/clock.h"
#include "base/log.h"
#include "base/text.h"
#include "base/version.h"
#include "result/journal.h"
#include "runner/estimate.h"
#include "runner/libraries.h"
#include "trace/best_observer.h"
#include "trace/examine_tracing.h"

#include <array>
#include <cstdio>

#include <sys/utsname.h>
#include <unistd.h>

namespace umb {

namespace {

constexpr int64_t kSayHowLongNs = 30'000'000'000;

RunRecord new_record() {
  RunRecord record;
  record.tool = {"umountbench", tool_version(), tool_commit(), library_versions()};
  std::array<char, 33> id{};
  std::snprintf(id.data(), id.size(), "%016llx%016llx", static_cast<unsigned long long>(random_number()),
                static_cast<unsigned long long>(random_number()));
  record.run.id = id.data();
  return record;
}

int exit_code_of(const RunRecord& record, const StopFlag& stop) {
  if (stop.requested()) return 128 + stop.signal();
  bool measured = false;
  bool failed = false;
  for (const CaseRecord& one : record.cases) {
    measured = measured || one.outcome == "measured";
    failed = failed || one.outcome == "failed";
    for (const Check& check : one.checks) failed = failed || check.outcome == "failed";
  }
  if (failed) return kExitFailed;
  return measured ? kExitDone : kExitUnavailable;
}

void say_how_long(const Plan& plan, const Runnable& runnable, const Arguments& arguments) {
  const int64_t explain_ns = arguments.has("explain") ? estimate_explain_ns(plan, runnable.cases) : 0;
  const int64_t estimate_ns = estimate_plan_ns(plan, runnable.cases) + explain_ns;
  if (estimate_ns <= kSayHowLongNs) return;
  const std::string repeats =
      plan.settings.rounds > 1 ? ", and up to three times as long where others disturb its rounds" : "";
  log_info("this will take about " + human_duration(estimate_ns) + repeats);
}

/// Before anything is measured: that the second pass can't tell what was asked for is of no use afterwards.
void say_what_is_not_traced(const Arguments& arguments) {
  if (!arguments.has("explain")) return;
  for (const Finding& finding : examine_tracing()) {
    if (finding.level == "ok") continue;
    log_warning("not_traced", finding.message, finding.command.empty() ? "" : "as root: " + finding.command);
  }
}

Result<void> tell_what_killed_runs_left() {
  UMB_ASSIGN(const std::optional<StateFolder> state, StateFolder::open_existing());
  if (!state.has_value()) return {};
  UMB_ASSIGN(const KilledRuns killed, undo_killed_runs(*state));
  for (const auto* lines : {&killed.done, &killed.not_undone}) {
    for (const std::string& line : *lines) log_warning("killed_run", "of a killed run: " + line);
  }
  return {};
}

}  // namespace

Result<void> check_privilege(const std::string& command, bool unprivileged) {
  if (unprivileged || ::geteuid() == 0) return {};
  return fail(command + " needs root", "",
              "sudo umountbench " + command + ", or umountbench " + command +
                  " --unprivileged (file systems in memory in a user namespace, rcu=as-found)",
              ErrorKind::kUnavailable);
}

Result<Runnable> runnable_here(const Plan& plan, Preflight& preflight, bool unprivileged) {
  Runnable runnable = find_runnable(plan, preflight, unprivileged);
  if (!runnable.cases.empty()) return runnable;
  return fail("nothing can run here", plan.cases[0].id + ": " + runnable.reasons[0],
              "'umountbench list' says what could", ErrorKind::kUnavailable);
}

std::string default_result_name() {
  utsname names{};
  ::uname(&names);
  return "umountbench-" + file_name_part(names.release) + "-" + utc_stamp() + ".json";
}

Result<void> before_measuring(const Plan& plan, const Runnable& runnable, const Arguments& arguments) {
  UMB_TRY(tell_what_killed_runs_left());
  say_what_is_not_traced(arguments);
  say_how_long(plan, runnable, arguments);
  return {};
}

Result<Measured> measure(const Plan& plan, const Runnable& runnable, const std::string& place,
                         const Arguments& arguments) {
  StopFlag& stop = listen_for_signals();
  const std::string beside = place == "-" ? "" : place;
  RunRecorder recorder(
      {.result_path = beside,
       .write_result =
           [&](const RunRecord& record) {
             return write_run(record, {"json", place}, arguments);
           },
       .progress_line = ::isatty(STDERR_FILENO) != 0 && !log_is_json(arguments) && !arguments.has("quiet")});
  Measured measured{.record = new_record()};
  BestObserver observer;
  UMB_TRY(run_plan(plan, runnable,
                   {.unprivileged = arguments.has("unprivileged"),
                    .redact = arguments.has("redact"),
                    .journal_path = beside.empty() ? "" : absolute_path(journal_path(beside)),
                    .observer = arguments.has("explain") ? &observer : nullptr},
                   stop, recorder, measured.record));
  measured.exit_code = exit_code_of(measured.record, stop);
  return measured;
}

}  // namespace umb
