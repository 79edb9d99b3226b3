// SPDX-License-Identifier: Apache-2.0
// Stuck umounts on the real kernel, in a sandbox, as in a worker.
#include "base/clock.h"
#include "fixture/fuse_process.h"
#include "fixture/in_sandbox.h"
#include "fixture/state_folder.h"
#include "scenario/other_umounts.h"
#include "scenario/stuck.h"
#include "scenario/test_case.h"
#include "sys/private_mounts.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

namespace umb {
namespace {

class StuckOnTheKernel : public ::testing::Test {
 protected:
  void SetUp() override {
    if (::geteuid() != 0) GTEST_SKIP() << "needs root";
    for (const char* kind : {"destroy", "request"}) {
      const std::string reason = lacking(stuck_scenario().needs(case_of(stuck_scenario(), {{"kind", kind}})));
      if (!reason.empty()) GTEST_SKIP() << reason;
    }
    if (::access("/dev/fuse", F_OK) != 0) GTEST_SKIP() << "/dev/fuse is not there";
  }
};

/// Takes the umounts of others through, but from one of them on each is late: of a sample, so many come before the
/// stuck one.
constexpr int kOthersBefore = OtherUmounts::kWatched + OtherUmounts::kCount;
class LateDoor final : public MountDoor {
 public:
  Result<void> mount(const MountRequest& request) override { return real_.mount(request); }
  int umount(const char* target, int flags) override {
    if (std::string(target).ends_with("/beside") && ++others > late_from) sleep_ns(late_ns);
    return real_.umount(target, flags);
  }
  int64_t late_ns = 0;
  int late_from = 0;
  int others = 0;

