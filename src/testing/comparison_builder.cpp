// SPDX-License-Identifier: Apache-2.0
#include "testing/comparison_builder.h"

#include "base/text.h"

namespace umb {

namespace {

constexpr size_t kBoots = 7;
constexpr size_t kSamplesABoot = 300;

SideFigures made_figures(double p50_ns, double spread) {
  return {.units = kBoots,
          .samples = kBoots * kSamplesABoot,
          .attempts = kBoots * kSamplesABoot,
          .p50 = p50_ns,
          .p90 = p50_ns * 1.25,
          .p95 = p50_ns * 1.5,
          .p99 = p50_ns * 2,
          .minimum = p50_ns * 0.75,
          .maximum = p50_ns * 8,
          .spread = spread,
          .unit_p50 = std::vector<double>(kBoots, p50_ns)};
}

QuantileResult made_quantile(double p, double baseline_ns, double ratio, Verdict verdict) {
  return {.p = p,
          .gated = p == 0.5,
          .method = Method::kExact,
          .baseline = baseline_ns,
          .candidate = baseline_ns * ratio,
          .ratio = ratio,
          .low = ratio * 0.97,
          .high = ratio * 1.03,
          .p_value = verdict == Verdict::kSame || verdict == Verdict::kInconclusive ? 0.62 : 0.000583,
          .adjusted = verdict == Verdict::kSame || verdict == Verdict::kInconclusive ? 1.0 : 0.00466,
          .verdict = verdict,
          .beyond_threshold = verdict == Verdict::kSlower || verdict == Verdict::kFaster,
          .units_wanted = {}};
}

Case spec_of(const std::string& id) {
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

BootDigest made_boot(const std::string& kernel, size_t number) {
  const std::string minute = std::to_string(10 + number);
  BootDigest boot;
  boot.source = kernel + "/boot-" + std::to_string(number) + ".json";
  boot.run_id = kernel + "-" + std::to_string(number);
  boot.session = "s1";
  boot.boot_id = kernel + "-boot-" + std::to_string(number);
  boot.started_at = "2025-04-08T12:" + minute + ":00.000Z";
  boot.finished_at = "2025-04-08T12:" + minute + ":40.000Z";
  boot.tool_version = "0.1.0";
  boot.plan.name = "compare";
  boot.plan.settings = {{"rounds", int64_t{1}}, {"samples", int64_t{300}}, {"settle", std::string("random")}};
  boot.clock = {{"name", std::string("CLOCK_MONOTONIC")}, {"resolution_ns", int64_t{1}}, {"overhead_ns", int64_t{22}}};
  boot.environment = {{"kernel_release", kernel},
                      {"architecture", std::string("x86_64")},
                      {"preemption_model", std::string("PREEMPT_DYNAMIC")},
                      {"preemption_mode", std::string("full")},
                      {"hz", int64_t{250}},
                      {"rcu_normal", int64_t{0}},
                      {"rcu_expedited", int64_t{0}},
                      {"rcu_normal_after_boot_requested", int64_t{0}},
                      {"rcu_normal_after_boot_effective", int64_t{0}},
                      {"cpu_model", std::string("Example CPU @ 2.60GHz")},
                      {"cpus_online", int64_t{2}}};
  boot.rounds = 1;
  return boot;
}

Side made_side(const std::string& kernel, size_t boots) {
  Side side{.name = kernel, .boots = {}, .boot_count = boots};
  for (size_t i = 0; i < boots; ++i) side.boots.push_back(made_boot(kernel, i));
  return side;
}

}  // namespace

Row made_row(const std::string& id, Verdict verdict, double baseline_ns, double ratio, const std::string& words) {
  Row row;
  row.id = id;
  row.spec = spec_of(id);
  row.metric = "return_ns";
  row.unit = "ns";
  row.better = "lower";
  row.baseline = made_figures(baseline_ns, 0.0412);
  row.candidate = made_figures(baseline_ns * ratio, 0.0381);
  row.quantiles = {made_quantile(0.5, baseline_ns, ratio, verdict),
                   made_quantile(0.9, baseline_ns * 1.25, ratio, Verdict::kInconclusive),
                   made_quantile(0.99, baseline_ns * 2, ratio, Verdict::kInconclusive)};
  row.verdict = verdict;
  row.gated = true;
  row.fails = verdict == Verdict::kSlower;
  row.words = words;
  return row;
}

Row with_units(Row row, size_t units) {
  for (SideFigures* side : {&row.baseline, &row.candidate}) {
    side->units = units;
    side->samples = side->attempts = units * kSamplesABoot;
    side->unit_p50.resize(units);
    if (units < 2) side->spread.reset();
  }
  for (QuantileResult& result : row.quantiles) {
    result.method = units < 2 ? Method::kNone : Method::kWelch;
    if (units >= 2) continue;
    result.low = result.high = result.p_value = result.adjusted = std::nullopt;
  }
  return row;
}

Comparison made_comparison(std::vector<Row> rows, const std::string& headline) {
  Comparison made;
  made.metric = "return_ns";
  made.sides = {made_side("6.6.1", kBoots), made_side("6.12.1", kBoots)};
  made.gate = "p50 of " + std::to_string(rows.size()) + " cases";
  made.gate_size = rows.size();
  made.headline = headline;
  made.verdict = Verdict::kSame;
  for (const Row& row : rows) made.fails = made.fails || row.fails;
  if (!rows.empty()) made.verdict = rows[0].verdict;
  made.pairs.resize(1);
  made.pairs[0].candidate = 1;
  made.pairs[0].rows = std::move(rows);
  return made;
}

}  // namespace umb
