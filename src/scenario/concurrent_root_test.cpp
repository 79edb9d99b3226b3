// SPDX-License-Identifier: Apache-2.0
// Umounts side by side on the real kernel, each in a sandbox, as in a worker.
#include "fixture/in_sandbox.h"
#include "scenario/concurrent.h"
#include "scenario/test_samples.h"
#include "sys/private_mounts.h"

#include <cstdio>

#include <gtest/gtest.h>
#include <unistd.h>

namespace umb {
namespace {

class ConcurrentOnTheKernel : public ::testing::Test {
 protected:
  void SetUp() override {
    if (::geteuid() != 0) GTEST_SKIP() << "needs root";
  }
};

std::string samples_of(Scenario& scenario) {
  if (const auto done = scenario.setup(); !done.has_value()) return "setup: " + done.error().text();
  for (int i = 0; i < 6; ++i) {
    const bool watched = i % 2 != 0;
    const Result<Sample> sample = test_sample(scenario, watched);
    if (!sample.has_value()) return sample.error().text();
    if (sample->errno_value != 0) return errno_text(sample->errno_value);
    if (watched && (sample->released_ns == kMissing || sample->released_at_return != 1)) return "released late";
    if (i < 4 || watched) continue;
    std::fprintf(stderr, "all in %.3f ms, a call's p50 %.3f ms\n", static_cast<double>(sample->return_ns) / 1e6,
                 static_cast<double>(sample->phases[0]) / 1e6);
  }
  const std::string failed = test_checks(scenario);
  return failed.empty() ? "well" : failed;
}

std::string some_samples(const std::vector<Parameter>& chosen, bool unprivileged = false) {
  return in_sandbox(
      [&](const std::string& folder) -> std::string {
        KernelMountDoor door;
        const ScenarioEntry entry = concurrent_scenario();
        const auto scenario =
            entry.make(case_of(entry, chosen), {.folder = folder, .door = &door, .release_limit_ns = 2'000'000'000});
        const size_t mounts = mount_points()->size();
        const std::string said = samples_of(*scenario);
        if (const auto done = scenario->cleanup(); !done.has_value()) return done.error().text();
        return mount_points()->size() == mounts ? said : said + ", and left a mount";
      },
      unprivileged);
}

TEST_F(ConcurrentOnTheKernel, all_mounts_go_in_one_namespace_or_in_many_in_either_mode) {
  for (const char* name_space : {"own", "shared"}) {
    for (const char* mode : {"plain", "lazy"}) {
      for (const char* umounters : {"1", "4", "64"}) {
        EXPECT_EQ(some_samples({{"umounters", umounters}, {"namespace", name_space}, {"mode", mode}}), "well")
            << name_space << " " << mode << " " << umounters;
      }
    }
  }
}

TEST_F(ConcurrentOnTheKernel, works_in_a_user_namespace) {
  EXPECT_EQ(some_samples({{"namespace", "own"}}, true), "well");
}

}  // namespace
}  // namespace umb
