// SPDX-License-Identifier: Apache-2.0
#include "runner/explain_pass.h"

#include "fixture/state_folder.h"
#include "testing/fake_tree.h"

#include <cerrno>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace umb {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

/// Everything that happens, in its order.
using Said = std::vector<std::string>;

class TellingExecutor final : public BlockExecutor {
 public:
  explicit TellingExecutor(Said& said) : said_(said) {}
  Result<BlockResult> run_block(const BlockRequest& request) override {
    said_.push_back("block of " + std::to_string(request.count));
    if (dies_at == said_.size()) return fail_errno("the worker ended", ECHILD);
    if (stuck_at == said_.size()) return fail_errno("the worker does not answer", ETIMEDOUT);
    BlockResult result;
    result.samples.resize(request.count);
    if (request.case_index == failing) result.error = "cannot set it up";
    return result;
  }
  Result<void> restart() override {
    ++pid;
    said_.push_back("restart");
    return {};
  }

  size_t dies_at = 0;
  size_t stuck_at = 0;
  uint32_t failing = 99;
  int64_t pid = 7;

 private:
  Said& said_;
};

class TellingRcu final : public RcuSwitch {
 public:
  explicit TellingRcu(Said& said) : said_(said) {}
  Result<void> set(const std::string& mode) override {
    said_.push_back("rcu " + mode);
    return {};
  }

 private:
  Said& said_;
};

class TellingObserver final : public CauseObserver {
 public:
  explicit TellingObserver(Said& said) : said_(said) {}
  Result<void> open(Ledger&) override {
    said_.emplace_back("open");
    return openable ? Result<void>() : fail("cannot trace", "no tracefs");
  }
  Result<void> begin(const Case&, int64_t worker_pid) override {
    said_.push_back("begin " + std::to_string(worker_pid));
    return beginnable ? Result<void>() : fail("the trace can't be emptied");
  }
  Result<Attribution> end(const Case& spec, const std::vector<Sample>& samples) override {
    said_.emplace_back("end");
    Attribution made;
    made.case_id = spec.id;
    made.method = "traced";
    made.wall_ns.resize(samples.size());
    return made;
  }
  Result<void> close() override {
    said_.emplace_back("close");
    return closable ? Result<void>() : fail("the probes can't be removed");
  }

  bool openable = true;
  bool beginnable = true;
  bool closable = true;

 private:
  Said& said_;
};

class QuietListener final : public RunListener {
 public:
  Result<void> run_began(const RunRecord&) override { return {}; }
  Result<void> round_began(const Round&) override { return {}; }
  Result<void> block_taken(const Block&) override { return fail("a traced sample was handed on to be counted"); }
  Result<void> round_ended(const Round&) override { return {}; }
  Result<void> run_ended(const RunRecord&) override { return {}; }
  void case_done(const CaseRecord&, const Round&) override {}
  void progressed(const Progress&) override {}
  void explaining(const Case& next, double share) override { shares.emplace_back(next.id, share); }
  void case_explained(const Attribution& seen) override { explained.push_back(seen.case_id); }
  void warned(const Warning& warning) override { warnings.push_back(warning.message); }

  std::vector<std::pair<std::string, double>> shares;
  std::vector<std::string> explained, warnings;
};

class ExplainPassTest : public ::testing::Test {
 protected:
  ExplainPassTest() {
    for (const char* rcu : {"default", "normal"}) {
      Case spec{.id = std::string("rcu=") + rcu, .scenario = "umount"};
      spec.parameters = {{"rcu", rcu}};
      plan_.cases.push_back(spec);
      record_.cases.push_back({.spec = spec});
    }
  }

  Result<void> run(const std::vector<size_t>& runnable = {0, 1}) {
    const ExplainPass pass{plan_, executor_, rcu_, observer_, listener_, stop_, [this] { return executor_.pid; }};
    return explain_cases(pass, runnable, ledger_, record_);
  }
  [[nodiscard]] std::vector<std::string> reasons() const {
    std::vector<std::string> all;
    for (const Attribution& one : record_.attributions) all.push_back(one.method + one.reason);
    return all;
  }

