// SPDX-License-Identifier: Apache-2.0
#include "app/boot_folder.h"
#include "app/cmd.h"
#include "app/dry_run.h"
#include "app/killed_runs.h"
#include "app/outputs.h"
#include "app/run_recorder.h"
#include "app/terminal.h"
#include "base/clock.h"
#include "base/file.h"
#include "base/log.h"
#include "base/text.h"
#include "base/version.h"
#include "plan/catalogue.h"
#include "plan/config.h"
#include "plan/expand.h"
#include "plan/json_reader.h"
#include "plan/limits.h"
#include "result/writer.h"
#include "runner/estimate.h"
#include "runner/libraries.h"
#include "runner/run.h"
#include "scenario/scenario.h"
#include "sys/executable.h"

#include <array>
#include <atomic>
#include <cstdio>

#include <signal.h>
#include <sys/random.h>
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
  for (const int signal : {SIGINT, SIGTERM, SIGHUP}) ::sigaction(signal, &action, nullptr);
  // A reader of stdout or stderr that went away is an error of write(2), not the end.
  ::signal(SIGPIPE, SIG_IGN);
}

uint64_t random_number() {
  uint64_t number = 0;
  if (::getrandom(&number, sizeof number, 0) != sizeof number) number = static_cast<uint64_t>(monotonic_ns());
  // Small enough for any JSON reader to keep it exactly.
  return number >> 11U;
}

Result<Overrides> overrides_of(const Arguments& arguments) {
  Overrides overrides;
  overrides.filter = arguments.value("filter");
  for (const std::string& list : arguments.values("rcu")) {
    for (std::string& mode : split(list, ',')) overrides.rcu.push_back(std::move(mode));
  }
  const auto number = [&](const char* option, LimitRange<int64_t> range) -> Result<std::optional<int64_t>> {
    const std::optional<std::string> text = arguments.value(option);
    if (!text.has_value()) return std::optional<int64_t>();
    Result<int64_t> parsed = parse_integer(*text, range.minimum, range.maximum);
    if (!parsed.has_value()) return while_doing(std::string("--") + option, parsed.error());
    return std::optional(*parsed);
  };
  UMB_ASSIGN(overrides.rounds, number("rounds", kRoundsRange));
  UMB_ASSIGN(overrides.samples, number("samples", kSamplesRange));
  if (const std::optional<std::string> text = arguments.value("seed"); text.has_value()) {
    const Result<uint64_t> seed = seed_in(*text);
    if (!seed.has_value()) return while_doing("--seed", seed.error());
    overrides.seed = *seed;
  }
  overrides.time_limit = arguments.value("time-limit");
  overrides.settle = arguments.value("settle");
  if (arguments.has("no-released")) overrides.released = false;
  overrides.drawn_seed = random_number();
  overrides.label = arguments.value("label").value_or("");
  overrides.unprivileged = arguments.has("unprivileged");
  return overrides;
}

Result<Plan> plan_of(const Arguments& arguments) {
  UMB_ASSIGN(const std::string executable, executable_path());
  UMB_ASSIGN(const std::string path, find_config(arguments.value("config"), executable));
  log_debug("config: " + path);
  UMB_ASSIGN(const Config config, load_config(path));
  UMB_ASSIGN(const Overrides overrides, overrides_of(arguments));
  return expand(config, overrides, scenario_infos());
}

std::string default_result_path() {
  utsname names{};
  ::uname(&names);
  const std::string name = "umountbench-" + file_name_part(names.release) + "-" + utc_stamp() + ".json";
  return ::access("results", F_OK) == 0 ? "results/" + name : name;
}

/// Where the result goes: "-" for stdout.
Result<std::string> result_place(const Arguments& arguments) {
  const std::optional<std::string> output = arguments.value("output");
  const std::optional<std::string> folder = arguments.value("into");
  if (output.has_value() && folder.has_value()) {
    return fail_usage("--output and --into can't go together", "", "--into names the file itself, after the boot");
  }
  if (folder.has_value()) return boot_file(*folder, arguments.has("again"));
  if (arguments.has("again"))
    return fail_usage("--again without --into", "", "it is for a folder of boots: --into DIR");
  const std::string place = output.value_or(default_result_path());
  if (place != "-") UMB_TRY(check_output_place(place));
  return place;
}

/// The table or the result goes to stdout, whatever else is written.
Result<void> check_places(const Arguments& arguments, const std::vector<Output>& extra) {
  std::vector<std::string> places{"-"};
  if (const std::string place = arguments.value("output").value_or("-"); place != "-") places.push_back(place);
  for (const Output& output : extra) places.push_back(output.place);
  return check_apart(places);
}

