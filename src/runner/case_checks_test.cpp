// SPDX-License-Identifier: Apache-2.0
#include "runner/case_checks.h"

#include <cerrno>

#include <gtest/gtest.h>

namespace umb {
namespace {

CaseRecord record_of(const std::vector<int32_t>& errnos, bool warmup = false) {
  CaseRecord record;
  for (const int32_t number : errnos) {
    record.samples.round.push_back(0);
    record.samples.errno_value.push_back(number);
    record.samples.warmup.push_back(warmup ? 1 : 0);
  }
  return record;
}

TEST(JudgeCase, passes_when_every_call_worked_and_everything_was_released) {
  CaseRecord record = record_of({0, 0, 0});
  judge_case(record, {.looked = 3, .not_released = 0}, 5'000'000'000);
  ASSERT_EQ(record.checks.size(), 2U);
  EXPECT_EQ(record.checks[0].outcome, "passed");
  EXPECT_EQ(record.checks[1].outcome, "passed");
  EXPECT_EQ(record.outcome, "measured");
}

TEST(JudgeCase, a_call_that_failed_once_fails_the_check_and_not_the_case) {
  CaseRecord record = record_of({0, EBUSY, 0});
  judge_case(record, {}, 5'000'000'000);
  ASSERT_EQ(record.checks.size(), 1U);
  EXPECT_EQ(record.checks[0].outcome, "failed");
  EXPECT_EQ(record.checks[0].message, "the call failed: Device or resource busy (1 of 3 samples)");
  EXPECT_EQ(record.outcome, "measured");
}

TEST(JudgeCase, a_case_that_only_failed_is_a_failed_case) {
  CaseRecord record = record_of({EBUSY, EBUSY});
  judge_case(record, {}, 5'000'000'000);
  EXPECT_EQ(record.outcome, "failed");
}

TEST(JudgeCase, failures_in_the_warm_up_are_not_counted) {
  CaseRecord record = record_of({EBUSY, EBUSY}, true);
  judge_case(record, {}, 5'000'000'000);
  EXPECT_EQ(record.checks[0].outcome, "passed");
  EXPECT_EQ(record.outcome, "measured");
}

TEST(JudgeCase, what_was_not_released_in_time_fails_its_check) {
  CaseRecord record = record_of({0});
  judge_case(record, {.looked = 200, .not_released = 3}, 5'000'000'000);
  EXPECT_EQ(record.checks[1].name, "released");
  EXPECT_EQ(record.checks[1].message, "not released within 5.00 s (3 of 200 samples)");
}

TEST(JudgeCase, a_scenario_s_own_check_that_failed_once_fails) {
  CaseRecord record = record_of({0});
  CaseTally tally;
  note_check(tally.checks, "spurious_ebusy", true);
  note_check(tally.checks, "spurious_ebusy", false, "EBUSY beside a walker that holds nothing");
  note_check(tally.checks, "content", true);
  judge_case(record, tally, 5'000'000'000);
  ASSERT_EQ(record.checks.size(), 3U);
  EXPECT_EQ(record.checks[1].name, "spurious_ebusy");
  EXPECT_EQ(record.checks[1].outcome, "failed");
  EXPECT_EQ(record.checks[1].message, "EBUSY beside a walker that holds nothing (1 of 2 looks)");
  EXPECT_EQ(record.checks[2].outcome, "passed");
}

}  // namespace
}  // namespace umb
