// SPDX-License-Identifier: Apache-2.0
#include "runner/estimate.h"

#include "runner/worker_executor.h"

#include <gtest/gtest.h>

namespace umb {
namespace {

constexpr int64_t kSecondNs = 1'000'000'000;

Case recursive_tree(const std::string& mounts, const std::string& rcu) {
  return {.id = "tree",
          .scenario = "tree",
          .parameters = {{"mounts", mounts}, {"shape", "flat"}, {"take_off", "recursive"}, {"rcu", rcu}}};
}

TEST(Estimate, of_a_case_as_found_is_that_of_normal_grace_periods_where_the_machine_has_them) {
  const Case as_found = recursive_tree("1000", "as-found");
  Plan plan;
  EXPECT_EQ(sample_guess_ns(plan, as_found), sample_guess_ns(plan, recursive_tree("1000", "default")));
  EXPECT_FALSE(is_long(plan, as_found));
  plan.as_found_is_normal = true;
  EXPECT_EQ(sample_guess_ns(plan, as_found), sample_guess_ns(plan, recursive_tree("1000", "normal")));
  EXPECT_TRUE(is_long(plan, as_found));
  EXPECT_FALSE(is_long(plan, recursive_tree("1000", "default"))) << "whatever was found";
}

TEST(Estimate, gives_a_worker_time_for_as_many_samples_as_it_is_asked_for) {
  Plan plan;
  plan.cases = {recursive_tree("5000", "normal"), recursive_tree("1", "default")};
  // As slow as on Debian's 5.10 PREEMPT_RT.
  EXPECT_GT(answer_limit_ns(plan, {.case_index = 0, .count = 1}), 2 * 158 * kSecondNs);
  EXPECT_GT(answer_limit_ns(plan, {.case_index = 1, .count = 60}), 60 * plan.settings.release_limit_ns);
  EXPECT_LT(answer_limit_ns(plan, {.case_index = 1, .count = 1}), 150 * kSecondNs);
}

}  // namespace
}  // namespace umb
