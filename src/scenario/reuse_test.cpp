// SPDX-License-Identifier: Apache-2.0
#include "scenario/reuse_loop.h"
#include "scenario/reuse_words.h"
#include "testing/temporary_folder.h"

#include <cerrno>
#include <filesystem>
#include <fstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace umb {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

/// Mounts nothing: what is written to the mount point stays there.
class FakeDoor final : public MountDoor {
 public:
  Result<void> mount(const MountRequest& request) override {
    log->push_back("mount " + request.source);
    if (++mounts == busy_at) return fail_errno("cannot mount", EBUSY);
    if (mounts == broken_at) return fail_errno("cannot mount", EUCLEAN);
    return {};
  }
  int umount(const char* target, int flags) override {
    log->push_back(flags == MNT_DETACH ? "lazy" : "plain");
    if (corrupts) std::ofstream(std::string(target) + "/content") << "old";
    return 0;
  }
  std::vector<std::string>* log = nullptr;
  int mounts = 0, busy_at = 0, broken_at = 0;
  bool corrupts = false;
};

class FakeDevice final : public ReuseDevice {
 public:
  Result<std::string> attach() override {
    held = true;
    return "/dev/loop7";
  }
  void let_go() override { held = false; }
  Result<void> end() override { return {}; }
  bool held = false;
};

class ReuseTest : public ::testing::Test {
 protected:
  ReuseTest() {
    door_.log = &log_;
    loop_.emplace(ReuseParts{.door = &door_,
                             .device = &device_,
                             .run = [this](const std::vector<std::string>& arguments) -> Result<ProgramResult> {
                               log_.push_back(arguments[0]);
                               arguments_.push_back(arguments);
                               return arguments[0] == "mkfs" ? mkfs_ : e2fsck_;
                             },
                             .image = "image",
                             .target = folder_.path(),
                             .mkfs = "mkfs",
                             .e2fsck = "e2fsck"});
  }

  static const CheckTally& check(const std::vector<CheckTally>& checks, const std::string& name) {
    return *std::ranges::find(checks, name, &CheckTally::name);
  }
  static std::vector<CheckTally> checks_of(const ReuseOutcome& outcome, const ReuseEvidence& evidence = {}) {
    std::vector<CheckTally> checks;
    note_reuse(outcome, evidence, checks);
    return checks;
  }
  static int64_t failures(const std::vector<CheckTally>& checks) {
    int64_t failed = 0;
    for (const CheckTally& one : checks) failed += one.failed;
    return failed;
  }

  TemporaryFolder folder_;
  std::vector<std::string> log_;
  std::vector<std::vector<std::string>> arguments_;
  ProgramResult mkfs_, e2fsck_;
  FakeDoor door_;
  FakeDevice device_;
  std::optional<ReuseLoop> loop_;
};

TEST_F(ReuseTest, makes_the_file_system_again_at_once_after_one_umount_and_looks_at_it_at_once_after_the_next) {
  const ReuseOutcome outcome = loop_->run(3);
  EXPECT_FALSE(outcome.failure.has_value());
  EXPECT_FALSE(device_.held);
  EXPECT_THAT(log_, ElementsAre("mkfs", "mount /dev/loop7", "lazy",                                        //
                                "mkfs", "mount /dev/loop7", "lazy", "e2fsck", "mount /dev/loop7", "lazy",  //
                                "mkfs", "mount /dev/loop7", "lazy", "e2fsck", "mount /dev/loop7", "lazy"));
  EXPECT_EQ(outcome.umount_ns.size(), 3U);
  EXPECT_THAT(outcome.devices, ElementsAre("loop7"));
  const auto checks = checks_of(outcome);
  EXPECT_EQ(failures(checks), 0);
  EXPECT_EQ(check(checks, "mount").looked, 5);
  EXPECT_EQ(check(checks, "content").looked, 2);
}

TEST_F(ReuseTest, gives_each_round_other_sizes_than_the_one_before) {
  ASSERT_FALSE(loop_->run(8).failure.has_value());
  std::string before;
  int made = 0;
  for (const auto& arguments : arguments_) {
    if (arguments[0] != "mkfs") continue;
    ++made;
    const std::string sizes = arguments[4] + " " + arguments.back();
    EXPECT_NE(sizes, before);
    before = sizes;
  }
  EXPECT_EQ(made, 8);
}

TEST_F(ReuseTest, fails_when_what_was_written_is_not_there_afterwards) {
  door_.corrupts = true;
  const ReuseOutcome outcome = loop_->run(10);
  ASSERT_TRUE(outcome.failure.has_value());
  EXPECT_EQ(outcome.failure->step, ReuseStep::kContent);
  EXPECT_EQ(outcome.failure->round, 2);
  const auto checks = checks_of(outcome);
  EXPECT_EQ(failures(checks), 1);
  EXPECT_THAT(check(checks, "content").first_failure, HasSubstr("round 2: the file written is shorter"));
  door_.log->clear();
  EXPECT_TRUE(loop_->take_off().has_value());
  EXPECT_THAT(log_, ElementsAre("lazy"));
}

