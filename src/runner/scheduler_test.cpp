// SPDX-License-Identifier: Apache-2.0
#include "runner/scheduler.h"

#include <cerrno>
#include <csignal>
#include <map>
#include <set>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace umb {
namespace {

/// Each case's samples take a fixed time; remembers what was asked for.
class FakeExecutor final : public BlockExecutor {
 public:
  Result<BlockResult> run_block(const BlockRequest& request) override {
    blocks.push_back(request.case_index);
    if (blocks.size() == stop_after) stop->request(SIGINT);
    if (request.case_index == dying_case) return fail_errno("the worker died", ECHILD);
    BlockResult result;
    result.samples.resize(request.count);
    for (Sample& sample : result.samples) sample.return_ns = 40'000;
    result.elapsed_ns = request.count * int64_t{5'000'000};
    if (request.case_index == failing_case) result.error = "cannot mount";
    if (request.case_index == 0) result.facts = facts;
    return result;
  }
  Result<void> restart() override {
    ++restarts;
    return {};
  }

  std::vector<uint32_t> blocks;
  uint32_t dying_case = UINT32_MAX;
  uint32_t failing_case = UINT32_MAX;
  size_t stop_after = SIZE_MAX;
  Facts facts;  ///< of the first case
  StopFlag* stop = nullptr;
  int restarts = 0;
};

class FakeRcu final : public RcuSwitch {
 public:
  Result<void> set(const std::string& mode) override {
    modes.push_back(mode);
    if (mode == refused) return fail("read-only /sys");
    return {};
  }
  std::vector<std::string> modes;
  std::string refused;
};

class FakeListener final : public RunListener {
 public:
  Result<void> run_began(const RunRecord&) override { return {}; }
  Result<void> round_began(const Round&) override { return {}; }
  Result<void> block_taken(const Block& block) override {
    if (full) return fail_errno("cannot write the journal", ENOSPC);
    blocks.push_back(block);
    return {};
  }
  Result<void> round_ended(const Round&) override { return {}; }
  Result<void> run_ended(const RunRecord&) override { return {}; }
  void case_known(const CaseRecord& known) override { told_of.push_back(known.facts); }
  void case_done(const CaseRecord& done, const Round&) override { finished.push_back(done.spec.id); }
  void progressed(const Progress& progress) override { shares.push_back(progress.share); }
  void warned(const Warning&) override {}

