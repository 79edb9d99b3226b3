// SPDX-License-Identifier: Apache-2.0
#include "scenario/propagation.h"

#include "base/text.h"
#include "fixture/release_clock.h"
#include "scenario/at_return.h"
#include "scenario/common_parameters.h"
#include "scenario/umount.h"
#include "sys/make_folder.h"

#include <functional>
#include <utility>

namespace umb {

namespace {

constexpr int64_t kPeerGuessNs = 5'000;  ///< for its copy, made, looked at and taken off
constexpr const char* kName = "m";

/// One for each case: several are set up side by side. A case's id may be too long for a name.
std::string folder_name(const std::string& case_id) {
  return "propagation-" + std::to_string(std::hash<std::string>{}(case_id));
}

class Propagation final : public Scenario {
 public:
  Propagation(const Case& spec, const Workshop& workshop, StartPeers start)
      : workshop_(workshop),
        start_(std::move(start)),
        folder_(workshop.folder + "/" + folder_name(spec.id)),
        options_{.folder = folder_ + "/root",
                 .shared = folder_ + "/shared",
                 .name = kName,
                 .slaves = spec.value("kind") == "slave",
                 .count = spec.number("peers")},
        target_(options_.shared + "/" + kName),
        flags_(umount_flags(spec)),
        release_(ReleaseSignal::kUnmountEvent, "", workshop.watch) {}

  Result<void> setup() override {
    for (const std::string& path : {folder_, options_.folder, options_.shared}) UMB_TRY(make_folder(path));
    return {};
  }

  /// The shared mount and the peers are there from a block's first sample to its end: a mount namespace that another
  /// case makes meanwhile would be a peer too.
  Result<void> prepare(bool watched) override {
    watched_ = watched;
    if (peers_ == nullptr) UMB_TRY(share());
    UMB_TRY(mount());
    if (watched) UMB_TRY(release_.arm(target_));
    UMB_ASSIGN(const int64_t showing, peers_->showing());
    passed_on_ = showing == options_.count;
    note_check(checks_, "passed on", passed_on_, in_words(showing) + " show the mount");
    return {};
  }

  CallOutcome measure(Sample&) override { return {.errno_value = workshop_.door->umount(target_.c_str(), flags_)}; }

  Result<void> conclude(Sample& sample) override {
    if (sample.errno_value == 0) {
      mounted_ = false;
      // Of the one super block that all share: it goes with the last of their mounts.
      if (watched_) {
        release_.note(sample, workshop_.release_limit_ns);
        note_at_return(checks_, sample);
      }
      UMB_ASSIGN(const int64_t showing, peers_->showing());
      note_check(checks_, "gone everywhere", showing == 0, in_words(showing) + " still show the mount");
      if (showing != 0 || !passed_on_) fail_sample(sample);
    }
    UMB_TRY(take_off());
    return watch_echoes(sample) ? shake_off_the_watch() : Result<void>();
  }

  std::vector<CheckTally> take_checks() override { return std::exchange(checks_, {}); }

  Result<void> end_block() override { return unshare(); }

  Result<void> cleanup() override {
    UMB_TRY(take_off());
    return unshare();
  }

 private:
  [[nodiscard]] std::string in_words(int64_t showing) const {
    return std::to_string(showing) + " of " + std::to_string(options_.count) + " peers";
  }
  Result<void> share() {
    UMB_TRY(workshop_.door->mount({.source = "umountbench", .target = options_.shared, .type = "tmpfs"}));
    shared_ = true;
    UMB_TRY(workshop_.door->mount({.source = "none", .target = options_.shared, .flags = MS_SHARED}));
    UMB_TRY(make_folder(target_));
    UMB_ASSIGN(peers_, start_(options_));
    return {};
  }

  Result<void> unshare() {
    peers_.reset();
    if (!shared_) return {};
    const int failed = workshop_.door->umount(options_.shared.c_str(), MNT_DETACH);
    if (failed != 0) return fail_errno("cannot unmount " + quoted(options_.shared), failed);
    shared_ = false;
    return {};
  }

  Result<void> mount() {
    UMB_TRY(workshop_.door->mount({.source = "umountbench", .target = target_, .type = "tmpfs"}));
    mounted_ = true;
    return {};
  }

  /// As after a watched umount of a mount that is nowhere else (scenario/umount.cpp).
  Result<void> shake_off_the_watch() {
    for (int i = 0; i < kUmountsAfterWatch; ++i) {
      UMB_TRY(mount());
      UMB_TRY(take_off());
    }
    return {};
  }

  Result<void> take_off() {
    if (!mounted_) return {};
    const int failed = workshop_.door->umount(target_.c_str(), MNT_DETACH);
    if (failed != 0) return fail_errno("cannot unmount " + quoted(target_) + " between two samples", failed);
    mounted_ = false;
    return {};
  }

  Workshop workshop_;
  StartPeers start_;
  std::string folder_;
  PeerOptions options_;
  std::string target_;
  int flags_;
  ReleaseClock release_;
  std::unique_ptr<Peers> peers_;
  bool shared_ = false;
  bool mounted_ = false;
  bool watched_ = false;
  bool passed_on_ = false;
  std::vector<CheckTally> checks_;
};

std::vector<MetricInfo> metrics_of(const Case&, const Settings& settings) {
  return common_metrics(settings, true, "only a watched sample tells when the super block goes");
}

}  // namespace

std::unique_ptr<Scenario> make_propagation(const Case& spec, const Workshop& workshop, StartPeers start) {
  return std::make_unique<Propagation>(spec, workshop, std::move(start));
}

ScenarioEntry propagation_scenario() {
  return {
      .info = {.name = "propagation",
               .summary = "a mount that other mount namespaces have got too is taken off in one",
               .parameters = {{.name = "peers",
                               .summary = "how many others",
                               .values = {},
                               .default_value = "8",
                               .always_in_id = true,
                               .minimum = 1,
                               .maximum = 2000},
                              {.name = "kind",
                               .summary = "shared (each passes on what it mounts) or slave (they only receive)",
                               .values = {"shared", "slave"},
                               .default_value = "shared",
                               .always_in_id = true},
                              mode_parameter(),
                              rcu_parameter()}},
      .needs =
          [](const Case& spec) {
            return Needs{.root = false,
                         .file_systems = {"tmpfs"},
                         .namespaces = {"mnt"},
                         .mount_namespaces = spec.number("peers")};
          },
      .metrics = metrics_of,
      .needs_watch = [](const Case&) { return true; },
      .estimate_ns =
          [](const Case& spec) { return 100'000 + spec.number("peers") * kPeerGuessNs + grace_period_guess_ns(spec); },
      .make = [](const Case& spec, const Workshop& workshop) -> std::unique_ptr<Scenario> {
        return make_propagation(spec, workshop, PeerNamespaces::start);
      }};
}

}  // namespace umb
