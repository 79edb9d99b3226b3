// SPDX-License-Identifier: Apache-2.0
#include "scenario/umount.h"

#include "base/text.h"
#include "fixture/release_clock.h"
#include "scenario/common_parameters.h"
#include "scenario/holding.h"
#include "scenario/mount_content.h"
#include "scenario/umount_method.h"
#include "sys/make_folder.h"
#include "sys/mount_door.h"

#include <optional>

namespace umb {

namespace {

constexpr const char* kNoTimeOfRefused = "an umount that was refused (ebusy=1) would count as a quick one";

std::vector<std::string> file_system_names() {
  std::vector<std::string> names;
  for (const FileSystemInfo& info : file_systems()) names.push_back(info.name);
  return names;
}

const FileSystemInfo& file_system_of(const Case& spec) {
  return *find_file_system(spec.value("fs"));
}

class Umount final : public Scenario {
 public:
  Umount(const Case& spec, const Workshop& workshop)
      : spec_(spec),
        workshop_(workshop),
        mount_door_(spec.value("api") == "fsmount" ? *workshop.fsmount_door : *workshop.door),
        target_(workshop.folder + "/m"),
        files_(spec.number("files")),
        dirty_bytes_(spec.number("dirty_bytes")),
        holding_(spec) {}

  Result<void> setup() override {
    UMB_TRY(make_folder(target_));
    const FileSystemInfo& info = file_system_of(spec_);
    UMB_ASSIGN(const std::string images, image_folder(spec_, workshop_));
    UMB_ASSIGN(file_system_, workshop_.fixtures->get(info, dirty_bytes_, files_, images));
    UMB_ASSIGN(method_,
               make_umount_method(spec_.value("method"), target_, spec_.value("mode") == "lazy", *workshop_.door));
    UMB_TRY(holding_.build({.target = target_, .outside = workshop_.folder + "/out", .door = workshop_.door}));
    if (workshop_.released && info.release != ReleaseSignal::kNone) {
      release_.emplace(info.release, file_system_->device(), workshop_.watch);
    }
    return {};
  }

  Result<void> prepare(bool watched) override {
    watched_ = watched;
    UMB_TRY(watched ? file_system_->mount_watched(mount_door_, target_, *release_)
                    : file_system_->mount(mount_door_, target_));
    mounted_ = true;
    UMB_TRY(fill_mount(target_, files_, dirty_bytes_));
    UMB_TRY(holding_.hold());
    return method_->prepare();
  }

  CallOutcome measure(Sample&) override { return method_->execute(); }

  Result<void> conclude(Sample& sample) override {
    if (!holding_.refused(sample) && sample.errno_value == 0) {
      mounted_ = false;
      UMB_TRY(holding_.let_go_if_lazy());
      if (release_.has_value() && (watched_ || file_system_of(spec_).release == ReleaseSignal::kExclusiveOpen)) {
        release_->note(sample, workshop_.release_limit_ns);
        holding_.looked(sample);
      }
    }
    method_->conclude();
    UMB_TRY(holding_.let_go());
    UMB_TRY(take_off());
    return watch_echoes(sample) ? shake_off_the_watch() : Result<void>();
  }

  std::vector<CheckTally> take_checks() override { return holding_.take_checks(); }

  Result<void> cleanup() override {
    const Result<void> let_go = holding_.let_go();
    UMB_TRY(take_off());
    return let_go;
  }

 private:
  /// The first umount after a watched one takes some 25 us longer, the second one still shows it: so neither of them is
  /// a sample. Not by waiting, which would end the run of umounts that follow back to back. Where each waits for a
  /// normal grace period nobody would see it, and umounts in between would shift the phase of those that follow.
  Result<void> shake_off_the_watch() {
    for (int i = 0; i < kUmountsAfterWatch; ++i) {
      UMB_TRY(file_system_->mount(mount_door_, target_));
      mounted_ = true;
      UMB_TRY(take_off());
    }
    return {};
  }

  /// What is still mounted goes before the next sample, outside of any stopwatch.
  Result<void> take_off() {
    if (!mounted_) return {};
    const int failed = workshop_.door->umount(target_.c_str(), MNT_DETACH);
    if (failed != 0) return fail_errno("cannot unmount " + quoted(target_) + " between two samples", failed);
    mounted_ = false;
    return {};
  }