  const FakeTree tree_{fake_folder("run-a1")};
  Ledger ledger_ = Ledger::create({tree_.path() + "/run-a1"}).value();
  Said said_;
  Plan plan_;
  RunRecord record_;
  StopFlag stop_;
  TellingExecutor executor_{said_};
  TellingRcu rcu_{said_};
  TellingObserver observer_{said_};
  QuietListener listener_;
};

TEST_F(ExplainPassTest, warms_each_case_up_unseen_and_looks_at_twenty_samples_in_its_rcu_mode) {
  ASSERT_TRUE(run().has_value());
  EXPECT_THAT(said_, ElementsAre("open", "rcu default", "block of 5", "begin 7", "block of 20", "end", "rcu normal",
                                 "block of 5", "begin 7", "block of 20", "end", "close"));
  ASSERT_EQ(record_.attributions.size(), 2U);
  EXPECT_EQ(record_.attributions[1].case_id, "rcu=normal");
  EXPECT_EQ(record_.attributions[1].wall_ns.size(), 20U);
  EXPECT_EQ(record_.cases[0].samples.size(), 0U) << "a traced sample is counted";
  EXPECT_THAT(listener_.explained, ElementsAre("rcu=default", "rcu=normal"));
  EXPECT_THAT(listener_.shares, ElementsAre(std::pair("rcu=default", 0.0), std::pair("rcu=normal", 0.5)));
}

TEST_F(ExplainPassTest, passes_over_what_was_not_measured) {
  record_.cases[0].outcome = "failed";
  ASSERT_TRUE(run().has_value());
  EXPECT_THAT(listener_.explained, ElementsAre("rcu=normal"));
}

TEST_F(ExplainPassTest, gives_the_reason_to_every_case_when_nothing_can_be_observed) {
  observer_.openable = false;
  ASSERT_TRUE(run().has_value());
  EXPECT_THAT(said_, ElementsAre("open", "close")) << "what it made before it failed must go";
  EXPECT_THAT(reasons(), ElementsAre("cannot trace: no tracefs", "cannot trace: no tracefs"));
  EXPECT_THAT(listener_.warnings, ElementsAre(HasSubstr("no second pass: cannot trace: no tracefs")));
  EXPECT_EQ(record_.warnings.size(), 1U);
}

TEST_F(ExplainPassTest, keeps_trouble_with_one_case_to_that_case) {
  executor_.failing = 0;
  ASSERT_TRUE(run().has_value());
  EXPECT_THAT(reasons(), ElementsAre("cannot set it up", "traced"));
  EXPECT_THAT(listener_.warnings, IsEmpty());
}

TEST_F(ExplainPassTest, goes_on_with_a_fresh_worker_when_one_died) {
  executor_.dies_at = 5;
  ASSERT_TRUE(run().has_value());
  EXPECT_THAT(reasons(), ElementsAre("the worker ended: No child processes", "traced"));
  EXPECT_THAT(said_, ElementsAre("open", "rcu default", "block of 5", "begin 7", "block of 20", "end", "restart",
                                 "rcu normal", "block of 5", "begin 8", "block of 20", "end", "close"));
}

TEST_F(ExplainPassTest, closes_the_observer_also_when_it_can_t_go_on) {
  executor_.stuck_at = 3;
  EXPECT_EQ(run().error().errno_value, ETIMEDOUT);
  EXPECT_EQ(said_.back(), "close");
}

TEST_F(ExplainPassTest, says_so_when_the_observer_leaves_something) {
  observer_.closable = false;
  EXPECT_EQ(run().error().text(), "the probes can't be removed");
  EXPECT_EQ(record_.attributions.size(), 2U);
}

TEST_F(ExplainPassTest, says_of_a_case_why_its_trace_could_not_begin) {
  observer_.beginnable = false;
  ASSERT_TRUE(run({1}).has_value());
  EXPECT_THAT(reasons(), ElementsAre("the trace can't be emptied"));
}

TEST_F(ExplainPassTest, ends_at_once_when_it_is_to_stop) {
  stop_.request(15);
  ASSERT_TRUE(run().has_value());
  EXPECT_THAT(said_, ElementsAre("open", "close"));
  EXPECT_THAT(record_.attributions, IsEmpty());
}

}  // namespace
}  // namespace umb
