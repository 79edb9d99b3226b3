// SPDX-License-Identifier: Apache-2.0
#include "runner/run.h"

#include "base/clock.h"
#include "base/random.h"
#include "base/text.h"
#include "fixture/disk_folder.h"
#include "runner/case_checks.h"
#include "runner/disturbance.h"
#include "runner/environment.h"
#include "runner/estimate.h"
#include "runner/explain_pass.h"
#include "runner/rcu_confirm.h"
#include "runner/run_session.h"
#include "runner/worker.h"
#include "runner/worker_executor.h"
#include "scenario/scenario.h"
#include "sys/process.h"
#include "sys/subprocess.h"

#include <algorithm>
#include <map>
#include <set>

namespace umb {

namespace {

/// A disturbed round of a plan with several is measured again at most so often.
constexpr int kRepeats = 2;

Needs needs_of(const Case& spec) {
  return find_scenario(spec.scenario)->needs(spec);
}

bool wants_disk(const Plan& plan, const Runnable& runnable) {
  return std::any_of(runnable.cases.begin(), runnable.cases.end(),
                     [&plan](size_t index) { return needs_of(plan.cases[index]).disk_folder; });
}

std::vector<std::string> needed_paths(const Plan& plan, const Runnable& runnable) {
  std::vector<std::string> paths{"/usr", "/lib", "/lib64", "/bin", "/sbin"};
  if (wants_disk(plan, runnable)) paths.emplace_back(kDiskFolderParent);
  for (const Case& spec : plan.cases) {
    for (const std::string& program : needs_of(spec).programs) {
      const std::string path = find_program(program);
      if (!path.empty()) paths.push_back(path);
    }
  }
  return paths;
}

bool needs_control_groups(const Plan& plan, const Runnable& runnable) {
  return std::ranges::any_of(runnable.cases,
                             [&plan](size_t index) { return needs_of(plan.cases[index]).control_groups; });
}

std::string too_long(const Plan& plan, const Case& spec) {
  return "one execution takes about " + human_duration(sample_guess_ns(plan, spec)) +
         ": only in a plan with long_cases, such as thorough.json";
}

class PlanRun {
 public:
  PlanRun(const Plan& plan, const Runnable& runnable, const RunOptions& options, const StopFlag& stop,
          RunListener& listener, RunRecord& record)
      : plan_(plan), runnable_(runnable), options_(options), stop_(stop), listener_(listener), record_(record) {}

  Result<void> run() {
    fill_record();
    tallies_.resize(plan_.cases.size());
    UMB_ASSIGN(session_,
               RunSession::open(
                   {.state_folder = options_.state_folder,
                    .needed = needed_paths(plan_, runnable_),
                    .unprivileged = options_.unprivileged,
                    .control_groups = needs_control_groups(plan_, runnable_),
                    .journal_path = options_.journal_path,
                    .disk_folder = wants_disk(plan_, runnable_)},
                   [this](const SessionFolders& folders, const WorkerPort& port) {
                     return worker_main({&plan_, folders.memory, &stop_, folders.disk, folders.control_group}, port);
                   }));
    const Result<void> measured = measure();
    if (!measured.has_value()) {
      record_.warnings.push_back({"broken_off", "the run broke off: " + measured.error().text(), ""});
    }
    const Result<void> put_back = session_->put_back();
    if (!put_back.has_value()) warn({"left_behind", put_back.error().text(), ""});
    record_.environment_after = environment();
    record_.environment_changed = changed_facts(record_.environment_before, record_.environment_after);
    record_.run.finished_at = utc_now();
    record_.run.interrupted = record_.run.interrupted || stop_.requested() || !measured.has_value();
    const Result<void> kept = began_ ? listener_.run_ended(record_) : Result<void>();
    if (kept.has_value()) (void)session_->forget_journal();
    const Result<void> closed = session_->close();
    for (const Result<void>& step : {measured, kept}) {
      if (!step.has_value()) return step;
    }
    return closed;
  }

 private:
  Facts environment() {
    Facts facts = read_environment({});
    facts.push_back({"sandbox_mount_count", mount_count_ > 0 ? FactValue(mount_count_) : FactValue()});
    return options_.redact ? redacted(std::move(facts)) : facts;
  }

  void fill_record() {
    const ClockFacts clock = measure_clock();
    record_.clock = {"CLOCK_MONOTONIC", clock.resolution_ns, clock.overhead_ns, monotonic_ns(), utc_now()};
    record_.run.started_at = record_.clock.utc;
    record_.run.seed = plan_.seed;
    record_.run.label = plan_.label;
    record_.run.config_json = plan_.config_json;
    if (record_.run.session.empty()) record_.run.session = record_.run.id;
    record_.boot_id = boot_id().value_or("");
    for (size_t i = 0; i < plan_.cases.size(); ++i) {
      const ScenarioEntry& scenario = *find_scenario(plan_.cases[i].scenario);
      CaseRecord made{.spec = plan_.cases[i], .metrics = scenario.metrics(plan_.cases[i], plan_.settings)};
      if (!runnable_.reasons[i].empty()) {
        made.outcome = "skipped";
        made.reason = runnable_.reasons[i];
      }
      record_.cases.push_back(std::move(made));
    }
  }

  void warn(Warning warning) {
    listener_.warned(warning);
    record_.warnings.push_back(std::move(warning));
  }