  bool full = false;
  std::vector<Block> blocks;
  std::vector<Facts> told_of;
  std::vector<std::string> finished;
  std::vector<double> shares;
};

class SchedulerTest : public ::testing::Test {
 protected:
  SchedulerTest() {
    plan_.settings = {.samples = 100, .time_limit_ns = 2'000'000'000};
    for (const char* rcu : {"default", "normal"}) {
      for (const char* mode : {"plain", "lazy"}) {
        Case spec{.id = std::string(mode) + rcu, .scenario = "umount"};
        spec.parameters = {{"fs", "bind"}, {"mode", mode}, {"method", "syscall"}, {"rcu", rcu}};
        plan_.cases.push_back(spec);
        record_.cases.push_back({.spec = spec});
      }
    }
    record_.rounds.push_back({});
    tallies_.resize(plan_.cases.size());
    executor_.stop = &stop_;
  }

  Result<void> run(uint64_t seed = 7) {
    Random random(seed);
    return run_round({plan_, executor_, rcu_, listener_, stop_, tallies_}, {0, 1, 2, 3}, 0, random, record_);
  }

  Plan plan_;
  RunRecord record_;
  StopFlag stop_;
  FakeExecutor executor_;
  FakeRcu rcu_;
  FakeListener listener_;
  std::vector<CaseTally> tallies_;
};

TEST_F(SchedulerTest, measures_every_case_and_says_why_each_stopped) {
  ASSERT_TRUE(run().has_value());
  for (const CaseRecord& record : record_.cases) {
    EXPECT_EQ(record.stop_reason, "samples") << record.spec.id;
    EXPECT_EQ(record.samples.size(),
              static_cast<size_t>(std::count(record.samples.warmup.begin(), record.samples.warmup.end(), 1)) + 100);
  }
  EXPECT_EQ(listener_.finished.size(), 4U);
  EXPECT_EQ(record_.rounds[0].order.size(), 4U);
}

TEST_F(SchedulerTest, tells_a_cases_facts_once) {
  executor_.facts = {{"container_path", std::string("pivot")}};
  ASSERT_TRUE(run().has_value());
  EXPECT_EQ(record_.cases[0].facts, executor_.facts);
  EXPECT_EQ(listener_.told_of, std::vector<Facts>{executor_.facts});
  EXPECT_TRUE(record_.cases[1].facts.empty());
}

TEST_F(SchedulerTest, ends_a_case_whose_facts_change_from_round_to_round) {
  record_.cases[0].facts = {{"container_path", std::string("pivot")}};
  executor_.facts = {{"container_path", std::string("open_tree_namespace")}};
  ASSERT_TRUE(run().has_value());
  EXPECT_EQ(record_.cases[0].outcome, "failed");
  EXPECT_EQ(record_.cases[0].reason,
            "what is measured changed between two rounds: from container_path 'pivot' to container_path "
            "'open_tree_namespace'");
}

TEST_F(SchedulerTest, interleaves_the_cases_block_by_block) {
  ASSERT_TRUE(run().has_value());
  for (size_t pass = 0; pass + 4 <= 12; pass += 4) {
    const std::set<uint32_t> seen(executor_.blocks.begin() + static_cast<long>(pass),
                                  executor_.blocks.begin() + static_cast<long>(pass) + 4);
    EXPECT_EQ(seen.size(), 4U) << "pass " << pass / 4;
  }
}

TEST_F(SchedulerTest, the_order_follows_from_the_seed) {
  ASSERT_TRUE(run(7).has_value());
  const std::vector<uint32_t> first = executor_.blocks;
  std::set<std::vector<uint32_t>> orders;
  for (uint64_t seed : {7, 7, 8, 9, 10}) {
    executor_.blocks.clear();
    for (CaseRecord& record : record_.cases) record = {.spec = record.spec};
    ASSERT_TRUE(run(seed).has_value());
    if (seed == 7) {
      EXPECT_EQ(executor_.blocks, first);
    }
    orders.insert(executor_.blocks);
  }
  EXPECT_GT(orders.size(), 1U);
}

TEST_F(SchedulerTest, sets_the_rcu_mode_before_each_block) {
  ASSERT_TRUE(run().has_value());
  ASSERT_EQ(rcu_.modes.size(), executor_.blocks.size());
  for (size_t i = 0; i < rcu_.modes.size(); ++i) {
    EXPECT_EQ(rcu_.modes[i], plan_.cases[executor_.blocks[i]].value("rcu"));
  }
}

TEST_F(SchedulerTest, numbers_the_samples_over_all_cases_of_the_round) {
  ASSERT_TRUE(run().has_value());
  std::map<uint32_t, int> seen;
  for (const CaseRecord& record : record_.cases) {
    for (const uint32_t number : record.samples.sequence) ++seen[number];
  }
  EXPECT_EQ(seen.begin()->first, 0U);
  EXPECT_EQ(seen.rbegin()->first, seen.size() - 1);
  for (const auto& [number, times] : seen) EXPECT_EQ(times, 1) << number;
}

TEST_F(SchedulerTest, a_case_with_trouble_around_the_call_fails_and_the_others_go_on) {
  executor_.failing_case = 1;
  ASSERT_TRUE(run().has_value());
  EXPECT_EQ(record_.cases[1].outcome, "failed");
  EXPECT_EQ(record_.cases[1].reason, "cannot mount");
  EXPECT_EQ(record_.cases[0].stop_reason, "samples");
}

TEST_F(SchedulerTest, a_case_that_failed_in_one_round_is_left_out_of_the_next) {
  executor_.failing_case = 1;
  ASSERT_TRUE(run().has_value());
  executor_.blocks.clear();
  ASSERT_TRUE(run().has_value());
  EXPECT_THAT(executor_.blocks, ::testing::Not(::testing::Contains(1U)));
  EXPECT_THAT(executor_.blocks, ::testing::Contains(0U));
}

TEST_F(SchedulerTest, a_dead_worker_fails_its_case_and_a_fresh_one_takes_the_others) {
  executor_.dying_case = 2;
  ASSERT_TRUE(run().has_value());
  EXPECT_EQ(executor_.restarts, 1);
  EXPECT_EQ(record_.cases[2].outcome, "failed");
  EXPECT_EQ(record_.cases[3].stop_reason, "samples");
}

TEST_F(SchedulerTest, an_rcu_mode_that_cannot_be_set_fails_its_cases_alone) {
  rcu_.refused = "normal";
  ASSERT_TRUE(run().has_value());
  EXPECT_EQ(record_.cases[0].outcome, "measured");
  EXPECT_EQ(record_.cases[2].outcome, "failed");
  EXPECT_EQ(record_.cases[2].reason, "read-only /sys");
}

TEST_F(SchedulerTest, a_stop_ends_the_round_and_keeps_what_was_measured) {
  executor_.stop_after = 6;
  ASSERT_TRUE(run().has_value());
  EXPECT_EQ(executor_.blocks.size(), 6U);
  EXPECT_TRUE(record_.run.interrupted);
  EXPECT_EQ(record_.cases[0].stop_reason, "interrupted");
  EXPECT_GT(record_.cases[0].samples.size(), 0U);
}

TEST_F(SchedulerTest, a_full_disk_ends_the_run) {
  listener_.full = true;
  const Result<void> ran = run();
  ASSERT_FALSE(ran.has_value());
  EXPECT_EQ(ran.error().errno_value, ENOSPC);
  EXPECT_TRUE(record_.run.interrupted);
  EXPECT_EQ(record_.cases[0].stop_reason, "interrupted");
}

TEST_F(SchedulerTest, progress_goes_from_nothing_to_nearly_all) {
  ASSERT_TRUE(run().has_value());
  EXPECT_EQ(listener_.shares.front(), 0);
  EXPECT_GT(listener_.shares.back(), 0.7);
}

}  // namespace
}  // namespace umb
