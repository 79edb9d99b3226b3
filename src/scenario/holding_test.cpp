// SPDX-License-Identifier: Apache-2.0
#include "scenario/holding.h"

#include "scenario/umount.h"
#include "scenario/umount_method.h"
#include "testing/temporary_folder.h"

#include <cerrno>
#include <filesystem>
#include <fstream>
#include <iterator>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace umb {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;

Case held_case(const std::string& holder, const std::string& mode, const std::string& method = "syscall",
               const std::string& fs = "tmpfs") {
  return {.id = "",
          .scenario = "umount",
          .parameters = {{"fs", fs}, {"mode", mode}, {"method", method}, {"holder", holder}}};
}

/// What one sample with this errno leaves: "errno E, return 1" and the failed checks.
std::string after(const Case& spec, int errno_value) {
  Holding holding(spec);
  Sample sample;
  sample.return_ns = 1000;
  sample.errno_value = errno_value;
  const bool refused = holding.refused(sample);
  std::string told = refused ? "refused" : sample.errno_value == 0 ? "worked" : "failed";
  if (sample.return_ns == kMissing) told += ", no time";
  if (sample.phases[0] != kMissing) told += ", ebusy " + std::to_string(sample.phases[0]);
  for (const CheckTally& check : holding.take_checks()) told += ", " + check.name + (check.failed > 0 ? " -" : " +");
  EXPECT_TRUE(holding.take_checks().empty());
  return told;
}

TEST(Holding, of_nothing_leaves_every_sample_as_it_is) {
  EXPECT_EQ(after(held_case("none", "plain"), EBUSY), "failed");
  EXPECT_EQ(after(held_case("none", "plain"), 0), "worked");
  EXPECT_EQ(after(held_case("open_fd", "lazy"), 0), "worked");
}

TEST(Holding, an_expected_ebusy_is_no_errno_and_its_absence_is_a_failed_check) {
  for (const char* holder : {"open_fd", "o_path_fd", "cwd", "mapped_file", "child_mount"}) {
    EXPECT_EQ(after(held_case(holder, "plain"), EBUSY), "refused, ebusy_as_expected +") << holder;
    EXPECT_EQ(after(held_case(holder, "plain"), 0), "worked, ebusy_as_expected -") << holder;
    EXPECT_EQ(after(held_case(holder, "plain"), EPERM), "failed, ebusy_as_expected -") << holder;
  }
}

TEST(Holding, one_ebusy_beside_a_walk_through_is_counted) {
  EXPECT_EQ(after(held_case("walk_through", "plain"), EBUSY), "failed, spurious_ebusy -");
  EXPECT_EQ(after(held_case("walk_through", "plain"), 0), "worked, spurious_ebusy +");
}

TEST(Holding, an_ebusy_beside_a_walk_into_is_a_result_that_never_counts_as_a_quick_umount) {
  EXPECT_EQ(after(held_case("walk_into", "plain"), EBUSY), "refused, no time, ebusy 1");
  EXPECT_EQ(after(held_case("walk_into", "plain"), 0), "worked, ebusy 0");
  EXPECT_EQ(after(held_case("walk_into", "lazy"), EBUSY), "failed");
}

TEST(Holding, takes_no_other_failure_of_the_umount_program_for_an_ebusy) {
  EXPECT_EQ(after(held_case("cwd", "plain", "exec"), EBUSY), "refused, ebusy_as_expected +");
  EXPECT_EQ(after(held_case("cwd", "plain", "exec"), EIO), "failed, ebusy_as_expected -");
}

TEST(UmountProgram, says_by_its_exit_code_and_in_words_that_a_mount_is_busy) {
  const std::string words = "umount: /m: target is busy.";
  EXPECT_EQ(umount_program_errno({}, ""), 0);
  EXPECT_EQ(umount_program_errno({.exit_code = 32}, words), EBUSY);
  EXPECT_EQ(umount_program_errno({.exit_code = 32}, "umount: /m: not mounted."), EIO);
  EXPECT_EQ(umount_program_errno({.exit_code = 1}, words), EIO);
  EXPECT_EQ(umount_program_errno({.exit_code = -1, .signal = 11}, words), EIO);
  EXPECT_EQ(umount_program_errno({.errno_value = ENOENT}, ""), ENOENT);
}

TEST(Holding, a_release_that_comes_late_fails_its_check_unless_a_holder_had_the_mount_beyond_a_lazy_umount) {
  const auto after_a_late_release = [](const std::string& holder, const std::string& mode) {
    Holding holding(held_case(holder, mode));
    holding.looked({.released_at_return = 0});
    const std::vector<CheckTally> checks = holding.take_checks();
    return checks.empty() ? "not looked at" : checks[0].failed == 1 ? checks[0].name + " failed" : "passed";
  };
  for (const char* holder : {"none", "walk_through", "walk_into"}) {
    EXPECT_EQ(after_a_late_release(holder, "plain"), "released_at_return failed") << holder;
  }
  EXPECT_EQ(after_a_late_release("none", "lazy"), "released_at_return failed");
  EXPECT_EQ(after_a_late_release("walk_through", "lazy"), "released_at_return failed");
  for (const char* holder : {"walk_into", "open_fd", "child_mount"}) {
    EXPECT_EQ(after_a_late_release(holder, "lazy"), "not looked at") << holder;
  }
}

