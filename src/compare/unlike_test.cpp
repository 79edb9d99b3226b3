// SPDX-License-Identifier: Apache-2.0
#include "compare/compare.h"
#include "compare/test_boots.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace umb {
namespace {

using testing::Contains;
using testing::HasSubstr;
using testing::IsEmpty;

/// Boots of a case that is called the same whatever it runs.
std::vector<BootDigest> command_boots(const std::string& kernel, double centre_ns, const std::string& measure) {
  std::vector<BootDigest> boots;
  for (int i = 0; i < 5; ++i) {
    BootDigest boot =
        MadeBoot{.kernel = kernel, .number = i, .centre_ns = centre_ns, .id = "command/name=n/rcu=default"}.boot();
    boot.whole.cases[0].spec.parameters.push_back({"measure", measure});
    boots.push_back(std::move(boot));
  }
  return boots;
}

TEST(Compare, refuses_a_verdict_where_other_programs_ran_under_the_same_name) {
  const Comparison comparison = judged(command_boots("6.12.1", 40'000, R"(["umount","m"])"),
                                       command_boots("6.13.0", 80'000, R"(["umount","n"])"));
  EXPECT_EQ(only_row(comparison).verdict, Verdict::kIncomparable);
  EXPECT_EQ(comparison.verdict, Verdict::kIncomparable);
  EXPECT_FALSE(comparison.fails);
  EXPECT_EQ(only_row(comparison).words, R"('measure' differs: ["umount","m"] in A, ["umount","n"] in B)");
}

TEST(Compare, sees_that_one_boot_of_a_side_ran_other_programs_and_judges_those_that_ran_the_same) {
  std::vector<BootDigest> a = command_boots("6.12.1", 40'000, R"(["umount","m"])");
  const std::vector<BootDigest> b = command_boots("6.13.0", 80'000, R"(["umount","m"])");
  EXPECT_EQ(only_row(judged(a, b)).verdict, Verdict::kSlower);
  a[3].whole.cases[0].spec.parameters.back().value = R"(["false"])";
  const Comparison comparison = judged(a, b);
  EXPECT_EQ(only_row(comparison).verdict, Verdict::kIncomparable);
  EXPECT_THAT(only_row(comparison).words, HasSubstr(R"(["false"] elsewhere in A)"));
}

/// As `import` makes them: nothing is known but the times.
std::vector<BootDigest> imported_boots(const std::string& id, size_t count, double centre_ns) {
  std::vector<BootDigest> boots;
  for (size_t i = 0; i < count; ++i) {
    BootDigest boot = MadeBoot{.kernel = "x", .number = static_cast<int>(i), .centre_ns = centre_ns, .id = id}.boot();
    boot.imported = "hyperfine";
    boot.environment.clear();
    boot.clock.clear();
    boot.plan = {};
    boots.push_back(std::move(boot));
  }
  return boots;
}

TEST(Compare, holds_what_another_program_measured_against_whole_programs_and_says_what_is_unknown) {
  const std::string id = "umount/fs=tmpfs/mode=plain/method=exec/rcu=default";
  std::vector<BootDigest> own;
  own.reserve(5);
  for (int i = 0; i < 5; ++i) own.push_back(MadeBoot{.number = i, .centre_ns = 1'000'000, .id = id}.boot());
  const Comparison comparison = judged(own, imported_boots(id, 5, 2'000'000));
  EXPECT_EQ(only_row(comparison).verdict, Verdict::kSlower);
  EXPECT_THAT(comparison.pairs[0].differences, IsEmpty());
  EXPECT_THAT(comparison.warnings,
              Contains(HasSubstr("x-0.json was measured by hyperfine: kernel, machine and settings "
                                 "are unknown")));
  EXPECT_EQ(only_row(judged(imported_boots("command/name=n/rcu=as-found", 1, 1000),
                            imported_boots("command/name=n/rcu=as-found", 1, 1000)))
                .verdict,
            Verdict::kInconclusive);
}

TEST(Compare, holds_what_another_program_measured_against_no_system_call) {
  for (const bool imported_first : {false, true}) {
    const auto own = made_boots("6.12.1", 5, 40'000);
    const auto other = imported_boots(kPlainId, 5, 2'000'000);
    const Comparison comparison = imported_first ? judged(other, own) : judged(own, other);
    EXPECT_EQ(only_row(comparison).verdict, Verdict::kIncomparable);
    EXPECT_FALSE(comparison.fails);
    EXPECT_THAT(only_row(comparison).words, HasSubstr("only commands and cases of method=exec"));
  }
}

}  // namespace
}  // namespace umb
