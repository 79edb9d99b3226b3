// SPDX-License-Identifier: Apache-2.0
#include "scenario/path_walk.h"

#include "fixture/mount_traffic.h"
#include "fixture/walked_tree.h"
#include "scenario/common_parameters.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cmath>
#include <functional>
#include <limits>

namespace umb {

namespace {

enum Phase : size_t { kLookups, kMounts };
constexpr std::array<const char*, 2> kPhaseNames{"lookups_per_s", "mounts_per_s"};

bool has_traffic(const Case& spec) {
  return spec.value("traffic") == "on";
}

int64_t per_second(int64_t count, int64_t duration_ns) {
  return std::llround(static_cast<double>(count) * 1e9 / static_cast<double>(std::max<int64_t>(1, duration_ns)));
}

class PathWalk final : public Scenario {
 public:
  PathWalk(const Case& spec, const Workshop& workshop)
      : door_(*workshop.door),
        folder_(workshop.folder + "/path-walk-" + std::to_string(std::hash<std::string>{}(spec.id))),
        threads_(spec.number("threads")),
        has_traffic_(has_traffic(spec)),
        tree_(folder_) {}

  Result<void> setup() override {
    if (has_traffic_) {
      UMB_ASSIGN(traffic_, start_mount_traffic(folder_ + "-traffic"));
    }
    while (std::ssize(walkers_) < threads_) {
      UMB_ASSIGN(
          std::unique_ptr<Repeater> walker,
          Repeater::fork(
              {.name = "wlk", .enter = {}, .step = [path = tree_.file()] { return look_up(path); }, .rest = {}}));
      walkers_.push_back(std::move(walker));
    }
    return {};
  }

  /// The traffic goes from a block's first sample to its end, or each sample would begin with its start. The mounts are
  /// there as long: what other cases copy and list would else depend on which case came first.
  Result<void> prepare(bool) override {
    UMB_TRY(tree_.build(door_));
    return traffic_ != nullptr ? traffic_->go() : Result<void>();
  }

  CallOutcome measure(Sample& sample) override {
    const int64_t traffic_before = traffic_ != nullptr ? traffic_->steps() : 0;
    for (const auto& walker : walkers_) {
      if (trouble_.has_value()) trouble_ = walker->begin(kWalksEach);
    }
    CallOutcome outcome{.thread_cpu_ns = 0, .voluntary_switches = 0};
    outcome.started_at_ns = std::numeric_limits<int64_t>::max();
    int64_t ended_ns = 0;
    for (const auto& walker : walkers_) {
      const Result<Repeater::Span> span = trouble_.has_value() ? walker->finish() : Failure(trouble_.error());
      if (!span.has_value()) {
        trouble_ = Failure(span.error());
        return {.errno_value = span.error().errno_value != 0 ? span.error().errno_value : EIO};
      }
      outcome.started_at_ns = std::min(outcome.started_at_ns, span->began_ns);
      ended_ns = std::max(ended_ns, span->ended_ns);
      outcome.thread_cpu_ns += span->cpu_ns;
      outcome.voluntary_switches += span->voluntary_switches;
    }
    outcome.return_ns = ended_ns - outcome.started_at_ns;
    sample.phases[kLookups] = per_second(threads_ * kWalksEach * kLookupsPerWalk, outcome.return_ns);
    if (traffic_ != nullptr) sample.phases[kMounts] = per_second(traffic_->steps() - traffic_before, outcome.return_ns);
    return outcome;
  }

  /// A lookup that failed ends the case: the next one would fail like it, and only here there are words for why.
  Result<void> conclude(Sample&) override { return trouble_; }

  Result<void> end_block() override { return stop(); }

  Result<void> cleanup() override {
    const Result<void> stopped = stop();
    walkers_.clear();
    traffic_.reset();
    return stopped;
  }

 private:
  Result<void> stop() {
    const Result<Repeater::Span> paused = traffic_ != nullptr ? traffic_->pause() : Repeater::Span();
    UMB_TRY(tree_.take_off(door_));
    return paused.has_value() ? Result<void>() : Failure(paused.error());
  }

  MountDoor& door_;
  std::string folder_;
  int64_t threads_;
  bool has_traffic_;
  WalkedTree tree_;
  std::unique_ptr<Repeater> traffic_;
  std::vector<std::unique_ptr<Repeater>> walkers_;
  Result<void> trouble_;
};

std::vector<MetricInfo> metrics_of(const Case& spec, const Settings& settings) {
  auto metrics = common_metrics(settings, false, "nothing is unmounted: a lookup has no second clock");
  metrics.push_back({kPhaseNames[kLookups], "1/s", "higher", ""});
  metrics.push_back({kPhaseNames[kMounts], "1/s", "", has_traffic(spec) ? "" : "there is no traffic"});
  return metrics;
}

int64_t estimate(const Case& spec) {
  constexpr int64_t kWalkNs = 3'000;
  return kWalksEach * kWalkNs * (has_traffic(spec) ? 2 : 1) * std::max<int64_t>(1, spec.number("threads") / 2);
}

}  // namespace

ScenarioEntry path_walk_scenario() {
  return {.info = {.name = "path_walk",
                   .summary = "stat and open of a file behind several mounts, as often as fits, on some CPUs at once",
                   .parameters = {rcu_parameter(),
                                  {.name = "threads",
                                   .summary = "how many look up at once, each in a process of its own",
                                   .values = {},
                                   .default_value = "1",
                                   .always_in_id = true,
                                   .minimum = 1,
                                   .maximum = 64},
                                  {.name = "traffic",
                                   .summary = "on: a tmpfs is mounted and taken off over and over beside them",
                                   .values = {"off", "on"},
                                   .default_value = "off",
                                   .always_in_id = true}},
                   .phases = {kPhaseNames.begin(), kPhaseNames.end()}},
          .needs =
              [](const Case& spec) {
                return Needs{.root = false, .file_systems = {"tmpfs"}, .tasks = spec.number("threads")};
              },
          .metrics = metrics_of,
          .needs_watch = [](const Case&) { return false; },
          .estimate_ns = estimate,
          .make = [](const Case& spec, const Workshop& workshop) -> std::unique_ptr<Scenario> {
            return std::make_unique<PathWalk>(spec, workshop);
          }};
}

}  // namespace umb
