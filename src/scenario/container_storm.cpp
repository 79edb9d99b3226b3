// SPDX-License-Identifier: Apache-2.0
#include "scenario/container_storm.h"

#include "base/clock.h"
#include "scenario/common_parameters.h"
#include "scenario/container.h"
#include "scenario/container_helper.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cmath>
#include <functional>

namespace umb {

namespace {

enum Phase : size_t { kP50, kP99, kRate };
constexpr std::array<const char*, 3> kPhaseNames{"start_p50_ns", "start_p99_ns", "starts_per_s"};
constexpr const char* kNoRelease =
    "what a container held is gone when its mount namespace is, which is within the call";

bool in_parallel(const Case& spec) {
  return spec.value("order") == "parallel";
}

/// A start of the storm, as scenario `container` knows it.
Case one_start(const Case& spec) {
  return {.id = spec.id,
          .scenario = "container",
          .parameters = {
              {"runtime", spec.value("runtime")}, {"rcu", spec.value("rcu")}, {"net", "none"}, {"path", "pivot"}}};
}

/// The value that so many per cent of the sorted ones do not exceed.
int64_t nearest_rank(const std::vector<int64_t>& sorted, size_t percent) {
  return sorted[(sorted.size() * percent + 99) / 100 - 1];
}

class ContainerStorm final : public Scenario {
 public:
  ContainerStorm(const Case& spec, const Workshop& workshop)
      : runtime_(spec.value("runtime")),
        folder_(workshop.folder + "/storm-" + std::to_string(std::hash<std::string>{}(spec.id))),
        control_group_(workshop.control_group),
        starts_(static_cast<size_t>(spec.number("starts"))),
        parallel_(in_parallel(spec)) {}

  /// A helper starts one container at a time: in sequence it is one helper that starts all.
  Result<void> setup() override {
    const size_t count = parallel_ ? starts_ : 1;
    while (helpers_.size() < count) {
      const std::string number = "-" + std::to_string(helpers_.size());
      UMB_ASSIGN(
          std::unique_ptr<ContainerStart> how,
          make_container_start({.runtime = runtime_,
                                .folder = folder_ + number,
                                .control_group = {control_group_.path + "/storm" + number, control_group_.roots}}));
      UMB_ASSIGN(std::unique_ptr<ContainerHelper> helper, ContainerHelper::fork(std::move(how)));
      helpers_.push_back(std::move(helper));
    }
    times_.reserve(starts_);
    return {};
  }
  [[nodiscard]] Facts facts() const override { return helpers_.empty() ? Facts() : helpers_.front()->facts(); }
  Result<void> prepare(bool) override {
    times_.clear();
    return {};
  }

  CallOutcome measure(Sample& sample) override {
    trouble_ = parallel_ ? all_at_once() : one_after_the_other();
    if (!trouble_.has_value()) {
      return {.errno_value = trouble_.error().errno_value != 0 ? trouble_.error().errno_value : EIO};
    }
    const StormFigures figures = figures_of(times_, asked_ns_);
    sample.phases[kP50] = figures.p50_ns;
    sample.phases[kP99] = figures.p99_ns;
    sample.phases[kRate] = figures.starts_per_s;
    return {.thread_cpu_ns = figures.cpu_ns,
            .voluntary_switches = figures.voluntary_switches,
            .started_at_ns = figures.began_ns,
            .return_ns = figures.whole_ns};
  }

  /// A start that failed ends the case: the next one would fail like it, and only here there are words for why.
  Result<void> conclude(Sample&) override { return trouble_; }

  Result<void> cleanup() override {
    helpers_.clear();
    return {};
  }