 private:
  KernelMountDoor real_;
};

/// Three samples; each is handed to `judge`, which says "" or what was wrong.
std::string three_samples(const std::vector<Parameter>& chosen, const std::function<std::string(const Sample&)>& judge,
                          int64_t late_ns = 0, int late_from = 0) {
  return in_sandbox([&](const std::string& folder) -> std::string {
    const auto state = StateFolder::open(folder + "/state");
    const auto run = state->make_run();
    Ledger ledger = Ledger::create(*run).value();
    LateDoor door;
    door.late_ns = late_ns;
    door.late_from = late_from;
    auto watch = UnmountWatch::open();
    const auto scenario = stuck_scenario().make(
        case_of(stuck_scenario(), chosen),
        {.folder = folder, .door = &door, .watch = &*watch, .release_limit_ns = 5'000'000'000, .ledger = &ledger});
    if (const auto done = scenario->setup(); !done.has_value()) return "setup: " + done.error().text();
    const size_t mounts = mount_points()->size();
    for (int i = 0; i < 3; ++i) {
      if (const auto done = scenario->prepare(false); !done.has_value()) return "prepare: " + done.error().text();
      if (load_ledger(*run)->items.size() != 1) return "not in the ledger";
      Sample sample;
      const CallOutcome outcome = scenario->measure(sample);
      sample.errno_value = outcome.errno_value;
      sample.started_at_ns = outcome.started_at_ns;
      sample.return_ns = outcome.return_ns;
      if (const auto done = scenario->conclude(sample); !done.has_value()) return "conclude: " + done.error().text();
      if (sample.errno_value != 0) return errno_text(sample.errno_value);
      for (const CheckTally& check : scenario->take_checks()) {
        if (check.failed > 0) return check.name + ": " + check.first_failure;
      }
      if (sample.not_released) return "not released";
      if (const std::string wrong = judge(sample); !wrong.empty()) return wrong;
      if (!load_ledger(*run)->items.empty()) return "left in the ledger";
      if (mount_points()->size() != mounts) return "left a mount";
    }
    if (const auto done = scenario->cleanup(); !done.has_value()) return "cleanup: " + done.error().text();
    return "well";
  });
}

TEST_F(StuckOnTheKernel, a_umount_without_its_servers_answer_waits_until_it_is_let_go_while_others_go_on) {
  for (const char* mode : {"plain", "lazy"}) {
    EXPECT_EQ(three_samples({{"kind", "destroy"}, {"mode", mode}},
                            [](const Sample& sample) -> std::string {
                              // Twenty others came and went meanwhile.
                              if (sample.phases[2] <= 0 || sample.return_ns < 20 * sample.phases[2] / 2)
                                return "not stuck";
                              if (sample.phases[5] <= 0) return "no release of others";
                              return sample.phases[3] < sample.return_ns ? "" : "others were held up";
                            }),
              "well")
        << mode;
  }
}

/// Mounts, and says that it could not.
class LyingDoor final : public MountDoor {
 public:
  Result<void> mount(const MountRequest& request) override {
    UMB_TRY(real_.mount(request));
    return fail("made-up trouble");
  }
  int umount(const char* target, int flags) override { return real_.umount(target, flags); }

 private:
  KernelMountDoor real_;
};

TEST_F(StuckOnTheKernel, a_server_that_could_not_be_started_leaves_no_mount) {
  const std::string told = in_sandbox([](const std::string& folder) -> std::string {
    const auto state = StateFolder::open(folder + "/state");
    const auto run = state->make_run();
    Ledger ledger = Ledger::create(*run).value();
    LyingDoor door;
    const std::string target = folder + "/m";
    if (::mkdir(target.c_str(), 0700) != 0) return "mkdir";
    const size_t mounts = mount_points()->size();
    const auto server =
        FuseProcess::start({.silence = FuseSilence::kOpen, .target = target, .door = &door, .ledger = &ledger});
    if (server.has_value()) return "started";
    return mount_points()->size() == mounts ? server.error().what : "left a mount";
  });
  EXPECT_EQ(told, "made-up trouble");
}

TEST_F(StuckOnTheKernel, the_umount_is_held_as_long_as_the_others_take) {
  EXPECT_EQ(three_samples(
                {{"kind", "destroy"}},
                [](const Sample& sample) {
                  return sample.return_ns > 20 * 5'000'000 && sample.phases[2] > 5'000'000 ? "" : "others unseen";
                },
                5'000'000),
            "well");
}

TEST_F(StuckOnTheKernel, others_that_take_too_long_beside_it_fail_their_check_and_do_not_keep_it_stuck_for_longer) {
  for (const char* mode : {"plain", "lazy"}) {
    const std::string told = three_samples(
        {{"kind", "destroy"}, {"mode", mode}}, [](const Sample&) { return "measured"; }, 2'500'000'000, kOthersBefore);
    EXPECT_THAT(told, ::testing::MatchesRegex(
                          "others_not_held_up: another umount took (2\\.[5-9]|[3-9]\\.|[1-9][0-9]\\.)[0-9]* ?s.*"))
        << mode;
  }
}

TEST_F(StuckOnTheKernel, others_that_take_as_long_without_it_are_not_held_up_by_it) {
  const std::string told = three_samples(
      {{"kind", "request"}, {"mode", "lazy"}}, [](const Sample&) { return "measured"; }, 1'100'000'000);
  EXPECT_EQ(told, "measured");
}

TEST_F(StuckOnTheKernel, a_lazy_umount_of_a_mount_that_a_task_waits_in_returns_and_is_released_only_afterwards) {
  EXPECT_EQ(three_samples({{"kind", "request"}, {"mode", "lazy"}},
                          [](const Sample& sample) -> std::string {
                            if (sample.released_at_return != 0) return "released at once";
                            return sample.released_ns == kMissing ? "" : "a time of this program's own doing";
                          }),
            "well");
}

TEST_F(StuckOnTheKernel, a_plain_umount_of_a_mount_that_a_task_waits_in_is_refused) {
  EXPECT_EQ(three_samples({{"kind", "request"}, {"mode", "plain"}},
                          [](const Sample& sample) { return sample.released_ns == kMissing ? "" : "released"; }),
            "well");
}

}  // namespace
}  // namespace umb
