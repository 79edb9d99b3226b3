// SPDX-License-Identifier: Apache-2.0
#include "testing/record_builder.h"

#include "base/text.h"

namespace umb {

namespace {

Case case_of(const std::string& id) {
  Case made;
  made.id = id;
  for (const std::string& part : split(id, '/')) {
    const size_t equals = part.find('=');
    if (equals == std::string::npos) {
      made.scenario = part;
    } else {
      made.parameters.push_back({part.substr(0, equals), part.substr(equals + 1)});
    }
  }
  return made;
}

}  // namespace

std::vector<MadeSample> even_samples(size_t count, int64_t low_ns, int64_t high_ns, int64_t switches) {
  std::vector<MadeSample> samples(count);
  for (size_t i = 0; i < count; ++i) {
    const auto place = static_cast<int64_t>((i * 7919) % count);
    MadeSample& sample = samples[i];
    sample.return_ns = low_ns + (count > 1 ? (high_ns - low_ns) * place / static_cast<int64_t>(count - 1) : 0);
    sample.released_ns = sample.return_ns + 2'000;
    sample.switches = switches;
  }
  return samples;
}

CaseRecord made_case(const std::string& id, const std::vector<MadeSample>& samples) {
  CaseRecord made;
  made.spec = case_of(id);
  made.stop_reason = "samples";
  made.metrics = {{"return_ns", "ns", "lower", ""}, {"released_ns", "ns", "lower", ""}};
  Series& series = made.samples;
  series.metrics = {{"return_ns", {}},
                    {"released_ns", {}},
                    {"thread_cpu_ns", {}},
                    {"voluntary_switches", {}},
                    {"released_at_return", {}}};
  for (const MadeSample& sample : samples) {
    series.round.push_back(sample.round);
    series.sequence.push_back(static_cast<uint32_t>(series.size()));
    series.repetition.push_back(0);
    series.warmup.push_back(sample.warmup ? 1 : 0);
    series.started_at_ns.push_back(static_cast<int64_t>(series.size()) * 1'000'000);
    series.errno_value.push_back(sample.errno_value);
    series.metrics[0].values.push_back(sample.return_ns);
    series.metrics[1].values.push_back(sample.released_ns);
    series.metrics[2].values.push_back(sample.cpu_ns);
    series.metrics[3].values.push_back(sample.switches);
    series.metrics[4].values.push_back(sample.released_ns == kMissing ? kMissing : sample.released_at_return ? 1 : 0);
  }
  return made;
}

CaseRecord made_case(const std::string& id, const std::string& outcome, const std::string& reason) {
  CaseRecord made;
  made.spec = case_of(id);
  made.outcome = outcome;
  made.reason = reason;
  return made;
}

RunRecord made_run(std::vector<CaseRecord> cases) {
  RunRecord run;
  run.tool = {"umountbench", "0.1.0", "0123abcd", {}};
  run.run.id = "5f1c";
  run.run.started_at = "2025-04-08T12:00:00.000Z";
  run.run.finished_at = "2025-04-08T12:00:36.000Z";
  run.run.seed = 42;
  run.run.config_json = R"({"name":"quick","rounds":1,"samples":300,"settle":"random"})";
  run.clock = {"CLOCK_MONOTONIC", 1, 22, 0, "2025-04-08T12:00:00.000Z"};
  run.environment_before = {
      {"kernel_release", std::string("6.12.1")},
      {"architecture", std::string("x86_64")},
      {"preemption_model", std::string("PREEMPT_DYNAMIC")},
      {"preemption_mode", std::string("full")},
      {"hz", int64_t{250}},
      {"cpus_possible", int64_t{2}},
      {"cpus_online", int64_t{2}},
      {"rcu_normal", int64_t{0}},
      {"rcu_expedited", int64_t{0}},
      {"rcu_normal_requested", FactValue()},
      {"rcu_expedited_requested", FactValue()},
      {"rcu_normal_after_boot_requested", int64_t{0}},
      {"rcu_normal_after_boot_effective", int64_t{0}},
      {"rcu_normal_wake_from_gp", FactValue()},
      {"cpu_model", std::string("Example CPU @ 2.60GHz")},
      {"virtualisation", std::string("kvm")},
      {"container", std::string("none")},
      {"clock_source", std::string("tsc")},
      {"governor", FactValue()},
      {"load_1min", 0.25},
      {"mount_count", int64_t{31}},
  };
  run.boot_id = "0d9f2c7e-0000-4000-8000-000000000000";
  Round round;
  round.pid = 100;
  round.started_at = run.run.started_at;
  run.rounds = {round};
  run.cases = std::move(cases);
  return run;
}

}  // namespace umb
