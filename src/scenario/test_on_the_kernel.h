// SPDX-License-Identifier: Apache-2.0
// For tests that take samples of a case for real.
#pragma once

#include "base/clock.h"
#include "fixture/in_sandbox.h"
#include "scenario/scenario.h"
#include "scenario/test_case.h"
#include "sys/cgroup_mounts.h"
#include "sys/fsmount_door.h"
#include "sys/private_mounts.h"

#include <string>
#include <vector>

#include <dirent.h>
#include <unistd.h>

namespace umb {

/// What a case makes its control groups in. In a run it is in the ledger; a test takes it away itself.
inline const std::string kTestGroup = "/umountbench-test-" + std::to_string(::getpid());
/// Of the host: in the sandbox none of them is to be seen.
inline const std::vector<std::string> kTestRoots = cgroup_roots();

struct TakenSamples {
  std::vector<Sample> samples;
  std::vector<CheckTally> checks;
  std::string trouble;  ///< around the call, or what was left behind; "" when all went well
};

/// How many names are in a folder of /proc/self.
inline int names_in(const char* folder) {
  DIR* open = ::opendir(folder);
  int count = 0;
  while (open != nullptr && ::readdir(open) != nullptr) ++count;
  if (open != nullptr) ::closedir(open);
  return count;
}

/// `count` samples of a case in the calling process, which is a worker in a sandbox. `watched`: each of them where the
/// case needs a watch at all.
inline TakenSamples take_samples(const Case& spec, const std::string& folder, int count, bool watched = true) {
  const ScenarioEntry& entry = *find_scenario(spec.scenario);
  KernelMountDoor door;
  FsmountDoor fsmount_door;
  auto watch = UnmountWatch::open();
  FixturePool fixtures(folder);
  TakenSamples taken;
  const auto went_well = [&taken](const char* where, const Result<void>& done) {
    if (!done.has_value()) taken.trouble = std::string(where) + ": " + done.error().text();
    return done.has_value();
  };
  const int descriptors = names_in("/proc/self/fd");
  const size_t mounts = mount_points()->size();
  {
    const auto scenario = entry.make(spec, {.folder = folder,
                                            .control_group = {kTestGroup, kTestRoots},
                                            .door = &door,
                                            .fixtures = &fixtures,
                                            .watch = &*watch,
                                            .fsmount_door = &fsmount_door,
                                            .release_limit_ns = 2'000'000'000});
    bool well = went_well("setup", scenario->setup());
    for (int i = 0; well && i < count; ++i) {
      const bool watch_it = watched && entry.needs_watch(spec);
      well = went_well("prepare", scenario->prepare(watch_it));
      if (!well) break;
      Sample sample;
      sample.watched = watch_it;
      const int64_t start_ns = monotonic_ns();
      const CallOutcome outcome = scenario->measure(sample);
      const int64_t stop_ns = monotonic_ns();
      sample.started_at_ns = outcome.started_at_ns != kMissing ? outcome.started_at_ns : start_ns;
      if (!watch_it) sample.return_ns = outcome.return_ns != kMissing ? outcome.return_ns : stop_ns - start_ns;
      sample.errno_value = outcome.errno_value;
      well = went_well("conclude", scenario->conclude(sample));
      if (well) taken.samples.push_back(sample);
    }
    if (well) well = went_well("end of the block", scenario->end_block());
    taken.checks = scenario->take_checks();
    const Result<void> cleaned = scenario->cleanup();
    if (well) well = went_well("cleanup", cleaned);
    if (!well) return taken;
  }
  // A loop device of a file system stays attached, and its descriptor open, as long as the fixtures live.
  if (names_in("/proc/self/fd") > descriptors + 1) taken.trouble = "left a descriptor";
  if (mount_points()->size() != mounts) taken.trouble = "left a mount";
  return taken;
}

/// What failed of the checks, or "".
inline std::string failed_checks(const std::vector<CheckTally>& checks) {
  std::string failed;
  for (const CheckTally& check : checks) {
    if (check.failed > 0) failed += check.name + " failed: " + check.first_failure + "; ";
  }
  return failed;
}

/// The names of the checks that were looked at, in their order.
inline std::string looked_at(const std::vector<CheckTally>& checks) {
  std::string names;
  for (const CheckTally& check : checks) names += (names.empty() ? "" : " ") + check.name;
  return names;
}

}  // namespace umb
