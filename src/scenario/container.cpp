// SPDX-License-Identifier: Apache-2.0
#include "scenario/container.h"

#include "scenario/common_parameters.h"
#include "scenario/container_helper.h"
#include "sys/net_backlog.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <functional>

namespace umb {

namespace {

constexpr std::array<const char*, kContainerPhases> kPhaseNames{
    "clone_ns", "mounts_ns", "root_switch_ns", "old_root_umount_ns", "exec_to_exit_ns", "namespace_end_ns"};
constexpr const char* kNoRelease =
    "what a container held is gone when its mount namespace is, which is within the call";

constexpr const char* kNoOldRoot = "the new namespace holds the new root alone: there is none to leave";

constexpr int64_t kBacklogLimitNs = 2'000'000'000;

bool is_builtin(const Case& spec) {
  return spec.value("runtime") == "builtin";
}

ContainerPath path_of(const Case& spec) {
  return spec.value("path") == "open_tree_namespace" ? ContainerPath::kOwnNamespace : ContainerPath::kPivot;
}

/// One for each case: several are set up side by side. A case's id may be too long for a name.
std::string folder_name(const std::string& case_id) {
  return "container-" + std::to_string(std::hash<std::string>{}(case_id));
}

class Container final : public Scenario {
 public:
  Container(const Case& spec, const Workshop& workshop)
      : options_{.runtime = spec.value("runtime"),
                 .path = path_of(spec),
                 .folder = workshop.folder + "/" + folder_name(spec.id),
                 .control_group = workshop.control_group,
                 .new_net = spec.value("net") == "new"} {}

  Result<void> setup() override {
    UMB_ASSIGN(std::unique_ptr<ContainerStart> how, make_container_start(options_));
    UMB_ASSIGN(helper_, ContainerHelper::fork(std::move(how)));
    if (options_.new_net) usual_net_ns_ = usual_net_namespace_ns();
    return {};
  }
  [[nodiscard]] Facts facts() const override { return helper_ != nullptr ? helper_->facts() : Facts(); }
  Result<void> prepare(bool) override { return {}; }

  CallOutcome measure(Sample& sample) override {
    started_ = helper_->start();
    if (!started_.has_value()) {
      return {.errno_value = started_.error().errno_value != 0 ? started_.error().errno_value : EIO};
    }
    std::ranges::copy(started_->phases_ns, sample.phases.begin());
    return {.thread_cpu_ns = started_->cpu_ns,
            .voluntary_switches = started_->voluntary_switches,
            .started_at_ns = started_->began_ns,
            .return_ns = started_->ended_ns - started_->began_ns};
  }

  /// A start that failed ends the case: the next one would fail like it, and only here there are words for why.
  Result<void> conclude(Sample&) override {
    if (!started_.has_value()) return Failure(started_.error());
    return {};
  }

  Result<void> end_block() override {
    if (options_.new_net) wait_for_net_backlog(usual_net_ns_, kBacklogLimitNs);
    return {};
  }

  Result<void> cleanup() override {
    if (helper_ != nullptr) helper_->end();
    helper_.reset();
    return {};
  }

 private:
  ContainerStartOptions options_;
  std::unique_ptr<ContainerHelper> helper_;
  Result<ContainerTimes> started_;
  int64_t usual_net_ns_ = 0;
};

Needs needs_of(const Case& spec) {
  Needs needs{.root = !is_builtin(spec), .file_systems = {"mqueue"}, .namespaces = {"mnt", "pid", "uts", "ipc"}};
  if (spec.value("net") == "new") needs.namespaces.emplace_back("net");
  if (path_of(spec) == ContainerPath::kOwnNamespace) {
    needs.root = true;
    needs.open_tree_namespace = true;
    if (!is_builtin(spec)) needs.impossible = "path is of the builtin start: a runtime takes its own";
  }
  if (!is_builtin(spec)) {
    needs.programs.push_back(spec.value("runtime"));
    needs.control_groups = true;
  }
  return needs;
}

std::vector<MetricInfo> metrics_of(const Case& spec, const Settings& settings) {
  auto metrics = common_metrics(settings, false, kNoRelease);
  const std::string runtime = is_builtin(spec) ? "" : "of " + spec.value("runtime") + " only the whole is timed";
  for (size_t phase = 0; phase < kContainerPhases; ++phase) {
    const bool of_pivot = phase == kPhaseRootSwitch || phase == kPhaseOldRootUmount;
    const bool none = runtime.empty() && of_pivot && path_of(spec) != ContainerPath::kPivot;
    metrics.push_back({kPhaseNames[phase], "ns", "lower", none ? kNoOldRoot : runtime});
  }
  return metrics;
}

/// Grace periods in a row: the old root's and the namespace's own; the runtimes have namespaces of theirs besides.
int64_t estimate(const Case& spec) {
  if (is_builtin(spec)) return 3'000'000 + 2 * grace_period_guess_ns(spec);
  const int64_t run_ns = spec.value("runtime") == "crun" ? 8'000'000 : 40'000'000;
  return run_ns + 4 * grace_period_guess_ns(spec);
}

}  // namespace

ScenarioEntry container_scenario() {
  return {
      .info = {.name = "container",
               .summary = "a container that does nothing, from its start to exited and reaped",
               .parameters = {{.name = "runtime",
                               .summary = "who starts it: this program itself (with phases), or an OCI runtime",
                               .values = {"builtin", "crun", "runc"},
                               .default_value = "builtin",
                               .always_in_id = true,
                               .or_path = true},
                              rcu_parameter(),
                              {.name = "net",
                               .summary = "new: with a network namespace, which the kernel releases later",
                               .values = {"none", "new"},
                               .default_value = "none"},
                              {.name = "path",
                               .summary = "how the builtin start gets its root: by pivot_root, or in a namespace of "
                                          "its own from the first (Linux 7.0)",
                               .values = {"pivot", "open_tree_namespace"},
                               .default_value = "pivot"}},
               .phases = {kPhaseNames.begin(), kPhaseNames.end()}},
      .needs = needs_of,
      .metrics = metrics_of,
      .needs_watch = [](const Case&) { return false; },
      .estimate_ns = estimate,
      .make = [](const Case& spec, const Workshop& workshop) -> std::unique_ptr<Scenario> {
        return std::make_unique<Container>(spec, workshop);
      }};
}

}  // namespace umb
