// SPDX-License-Identifier: Apache-2.0
#include "app/measuring.h"

#include "app/boot_folder.h"
#include "app/exit_code.h"
#include "app/killed_runs.h"
#include "app/outputs.h"
#include "app/random_number.h"
#include "app/run_recorder.h"
#include "app/terminal.h"
#include "base/clock.h"
#include "base/log.h"
#include "base/text.h"
#include "base/version.h"
#include "result/journal.h"
#include "runner/estimate.h"
#include "runner/libraries.h"

#include <array>
#include <atomic>
#include <cstdio>

#include <signal.h>
#include <sys/utsname.h>
#include <unistd.h>

namespace umb {

namespace {

constexpr int64_t kSayHowLongNs = 30'000'000'000;

/// What arrives together is one request: timeout(1) signals the program and then its whole group.
constexpr int64_t kOneRequestNs = 100'000'000;

StopFlag* the_stop = nullptr;
std::atomic<int64_t> asked_at_ns = 0;

/// The first signal asks for an orderly stop, the second one leaves at once: the guardian undoes.
void on_signal(int signal) {
  const int64_t now_ns = monotonic_ns();
  if (!the_stop->requested()) {
    asked_at_ns = now_ns;
    the_stop->request(signal);
  } else if (now_ns - asked_at_ns > kOneRequestNs) {
    ::_exit(128 + signal);
  }
}

void listen_for_signals(StopFlag& stop) {
  the_stop = &stop;
  struct sigaction action {};
  action.sa_handler = on_signal;
  for (const int signal : {SIGINT, SIGTERM}) ::sigaction(signal, &action, nullptr);
  // Under nohup the end of the terminal is not ours.
  struct sigaction found {};
  if (::sigaction(SIGHUP, nullptr, &found) == 0 && found.sa_handler != SIG_IGN) ::sigaction(SIGHUP, &action, nullptr);
  // A reader of stdout or stderr that went away is an error of write(2), not the end.
  ::signal(SIGPIPE, SIG_IGN);
}

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

void say_how_long(const Plan& plan, const Runnable& runnable) {
  const int64_t estimate_ns = estimate_plan_ns(plan, runnable.cases);
  if (estimate_ns > kSayHowLongNs) log_info("this will take about " + human_duration(estimate_ns));
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
                  " --unprivileged (tmpfs and bind in a user namespace, rcu=as-found)",
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

Result<void> before_measuring(const Plan& plan, const Runnable& runnable) {
  UMB_TRY(tell_what_killed_runs_left());
  say_how_long(plan, runnable);
  return {};
}

Result<Measured> measure(const Plan& plan, const Runnable& runnable, const std::string& place,
                         const Arguments& arguments) {
  // To the end of the process: a signal may still come when all is measured.
  static StopFlag stop;
  listen_for_signals(stop);
  const std::string beside = place == "-" ? "" : place;
  RunRecorder recorder(
      {.result_path = beside,
       .write_result =
           [&](const RunRecord& record) {
             return write_run(record, {"json", place}, arguments);
           },
       .progress_line = ::isatty(STDERR_FILENO) != 0 && !log_is_json(arguments) && !arguments.has("quiet")});
  Measured measured{.record = new_record()};
  UMB_TRY(run_plan(plan, runnable,
                   {.unprivileged = arguments.has("unprivileged"),
                    .redact = arguments.has("redact"),
                    .journal_path = beside.empty() ? "" : absolute_path(journal_path(beside))},
                   stop, recorder, measured.record));
  measured.exit_code = exit_code_of(measured.record, stop);
  return measured;
}

}  // namespace umb