Result<void> check_privilege(bool unprivileged) {
  if (unprivileged || ::geteuid() == 0) return {};
  return fail("run needs root", "",
              "sudo umountbench run, or umountbench run --unprivileged (tmpfs and bind in a user namespace, "
              "rcu=as-found)",
              ErrorKind::kUnavailable);
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

Result<int> measure(const Plan& plan, const Runnable& runnable, const std::string& place,
                    const std::vector<Output>& extra, const Arguments& arguments) {
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
  RunRecord record = new_record();
  UMB_TRY(run_plan(plan, runnable,
                   {.unprivileged = arguments.has("unprivileged"),
                    .redact = arguments.has("redact"),
                    .journal_path = beside.empty() ? "" : absolute_path(journal_path(beside))},
                   stop, recorder, record));
  std::vector<Output> outputs = extra;
  if (place != "-") outputs.push_back({arguments.value("format").value_or("terminal"), "-"});
  // One that can't be written must not cost the others.
  Result<void> written;
  for (const Output& output : outputs) {
    Result<void> one = write_run(record, output, arguments);
    if (written.has_value()) written = std::move(one);
  }
  UMB_TRY(written);
  if (const auto folder = arguments.value("into"); folder.has_value()) log_info(boots_so_far(*folder, place));
  return exit_code_of(record, stop);
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

Result<int> run(const Arguments& arguments) {
  UMB_ASSIGN(const Plan plan, plan_of(arguments));
  const bool unprivileged = arguments.has("unprivileged");
  Preflight preflight;
  if (arguments.has("dry-run")) {
    if (!unprivileged) preflight.assume_root();
    return write_dry_run(plan, find_runnable(plan, preflight, unprivileged));
  }
  UMB_TRY(check_privilege(unprivileged));
  UMB_ASSIGN(const std::vector<Output> extra, extra_outputs(arguments));
  UMB_TRY(check_places(arguments, extra));
  const Runnable runnable = find_runnable(plan, preflight, unprivileged);
  if (runnable.cases.empty()) {
    return fail("nothing can run here", plan.cases[0].id + ": " + runnable.reasons[0],
                "'umountbench list' says what could", ErrorKind::kUnavailable);
  }
  // Last, since it may make a folder.
  UMB_ASSIGN(const std::string place, result_place(arguments));
  UMB_TRY(tell_what_killed_runs_left());
  say_how_long(plan, runnable);
  return measure(plan, runnable, place, extra, arguments);
}

}  // namespace

Command run_command() {
  return {
      .name = "run",
      .summary = "measure a plan on this machine, write a result",
      .description =
          "Needs root (or --unprivileged). Mounts only in a mount namespace of its own; the RCU knobs of the machine "
          "are\n"
          "switched while it runs and put back, also when it is killed. The table goes to stdout.\n",
      .examples = {"sudo umountbench run", "sudo umountbench run --config quick",
                   "sudo umountbench run --filter 'umount/fs=tmpfs/' --rcu default,normal -o tmpfs.json",
                   "umountbench run --dry-run", "umountbench run --unprivileged --config unprivileged"},
      .options =
          {{.name = "config",
            .letter = 'c',
            .value_name = "FILE",
            .help = "the plan: a file, or the bare name of one that comes with the program (default: default)"},
           {.name = "filter", .letter = 'f', .value_name = "REGEX", .help = "only cases whose id matches"},
           {.name = "rcu",
            .value_name = "LIST",
            .help = "RCU modes, separated by commas: as-found, default, normal, expedited",
            .repeatable = true},
           {.name = "rounds", .value_name = "N", .help = "fresh processes, each with the order drawn anew"},
           {.name = "samples",
            .value_name = "N",
            .help = "samples per case and round at most, warm-up and watched ones apart"},
           {.name = "time-limit", .value_name = "D", .help = "time per case and round, e.g. 5s"},
           {.name = "settle",
            .value_name = "HOW",
            .help = "random: a pause of 0 to 20 ms before each sample; none: back to back"},
           {.name = "no-released", .help = "don't read the second clock"},
           {.name = "seed",
            .value_name = "N",
            .help = "for the order and the pauses (default: drawn, stored in the result)"},
           {.name = "label", .value_name = "NAME", .help = "a name of yours for this side, stored in the result"},
           {.name = "output",
            .letter = 'o',
            .value_name = "FILE",
            .help = "the result file; - is stdout (default: umountbench-KERNEL-TIME.json in results/ or here)"},
           {.name = "into", .value_name = "DIR", .help = "collect boots of one side: one file per boot in this folder"},
           {.name = "again", .help = "with --into: also when this boot has a file there already"},
           {.name = "format",
            .value_name = "FORMAT",
            .help = "of what is shown on stdout (default: terminal)",
            .words = run_output_formats()},
           write_option(),
           {.name = "unprivileged", .help = "in a user namespace: tmpfs and bind only, rcu=as-found"},
           {.name = "redact", .help = "leave host name and command line out of the result"},
           {.name = "dry-run",
            .letter = 'n',
            .help = "print the plan in order, what would be skipped and why, and the time; no root needed"}},
      .run = run};
}

}  // namespace umb
