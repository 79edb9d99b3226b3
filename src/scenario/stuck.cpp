// SPDX-License-Identifier: Apache-2.0
#include "scenario/stuck.h"

#include "base/clock.h"
#include "base/text.h"
#include "base/unique_fd.h"
#include "fixture/call_process.h"
#include "fixture/fuse_process.h"
#include "fixture/release_clock.h"
#include "scenario/common_parameters.h"
#include "scenario/other_umounts.h"
#include "sys/loop_device.h"
#include "sys/make_folder.h"

#include <array>
#include <cerrno>
#include <optional>
#include <utility>

#include <fcntl.h>
#include <unistd.h>

namespace umb {

namespace {

/// From the start of the stuck call; the server itself lets go after 2 s.
constexpr int64_t kOthersLimitNs = 1'500'000'000;
/// Of one of them: it waits with the stuck one.
constexpr int64_t kHeldUpNs = OtherUmounts::kReleaseLimitNs;
constexpr int64_t kSilentLimitNs = 10'000'000'000;
constexpr int64_t kReturnLimitNs = 2'000'000'000;
constexpr int64_t kLookAgainNs = 1'000'000;
constexpr int64_t kImageBytes = 1LL << 20;
enum Phase : size_t { kBeforeMedian, kBeforeMost, kBesideMedian, kBesideMost, kBeforeReleased, kBesideReleased };
constexpr std::array<const char*, 6> kPhaseNames{"before_p50_ns", "before_max_ns",          "beside_p50_ns",
                                                 "beside_max_ns", "before_released_p50_ns", "beside_released_p50_ns"};

constexpr const char* kNothingReleased = "a plain umount of a mount in use is refused: nothing is released";
constexpr const char* kUntilLetGo =
    "the mount is held until this program lets the task in it go, once the others are done: when that is says nothing";

bool is_destroy(const Case& spec) {
  return spec.value("kind") == "destroy";
}
/// A plain umount of a mount that a task waits in is refused.
bool is_refused(const Case& spec) {
  return !is_destroy(spec) && umount_flags(spec) == 0;
}

class Stuck final : public Scenario {
 public:
  Stuck(const Case& spec, const Workshop& workshop)
      : spec_(spec),
        workshop_(workshop),
        destroy_(is_destroy(spec)),
        target_(workshop.folder + "/stuck"),
        others_folder_(workshop.folder + "/beside"),
        others_(*workshop.door, others_folder_, umount_flags(spec), workshop.released ? workshop.watch : nullptr) {}

  Result<void> setup() override {
    UMB_TRY(make_folder(target_));
    UMB_TRY(make_folder(others_folder_));
    if (destroy_) UMB_TRY(attach());
    MountDoor& door = *workshop_.door;
    const auto call = [&door, target = target_, flags = umount_flags(spec_)] {
      return door.umount(target.c_str(), flags);
    };
    const auto is_free = [device = destroy_ ? device_->path() : std::string()] {
      return !device.empty() && opens_exclusively(device);
    };
    UMB_ASSIGN(umounter_, CallProcess::fork(call, is_free));
    if (destroy_) return {};
    UMB_ASSIGN(opener_, CallProcess::fork([file = target_ + "/" + kFuseFileName] {
                 return UniqueFd(::open(file.c_str(), O_RDONLY | O_CLOEXEC)).valid() ? 0 : errno;
               }));
    return {};
  }

  Result<void> prepare(bool) override {
    UMB_ASSIGN(before_, others_.take(monotonic_ns() + kOthersLimitNs));
    UMB_ASSIGN(server_, FuseProcess::start({.silence = destroy_ ? FuseSilence::kDestroy : FuseSilence::kOpen,
                                            .device = destroy_ ? device_->path() : "",
                                            .target = target_,
                                            .door = workshop_.door,
                                            .ledger = workshop_.ledger}));
    mounted_ = true;
    if (destroy_) return {};
    UMB_TRY(opener_->go());
    if (server_->wait_until_silent(kSilentLimitNs)) return {};
    return fail("no task waits in the FUSE mount", "its open was never asked of the server");
  }

