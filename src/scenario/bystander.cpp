// SPDX-License-Identifier: Apache-2.0
#include "scenario/bystander.h"

#include "base/text.h"
#include "fixture/load.h"
#include "scenario/common_parameters.h"
#include "scenario/umount.h"
#include "sys/make_folder.h"

#include <functional>

namespace umb {

namespace {

/// What is unmounted beside the load is what scenario `umount` unmounts.
Case idle_umount(const Case& spec) {
  return {.id = spec.id,
          .scenario = "umount",
          .parameters = {{"fs", "tmpfs"},
                         {"mode", spec.value("mode")},
                         {"method", "syscall"},
                         {"rcu", spec.value("rcu")},
                         {"holder", "none"}}};
}

class Bystander final : public Scenario {
 public:
  Bystander(const Case& spec, const Workshop& workshop)
      : umount_(umount_scenario().make(idle_umount(spec), workshop)),
        info_(find_load(spec.value("load"))),
        place_{.folder = workshop.folder + "/load-" + std::to_string(std::hash<std::string>{}(spec.id)),
               .control_group = workshop.control_group} {}

  Result<void> setup() override {
    UMB_TRY(umount_->setup());
    if (info_ == nullptr) return {};
    UMB_TRY(make_folder(place_.folder));
    UMB_ASSIGN(load_, info_->start(place_));
    return {};
  }

  /// The load goes from a block's first sample to its end, where a step that failed is told.
  Result<void> prepare(bool watched) override {
    UMB_TRY(load_.go());
    return umount_->prepare(watched);
  }

  CallOutcome measure(Sample& sample) override { return umount_->measure(sample); }
  Result<void> conclude(Sample& sample) override { return umount_->conclude(sample); }
  std::vector<CheckTally> take_checks() override { return umount_->take_checks(); }
  Result<void> end_block() override { return load_.pause(); }

  Result<void> cleanup() override {
    (void)load_.pause();
    load_ = {};
    return umount_->cleanup();
  }

 private:
  std::unique_ptr<Scenario> umount_;
  const LoadInfo* info_;  ///< nullptr: none
  LoadPlace place_;
  Load load_;
};

Needs needs_of(const Case& spec) {
  const LoadInfo* load = find_load(spec.value("load"));
  Needs needs = load != nullptr ? load->needs : Needs{.root = false};
  needs.file_systems.emplace_back("tmpfs");
  return needs;
}

ParameterInfo load_parameter() {
  std::vector<std::string> names{"none"};
  for (const LoadInfo& info : loads()) names.push_back(info.name);
  return {.name = "load",
          .summary = "what others do meanwhile",
          .values = std::move(names),
          .default_value = "none",
          .always_in_id = true};
}

/// Where others wait for grace periods too, an umount shares theirs or waits for the next one.
int64_t estimate(const Case& spec) {
  const int64_t idle_ns = umount_scenario().estimate_ns(idle_umount(spec));
  return find_load(spec.value("load")) != nullptr ? 2 * idle_ns + 4'000'000 : idle_ns;
}

}  // namespace

ScenarioEntry bystander_scenario() {
  return {.info = {.name = "bystander",
                   .summary = "the umount of an idle tmpfs while others load the machine",
                   .parameters = {mode_parameter(), rcu_parameter(), load_parameter()},
                   .phases = {}},
          .needs = needs_of,
          .metrics = [](const Case& spec,
                        const Settings& settings) { return umount_scenario().metrics(idle_umount(spec), settings); },
          .needs_watch = [](const Case& spec) { return umount_scenario().needs_watch(idle_umount(spec)); },
          .estimate_ns = estimate,
          .make = [](const Case& spec, const Workshop& workshop) -> std::unique_ptr<Scenario> {
            return std::make_unique<Bystander>(spec, workshop);
          }};
}

}  // namespace umb
