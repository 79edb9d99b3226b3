// SPDX-License-Identifier: Apache-2.0
// The loop of reuse on the real kernel, in a sandbox, as in a worker.
#include "fixture/in_sandbox.h"
#include "fixture/state_folder.h"
#include "scenario/reuse.h"
#include "scenario/test_case.h"

#include <gtest/gtest.h>
#include <unistd.h>

namespace umb {
namespace {

class ReuseOnTheKernel : public ::testing::Test {
 protected:
  void SetUp() override {
    if (::geteuid() != 0) GTEST_SKIP() << "needs root";
    const std::string reason = lacking(reuse_scenario().needs(case_of(reuse_scenario(), {})));
    if (!reason.empty()) GTEST_SKIP() << reason;
  }
};

/// Two samples of a case: "well", or the first failed check in words.
std::string two_samples(const std::vector<Parameter>& chosen) {
  return in_sandbox([&](const std::string& folder) -> std::string {
    const auto state = StateFolder::open(folder + "/state");
    const auto run = state->make_run();
    Ledger ledger = Ledger::create(*run).value();
    const Case spec = case_of(reuse_scenario(), chosen);
    KernelMountDoor door;
    const auto scenario = reuse_scenario().make(
        spec, {.folder = folder, .door = &door, .release_limit_ns = 5'000'000'000, .ledger = &ledger});
    if (const auto done = scenario->setup(); !done.has_value()) return "setup: " + done.error().text();
    const size_t entries = spec.value("device") == "same_loop" ? 1 : 0;
    if (load_ledger(*run)->items.size() != entries) return "not in the ledger";
    std::string told = "well";
    for (int i = 0; i < 2 && told == "well"; ++i) {
      if (const auto done = scenario->prepare(false); !done.has_value()) return "prepare: " + done.error().text();
      Sample sample;
      sample.errno_value = scenario->measure(sample).errno_value;
      sample.return_ns = 1'000'000;
      if (const auto done = scenario->conclude(sample); !done.has_value()) return "conclude: " + done.error().text();
      for (const CheckTally& check : scenario->take_checks()) {
        if (check.failed > 0 && told == "well") told = check.name + ": " + check.first_failure;
      }
      if ((sample.errno_value == 0) != (told == "well")) return "errno";
    }
    if (const auto done = scenario->cleanup(); !done.has_value()) return "cleanup: " + done.error().text();
    return load_ledger(*run)->items.empty() ? told : "left in the ledger";
  });
}

TEST_F(ReuseOnTheKernel, a_healthy_kernel_passes_with_a_device_attached_anew_each_time) {
  EXPECT_EQ(two_samples({{"device", "same_file"}, {"rounds", "8"}}), "well");
}

TEST_F(ReuseOnTheKernel, a_healthy_kernel_passes_with_one_device_for_all_rounds) {
  EXPECT_EQ(two_samples({{"device", "same_loop"}, {"rounds", "8"}}), "well");
  EXPECT_EQ(two_samples({{"device", "same_loop"}, {"mode", "plain"}, {"rounds", "2"}}), "well");
}

/// That a failure can be seen at all: on every kernel a device's own cache outlives a umount while somebody has it
/// open.
TEST_F(ReuseOnTheKernel, the_control_run_with_a_descriptor_kept_open_fails_with_round_and_message) {
  const std::string told = two_samples({{"device", "same_loop"}, {"control", "kept_fd"}, {"rounds", "100"}});
  EXPECT_NE(told.find(": round "), std::string::npos) << told;
  EXPECT_NE(told.find("control=kept_fd holds the device open"), std::string::npos) << told;
  if (::access("/dev/kmsg", R_OK) == 0) {
    EXPECT_NE(told.find("EXT4-fs"), std::string::npos) << told;
  }
}

}  // namespace
}  // namespace umb
