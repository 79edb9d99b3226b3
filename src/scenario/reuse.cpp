// SPDX-License-Identifier: Apache-2.0
#include "scenario/reuse.h"

#include "base/clock.h"
#include "base/file.h"
#include "base/text.h"
#include "base/unique_fd.h"
#include "scenario/common_parameters.h"
#include "scenario/other_umounts.h"
#include "scenario/reuse_device.h"
#include "scenario/reuse_loop.h"
#include "scenario/reuse_words.h"
#include "sys/device_openers.h"
#include "sys/kernel_log.h"
#include "sys/make_folder.h"

#include <cerrno>
#include <optional>

#include <fcntl.h>
#include <unistd.h>

namespace umb {

namespace {

constexpr int64_t kLookAgainNs = 1'000'000;
constexpr int64_t kAloneLookNs = 20'000'000;
constexpr int64_t kAloneLimitNs = 2'000'000'000;
constexpr int kAloneLooks = 5;
/// mkfs, its mount, and half of an e2fsck, roughly.
constexpr int64_t kRoundNs = 18'000'000;
enum Phase : size_t { kRound, kMkfs, kMount, kUmountMedian, kUmountMost };
constexpr std::array<const char*, 5> kPhaseNames{"per_round_ns", "mkfs_p50_ns", "mount_p50_ns", "umount_p50_ns",
                                                 "umount_max_ns"};

Result<void> make_empty_image(const std::string& path) {
  // Never the file of a worker that was killed: its loop device may still read from that.
  if (::unlink(path.c_str()) != 0 && errno != ENOENT) return fail_errno("cannot remove " + quoted(path), errno);
  const UniqueFd fd(::open(path.c_str(), O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600));
  if (fd.valid() && ::ftruncate(fd.get(), kReuseImageBytes) == 0) return {};
  return fail_errno("cannot make the image " + quoted(path), errno);
}

class Reuse final : public Scenario {
 public:
  Reuse(const Case& spec, const Workshop& workshop)
      : spec_(spec),
        workshop_(workshop),
        target_(workshop.folder + "/m"),
        rounds_(spec.number("rounds")),
        once_(spec.value("device") == "same_loop"),
        kept_fd_(spec.value("control") == "kept_fd") {}

  Result<void> setup() override {
    UMB_TRY(make_folder(target_));
    UMB_ASSIGN(const std::string folder, image_folder(spec_, workshop_));
    image_ = folder + "/reuse-" + spec_.value("device") + "-" + std::to_string(std::hash<std::string>{}(spec_.id));
    UMB_TRY(make_empty_image(image_));
    UMB_TRY(attach());
    loop_.emplace(ReuseParts{.door = workshop_.door,
                             .device = device_.get(),
                             .image = image_,
                             .target = target_,
                             .mkfs = find_program("mkfs.ext4"),
                             .e2fsck = find_program("e2fsck"),
                             .umount_flags = umount_flags(spec_)});
    // Without it the checks say less, but what they say is true all the same.
    Result<KernelLog> log = KernelLog::open();
    if (log.has_value()) log_.emplace(std::move(*log));
    return {};
  }

  Result<void> prepare(bool) override {
    if (log_.has_value()) log_->skip();
    return {};
  }

  CallOutcome measure(Sample&) override {
    outcome_ = loop_->run(rounds_);
    return {.errno_value = outcome_.failure.has_value() ? outcome_.failure->errno_value : 0};
  }

  Result<void> conclude(Sample& sample) override {
    ReuseEvidence evidence{.kernel_log_read = log_.has_value(), .kept_fd = kept_fd_};
    if (outcome_.failure.has_value() && !outcome_.devices.empty()) {
      evidence.others = find_openers(workshop_.host_processes, "/dev/" + *outcome_.devices.rbegin());
    }
    if (log_.has_value()) evidence.kernel = of_devices(log_->take(), outcome_.devices);
    note_reuse(outcome_, evidence, checks_);
    UMB_TRY(loop_->take_off());
    note_check(checks_, "detached", was_detached(), "a loop device still reads from the image after the last umount");
    if (sample.errno_value != 0) return {};
    sample.phases[kRound] = sample.return_ns == kMissing ? kMissing : sample.return_ns / rounds_;
    sample.phases[kMkfs] = median_of(outcome_.mkfs_ns);
    sample.phases[kMount] = median_of(outcome_.mount_ns);
    sample.phases[kUmountMedian] = median_of(outcome_.umount_ns);
    sample.phases[kUmountMost] = longest_of(outcome_.umount_ns);
    return {};
  }

