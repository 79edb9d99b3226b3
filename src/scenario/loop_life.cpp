// SPDX-License-Identifier: Apache-2.0
#include "scenario/loop_life.h"

#include "base/clock.h"
#include "base/text.h"
#include "fixture/image.h"
#include "fixture/release_clock.h"
#include "scenario/common_parameters.h"
#include "sys/loop_device.h"
#include "sys/make_folder.h"
#include "sys/mount_door.h"

#include <array>
#include <cerrno>
#include <optional>
#include <utility>

namespace umb {

namespace {

constexpr int64_t kLookAgainNs = 1'000'000;
enum Phase : size_t { kAttach, kMount, kUmount, kDetach };
constexpr std::array<const char*, 4> kPhaseNames{"attach_ns", "mount_ns", "umount_ns", "detach_ns"};

/// With autoclear=off a descriptor of ours outlives the umount, and the detach is its close; with autoclear=on nothing
/// but the mount holds the device, and the detach falls into the umount. The kernel's flag is set either way, so that a
/// kill leaves nothing.
class LoopLife final : public Scenario {
 public:
  LoopLife(const Case& spec, const Workshop& workshop)
      : spec_(spec),
        workshop_(workshop),
        recipe_(find_file_system(spec.value("fs"))->image({.folder = workshop.folder})),
        target_(workshop.folder + "/m"),
        flags_(umount_flags(spec)),
        hold_(spec.value("autoclear") == "off") {}

  Result<void> setup() override {
    UMB_TRY(make_folder(target_));
    UMB_ASSIGN(const std::string folder, image_folder(spec_, workshop_));
    image_ = folder + "/loop-life-" + recipe_.type + ".img";
    return make_image(image_, recipe_);
  }
  Result<void> prepare(bool) override { return {}; }

  CallOutcome measure(Sample& sample) override {
    const int64_t start_ns = monotonic_ns();
    Result<LoopDevice> attached = LoopDevice::attach(image_);
    const int64_t attached_ns = monotonic_ns();
    if (!attached.has_value()) return {.errno_value = error_number(attached.error())};
    device_.emplace(std::move(*attached));
    const Result<void> mounted = workshop_.door->mount(mount_of(recipe_, device_->path(), target_));
    const int64_t mounted_ns = monotonic_ns();
    if (!mounted.has_value()) return {.errno_value = error_number(mounted.error())};
    mounted_ = true;
    if (!hold_) device_->close_ours();
    const int64_t before_umount_ns = monotonic_ns();
    const int failed = workshop_.door->umount(target_.c_str(), flags_);
    const int64_t unmounted_ns = monotonic_ns();
    if (failed != 0) return {.errno_value = failed};
    mounted_ = false;
    device_->close_ours();
    const int64_t detached_ns = monotonic_ns();
    sample.phases[kAttach] = attached_ns - start_ns;
    sample.phases[kMount] = mounted_ns - attached_ns;
    sample.phases[kUmount] = unmounted_ns - before_umount_ns;
    if (hold_) sample.phases[kDetach] = detached_ns - unmounted_ns;
    return {};
  }

  Result<void> conclude(Sample& sample) override {
    if (sample.errno_value == 0 && workshop_.released) look_for_release(sample);
    return cleanup();
  }

  std::vector<CheckTally> take_checks() override { return std::exchange(checks_, {}); }

  Result<void> cleanup() override {
    if (mounted_) {
      const int failed = workshop_.door->umount(target_.c_str(), MNT_DETACH);
      if (failed != 0) return fail_errno("cannot unmount " + quoted(target_) + " after a failed sample", failed);
      mounted_ = false;
    }
    device_.reset();
    return {};
  }

 private:
  static int error_number(const Error& error) { return error.errno_value != 0 ? error.errno_value : EIO; }

  void look_for_release(Sample& sample) {
    bool attached = loop_attached(device_->path());
    int64_t look_ns = monotonic_ns();
    sample.released_at_return = attached ? 0 : 1;
    // A descriptor of somebody else's, as of udev's, keeps it attached, and opens not exclusively: only a mount does.
    const bool mounted = attached && !opens_exclusively(device_->path());
    note_check(checks_, "released_at_return", !mounted,
               "the umount worked, and its file system still had the device when all was over");
    const int64_t deadline_ns = look_ns + workshop_.release_limit_ns;
    while (attached && look_ns < deadline_ns) {
      sleep_ns(kLookAgainNs);
      attached = loop_attached(device_->path());
      look_ns = monotonic_ns();
    }
    note_release(sample, attached ? 0 : look_ns, sample.released_at_return == 1);
  }

  Case spec_;
  Workshop workshop_;
  ImageRecipe recipe_;
  std::string image_;
  std::string target_;
  int flags_;
  bool hold_;
  std::optional<LoopDevice> device_;
  bool mounted_ = false;
  std::vector<CheckTally> checks_;
};

std::vector<std::string> names_with_image() {
  std::vector<std::string> names;
  for (const FileSystemInfo& info : file_systems()) {
    if (info.image != nullptr) names.push_back(info.name);
  }
  return names;
}

int64_t estimate(const Case& spec) {
  const FileSystemInfo& info = *find_file_system(spec.value("fs"));
  return 1'000'000 + info.guess_ns + grace_period_guess_ns(spec) * (1 + 2 * info.grace_periods) / 2;
}

}  // namespace

ScenarioEntry loop_life_scenario() {
  return {
      .info = {.name = "loop",
               .summary = "the life of a loop device: attach, mount, umount, detach, each timed as a phase",
               .parameters = {{.name = "fs",
                               .summary = "what is in the image",
                               .values = names_with_image(),
                               .default_value = "ext4",
                               .always_in_id = true},
                              mode_parameter(),
                              rcu_parameter(),
                              {.name = "autoclear",
                               .summary = "off: our descriptor outlives the umount, the detach is a phase of its own; "
                                          "on: the detach falls into the umount",
                               .values = {"off", "on"},
                               .default_value = "off"},
                              backing_parameter()},
               .phases = {kPhaseNames.begin(), kPhaseNames.end()}},
      .needs = file_system_needs,
      .metrics =
          [](const Case& spec, const Settings& settings) {
            auto metrics = common_metrics(settings, false, "");
            for (size_t phase = 0; phase < kPhaseNames.size(); ++phase) {
              const bool hidden = phase == kDetach && spec.value("autoclear") == "on";
              metrics.push_back({kPhaseNames[phase], "ns", "lower", hidden ? "the detach falls into the umount" : ""});
            }
            return metrics;
          },
      .needs_watch = [](const Case&) { return false; },
      .estimate_ns = estimate,
      .make = [](const Case& spec, const Workshop& workshop) -> std::unique_ptr<Scenario> {
        return std::make_unique<LoopLife>(spec, workshop);
      }};
}

}  // namespace umb