  CallOutcome measure(Sample&) override {
    const int64_t start_ns = monotonic_ns();
    if (!umounter_->go().has_value()) return {.errno_value = EIO};
    came_ = destroy_ ? server_->wait_until_silent(kSilentLimitNs) : umounter_->returned(kReturnLimitNs);
    beside_ = others_.take(start_ns + kOthersLimitNs);
    stayed_ = destroy_ ? server_->connection_is_there() : !opener_->returned(0);
    if (destroy_) let_go_ = server_->abort();
    if (!umounter_->returned(kReturnLimitNs)) return {.errno_value = ETIMEDOUT};
    const CallTimes& times = umounter_->times();
    refused_ = times.errno_value == EBUSY;
    const bool expected = is_refused(spec_) ? refused_ : times.errno_value == 0;
    mounted_ = times.errno_value != 0;
    return {.errno_value = expected ? 0 : times.errno_value,
            .thread_cpu_ns = times.thread_cpu_ns,
            .voluntary_switches = times.voluntary_switches,
            .started_at_ns = times.started_at_ns,
            .return_ns = times.return_ns};
  }

  Result<void> conclude(Sample& sample) override {
    note_stuck(sample);
    if (is_refused(spec_)) {
      note_check(checks_, "ebusy_as_expected", refused_,
                 "a task waits in the mount, and its plain umount was not refused");
    }
    if (beside_.has_value() && sample.errno_value == 0) tell_others(sample);
    if (destroy_) {
      if (workshop_.released && sample.errno_value == 0) look_for_device(sample);
    } else {
      look_for_connection(sample);
    }
    UMB_TRY(let_go_);
    UMB_TRY(clear());
    if (!beside_.has_value()) return Failure(beside_.error());
    return {};
  }

  std::vector<CheckTally> take_checks() override { return std::exchange(checks_, {}); }

  Result<void> cleanup() override {
    UMB_TRY(clear());
    umounter_.reset();
    opener_.reset();
    device_.reset();
    return {};
  }

 private:
  Result<void> attach() {
    const std::string image = workshop_.folder + "/stuck.img";
    const UniqueFd fd(::open(image.c_str(), O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0600));
    if (!fd.valid() || ::ftruncate(fd.get(), kImageBytes) != 0) {
      return fail_errno("cannot make the image " + quoted(image), errno);
    }
    UMB_ASSIGN(LoopDevice attached, LoopDevice::attach(image));
    device_.emplace(std::move(attached));
    return {};
  }

  /// Where others take long, it may be the server's patience that ended, and not the kernel's.
  void note_stuck(Sample& sample) {
    const int64_t longest_ns = beside_.has_value() ? beside_->longest_ns : 0;
    const bool stuck = came_ && (stayed_ || longest_ns >= kHeldUpNs / 2);
    note_check(checks_, "stuck", stuck,
               !came_     ? (destroy_ ? "the release never asked the server" : "the umount did not return")
               : destroy_ ? "the release did not wait for the server until the others were done"
                          : "the task in the mount did not wait for the server until the others were done");
    if (!stuck) fail_sample(sample);
    if (!stuck || !beside_.has_value()) return;
    note_check(checks_, "others_not_held_up", longest_ns < kHeldUpNs || before_.longest_ns >= kHeldUpNs / 2,
               "another umount took " + human_duration(longest_ns) +
                   " beside it, to return or to release, and at most " + human_duration(before_.longest_ns) +
                   " before");
  }

  void tell_others(Sample& sample) const {
    sample.phases[kBeforeMedian] = median_of(before_.return_ns);
    sample.phases[kBeforeMost] = longest_of(before_.return_ns);
    sample.phases[kBesideMedian] = median_of(beside_->return_ns);
    sample.phases[kBesideMost] = longest_of(beside_->return_ns);
    sample.phases[kBeforeReleased] = median_of(before_.released_ns);
    sample.phases[kBesideReleased] = median_of(beside_->released_ns);
  }

  /// Looks every ms; when it was over, or 0.
  template <typename Over>
  [[nodiscard]] int64_t look_until(const Over& over) const {
    const int64_t end_ns = monotonic_ns() + workshop_.release_limit_ns;
    bool released = over();
    while (!released && monotonic_ns() < end_ns) {
      sleep_ns(kLookAgainNs);
      released = over();
    }
    return released ? monotonic_ns() : 0;
  }

  void look_for_device(Sample& sample) const {
    const CallTimes& times = umounter_->times();
    const int64_t at_ns = times.look_said ? times.started_at_ns + times.look_ns
                                          : look_until([this] { return opens_exclusively(device_->path()); });
    note_release(sample, at_ns, times.look_said);
  }