  Result<void> measure() {
    mount_count_ = session_->mount_count();
    record_.environment_before = environment();
    for (const std::string& line : session_->recovered()) warn({"left_over_undone", "of a killed run: " + line, ""});
    UMB_TRY(listener_.run_began(record_));
    began_ = true;
    for (int64_t round = 0; round < plan_.settings.rounds && !stop_.requested(); ++round) {
      bool disturbed = true;
      const int tries = plan_.settings.rounds > 1 ? 1 + kRepeats : 1;
      for (int attempt = 0; attempt < tries && disturbed && !stop_.requested(); ++attempt) {
        UMB_TRY(measure_round(attempt > 0));
        disturbed = record_.rounds.back().disturbed;
      }
    }
    for (size_t i = 0; i < record_.cases.size(); ++i) {
      judge_case(record_.cases[i], tallies_[i], plan_.settings.release_limit_ns);
    }
    if (options_.observer == nullptr || stop_.requested()) return {};
    // What was measured stands, whatever becomes of this.
    const Result<void> explained = explain(*options_.observer);
    if (!explained.has_value()) warn({"not_explained", "the second pass broke off: " + explained.error().text(), ""});
    return {};
  }

  Result<void> explain(CauseObserver& observer) {
    WorkerExecutor executor(session_->sandbox(), plan_);
    UMB_ASSIGN(const std::string refused, executor.start(plan_.seed + 2 * record_.rounds.size() + 1));
    const ExplainPass pass{plan_, executor, *session_, observer, listener_, stop_, [&] { return executor.pid(); }};
    UMB_TRY(explain_cases(pass, runnable_.cases, session_->ledger(), record_));
    UMB_TRY(executor.end());
    return session_->set("as-found");
  }

  Result<void> measure_round(bool repeats_disturbed) {
    const auto index = static_cast<uint32_t>(record_.rounds.size());
    Random order(plan_.seed + 2 * index);
    WorkerExecutor executor(session_->sandbox(), plan_);
    UMB_ASSIGN(const std::string refused, executor.start(plan_.seed + 2 * index + 1));
    if (index == 0) note_refused(refused);
    record_.rounds.push_back(
        {.index = index, .pid = executor.pid(), .started_at = utc_now(), .repeats_disturbed = repeats_disturbed});
    UMB_TRY(probe_modes(executor, index));
    UMB_TRY(listener_.round_began(record_.rounds.back()));

    const MachineMoment begin = read_machine_moment({});
    UMB_TRY(
        run_round({plan_, executor, *session_, listener_, stop_, tallies_}, runnable_.cases, index, order, record_));
    const MachineMoment end = read_machine_moment({});
    UMB_TRY(executor.end());
    UMB_TRY(session_->set("as-found"));
    return close_round(judge_disturbance(begin, end));
  }

  void note_refused(const std::string& refused) {
    for (const std::string& line : split(refused, '\n')) {
      if (!line.empty()) warn({"refused", line, ""});
    }
  }

  Result<void> probe_modes(WorkerExecutor& executor, uint32_t round) {
    std::set<std::string> modes;
    for (const size_t index : runnable_.cases) modes.insert(plan_.cases[index].value("rcu"));
    std::map<std::string, RcuProbe> probes;
    for (const std::string& mode : modes) {
      if (!session_->set(mode).has_value()) continue;
      UMB_ASSIGN(probes[mode], executor.probe());
    }
    record_.rounds.back().probes = probe_facts(probes);
    if (round > 0) return {};
    for (Warning& warning : confirm_rcu_modes(probes, record_.environment_before)) warn(std::move(warning));
    return {};
  }

  Result<void> close_round(const Disturbance& disturbance) {
    Round& round = record_.rounds.back();
    round.foreign_cpu_share = disturbance.foreign_cpu_share;
    round.steal_share = disturbance.steal_share;
    round.disturbed = disturbance.disturbed;
    round.reason = disturbance.disturbed ? disturbance.reason : "";
    if (round.disturbed) {
      warn({"disturbed_round", "round " + std::to_string(round.index + 1) + " was disturbed: " + round.reason, ""});
    }
    for (const std::string& line : session_->take_warnings()) warn({"knob_changed_by_others", line, ""});
    return listener_.round_ended(round);
  }

  const Plan& plan_;
  const Runnable& runnable_;
  const RunOptions& options_;
  const StopFlag& stop_;
  RunListener& listener_;
  RunRecord& record_;
  std::vector<CaseTally> tallies_;
  int64_t mount_count_ = 0;
  bool began_ = false;
  std::unique_ptr<RunSession> session_;
};

}  // namespace

Runnable find_runnable(const Plan& plan, Preflight& preflight, bool unprivileged) {
  Runnable runnable;
  for (size_t i = 0; i < plan.cases.size(); ++i) {
    const Case& spec = plan.cases[i];
    auto reason = preflight.check_case(spec, needs_of(spec), unprivileged);
    if (!reason.has_value() && !plan.settings.long_cases && is_long(plan, spec)) reason = too_long(plan, spec);
    runnable.reasons.push_back(reason.value_or(""));
    if (!reason.has_value()) runnable.cases.push_back(i);
  }
  return runnable;
}

Result<void> run_plan(const Plan& plan, const Runnable& runnable, const RunOptions& options, const StopFlag& stop,
                      RunListener& listener, RunRecord& record) {
  return PlanRun(plan, runnable, options, stop, listener, record).run();
}

}  // namespace umb
