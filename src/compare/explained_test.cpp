// SPDX-License-Identifier: Apache-2.0
#include "compare/explained.h"

#include "compare/explained_words.h"
#include "compare/share_texts.h"
#include "testing/attribution_builder.h"
#include "testing/record_builder.h"

#include <numeric>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace umb {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

const std::string kNormal = "umount/fs=tmpfs/mode=lazy/method=syscall/rcu=normal";
const std::string kDefault = "umount/fs=tmpfs/mode=lazy/method=syscall/rcu=default";

/// rcu=normal 12 ms to 14 ms, rcu=default 0.03 ms to 0.05 ms.
RunRecord both_modes() {
  return made_run({made_case(kNormal, even_samples(101, 12'000'000, 14'000'000, 1)),
                   made_case(kDefault, even_samples(101, 30'000, 50'000, 1))});
}

std::vector<Explained> explained(const RunRecord& record) {
  return explain(record, summarise_all(record));
}

Explained only(Attribution attribution) {
  RunRecord record = made_run({made_case(attribution.case_id, even_samples(101, 12'000'000, 14'000'000, 1))});
  record.attributions = {std::move(attribution)};
  std::vector<Explained> all = explained(record);
  EXPECT_EQ(all.size(), 1U);
  all[0].attribution = nullptr;  // the record goes
  return all[0];
}

std::string verdict_of(const Attribution& attribution) {
  RunRecord record = made_run({made_case(attribution.case_id, even_samples(101, 12'000'000, 14'000'000, 1))});
  record.attributions = {attribution};
  return explained_verdict(explained(record)[0]);
}

std::vector<std::string> notes_of(const Attribution& attribution) {
  RunRecord record = made_run({made_case(attribution.case_id, even_samples(101, 12'000'000, 14'000'000, 1))});
  record.attributions = {attribution};
  return explained_notes(explained(record)[0]);
}

TEST(Explain, adds_the_causes_up_to_the_wall_time) {
  const Explained one = only(traced_attribution(kNormal));
  double share = 0;
  double mean = 0;
  for (const CauseTime& cause : one.causes) {
    share += cause.share;
    mean += cause.mean_ns;
  }
  EXPECT_NEAR(share, 1, 1e-9);
  EXPECT_NEAR(mean, one.wall_mean_ns, 1);
  EXPECT_EQ(one.causes[0].name, "grace_period");
  EXPECT_EQ(one.causes[0].share_text, "99.3%");
  EXPECT_EQ(one.causes.size(), 6U) << "a cause that took no time is none";
  EXPECT_EQ(one.odd_samples, 0U);
  ASSERT_EQ(one.slowest.size(), 3U);
  EXPECT_EQ(one.slowest[0].number, 30U);
  EXPECT_EQ(one.slowest[0].causes.size(), 1U);
}

TEST(Explain, calls_unknown_what_the_causes_leave_open_and_tells_what_does_not_fit) {
  Attribution attribution = traced_attribution(kNormal);
  attribution.causes.resize(1);
  const Explained open = only(attribution);
  ASSERT_EQ(open.causes.size(), 2U);
  EXPECT_EQ(open.causes[1].name, "unknown");
  EXPECT_EQ(open.odd_samples, 30U);
  attribution.causes[0].values[0] = INT64_MAX;
  attribution.wall_ns[1] = INT64_MAX;
  EXPECT_NEAR(only(attribution).causes[0].share + only(attribution).causes[1].share, 1, 1e-9);
  EXPECT_THAT(notes_of(attribution), Contains(HasSubstr("do not add up to the wall time")));
}

