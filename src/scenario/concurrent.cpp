// SPDX-License-Identifier: Apache-2.0
#include "scenario/concurrent.h"

#include "base/text.h"
#include "fixture/release_clock.h"
#include "scenario/at_return.h"
#include "scenario/common_parameters.h"
#include "sys/make_folder.h"

#include <algorithm>
#include <cerrno>
#include <functional>
#include <utility>

namespace umb {

namespace {

enum Phase : size_t { kCallP50, kCallMax, kCallsPerSecond };

constexpr int64_t kUmounterGuessNs = 300'000;  ///< to mount, to wake up, and to take it off, beside its grace period

/// One for each case: several are set up side by side. A case's id may be too long for a name.
std::string folder_name(const std::string& case_id) {
  return "concurrent-" + std::to_string(std::hash<std::string>{}(case_id));
}

class Concurrent final : public Scenario {
 public:
  Concurrent(const Case& spec, const Workshop& workshop, StartUmounters start)
      : start_(std::move(start)),
        options_{.folder = workshop.folder + "/" + folder_name(spec.id),
                 .count = spec.number("umounters"),
                 .own_namespaces = spec.value("namespace") == "own",
                 .flags = umount_flags(spec),
                 .release_limit_ns = workshop.release_limit_ns} {}

  Result<void> setup() override {
    UMB_TRY(make_folder(options_.folder));
    UMB_ASSIGN(umounters_, start_(options_));
    return {};
  }

  Result<void> prepare(bool watched) override {
    watched_ = watched;
    return umounters_->mount(watched);
  }

  CallOutcome measure(Sample&) override {
    run_ = umounters_->run();
    if (!run_.has_value()) return {.errno_value = run_.error().errno_value != 0 ? run_.error().errno_value : EIO};
    return {.errno_value = run_->errno_value,
            .started_at_ns = run_->began_ns,
            .return_ns = run_->ended_ns - run_->began_ns};
  }

  Result<void> conclude(Sample& sample) override {
    if (!run_.has_value()) return Failure(run_.error());
    // The sampler's are the waiting thread's.
    sample.thread_cpu_ns = kMissing;
    sample.voluntary_switches = kMissing;
    note_check(checks_, "every call worked", run_->failed == 0,
               std::to_string(run_->failed) + " of " + std::to_string(options_.count) +
                   " calls failed: " + errno_text(run_->errno_value));
    if (sample.errno_value == 0) tell(sample);
    UMB_ASSIGN(const int64_t stayed, umounters_->undo());
    note_check(checks_, "mounts gone", stayed == 0, std::to_string(stayed) + " mounts stayed after their call");
    if (stayed != 0) fail_sample(sample);
    return {};
  }

  std::vector<CheckTally> take_checks() override { return std::exchange(checks_, {}); }

  Result<void> cleanup() override {
    if (umounters_ != nullptr) UMB_TRY(umounters_->undo());
    umounters_.reset();
    return {};
  }

 private:
  void tell(Sample& sample) {
    if (watched_) {
      note_release(sample, run_->released_at_ns, run_->at_first);
      return note_at_return(checks_, sample,
                            "every call worked, and what some mount held was not free at the end of the last");
    }
    sample.phases[kCallP50] = run_->call_p50_ns;
    sample.phases[kCallMax] = run_->call_max_ns;
    sample.phases[kCallsPerSecond] = options_.count * 1'000'000'000 / std::max<int64_t>(1, sample.return_ns);
  }

  StartUmounters start_;
  UmounterOptions options_;
  std::unique_ptr<Umounters> umounters_;
  Result<UmountersRun> run_;
  bool watched_ = false;
  std::vector<CheckTally> checks_;
};

std::vector<MetricInfo> metrics_of(const Case&, const Settings& settings) {
  auto metrics = common_metrics(settings, true, "only watched samples tell when the last super block goes",
                                "several threads call, and reading theirs would be in the whole");
  const std::string by_watch = metrics.front().missing_reason;
  metrics.push_back({"call_p50_ns", "ns", "lower", by_watch});
  metrics.push_back({"call_max_ns", "ns", "lower", by_watch});
  metrics.push_back({"calls_per_s", "1/s", "higher", by_watch});
  return metrics;
}

}  // namespace

std::unique_ptr<Scenario> make_concurrent(const Case& spec, const Workshop& workshop, StartUmounters start) {
  return std::make_unique<Concurrent>(spec, workshop, std::move(start));
}

ScenarioEntry concurrent_scenario() {
  return {.info = {.name = "concurrent",
                   .summary = "several mounts are taken off at once, each by a thread of its own",
                   .parameters = {{.name = "umounters",
                                   .summary = "how many threads",
                                   .values = {},
                                   .default_value = "4",
                                   .always_in_id = true,
                                   .minimum = 1,
                                   .maximum = 256},
                                  {.name = "namespace",
                                   .summary = "whether all are in one mount namespace or each in one of its own",
                                   .values = {"shared", "own"},
                                   .default_value = "shared",
                                   .always_in_id = true},
                                  mode_parameter(),
                                  rcu_parameter()},
                   .phases = {"call_p50_ns", "call_max_ns", "calls_per_s"}},
          .needs =
              [](const Case& spec) {
                const bool own = spec.value("namespace") == "own";
                return Needs{.root = false,
                             .file_systems = {"tmpfs"},
                             .namespaces = {"mnt"},
                             .mounts = spec.number("umounters"),
                             .mount_namespaces = own ? spec.number("umounters") + 1 : 1,
                             .tasks = spec.number("umounters")};
              },
          .metrics = metrics_of,
          .needs_watch = [](const Case&) { return true; },
          .estimate_ns =
              [](const Case& spec) {
                return 200'000 + spec.number("umounters") * kUmounterGuessNs + 2 * grace_period_guess_ns(spec);
              },
          .make = [](const Case& spec, const Workshop& workshop) -> std::unique_ptr<Scenario> {
            return make_concurrent(spec, workshop, start_umounters);
          }};
}

}  // namespace umb
