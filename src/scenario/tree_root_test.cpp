// SPDX-License-Identifier: Apache-2.0
// Trees of mounts on the real kernel, each in a sandbox, as in a worker.
#include "fixture/in_sandbox.h"
#include "scenario/test_samples.h"
#include "scenario/tree.h"
#include "sys/private_mounts.h"

#include <algorithm>
#include <cstdio>
#include <functional>

#include <fcntl.h>
#include <gtest/gtest.h>
#include <unistd.h>

namespace umb {
namespace {

class TreeOnTheKernel : public ::testing::Test {
 protected:
  void SetUp() override {
    if (::geteuid() != 0) GTEST_SKIP() << "needs root";
  }
};

/// Does something before each umount, and adds up what the umounts take.
class TestDoor final : public MountDoor {
 public:
  Result<void> mount(const MountRequest& request) override { return kernel_.mount(request); }
  int umount(const char* target, int flags) override {
    if (before) before(target);
    if (pretends) return 0;
    const int64_t start_ns = monotonic_ns();
    const int failed = kernel_.umount(target, flags);
    spent_ns += monotonic_ns() - start_ns;
    ++calls;
    return failed;
  }

  std::function<void(const char* target)> before;
  bool pretends = false;
  int64_t spent_ns = 0;
  int calls = 0;