TEST(Explain, holds_the_pass_against_the_timed_one) {
  const Explained one = only(traced_attribution(kNormal));
  ASSERT_TRUE(one.overhead.has_value());
  EXPECT_NEAR(one.overhead->timed_p50_ns, 13'000'000, 20'000);
  EXPECT_NEAR(one.overhead->ratio, 1.076, 0.005);
  EXPECT_THAT(notes_of(traced_attribution(kNormal)),
              Contains(HasSubstr("The traced pass took 1.08 times as long as the timed one (median 14.0 ms against")));
}

TEST(Explain, takes_the_rcu_share_from_the_modes_of_one_boot_without_any_attribution) {
  const std::vector<Explained> all = explained(both_modes());
  ASSERT_EQ(all.size(), 1U);
  EXPECT_EQ(all[0].case_id, kNormal);
  ASSERT_TRUE(all[0].rcu.has_value());
  EXPECT_EQ(all[0].rcu->against, "default");
  EXPECT_NEAR(all[0].rcu->share, 1 - 40'000.0 / 13e6, 1e-4);
  EXPECT_LT(*all[0].rcu->low, all[0].rcu->share);
  EXPECT_GT(*all[0].rcu->high, all[0].rcu->share);
  EXPECT_EQ(explained_verdict(all[0]), "");
  EXPECT_THAT(explained_notes(all[0]), ElementsAre(HasSubstr("RCU share by the difference of the RCU modes: 99.7% (")));
}

TEST(Explain, sees_no_rcu_share_where_rcu_normal_takes_no_longer) {
  const RunRecord record = made_run({made_case(kNormal, even_samples(101, 30'000, 50'000, 1)),
                                     made_case(kDefault, even_samples(101, 30'000, 50'000, 1))});
  EXPECT_THAT(explained_notes(explained(record)[0]), ElementsAre(HasSubstr("none to be seen")));
}

TEST(Explain, has_nothing_to_say_of_cases_that_nobody_looked_at) {
  EXPECT_THAT(explained(made_run({made_case(kDefault, even_samples(101, 30'000, 50'000, 1))})), IsEmpty());
}

TEST(ExplainedVerdict, counts_the_waits_and_tells_their_share) {
  EXPECT_EQ(verdict_of(traced_attribution(kNormal)), "1 normal grace period, 99.3% of the call");
  Attribution two = counted_attribution(kNormal, 2, 0);
  two.waits.push_back({"synchronize_srcu", "srcu", 20, 1});
  EXPECT_EQ(verdict_of(two), "2 grace periods (expedited, srcu), 100.0% of the call");
}

TEST(ExplainedVerdict, tells_how_many_calls_are_not_like_the_others) {
  Attribution some = counted_attribution(kNormal, 1, 0);
  some.grace_period_waits[3] = 0;
  some.grace_period_waits[4] = 2;
  EXPECT_EQ(verdict_of(some), "1 expedited grace period in 18 of 20 calls (0 to 2 in all), 100.0% of the time");
}

TEST(ExplainedVerdict, calls_moved_what_a_worker_waits_for) {
  EXPECT_THAT(
      verdict_of(deferring_attribution(kNormal)),
      ::testing::StartsWith("0 waits in the call, 1 deferred: moved to a worker; the largest part: shutting the "
                            "super block down, 61."));
}

TEST(ExplainedVerdict, tells_of_the_few_calls_that_deferred) {
  Attribution some = counted_attribution(kNormal, 1, 0);
  some.deferred_grace_periods[3] = 2;
  EXPECT_EQ(verdict_of(some), "1 expedited grace period, 100.0% of the call, deferred to a worker in 1 of 20 calls");
}

TEST(ExplainedVerdict, calls_a_coarse_split_an_estimate) {
  EXPECT_EQ(verdict_of(coarse_attribution(kNormal)), "estimated: waiting for grace periods, 98% of the call");
  const std::vector<std::string> notes = notes_of(coarse_attribution(kNormal));
  EXPECT_THAT(notes, Contains(HasSubstr("Coarse, not traced (this kernel has no kprobes): 10 samples")));
  EXPECT_THAT(notes, Contains(HasSubstr("grace periods are not counted")));
  EXPECT_THAT(notes, Not(Contains(HasSubstr("is not counted as a wait"))));
}

TEST(ExplainedVerdict, says_why_there_is_none) {
  Attribution none = counted_attribution(kNormal, 1, 0, 0);
  EXPECT_EQ(verdict_of(none), "not explained: there are no samples");
  none.dropped_samples = 7;
  EXPECT_EQ(verdict_of(none), "not explained: all samples were dropped");
  none.method = "";
  none.reason = "somebody else traces";
  EXPECT_EQ(verdict_of(none), "not explained: somebody else traces");
}

TEST(ExplainedNotes, tell_what_was_dropped_and_what_is_missing) {
  const std::vector<std::string> notes = notes_of(traced_attribution(kNormal));
  EXPECT_THAT(notes, Contains("2 samples were dropped: events were lost (41), or the call failed."));
  EXPECT_THAT(notes, Contains(::testing::StartsWith("Missing: locks: ")));
  EXPECT_THAT(notes, Contains("A grace-period function that took less than 1.30 us is not counted as a wait."));
}

TEST(ShareTexts, add_up_to_a_hundred_and_claim_no_more_than_they_have) {
  EXPECT_EQ(share_texts({1.0 / 3, 1.0 / 3, 1.0 / 3}, 1), (std::vector<std::string>{"33.4%", "33.3%", "33.3%"}));
  EXPECT_EQ(share_texts({0.9999, 0.0001}, 1), (std::vector<std::string>{">99.9%", "<0.1%"}));
  EXPECT_EQ(share_texts({0.976, 0.006, 0.018}, 0), (std::vector<std::string>{"97%", "1%", "2%"}));
  EXPECT_EQ(share_texts({1}, 1), (std::vector<std::string>{"100.0%"}));
  EXPECT_EQ(share_texts({}, 1), std::vector<std::string>());
  EXPECT_EQ(share_text(0.99999, 0), ">99%");
}

}  // namespace
}  // namespace umb
