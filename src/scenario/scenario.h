// SPDX-License-Identifier: Apache-2.0
// What is measured. A new scenario is one file here and one line in registry.cpp.
#pragma once

#include "base/result.h"
#include "fixture/fixture_pool.h"
#include "fixture/ledger.h"
#include "model/case.h"
#include "model/check_tally.h"
#include "model/facts.h"
#include "model/plan.h"
#include "model/record.h"
#include "model/sample.h"
#include "sys/cgroup_mounts.h"
#include "sys/mount_door.h"
#include "sys/unmount_watch.h"

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace umb {

/// What a scenario works with; all of it lives in the worker and outlives the scenario.
struct Workshop {
  std::string folder;          ///< of our own, on our private tmpfs
  ControlGroup control_group;  ///< of the run; in the ledger, not made yet
  MountDoor* door = nullptr;
  FixturePool* fixtures = nullptr;
  UnmountWatch* watch = nullptr;
  MountDoor* fsmount_door = nullptr;  ///< to mount by the newer calls, for api=fsmount
  std::string disk_folder;            ///< of our own, on a disk, for backing=dir; "" where no case has it
  bool released = true;               ///< whether the second clock is read
  int64_t release_limit_ns = 0;
  Ledger* ledger = nullptr;              ///< the run's, for what outlives a kill; null in a test that has none
  std::string host_processes = "/proc";  ///< WorkerPort::host_processes()
};

/// What the timed call itself could tell.
struct CallOutcome {
  int errno_value = 0;               ///< 0 = worked
  int64_t thread_cpu_ns = kMissing;  ///< set where another process did the work; otherwise the sampler's own
  int64_t voluntary_switches = kMissing;
  /// Set where another process held the stopwatch; otherwise the sampler's own.
  int64_t started_at_ns = kMissing;
  int64_t return_ns = kMissing;
};

/// One case being measured: setup() ▸ { prepare() ▸ measure() ▸ conclude() } × repetitions ▸ cleanup().
class Scenario {
 public:
  virtual ~Scenario() = default;
  /// Once, before the case's first sample in a worker.
  [[nodiscard]] virtual Result<void> setup() = 0;
  /// After setup(): what it found out about what it measures, texts only; it goes into the result.
  [[nodiscard]] virtual Facts facts() const { return {}; }
  /// Everything a sample needs, outside the stopwatch. `watched`: this sample is for the second clock only.
  [[nodiscard]] virtual Result<void> prepare(bool watched) = 0;
  /// The stopwatch stands around this call: nothing but what is measured. Phases, where the scenario has them, are
  /// stamped into sample.phases.
  [[nodiscard]] virtual CallOutcome measure(Sample& sample) = 0;
  /// The second clock (sample.released_ns, sample.not_released) and whatever must be undone before the next sample.
  [[nodiscard]] virtual Result<void> conclude(Sample& sample) = 0;
  /// After each block of samples, in nobody's time: waits for what the kernel still does because of them, which would
  /// otherwise disturb the case that comes next, and stops what went on beside them. An error ends the case: what had
  /// to go on beside its samples did not.
  [[nodiscard]] virtual Result<void> end_block() { return {}; }
  /// What it has checked since it was last asked, in the warm-up too, beside "call" and "released", which the runner
  /// sees for itself. A check that failed once fails the run.
  [[nodiscard]] virtual std::vector<CheckTally> take_checks() { return {}; }
  /// Once, after the last sample in this worker, also after an error.
  [[nodiscard]] virtual Result<void> cleanup() = 0;
};

struct ScenarioEntry {
  ScenarioInfo info;
  Needs (*needs)(const Case& spec) = nullptr;
  /// The metric columns, with the reason for nulls that come by design.
  std::vector<MetricInfo> (*metrics)(const Case& spec, const Settings& settings) = nullptr;
  /// Whether the second clock needs samples of its own (a watch slows the call down).
  bool (*needs_watch)(const Case& spec) = nullptr;
  /// A guess at what a sample takes beside the settling, for --dry-run: rcu=normal waits included.
  int64_t (*estimate_ns)(const Case& spec) = nullptr;
  /// Which cases have the phase columns; nullptr: all.
  bool (*has_phases)(const Case& spec) = nullptr;
  std::unique_ptr<Scenario> (*make)(const Case& spec, const Workshop& workshop) = nullptr;
};

/// In the order in which they are listed.
[[nodiscard]] const std::vector<ScenarioEntry>& scenarios();
/// nullptr for an unknown name.
[[nodiscard]] const ScenarioEntry* find_scenario(const std::string& name);
/// The phase columns of a case of a known scenario.
[[nodiscard]] std::vector<std::string> phases_of(const Case& spec);
/// The descriptions alone, for plan/.
[[nodiscard]] std::vector<ScenarioInfo> scenario_infos();

}  // namespace umb
