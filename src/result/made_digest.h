// SPDX-License-Identifier: Apache-2.0
// For tests: a digest like those of real runs, made up, with figures that have all their digits.
#pragma once

#include "model/digest.h"

#include <algorithm>
#include <cmath>
#include <random>
#include <string>
#include <vector>

namespace umb {

struct MadeDigest {
  size_t cases = 8;
  size_t rounds = 7;
  std::vector<double> gate{0.5};
};

/// Sorted times: a log-normal body from `centre_ns` on, and a long tail.
[[nodiscard]] inline std::vector<double> made_times(std::mt19937_64& random, size_t count, double centre_ns) {
  std::normal_distribution<double> body(std::log(centre_ns), 0.12);
  std::vector<double> times;
  for (size_t i = 0; i < count; ++i) times.push_back(std::round(std::exp(body(random)) * (i % 50 == 0 ? 3 : 1)));
  std::ranges::sort(times);
  return times;
}

[[nodiscard]] inline MetricDigest made_metric(const std::string& name, std::mt19937_64& random, size_t count,
                                              double centre_ns, bool grid) {
  const std::vector<double> times = made_times(random, count, centre_ns);
  const auto at = [&](double p) { return times[static_cast<size_t>(p * static_cast<double>(count - 1))]; };
  MetricDigest metric{.name = name,
                      .unit = "ns",
                      .better = "lower",
                      .count = count,
                      .minimum = times.front(),
                      .maximum = times.back(),
                      .quantiles = {},
                      .grid = {},
                      .missing_reason = "a watched sample is slower by its watch and never counted"};
  for (const double p : {0.5, 0.9, 0.95, 0.99}) metric.quantiles.push_back({p, at(p) * (1 + std::sqrt(p) / 1000)});
  for (int step = 0; grid && step <= 100; ++step) metric.grid.push_back(std::llround(at(step / 100.0)));
  return metric;
}

/// A case of a whole boot, or (without a grid) of a round.
[[nodiscard]] inline CaseDigest made_case_digest(size_t index, std::mt19937_64& random, size_t samples, bool grid) {
  static const std::vector<std::string> kSystems{"tmpfs", "ext4", "bind", "xfs", "btrfs", "overlay", "proc"};
  const std::string& system = kSystems[index / 4 % kSystems.size()];
  const std::string mode = index % 4 < 2 ? "plain" : "lazy";
  const std::string rcu = index % 2 == 0 ? "default" : "normal";
  CaseDigest made;
  made.spec = {
      "umount/fs=" + system + "/mode=" + mode + "/method=syscall/rcu=" + rcu,
      "umount",
      {{"fs", system}, {"mode", mode}, {"method", "syscall"}, {"rcu", rcu}, {"files", "0"}, {"dirty_bytes", "0"}}};
  made.outcome = "measured";
  made.samples = samples;
  const double centre_ns = rcu == "normal" ? 15'600'000 : 41'000;
  made.metrics = {made_metric("return_ns", random, samples - samples / 10, centre_ns, grid),
                  made_metric("released_ns", random, samples / 10, centre_ns * 1.1, false)};
  made.shape.autocorrelation_time = 1 + std::uniform_real_distribution<double>(0, 30)(random);
  made.shape.trend_ratio = std::uniform_real_distribution<double>(0.9, 1.1)(random);
  if (index % 4 == 1) made.shape.modes = {{0.71 + 1.0 / 3000, centre_ns}, {0.29 - 1.0 / 3000, centre_ns * 1.5}};
  return made;
}

[[nodiscard]] inline BootDigest made_digest(const MadeDigest& like = {}) {
  std::mt19937_64 random(7);
  BootDigest boot;
  boot.source = "results/a.json";
  boot.run_id = "5f1c0d9f2c7e4a7e";
  boot.boot_id = "0d9f2c7e-0000-4000-8000-000000000000";
  boot.started_at = "2025-04-08T12:00:00.000Z";
  boot.finished_at = "2025-04-08T12:03:36.000Z";
  boot.tool_version = "0.2.0";
  boot.plan = {.name = "quick",
               .settings = {{"unprivileged", false},
                            {"rounds", int64_t{7}},
                            {"samples", int64_t{2000}},
                            {"interval", 0.05},
                            {"time_limit_ns", int64_t{4'000'000'000}},
                            {"settle", std::string("none")},
                            {"released", true},
                            {"watched_share", 0.1}},
               .gate = Gate{".*", like.gate},
               .cases = {}};
  boot.clock = {{"name", std::string("CLOCK_MONOTONIC")}, {"resolution_ns", int64_t{1}}, {"overhead_ns", int64_t{22}}};
  for (int i = 0; i < 42; ++i) boot.environment.push_back({"a_fact_of_the_machine_" + std::to_string(i), int64_t{i}});
  boot.environment.push_back({"kernel_command_line", std::string(300, 'x')});
  boot.rounds = like.rounds;
  for (size_t i = 0; i < like.cases; ++i) boot.whole.cases.push_back(made_case_digest(i, random, 2000, true));
  for (size_t round = 0; like.rounds > 1 && round < like.rounds; ++round) {
    UnitDigest unit{.round = static_cast<uint32_t>(round), .disturbed = round == 3, .cases = {}};
    for (size_t i = 0; i < like.cases; ++i) unit.cases.push_back(made_case_digest(i, random, 280, false));
    boot.disturbed_rounds += unit.disturbed ? 1 : 0;
    boot.by_round.push_back(std::move(unit));
  }
  for (const CaseDigest& one : boot.whole.cases) boot.plan.cases.push_back(one.spec.id);
  return boot;
}

}  // namespace umb
