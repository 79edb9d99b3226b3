// SPDX-License-Identifier: Apache-2.0
// Mounts that are passed on, on the real kernel, each in a sandbox, as in a worker.
#include "fixture/in_sandbox.h"
#include "scenario/propagation.h"
#include "scenario/test_samples.h"
#include "sys/private_mounts.h"
#include "testing/child.h"

#include <cstdio>
#include <filesystem>

#include <gtest/gtest.h>
#include <unistd.h>

namespace umb {
namespace {

class PropagationOnTheKernel : public ::testing::Test {
 protected:
  void SetUp() override {
    if (::geteuid() != 0) GTEST_SKIP() << "needs root";
  }
};

size_t processes() {
  size_t found = 0;
  for (const auto& entry : std::filesystem::directory_iterator("/proc")) {
    found += entry.path().filename().string().find_first_not_of("0123456789") == std::string::npos ? 1 : 0;
  }
  return found;
}

std::string samples_of(Scenario& scenario) {
  const size_t mounts = mount_points()->size();
  const int64_t start_ns = monotonic_ns();
  if (const auto done = scenario.setup(); !done.has_value()) return "setup: " + done.error().text();
  int64_t ready_ns = 0;
  for (const bool watched : {false, true, false}) {
    const Result<Sample> sample = test_sample(scenario, watched);
    if (!sample.has_value()) return sample.error().text();
    if (ready_ns == 0) ready_ns = monotonic_ns();
    if (sample->errno_value != 0) return errno_text(sample->errno_value);
    if (watched && (sample->released_ns == kMissing || sample->released_at_return != 1)) return "released late";
  }
  const int64_t done_ns = monotonic_ns();
  if (const auto done = scenario.end_block(); !done.has_value()) return "end of block: " + done.error().text();
  if (mount_points()->size() != mounts) return "left a mount behind its block";
  if (const auto done = scenario.cleanup(); !done.has_value()) return "cleanup: " + done.error().text();
  std::fprintf(stderr, "set up in %.0f ms, cleaned up in %.0f ms\n", static_cast<double>(ready_ns - start_ns) / 1e6,
               static_cast<double>(monotonic_ns() - done_ns) / 1e6);
  const std::string failed = test_checks(scenario);
  return failed.empty() ? "well" : failed;
}

std::string three_samples(const std::vector<Parameter>& chosen, bool unprivileged = false) {
  return in_sandbox(
      [&](const std::string& folder) -> std::string {
        KernelMountDoor door;
        auto watch = UnmountWatch::open();
        const ScenarioEntry entry = propagation_scenario();
        const auto scenario =
            entry.make(case_of(entry, chosen),
                       {.folder = folder, .door = &door, .watch = &*watch, .release_limit_ns = 2'000'000'000});
        const size_t mounts = mount_points()->size();
        const size_t before = processes();
        const std::string said = samples_of(*scenario);
        (void)scenario->cleanup();
        if (mount_points()->size() != mounts) return said + ", and left a mount";
        return comes_true([&] { return processes() == before; }, 20'000) ? said : said + ", and left a process";
      },
      unprivileged);
}

TEST_F(PropagationOnTheKernel, takes_the_mount_from_every_peer_of_either_kind_in_either_mode) {
  for (const char* kind : {"shared", "slave"}) {
    for (const char* mode : {"plain", "lazy"}) {
      for (const char* peers : {"1", "8"}) {
        EXPECT_EQ(three_samples({{"peers", peers}, {"kind", kind}, {"mode", mode}}), "well")
            << kind << " " << mode << " " << peers;
      }
    }
  }
}

TEST_F(PropagationOnTheKernel, works_with_hundreds_of_peers) {
  EXPECT_EQ(three_samples({{"peers", "512"}}), "well");
  EXPECT_EQ(three_samples({{"peers", "512"}, {"kind", "slave"}, {"mode", "lazy"}}), "well");
}

TEST_F(PropagationOnTheKernel, works_in_a_user_namespace) {
  EXPECT_EQ(three_samples({{"peers", "8"}}, true), "well");
}

}  // namespace
}  // namespace umb