 private:
  Result<void> all_at_once() {
    asked_ns_ = monotonic_ns();
    for (const auto& helper : helpers_) UMB_TRY(helper->begin());
    Result<void> done;
    for (const auto& helper : helpers_) {
      const Result<ContainerTimes> times = helper->finish();
      if (times.has_value()) times_.push_back(*times);
      if (!times.has_value() && done.has_value()) done = Failure(times.error());
    }
    return done;
  }
  Result<void> one_after_the_other() {
    asked_ns_ = kMissing;
    while (times_.size() < starts_) {
      UMB_ASSIGN(const ContainerTimes times, helpers_.front()->start());
      times_.push_back(times);
    }
    return {};
  }

  std::string runtime_, folder_;
  ControlGroup control_group_;
  size_t starts_;
  bool parallel_;
  std::vector<std::unique_ptr<ContainerHelper>> helpers_;
  std::vector<ContainerTimes> times_;
  int64_t asked_ns_ = kMissing;
  Result<void> trouble_;
};

std::vector<MetricInfo> metrics_of(const Case& /*spec*/, const Settings& settings) {
  auto metrics = common_metrics(settings, false, kNoRelease);
  metrics.push_back({kPhaseNames[kP50], "ns", "lower", ""});
  metrics.push_back({kPhaseNames[kP99], "ns", "lower", ""});
  metrics.push_back({kPhaseNames[kRate], "1/s", "higher", ""});
  return metrics;
}

/// Side by side starts share grace periods, and some CPUs.
int64_t estimate(const Case& spec) {
  const int64_t one_ns = container_scenario().estimate_ns(one_start(spec));
  return one_ns * std::max<int64_t>(1, in_parallel(spec) ? spec.number("starts") / 2 : spec.number("starts"));
}

}  // namespace

StormFigures figures_of(const std::vector<ContainerTimes>& starts, int64_t asked_ns) {
  const bool at_once = asked_ns != kMissing;
  StormFigures figures{.began_ns = at_once ? asked_ns : starts.front().began_ns};
  std::vector<int64_t> durations_ns;
  durations_ns.reserve(starts.size());
  for (const ContainerTimes& start : starts) {
    durations_ns.push_back(start.ended_ns - (at_once ? asked_ns : start.began_ns));
    figures.whole_ns =
        at_once ? std::max(figures.whole_ns, durations_ns.back()) : figures.whole_ns + durations_ns.back();
    figures.cpu_ns += start.cpu_ns;
    figures.voluntary_switches += start.voluntary_switches;
  }
  std::ranges::sort(durations_ns);
  figures.p50_ns = nearest_rank(durations_ns, 50);
  figures.p99_ns = nearest_rank(durations_ns, 99);
  figures.starts_per_s = std::llround(static_cast<double>(starts.size()) * 1e9 /
                                      static_cast<double>(std::max<int64_t>(1, figures.whole_ns)));
  return figures;
}

ScenarioEntry container_storm_scenario() {
  return {.info = {.name = "container_storm",
                   .summary = "many containers that do nothing, from the first start to the last one reaped",
                   .parameters = {{.name = "runtime",
                                   .summary = "who starts them: this program itself, or an OCI runtime",
                                   .values = {"builtin", "crun", "runc"},
                                   .default_value = "builtin",
                                   .always_in_id = true,
                                   .or_path = true},
                                  rcu_parameter(),
                                  {.name = "starts",
                                   .summary = "how many",
                                   .values = {},
                                   .default_value = "8",
                                   .always_in_id = true,
                                   .minimum = 1,
                                   .maximum = 64},
                                  {.name = "order",
                                   .summary = "all at once, or each after the one before it was reaped",
                                   .values = {"parallel", "sequence"},
                                   .default_value = "parallel",
                                   .always_in_id = true}},
                   .phases = {kPhaseNames.begin(), kPhaseNames.end()}},
          .needs = [](const Case& spec) { return container_scenario().needs(one_start(spec)); },
          .metrics = metrics_of,
          .needs_watch = [](const Case&) { return false; },
          .estimate_ns = estimate,
          .make = [](const Case& spec, const Workshop& workshop) -> std::unique_ptr<Scenario> {
            return std::make_unique<ContainerStorm>(spec, workshop);
          }};
}

}  // namespace umb