  std::vector<CheckTally> take_checks() override { return std::exchange(checks_, {}); }

  Result<void> cleanup() override {
    if (loop_.has_value()) UMB_TRY(loop_->take_off());
    if (device_ == nullptr) return {};
    UMB_TRY(device_->end());
    device_.reset();
    ::unlink(image_.c_str());
    return {};
  }

 private:
  Result<void> attach() {
    if (!once_) {
      device_ = attach_each_time(image_);
      return {};
    }
    if (workshop_.ledger == nullptr) return fail("cannot attach a loop device for good", "the run has no ledger");
    UMB_ASSIGN(device_, attach_once(image_, *workshop_.ledger, kept_fd_));
    UMB_ASSIGN(const std::string path, device_->attach());
    wait_until_alone(path);
    return {};
  }

  /// udev looks into each new device: not while the rounds go on.
  void wait_until_alone(const std::string& path) const {
    int alone = 0;
    for (const int64_t end_ns = monotonic_ns() + kAloneLimitNs; alone < kAloneLooks && monotonic_ns() < end_ns;) {
      const DeviceOpeners others = find_openers(workshop_.host_processes, path);
      if (others.open.empty() && !others.udev_runs) return;
      alone = others.open.empty() ? alone + 1 : 0;
      sleep_ns(kAloneLookNs);
    }
  }

  /// At the latest when udev, which may be looking into it, has closed it.
  [[nodiscard]] bool was_detached() const {
    const int64_t end_ns = monotonic_ns() + workshop_.release_limit_ns;
    while (device_->left_attached()) {
      if (monotonic_ns() >= end_ns) return false;
      sleep_ns(kLookAgainNs);
    }
    return true;
  }

  Case spec_;
  Workshop workshop_;
  std::string image_;
  std::string target_;
  int64_t rounds_;
  bool once_;
  bool kept_fd_;
  std::unique_ptr<ReuseDevice> device_;
  std::optional<ReuseLoop> loop_;
  std::optional<KernelLog> log_;
  ReuseOutcome outcome_;
  std::vector<CheckTally> checks_;
};

Needs needs_of(const Case& spec) {
  Needs needs{.root = true, .file_systems = {"ext4"}, .programs = {"mkfs.ext4", "e2fsck"}, .loop_device = true};
  needs.disk_folder = spec.value("backing") == "dir";
  if (spec.value("control") == "kept_fd" && spec.value("device") != "same_loop") {
    needs.impossible = "control=kept_fd goes with device=same_loop: each other device has a page cache of its own";
  }
  return needs;
}

std::vector<MetricInfo> metrics_of(const Case&, const Settings& settings) {
  auto metrics = common_metrics(settings, false, "whether all was free at once is what the checks tell");
  for (const char* phase : kPhaseNames) metrics.push_back({phase, "ns", "lower", ""});
  return metrics;
}

int64_t estimate(const Case& spec) {
  return spec.number("rounds") * (kRoundNs + grace_period_guess_ns(spec) * 3 / 2);
}

}  // namespace

ScenarioEntry reuse_scenario() {
  return {.info = {.name = "reuse",
                   .summary = "a check: an image is made, mounted, written to and taken off, at once again and again; "
                              "return_ns is all rounds together",
                   .parameters = {{.name = "device",
                                   .summary = "same_file: a loop device attached anew each time; same_loop: attached "
                                              "once, and mkfs on the file below it",
                                   .values = {"same_file", "same_loop"},
                                   .default_value = "same_file",
                                   .always_in_id = true},
                                  {.name = "mode",
                                   .summary = "plain (umount2 without flags) or lazy (MNT_DETACH)",
                                   .values = {"plain", "lazy"},
                                   .default_value = "lazy"},
                                  rcu_parameter(),
                                  {.name = "rounds",
                                   .summary = "in one sample, without a pause",
                                   .default_value = "100",
                                   .minimum = 1,
                                   .maximum = 1'000},
                                  backing_parameter(),
                                  {.name = "control",
                                   .summary = "kept_fd: a descriptor is kept open on the device, with which the check "
                                              "must fail on every kernel; never to be compared",
                                   .values = {"none", "kept_fd"},
                                   .default_value = "none"}},
                   .phases = {kPhaseNames.begin(), kPhaseNames.end()}},
          .needs = needs_of,
          .metrics = metrics_of,
          .needs_watch = [](const Case&) { return false; },
          .estimate_ns = estimate,
          .make = [](const Case& spec, const Workshop& workshop) -> std::unique_ptr<Scenario> {
            return std::make_unique<Reuse>(spec, workshop);
          }};
}

}  // namespace umb