  Case spec_;
  Workshop workshop_;
  MountDoor& mount_door_;
  std::string target_;
  int64_t files_;
  int64_t dirty_bytes_;
  Holding holding_;
  FileSystem* file_system_ = nullptr;
  std::unique_ptr<UmountMethod> method_;
  std::optional<ReleaseClock> release_;
  bool watched_ = false;
  bool mounted_ = false;
};

Needs needs_of(const Case& spec) {
  Needs needs = file_system_needs(spec);
  if (spec.value("method") == "exec") needs.programs.emplace_back("umount");
  needs.new_mount_api = spec.value("api") == "fsmount";
  if (needs.impossible.empty()) {
    needs.impossible = cannot_hold(file_system_of(spec), spec.number("dirty_bytes"), spec.number("files"));
  }
  if (needs.impossible.empty()) needs.impossible = cannot_be_held(spec, file_system_of(spec));
  return needs;
}

bool watch_needed(const Case& spec) {
  return file_system_of(spec).release == ReleaseSignal::kUnmountEvent && !always_refused(spec);
}

std::vector<MetricInfo> metrics_of(const Case& spec, const Settings& settings) {
  const FileSystemInfo& info = file_system_of(spec);
  const bool watched = watch_needed(spec);
  std::string reason;
  if (info.release == ReleaseSignal::kNone)
    reason = info.no_release_reason;
  else if (always_refused(spec))
    reason = "a plain umount of a mount that is held is refused: nothing is released";
  else if (watched)
    reason = "only a watched sample tells when the super block goes";
  std::vector<MetricInfo> metrics = common_metrics(settings, watched, reason);
  if (!sometimes_refused(spec)) return metrics;
  for (MetricInfo& metric : metrics) {
    if (metric.name == "released_ns" || metric.name == "released_at_return") continue;
    metric.missing_reason += (metric.missing_reason.empty() ? "" : "; ") + std::string(kNoTimeOfRefused);
  }
  metrics.push_back({kEbusyColumn, "1", "lower", ""});
  return metrics;
}

int64_t estimate(const Case& spec) {
  const FileSystemInfo& info = file_system_of(spec);
  int64_t guess = info.grace_periods * grace_period_guess_ns(spec) + info.guess_ns + 50'000;
  if (spec.value("method") == "exec") guess += 2'000'000;
  return guess + spec.number("files") * 10'000 + spec.number("dirty_bytes");
}

}  // namespace

ScenarioEntry umount_scenario() {
  return {
      .info = {.name = "umount",
               .summary = "one mount, made outside the stopwatch, is taken off",
               .parameters = {{.name = "fs",
                               .summary = "what is mounted",
                               .values = file_system_names(),
                               .default_value = "tmpfs",
                               .always_in_id = true},
                              mode_parameter(),
                              {.name = "method",
                               .summary = "umount2 itself, libmount, or the umount program",
                               .values = {"syscall", "libmount", "exec"},
                               .default_value = "syscall",
                               .always_in_id = true},
                              rcu_parameter(),
                              {.name = "files",
                               .summary = "empty files in it",
                               .default_value = "0",
                               .minimum = 0,
                               .maximum = 100'000},
                              {.name = "dirty_bytes",
                               .summary = "bytes written to it and not synced",
                               .default_value = "0",
                               .minimum = 0,
                               .maximum = 1'073'741'824},
                              backing_parameter(),
                              {.name = "api",
                               .summary = "how the mount is made: by mount(2), or by fsopen, fsmount and move_mount",
                               .values = {"mount", "fsmount"},
                               .default_value = "mount"},
                              holder_parameter()},
               .phases = {kEbusyColumn}},
      .needs = needs_of,
      .metrics = metrics_of,
      .needs_watch = watch_needed,
      .estimate_ns = estimate,
      .has_phases = sometimes_refused,
      .make = [](const Case& spec, const Workshop& workshop) -> std::unique_ptr<Scenario> {
        return std::make_unique<Umount>(spec, workshop);
      }};
}

}  // namespace umb
