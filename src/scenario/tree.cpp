// SPDX-License-Identifier: Apache-2.0
#include "scenario/tree.h"

#include "base/clock.h"
#include "fixture/mount_tree.h"
#include "fixture/release_clock.h"
#include "scenario/at_return.h"
#include "scenario/common_parameters.h"
#include "scenario/umount.h"

#include <algorithm>
#include <utility>

namespace umb {

namespace {

enum Phase : size_t { kPerMount, kCallMax };

/// What a mount and its umount take beside the grace period, roughly.
constexpr int64_t kMountGuessNs = 50'000;

bool by_one_call(const Case& spec) {
  return spec.value("take_off") == "detach";
}

TreeShape shape_of(const Case& spec) {
  const std::string name = spec.value("shape");
  if (name == "deep") return TreeShape::kDeep;
  if (name == "stacked") return TreeShape::kStacked;
  return name == "direct_map" ? TreeShape::kDirectMap : TreeShape::kFlat;
}

class Tree final : public Scenario {
 public:
  Tree(const Case& spec, const Workshop& workshop)
      : workshop_(workshop),
        detach_(by_one_call(spec)),
        mounts_(spec.number("mounts")),
        tree_(*workshop.door, workshop.folder + "/tree", shape_of(spec), static_cast<size_t>(mounts_)),
        release_(ReleaseSignal::kUnmountEvent, "", workshop.watch) {}

  Result<void> setup() override { return {}; }

  Result<void> prepare(bool watched) override {
    watched_ = watched;
    UMB_TRY(tree_.mount(watched ? workshop_.watch : nullptr));
    return detach_ ? tree_.go_home() : Result<void>();
  }

  CallOutcome measure(Sample& sample) override {
    if (detach_) return {.errno_value = tree_.take_all()};
    int64_t before_ns = monotonic_ns();
    int64_t longest_ns = 0;
    while (tree_.left() > 0) {
      if (const int failed = tree_.take_one(); failed != 0) return {.errno_value = failed};
      const int64_t now_ns = monotonic_ns();
      longest_ns = std::max(longest_ns, now_ns - before_ns);
      before_ns = now_ns;
    }
    if (!watched_) sample.phases[kCallMax] = longest_ns;
    return {};
  }

  Result<void> conclude(Sample& sample) override {
    if (sample.errno_value == 0) {
      // Of the last super block.
      if (watched_) {
        release_.note(sample, workshop_.release_limit_ns);
        note_at_return(checks_, sample);
      }
      if (sample.return_ns != kMissing) sample.phases[kPerMount] = sample.return_ns / mounts_;
      const bool gone = tree_.is_gone();
      note_check(checks_, "tree gone", gone, "something is still mounted where the tree was");
      if (!gone) fail_sample(sample);
    }
    UMB_TRY(tree_.undo());
    return watch_echoes(sample) ? shake_off_the_watch() : Result<void>();
  }

  std::vector<CheckTally> take_checks() override { return std::exchange(checks_, {}); }
  Result<void> cleanup() override { return tree_.undo(); }

 private:
  /// As after a watched umount of a single mount (scenario/umount.cpp).
  Result<void> shake_off_the_watch() {
    for (int i = 0; i < kUmountsAfterWatch; ++i) {
      UMB_TRY(tree_.mount(nullptr));
      UMB_TRY(tree_.undo());
    }
    return {};
  }

  Workshop workshop_;
  bool detach_;
  int64_t mounts_;
  MountTree tree_;
  ReleaseClock release_;
  bool watched_ = false;
  std::vector<CheckTally> checks_;
};

std::vector<MetricInfo> metrics_of(const Case& spec, const Settings& settings) {
  auto metrics = common_metrics(settings, true, "only watched samples tell when the last of the super blocks goes");
  const std::string by_watch = metrics.front().missing_reason;
  metrics.push_back({"per_mount_ns", "ns", "lower", by_watch});
  metrics.push_back({"call_max_ns", "ns", "lower", by_one_call(spec) ? "it is one call" : by_watch});
  return metrics;
}

int64_t estimate(const Case& spec) {
  const int64_t mounts = spec.number("mounts");
  return mounts * kMountGuessNs + (by_one_call(spec) ? 1 : mounts) * grace_period_guess_ns(spec);
}

}  // namespace

ScenarioEntry tree_scenario() {
  return {.info = {.name = "tree",
                   .summary = "many mounts of tmpfs, one of which holds the others, are all taken off",
                   .parameters = {{.name = "mounts",
                                   .summary = "how many",
                                   .values = {},
                                   .default_value = "100",
                                   .always_in_id = true,
                                   .minimum = 1,
                                   .maximum = 5000},
                                  {.name = "shape",
                                   .summary = "side by side, each in the one before, all on one folder, or each at a "
                                              "path of its own as the keys of an autofs direct map",
                                   .values = {"flat", "deep", "stacked", "direct_map"},
                                   .default_value = "flat",
                                   .always_in_id = true},
                                  {.name = "take_off",
                                   .summary = "recursive (a plain call for each, the last mount first) or detach (one "
                                              "lazy call on the first mount)",
                                   .values = {"recursive", "detach"},
                                   .default_value = "recursive",
                                   .always_in_id = true},
                                  rcu_parameter()},
                   .phases = {"per_mount_ns", "call_max_ns"}},
          .needs =
              [](const Case& spec) {
                return Needs{.root = false, .file_systems = {"tmpfs"}, .mounts = spec.number("mounts")};
              },
          .metrics = metrics_of,
          .needs_watch = [](const Case&) { return true; },
          .estimate_ns = estimate,
          .make = [](const Case& spec, const Workshop& workshop) -> std::unique_ptr<Scenario> {
            return std::make_unique<Tree>(spec, workshop);
          }};
}

}  // namespace umb
