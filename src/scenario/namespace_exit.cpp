// SPDX-License-Identifier: Apache-2.0
#include "scenario/namespace_exit.h"

#include "base/text.h"
#include "fixture/release_clock.h"
#include "scenario/at_return.h"
#include "scenario/common_parameters.h"
#include "sys/make_folder.h"

#include <cerrno>
#include <functional>
#include <utility>

namespace umb {

namespace {

constexpr int64_t kTaskGuessNs = 500'000;
constexpr int64_t kMountGuessNs = 50'000;  ///< to make it, and for it to go

/// One for each case: several are set up side by side. A case's id may be too long for a name.
std::string folder_name(const std::string& case_id) {
  return "namespace-exit-" + std::to_string(std::hash<std::string>{}(case_id));
}

class NamespaceExit final : public Scenario {
 public:
  NamespaceExit(const Case& spec, const Workshop& workshop, StartExitingTask start)
      : start_(std::move(start)),
        options_{.folder = workshop.folder + "/" + folder_name(spec.id),
                 .mounts = spec.number("mounts"),
                 .release_limit_ns = workshop.release_limit_ns} {}

  Result<void> setup() override {
    UMB_TRY(make_folder(options_.folder));
    UMB_ASSIGN(task_, start_(options_));
    return {};
  }

  Result<void> prepare(bool watched) override {
    watched_ = watched;
    return task_->start(watched);
  }

  CallOutcome measure(Sample&) override {
    exit_ = task_->exit();
    if (!exit_.has_value()) return {.errno_value = exit_.error().errno_value != 0 ? exit_.error().errno_value : EIO};
    return {.started_at_ns = exit_->began_ns, .return_ns = exit_->ended_ns - exit_->began_ns};
  }

  Result<void> conclude(Sample& sample) override {
    if (!exit_.has_value()) return Failure(exit_.error());
    // The sampler's are the waiting thread's.
    sample.thread_cpu_ns = kMissing;
    sample.voluntary_switches = kMissing;
    note_check(checks_, "task exited", exit_->status == 0, "its status was " + std::to_string(exit_->status));
    // One that was killed has left no time of its own.
    if (exit_->status != 0) {
      fail_sample(sample);
      sample.return_ns = kMissing;
      return {};
    }
    if (!watched_) {
      sample.phases[0] = sample.return_ns / options_.mounts;
      return {};
    }
    note_release(sample, exit_->released_at_ns, exit_->at_first);
    note_at_return(checks_, sample,
                   "the task was reaped, and not all that its mounts held was free: the kernel left it to others, or "
                   "another process had the mount namespace open");
    return {};
  }

  std::vector<CheckTally> take_checks() override { return std::exchange(checks_, {}); }

  Result<void> cleanup() override {
    if (task_ != nullptr) UMB_TRY(task_->undo());
    task_.reset();
    return {};
  }

 private:
  StartExitingTask start_;
  ExitingTaskOptions options_;
  std::unique_ptr<ExitingTask> task_;
  Result<TaskExit> exit_;
  bool watched_ = false;
  std::vector<CheckTally> checks_;
};

std::vector<MetricInfo> metrics_of(const Case&, const Settings& settings) {
  auto metrics = common_metrics(settings, true, "only watched samples tell when the last super block goes",
                                "a task that exits can't read its own any more");
  const std::string by_watch = metrics.front().missing_reason;
  metrics.push_back({"per_mount_ns", "ns", "lower", by_watch});
  return metrics;
}

}  // namespace

std::unique_ptr<Scenario> make_namespace_exit(const Case& spec, const Workshop& workshop, StartExitingTask start) {
  return std::make_unique<NamespaceExit>(spec, workshop, std::move(start));
}

ScenarioEntry namespace_exit_scenario() {
  return {.info = {.name = "namespace_exit",
                   .summary = "the last task of a mount namespace exits, until it is reaped",
                   .parameters = {{.name = "mounts",
                                   .summary = "how many tmpfs are in it, beside its root",
                                   .values = {},
                                   .default_value = "30",
                                   .always_in_id = true,
                                   .minimum = 1,
                                   .maximum = 5000},
                                  rcu_parameter()},
                   .phases = {"per_mount_ns"}},
          .needs =
              [](const Case& spec) {
                return Needs{.root = false,
                             .file_systems = {"tmpfs"},
                             .namespaces = {"mnt"},
                             .mounts = spec.number("mounts"),
                             .mount_namespaces = 2};
              },
          .metrics = metrics_of,
          .needs_watch = [](const Case&) { return true; },
          .estimate_ns =
              [](const Case& spec) {
                return kTaskGuessNs + spec.number("mounts") * kMountGuessNs + grace_period_guess_ns(spec);
              },
          .make = [](const Case& spec, const Workshop& workshop) -> std::unique_ptr<Scenario> {
            return make_namespace_exit(spec, workshop, start_exiting_task);
          }};
}

}  // namespace umb