TEST(Holding, has_an_ebusy_column_only_where_some_calls_are_refused) {
  EXPECT_THAT(phases_of(held_case("walk_into", "plain")), ::testing::ElementsAre("ebusy"));
  EXPECT_TRUE(phases_of(held_case("walk_into", "lazy")).empty());
  EXPECT_TRUE(phases_of(held_case("walk_through", "plain")).empty());
  EXPECT_TRUE(phases_of(held_case("none", "plain")).empty());
}

TEST(Holding, says_that_a_refused_umount_releases_nothing) {
  const ScenarioEntry entry = umount_scenario();
  const Case refused = held_case("cwd", "plain");
  EXPECT_FALSE(entry.needs_watch(refused));
  EXPECT_THAT(entry.metrics(refused, {})[1].missing_reason, HasSubstr("is refused"));
  EXPECT_TRUE(entry.needs_watch(held_case("cwd", "lazy")));
  const std::vector<MetricInfo> some = entry.metrics(held_case("walk_into", "plain"), {});
  EXPECT_THAT(some[0].missing_reason, HasSubstr("refused (ebusy=1)"));
  EXPECT_EQ(some.back().name, "ebusy");
}

TEST(Holding, cannot_make_a_file_in_a_read_only_file_system) {
  const auto needs = umount_scenario().needs;
  EXPECT_THAT(needs(held_case("open_fd", "plain", "syscall", "erofs")).impossible, HasSubstr("read-only"));
  EXPECT_EQ(needs(held_case("cwd", "plain", "syscall", "erofs")).impossible, "");
  EXPECT_EQ(needs(held_case("open_fd", "plain", "syscall", "ext4")).impossible, "");
}

/// Mounts nothing, and writes down what is asked for.
class FakeDoor final : public MountDoor {
 public:
  Result<void> mount(const MountRequest& request) override {
    log.push_back("mount " + request.target);
    return {};
  }
  int umount(const char* target, int) override {
    log.push_back(std::string("umount ") + target);
    return next_errno;
  }
  std::vector<std::string> log;
  int next_errno = 0;
};

class HolderInAFolder : public ::testing::Test {
 protected:
  std::unique_ptr<Holder> holding(const std::string& kind) {
    std::filesystem::create_directories(target_);
    auto holder = find_holder(kind)->make({.target = target_, .outside = folder_.at("out"), .door = &door_});
    EXPECT_TRUE(holder->build().has_value());
    EXPECT_TRUE(holder->hold().has_value());
    return holder;
  }
  [[nodiscard]] static std::string link(const std::string& name) {
    std::error_code none;
    return std::filesystem::read_symlink("/proc/self/" + name, none).string();
  }
  [[nodiscard]] static std::vector<std::string> open_files() {
    std::vector<std::string> all;
    for (const auto& entry : std::filesystem::directory_iterator("/proc/self/fd")) {
      all.push_back(link("fd/" + entry.path().filename().string()));
    }
    return all;
  }

  TemporaryFolder folder_;
  std::string target_ = folder_.at("m");
  FakeDoor door_;
};

TEST_F(HolderInAFolder, holds_a_descriptor_of_a_file_or_of_the_root_until_it_lets_go) {
  for (const auto& [kind, path] : {std::pair("open_fd", target_ + "/held"), std::pair("o_path_fd", target_)}) {
    const auto holder = holding(kind);
    EXPECT_THAT(open_files(), Contains(path));
    ASSERT_TRUE(holder->let_go().has_value());
    EXPECT_THAT(open_files(), ::testing::Not(Contains(path)));
    EXPECT_TRUE(holder->let_go().has_value());
  }
}

TEST_F(HolderInAFolder, has_its_working_folder_there_and_goes_back) {
  const std::string before = link("cwd");
  const auto holder = holding("cwd");
  EXPECT_EQ(link("cwd"), target_);
  ASSERT_TRUE(holder->let_go().has_value());
  EXPECT_EQ(link("cwd"), before);
}

TEST_F(HolderInAFolder, maps_a_file_whose_descriptor_is_closed) {
  const auto mapped = [this] {
    std::ifstream maps("/proc/self/maps");
    return std::string(std::istreambuf_iterator<char>(maps), {}).find(target_ + "/held") != std::string::npos;
  };
  const auto holder = holding("mapped_file");
  EXPECT_TRUE(mapped());
  EXPECT_THAT(open_files(), ::testing::Not(Contains(target_ + "/held")));
  ASSERT_TRUE(holder->let_go().has_value());
  EXPECT_FALSE(mapped());
}

TEST_F(HolderInAFolder, takes_a_child_mount_off_unless_it_went_along) {
  const auto holder = holding("child_mount");
  EXPECT_EQ(door_.log.back(), "mount " + target_ + "/child");
  door_.next_errno = EINVAL;
  ASSERT_TRUE(holder->let_go().has_value());
  EXPECT_EQ(door_.log.back(), "umount " + target_ + "/child");
  ASSERT_TRUE(holder->hold().has_value());
  door_.next_errno = EBUSY;
  EXPECT_FALSE(holder->let_go().has_value());
}

TEST_F(HolderInAFolder, walks_whether_or_not_the_path_leads_anywhere) {
  for (const char* kind : {"walk_through", "walk_into"}) {
    const auto holder = holding(kind);
    std::filesystem::remove_all(target_);
    ASSERT_TRUE(holder->let_go().has_value()) << kind;
    EXPECT_TRUE(std::filesystem::exists(folder_.at("out/walked")));
  }
}

}  // namespace
}  // namespace umb
