// SPDX-License-Identifier: Apache-2.0
#include "runner/worker.h"

#include "base/clock.h"
#include "base/text.h"
#include "fixture/ledger.h"
#include "fixture/state_folder.h"
#include "runner/block_door.h"
#include "runner/messages.h"
#include "runner/sampler.h"
#include "scenario/scenario.h"
#include "sys/fsmount_door.h"
#include "sys/private_mounts.h"
#include "sys/scheduling.h"

#include <cerrno>
#include <cstdlib>
#include <map>

#include <sys/stat.h>

namespace umb {

namespace {

class Worker {
 public:
  Worker(const WorkerSetup& setup, const WorkerPort& port, UnmountWatch watch, uint64_t seed)
      : plan_(*setup.plan),
        stop_(*setup.stop),
        probe_folder_(setup.folder + "/probe"),
        watch_(std::move(watch)),
        fixtures_(setup.folder),
        random_(seed),
        ledger_(Ledger::open(RunFolder::of_mount_point(setup.folder))) {
    workshop_ = {.folder = setup.folder,
                 .control_group = setup.control_group,
                 .door = &door_,
                 .fixtures = &fixtures_,
                 .watch = &watch_,
                 .fsmount_door = &fsmount_door_,
                 .disk_folder = setup.disk_folder,
                 .released = plan_.settings.released,
                 .release_limit_ns = plan_.settings.release_limit_ns,
                 .ledger = ledger_.has_value() ? &*ledger_ : nullptr,
                 .host_processes = port.host_processes()};
    options_ = {.settle = plan_.settings.settle == "random", .costs = measure_sampler_costs()};
  }

  BlockResult run_block(const BlockRequest& request) {
    BlockResult result;
    const Result<Scenario*> scenario = scenario_of(request.case_index);
    if (!scenario.has_value()) {
      result.error = scenario.error().text();
      return result;
    }
    // After the setting up: an image that takes long to make must not use up the case's time to warm up.
    result.facts = (*scenario)->facts();
    const int64_t start_ns = monotonic_ns();
    result.samples.reserve(request.count);
    take_samples(**scenario, request, start_ns, result);
    result.elapsed_ns = monotonic_ns() - start_ns;
    if (result.error.empty()) {
      const Result<void> ended = (*scenario)->end_block();
      if (!ended.has_value()) result.error = ended.error().text();
    }
    result.checks = (*scenario)->take_checks();
    if (!result.error.empty()) end_case(request.case_index);
    return result;
  }

  RcuProbe probe() {
    ::mkdir(probe_folder_.c_str(), 0700);
    return probe_rcu(probe_folder_);
  }

  bool cleanup() {
    bool clean = true;
    for (auto& [index, scenario] : scenarios_) clean = scenario->cleanup().has_value() && clean;
    return clean;
  }

 private:
  void take_samples(Scenario& scenario, const BlockRequest& request, int64_t start_ns, BlockResult& result) {
    const auto take = [&]() -> std::optional<int64_t> {
      const bool over = !result.samples.empty() && monotonic_ns() - start_ns >= request.limit_ns;
      if (over || stop_.requested()) return std::nullopt;
      const uint64_t number = request.watched_offset + result.samples.size();
      const bool watched = request.watched_every != 0 && number % request.watched_every == 0;
      const Result<Sample> sample = take_sample(scenario, watched, options_, random_);
      if (!sample.has_value()) {
        result.error = sample.error().text();
        return std::nullopt;
      }
      result.samples.push_back(*sample);
      return sample->return_ns == kMissing ? 0 : sample->return_ns;
    };
    const Result<void> ran = run_block_by_benchmark(plan_.cases[request.case_index].id, request.count, take);
    if (!ran.has_value() && result.error.empty()) result.error = ran.error().text();
  }

  /// What trouble left mounted would otherwise be in the way of the other cases.
  void end_case(uint32_t case_index) {
    (void)scenarios_.at(case_index)->cleanup();
    scenarios_.erase(case_index);
  }

  /// Set up at its first block, kept to the end of the round.
  Result<Scenario*> scenario_of(uint32_t case_index) {
    const auto held = scenarios_.find(case_index);
    if (held != scenarios_.end()) return held->second.get();
    const Case& spec = plan_.cases.at(case_index);
    std::unique_ptr<Scenario> made = find_scenario(spec.scenario)->make(spec, workshop_);
    const Result<void> ready = made->setup();
    if (!ready.has_value()) {
      (void)made->cleanup();
      return Failure(ready.error());
    }
    return scenarios_.emplace(case_index, std::move(made)).first->second.get();
  }

  const Plan& plan_;
  const StopFlag& stop_;
  std::string probe_folder_;
  KernelMountDoor door_;
  FsmountDoor fsmount_door_;
  UnmountWatch watch_;
  FixturePool fixtures_;
  Random random_;
  Result<Ledger> ledger_;
  Workshop workshop_;
  SamplerOptions options_;
  std::map<uint32_t, std::unique_ptr<Scenario>> scenarios_;
};

/// What was refused, a line each: recorded as warnings, never a reason not to measure.
std::string apply_scheduling(const Settings& settings) {
  std::vector<std::string> refused;
  const auto note = [&](const Result<void>& done) {
    if (!done.has_value()) refused.push_back(done.error().text());
  };
  if (settings.mlockall) note(lock_memory());
  if (settings.cpu >= 0) note(pin_to_cpu(settings.cpu));
  if (settings.fifo > 0) note(become_fifo(settings.fifo));
  return join(refused, "\n");
}

}  // namespace

int worker_main(const WorkerSetup& setup, const WorkerPort& port) {
  // umount(8) and libmount would otherwise make /run/mount on the host for their table of user mounts.
  ::setenv("LIBMOUNT_UTAB", (setup.folder + "/utab").c_str(), 1);
  Result<std::optional<std::string>> request = port.next();
  if (!request.has_value() || !request->has_value()) return 1;
  // What a worker left that was killed: its loop device would stay busy under the image that is now ours.
  if (!detach_all_below(setup.folder).has_value()) return 1;
  const Result<uint64_t> seed = decode_plain<uint64_t>(**request);
  Result<UnmountWatch> watch = UnmountWatch::open();
  if (!seed.has_value() || !watch.has_value()) return 1;
  if (!port.answer(apply_scheduling(setup.plan->settings)).has_value()) return 1;

  Worker worker(setup, port, std::move(*watch), *seed);
  while (true) {
    request = port.next();
    if (!request.has_value()) return 1;
    if (!request->has_value()) break;
    std::string answer;
    switch (static_cast<RequestKind>((*request)->at(0))) {
      case RequestKind::kBlock: {
        const Result<BlockRequest> block = decode_block_request(**request);
        if (!block.has_value()) return 1;
        answer = encode(worker.run_block(*block));
        break;
      }
      case RequestKind::kProbe:
        answer = encode_plain(worker.probe());
        break;
    }
    if (!port.answer(answer).has_value()) return 1;
  }
  return worker.cleanup() ? 0 : 2;
}

}  // namespace umb
