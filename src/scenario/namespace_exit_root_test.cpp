// SPDX-License-Identifier: Apache-2.0
// Mount namespaces that end, on the real kernel, each in a sandbox, as in a worker.
#include "fixture/in_sandbox.h"
#include "scenario/namespace_exit.h"
#include "scenario/test_samples.h"
#include "sys/private_mounts.h"

#include <cstdio>

#include <gtest/gtest.h>
#include <unistd.h>

namespace umb {
namespace {

class NamespaceExitOnTheKernel : public ::testing::Test {
 protected:
  void SetUp() override {
    if (::geteuid() != 0) GTEST_SKIP() << "needs root";
  }
};

std::string samples_of(Scenario& scenario) {
  if (const auto done = scenario.setup(); !done.has_value()) return "setup: " + done.error().text();
  for (int i = 0; i < 4; ++i) {
    const bool watched = i % 2 != 0;
    const Result<Sample> sample = test_sample(scenario, watched);
    if (!sample.has_value()) return sample.error().text();
    if (sample->errno_value != 0) return errno_text(sample->errno_value);
    if (watched && (sample->released_ns == kMissing || sample->released_at_return != 1)) return "released late";
    if (watched) continue;
    if (sample->return_ns <= 0) return "no time";
    std::fprintf(stderr, "from exit to reaped %.3f ms\n", static_cast<double>(sample->return_ns) / 1e6);
  }
  // One that waits when the case ends.
  if (const auto done = scenario.prepare(false); !done.has_value()) return done.error().text();
  const std::string failed = test_checks(scenario);
  return failed.empty() ? "well" : failed;
}

std::string some_samples(const std::string& mounts, bool unprivileged = false) {
  return in_sandbox(
      [&](const std::string& folder) -> std::string {
        const ScenarioEntry entry = namespace_exit_scenario();
        const auto scenario =
            entry.make(case_of(entry, {{"mounts", mounts}}), {.folder = folder, .release_limit_ns = 2'000'000'000});
        const size_t before = mount_points()->size();
        const std::string said = samples_of(*scenario);
        if (const auto done = scenario->cleanup(); !done.has_value()) return done.error().text();
        return mount_points()->size() == before ? said : said + ", and left a mount";
      },
      unprivileged);
}

TEST_F(NamespaceExitOnTheKernel, releases_one_or_a_thousand_mounts_before_the_task_is_reaped) {
  for (const char* mounts : {"1", "30", "1000"}) EXPECT_EQ(some_samples(mounts), "well") << mounts;
}

TEST_F(NamespaceExitOnTheKernel, works_in_a_user_namespace) {
  EXPECT_EQ(some_samples("30", true), "well");
}

}  // namespace
}  // namespace umb