TEST_F(ReuseTest, one_busy_mount_ends_the_rounds_and_is_never_tried_again) {
  door_.busy_at = 4;  // the second of round 3 would be the sixth
  const ReuseOutcome outcome = loop_->run(10);
  ASSERT_TRUE(outcome.failure.has_value());
  EXPECT_EQ(outcome.failure->round, 3);
  EXPECT_EQ(outcome.failure->errno_value, EBUSY);
  EXPECT_EQ(door_.mounts, 4);
  const auto checks = checks_of(outcome);
  EXPECT_EQ(check(checks, "not_busy").failed, 1);
  EXPECT_EQ(check(checks, "mount").failed, 0);
  log_.clear();
  EXPECT_TRUE(device_.held);
  EXPECT_TRUE(loop_->take_off().has_value());
  EXPECT_FALSE(device_.held);
  EXPECT_TRUE(log_.empty()) << "nothing is mounted";
}

TEST_F(ReuseTest, a_mount_error_is_told_with_its_round) {
  door_.broken_at = 2;
  const auto checks = checks_of(loop_->run(10));
  EXPECT_EQ(failures(checks), 1);
  EXPECT_THAT(check(checks, "mount").first_failure, HasSubstr("round 2: cannot mount: Structure needs cleaning"));
}

TEST_F(ReuseTest, mkfs_that_finds_the_file_busy_counts_as_busy) {
  mkfs_ = {.exit_code = 1, .output = "mke2fs 1.47.0 (5-Feb-2023)\nimage: Device or resource busy\n"};
  const auto checks = checks_of(loop_->run(10));
  EXPECT_EQ(check(checks, "not_busy").failed, 1);
  EXPECT_THAT(check(checks, "not_busy").first_failure,
              HasSubstr("round 1: mkfs.ext4 on the file: exit code 1: image: Device or resource busy"));
}

TEST_F(ReuseTest, a_file_system_that_e2fsck_finds_fault_with_fails) {
  e2fsck_ = {.exit_code = 4, .output = "e2fsck 1.47.0 (5-Feb-2023)\nPass 1: Checking inodes\n"};
  const auto checks = checks_of(loop_->run(10));
  EXPECT_EQ(check(checks, "e2fsck").failed, 1);
  EXPECT_THAT(check(checks, "e2fsck").first_failure, HasSubstr("exit code 4: Pass 1: Checking inodes"));
}

TEST_F(ReuseTest, a_journal_that_must_be_recovered_fails_however_well_the_rest_looks) {
  e2fsck_ = {.output = "Warning: skipping journal recovery because doing a read-only filesystem check.\n"};
  EXPECT_EQ(check(checks_of(loop_->run(2)), "e2fsck").failed, 1);
}

ReuseOutcome failed_mount() {
  ReuseOutcome outcome;
  outcome.looked[static_cast<size_t>(ReuseStep::kMount)] = 7;
  outcome.failure = {.step = ReuseStep::kMount, .round = 7, .what = "cannot mount", .errno_value = EUCLEAN};
  outcome.devices = {"loop1"};
  return outcome;
}

std::string words_of(const ReuseEvidence& evidence) {
  std::vector<CheckTally> checks;
  note_reuse(failed_mount(), evidence, checks);
  return std::ranges::find(checks, "mount", &CheckTally::name)->first_failure;
}

TEST(ReuseWordsTest, carry_the_kernels_own_message) {
  const auto messages =
      of_devices({{3, "EXT4-fs (loop12): other"}, {6, "loop1: detected"}, {3, "EXT4-fs (loop1): bad"}}, {"loop1"});
  const std::string words = words_of({.kernel = messages, .kernel_log_read = true});
  EXPECT_EQ(words,
            "round 7: cannot mount; the kernel says: EXT4-fs (loop1): bad; nobody else has the device open, and udev "
            "doesn't run");
}

TEST(ReuseWordsTest, name_others_who_have_the_device_open_before_the_kernel_is_blamed) {
  EXPECT_THAT(words_of({.others = {.open = {{12, "blkid"}}}}), HasSubstr("'blkid' (pid 12)"));
  EXPECT_THAT(words_of({.others = {.udev_runs = true}}), HasSubstr("udev runs and may have had it"));
  EXPECT_THAT(words_of({.kept_fd = true}), HasSubstr("control=kept_fd"));
}

TEST(ReuseWordsTest, an_error_of_the_kernels_fails_even_where_all_steps_went_well) {
  std::vector<CheckTally> checks;
  ReuseOutcome outcome;
  outcome.looked[0] = 1;
  note_reuse(outcome, {.kernel = {{2, "EXT4-fs error (device loop1)"}}, .kernel_log_read = true}, checks);
  const auto log = std::ranges::find(checks, "kernel_log", &CheckTally::name);
  EXPECT_EQ(log->failed, 1);
  EXPECT_THAT(log->first_failure, HasSubstr("EXT4-fs error (device loop1)"));
}

}  // namespace
}  // namespace umb