 private:
  KernelMountDoor kernel_;
};

std::string told(const Error& error) {
  return "error: " + error.text();
}

using Body = std::function<std::string(Scenario& scenario, TestDoor& door)>;

std::string with_tree(const std::vector<Parameter>& chosen, const Body& body, bool unprivileged = false) {
  return in_sandbox(
      [&](const std::string& folder) -> std::string {
        TestDoor door;
        auto watch = UnmountWatch::open();
        const ScenarioEntry entry = tree_scenario();
        const auto scenario =
            entry.make(case_of(entry, chosen),
                       {.folder = folder, .door = &door, .watch = &*watch, .release_limit_ns = 200'000'000});
        const size_t mounts = mount_points()->size();
        const std::string said = body(*scenario, door);
        if (const auto done = scenario->cleanup(); !done.has_value()) return told(done.error());
        return mount_points()->size() == mounts ? said : "left a mount";
      },
      unprivileged);
}

/// A sample that counts and a watched one: "well", or what was not.
std::string two_samples(Scenario& scenario, size_t mounts) {
  const size_t before = mount_points()->size();
  if (const auto done = scenario.prepare(false); !done.has_value()) return told(done.error());
  if (mount_points()->size() != before + mounts) return "not so many mounts";
  if (const auto done = scenario.cleanup(); !done.has_value()) return told(done.error());
  const Result<Sample> counted = test_sample(scenario);
  if (!counted.has_value()) return told(counted.error());
  if (counted->errno_value != 0) return errno_text(counted->errno_value);
  const Result<Sample> watched = test_sample(scenario, true);
  if (!watched.has_value()) return told(watched.error());
  if (watched->released_ns == kMissing || watched->released_at_return != 1) return "released late";
  const std::string failed = test_checks(scenario);
  return failed.empty() ? "well" : failed;
}

TEST_F(TreeOnTheKernel, is_taken_off_in_every_shape_either_way) {
  for (const char* shape : {"flat", "deep", "stacked", "direct_map"}) {
    for (const char* take_off : {"recursive", "detach"}) {
      for (const size_t mounts : {1U, 30U}) {
        EXPECT_EQ(with_tree({{"mounts", std::to_string(mounts)}, {"shape", shape}, {"take_off", take_off}},
                            [&](Scenario& scenario, TestDoor&) { return two_samples(scenario, mounts); }),
                  "well")
            << shape << " " << take_off << " " << mounts;
      }
    }
  }
}

TEST_F(TreeOnTheKernel, works_in_a_user_namespace) {
  EXPECT_EQ(with_tree(
                {{"mounts", "30"}, {"shape", "deep"}},
                [](Scenario& scenario, TestDoor&) { return two_samples(scenario, 30); }, true),
            "well");
}

TEST_F(TreeOnTheKernel, may_be_deeper_than_any_path) {
  for (const char* take_off : {"recursive", "detach"}) {
    EXPECT_EQ(with_tree({{"mounts", "2500"}, {"shape", "deep"}, {"take_off", take_off}},
                        [](Scenario& scenario, TestDoor&) -> std::string {
                          const Result<Sample> sample = test_sample(scenario);
                          return sample.has_value() ? errno_text(sample->errno_value) : told(sample.error());
                        }),
              errno_text(0))
        << take_off;
  }
}

TEST_F(TreeOnTheKernel, whose_last_super_block_is_held_shows_as_deferred) {
  EXPECT_EQ(with_tree({{"mounts", "10"}, {"take_off", "detach"}},
                      [](Scenario& scenario, TestDoor& door) -> std::string {
                        UniqueFd held;
                        door.before = [&held](const char* target) {
                          held.reset(::open((std::string(target) + "/5").c_str(), O_RDONLY | O_CLOEXEC));
                        };
                        const Result<Sample> sample = test_sample(scenario, true);
                        if (!sample.has_value()) return told(sample.error());
                        if (sample->released_at_return != 0 || !sample->not_released) return "released";
                        return errno_text(sample->errno_value) + ", " + test_checks(scenario);
                      }),
            errno_text(EIO) +
                ", released_at_return: the umount worked, and what the mount held was not free when it returned");
}

TEST_F(TreeOnTheKernel, that_a_kernel_only_pretends_to_take_off_fails_its_check) {
  EXPECT_EQ(with_tree({{"mounts", "3"}, {"take_off", "detach"}},
                      [](Scenario& scenario, TestDoor& door) -> std::string {
                        std::string root;
                        door.before = [&root](const char* target) { root = target; };
                        door.pretends = true;
                        const Result<Sample> sample = test_sample(scenario);
                        if (!sample.has_value() || sample->errno_value == 0) return "a quick sample";
                        door.pretends = false;
                        const std::string failed = test_checks(scenario);
                        // The scenario takes it for gone.
                        if (door.umount(root.c_str(), MNT_DETACH) != 0) return "not undone";
                        return failed;
                      }),
            "tree gone: something is still mounted where the tree was");
}

/// How long they take is printed and not judged: others share the machine.
TEST_F(TreeOnTheKernel, of_5000_is_made_whole_and_taken_off_with_a_call_for_each) {
  for (const char* shape : {"flat", "deep", "stacked", "direct_map"}) {
    const std::string said =
        with_tree({{"mounts", "5000"}, {"shape", shape}}, [shape](Scenario& scenario, TestDoor& door) -> std::string {
          const size_t before = mount_points()->size();
          const int64_t start_ns = thread_cpu_ns();
          if (const auto done = scenario.prepare(false); !done.has_value()) return told(done.error());
          const int64_t made_ns = thread_cpu_ns() - start_ns;
          if (mount_points()->size() != before + 5000) return "not so many mounts";
          const int64_t prepared_ns = monotonic_ns();
          Sample sample;
          if (scenario.measure(sample).errno_value != 0) return "failed";
          const auto whole_ns = static_cast<double>(monotonic_ns() - prepared_ns);
          std::fprintf(stderr, "%s: 5000 mounts made in %.2f s of CPU time, our own share of the timed region %.2f%%\n",
                       shape, static_cast<double>(made_ns) / 1e9,
                       100 * (1 - static_cast<double>(door.spent_ns) / whole_ns));
          sample.errno_value = 0;
          if (const auto done = scenario.conclude(sample); !done.has_value()) return told(done.error());
          return std::to_string(door.calls) + " calls";
        });
    EXPECT_EQ(said, "5000 calls") << shape;
  }
}

}  // namespace
}  // namespace umb