  /// The connection lives as long as the super block: what waits in it must keep both, until we let go. When that is is
  /// our own doing, so only the first look is told.
  void look_for_connection(Sample& sample) {
    const bool held = server_->connection_is_there();
    let_go_ = server_->abort();
    // Where the others took so long that the server had gone before, nobody waited in it any more.
    if (!stayed_) return;
    note_check(checks_, "held_while_in_use", held, "released while a task waits in the mount");
    if (!held) fail_sample(sample);
    if (!workshop_.released || is_refused(spec_) || sample.errno_value != 0) return;
    note_release(sample, look_until([this] { return !server_->connection_is_there(); }), false);
    sample.released_ns = kMissing;
  }

  /// Whatever is still stuck or mounted.
  Result<void> clear() {
    if (server_ != nullptr) UMB_TRY(server_->let_go());
    for (CallProcess* one : {umounter_.get(), opener_.get()}) {
      if (one != nullptr && !one->returned(kReturnLimitNs)) {
        return fail("a process of this run can't be ended",
                    "pid " + std::to_string(one->pid()) + " is stuck in the kernel though its server is gone");
      }
    }
    if (mounted_) {
      const int failed = workshop_.door->umount(target_.c_str(), MNT_DETACH);
      if (failed != 0) return fail_errno("cannot unmount " + quoted(target_), failed);
      mounted_ = false;
    }
    server_.reset();
    return others_.take_off();
  }

  Case spec_;
  Workshop workshop_;
  bool destroy_;
  std::string target_, others_folder_;
  OtherUmounts others_;
  std::optional<LoopDevice> device_;
  std::unique_ptr<CallProcess> umounter_, opener_;
  std::unique_ptr<FuseProcess> server_;
  OtherUmounts::Taken before_;
  Result<OtherUmounts::Taken> beside_;
  Result<void> let_go_;
  bool came_ = false, stayed_ = false, refused_ = false, mounted_ = false;
  std::vector<CheckTally> checks_;
};

Needs needs_of(const Case& spec) {
  return {.root = true,
          .file_systems = {is_destroy(spec) ? "fuseblk" : "fuse", "fusectl"},
          .loop_device = is_destroy(spec),
          .modules = {"fuse"}};
}

std::vector<MetricInfo> metrics_of(const Case& spec, const Settings& settings) {
  auto metrics = common_metrics(settings, false, is_refused(spec) ? kNothingReleased : "");
  for (MetricInfo& metric : metrics) {
    // How long it was stuck is this program's doing.
    if (is_destroy(spec)) metric.better = "";
    if (!is_destroy(spec) && !is_refused(spec) && settings.released && metric.name == "released_ns") {
      metric.missing_reason = kUntilLetGo;
    }
  }
  for (size_t phase = 0; phase < kPhaseNames.size(); ++phase) {
    const bool released = phase == kBeforeReleased || phase == kBesideReleased;
    metrics.push_back(
        {kPhaseNames[phase], "ns", "lower", released && !settings.released ? "the second clock was switched off" : ""});
  }
  return metrics;
}

int64_t estimate(const Case& spec) {
  return 8'000'000 + (2 * (OtherUmounts::kWatched + OtherUmounts::kCount) + 1) * (grace_period_guess_ns(spec) + 30'000);
}

}  // namespace

ScenarioEntry stuck_scenario() {
  return {.info = {.name = "stuck",
                   .summary = "a FUSE mount whose server has gone silent is taken off, and others are beside it; while "
                              "kind=destroy is stuck (some ms, at most 2 s), sync(2) of the whole machine hangs too",
                   .parameters = {{.name = "kind",
                                   .summary = "destroy: the umount itself waits, in the release, until it is let go; "
                                              "request: a task waits in an unanswered open, so the release is deferred",
                                   .values = {"destroy", "request"},
                                   .default_value = "destroy",
                                   .always_in_id = true},
                                  mode_parameter(),
                                  rcu_parameter()},
                   .phases = {kPhaseNames.begin(), kPhaseNames.end()}},
          .needs = needs_of,
          .metrics = metrics_of,
          .needs_watch = [](const Case&) { return false; },
          .estimate_ns = estimate,
          .make = [](const Case& spec, const Workshop& workshop) -> std::unique_ptr<Scenario> {
            return std::make_unique<Stuck>(spec, workshop);
          }};
}

}  // namespace umb
