// SPDX-License-Identifier: Apache-2.0
#include "scenario/command.h"

#include "base/file.h"
#include "base/text.h"
#include "scenario/command_programs.h"
#include "testing/temporary_folder.h"

#include <cerrno>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace umb {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

Case command_case(const std::string& measure, const std::string& prepare = "[]", const std::string& conclude = "[]") {
  return {.id = "command/name=n/rcu=as-found",
          .scenario = "command",
          .parameters = {
              {"name", "n"}, {"rcu", "as-found"}, {"prepare", prepare}, {"measure", measure}, {"conclude", conclude}}};
}

class CommandTest : public ::testing::Test {
 protected:
  std::unique_ptr<Scenario> make(const Case& spec) const {
    return command_scenario().make(spec, {.folder = folder_.path()});
  }
  /// What the case's programs have written into its folder.
  [[nodiscard]] std::string told() const {
    return read_file(folder_.at("command-n-as-found/told"), 1000).value_or("nothing");
  }
  const TemporaryFolder folder_;
};

std::string tell(const std::string& word) {
  return R"(["sh","-c","echo )" + word + R"( >> told"])";
}

TEST_F(CommandTest, prepares_measures_and_concludes_each_sample_in_one_folder_with_a_place_to_mount_on) {
  const auto scenario =
      make(command_case(tell("measure"), R"([["test","-d","m"],)" + tell("prepare") + "]", tell("conclude")));
  ASSERT_TRUE(scenario->setup().has_value());
  Sample sample;
  for (int i = 0; i < 2; ++i) {
    ASSERT_TRUE(scenario->prepare(false).has_value());
    const CallOutcome outcome = scenario->measure(sample);
    EXPECT_EQ(outcome.errno_value, 0);
    EXPECT_GT(outcome.thread_cpu_ns, 0);
    ASSERT_TRUE(scenario->conclude(sample).has_value());
  }
  EXPECT_EQ(told(), "prepare\nmeasure\nconclude\nprepare\nmeasure\nconclude\n");
  ASSERT_TRUE(scenario->cleanup().has_value());
  EXPECT_EQ(told(), "nothing");
}

TEST_F(CommandTest, that_fails_while_it_is_measured_is_told_in_its_own_last_words_after_the_conclusion) {
  const auto scenario =
      make(command_case(R"(["sh","-c","echo first >&2; echo last words >&2; exit 3"])", "[]", tell("conclude")));
  ASSERT_TRUE(scenario->setup().has_value());
  Sample sample;
  ASSERT_TRUE(scenario->prepare(false).has_value());
  EXPECT_EQ(scenario->measure(sample).errno_value, EIO);
  const Result<void> concluded = scenario->conclude(sample);
  ASSERT_FALSE(concluded.has_value());
  EXPECT_EQ(concluded.error().text(), "measure: 'sh' failed: exit code 3: last words");
  EXPECT_EQ(told(), "conclude\n");
  EXPECT_TRUE(scenario->cleanup().has_value());
}

TEST_F(CommandTest, that_is_ended_by_a_signal_says_which) {
  const auto scenario = make(command_case(R"(["sh","-c","kill -SEGV $$"])"));
  ASSERT_TRUE(scenario->setup().has_value());
  Sample sample;
  ASSERT_TRUE(scenario->prepare(false).has_value());
  EXPECT_EQ(scenario->measure(sample).errno_value, EIO);
  EXPECT_EQ(scenario->conclude(sample).error().text(), "measure: 'sh' failed: ended by signal 11");
}

TEST_F(CommandTest, whose_preparation_fails_runs_no_further_program_but_its_conclusion) {
  const auto scenario = make(command_case(
      tell("measure"), R"([["sh","-c","echo no >&2; exit 1"],)" + tell("later") + "]", R"(["touch","../concluded"])"));
  ASSERT_TRUE(scenario->setup().has_value());
  const Result<void> prepared = scenario->prepare(false);
  ASSERT_FALSE(prepared.has_value());
  EXPECT_EQ(prepared.error().text(), "prepare: 'sh' failed: exit code 1: no");
  EXPECT_EQ(told(), "nothing");
  EXPECT_TRUE(scenario->cleanup().has_value());
  EXPECT_TRUE(std::filesystem::exists(folder_.at("concluded")));
}

TEST_F(CommandTest, that_nobody_has_cannot_be_set_up) {
  const auto scenario = make(command_case(R"(["no-such-program-anywhere"])"));
  EXPECT_EQ(scenario->setup().error().text(), "'no-such-program-anywhere' is not installed");
  EXPECT_TRUE(scenario->cleanup().has_value());
}

TEST(CommandStage, kills_and_tells_what_takes_too_long) {
  const TemporaryFolder folder;
  const auto stage = CommandStage::make(folder.path()).value();
  const auto program = stage->program({"sleep", "30"}).value();
  stage->alarm().arm(50'000'000);
  EXPECT_EQ(stage->judge("sleep", program->execute()).error().text(), "'sleep' failed: not done within its time limit");
  std::filesystem::remove(folder.path() + ".log");
}

TEST(DecodePrograms, reads_one_several_and_none) {
  EXPECT_THAT(decode_programs(R"(["umount","m"])"), ElementsAre(ElementsAre("umount", "m")));
  EXPECT_THAT(decode_programs(R"([["a"],["b","c"]])"), ElementsAre(ElementsAre("a"), ElementsAre("b", "c")));
  for (const char* none : {"", "[]", "{}", "[", "[1]", "[[1]]", R"(["a",["b"]])", "null"}) {
    EXPECT_THAT(decode_programs(none), IsEmpty()) << none;
  }
}

TEST(CommandScenario, needs_its_programs_and_no_root) {
  const Needs needs = command_scenario().needs(
      command_case(R"(["umount","m"])", R"([["mkdir","m"],["/bin/mount","m"]])", R"(["true"])"));
  EXPECT_FALSE(needs.root);
  EXPECT_THAT(needs.programs, ElementsAre("mkdir", "/bin/mount", "umount", "true"));
}

TEST(CommandScenario, names_the_modules_of_what_it_mounts_for_a_guest) {
  const Needs needs = command_scenario().needs(
      command_case(R"(["umount","m"])", R"(["mount","-t","squashfs","-o","ro,loop","image","m"])"));
  EXPECT_THAT(needs.modules, ElementsAre("squashfs", "loop"));
}

TEST(CommandScenario, says_that_nothing_tells_its_release) {
  for (const MetricInfo& info : command_scenario().metrics(command_case("[]"), {})) {
    EXPECT_THAT(info.missing_reason, info.name.starts_with("released") ? HasSubstr("nothing tells") : HasSubstr(""));
  }
}

}  // namespace
}  // namespace umb
