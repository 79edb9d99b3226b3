// SPDX-License-Identifier: Apache-2.0
#include "compare/judge.h"

#include "stats/adjust.h"
#include "stats/quantile.h"

#include <algorithm>
#include <cmath>
#include <fstream>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace umb {
namespace {

using nlohmann::json;

constexpr double kTolerance = 1e-9;

void expect_close(double got, double wanted, const std::string& what) {
  EXPECT_LE(std::fabs(got - wanted), kTolerance * std::max(1.0, std::fabs(wanted))) << what;
}

/// ln of each boot's quantile, without the first tenth of its samples, as the vectors were made.
std::vector<double> log_values(const json& boots, double p, double warmup) {
  std::vector<double> values;
  for (const json& boot : boots) {
    auto samples = boot.get<std::vector<double>>();
    samples.erase(samples.begin(),
                  samples.begin() + static_cast<std::ptrdiff_t>(warmup * static_cast<double>(samples.size())));
    std::ranges::sort(samples);
    values.push_back(std::log(harrell_davis(std::span<const double>(samples), p)));
  }
  return values;
}

void expect_interval(const std::optional<LogInterval>& got, const json& wanted, const std::string& what) {
  ASSERT_TRUE(got.has_value()) << what;
  expect_close(std::exp(got->low), wanted[0].get<double>(), what);
  expect_close(std::exp(got->high), wanted[1].get<double>(), what);
}

TEST(Judge, agrees_with_every_end_to_end_vector) {
  const json golden = json::parse(std::ifstream(UMOUNTBENCH_SOURCE_DIR "/tests/data/stat_golden.json"));
  size_t checked = 0;
  for (const json& row : golden["end_to_end"]) {
    const std::string what = row["name"].get<std::string>() + " p" + row["p"].dump();
    SCOPED_TRACE(what);
    const json& wanted = row["expected"];
    const double alpha = row["alpha"].get<double>();
    const std::vector<double> a = log_values(row["a"], row["p"], row["warmup_fraction"]);
    const std::vector<double> b = log_values(row["b"], row["p"], row["warmup_fraction"]);
    for (size_t i = 0; i < a.size(); ++i) expect_close(a[i], wanted["a_log"][i].get<double>(), what);
    for (size_t i = 0; i < b.size(); ++i) expect_close(b[i], wanted["b_log"][i].get<double>(), what);
    JudgeInput input{.baseline = a, .candidate = b, .prior = {}, .alpha = alpha};
    if (row.contains("prior")) input.prior = Prior{row["prior"]["s0"].get<double>(), row["prior"]["d0"].get<double>()};
    const Judged judged = judge(input);
    expect_close(std::exp(judged.log_ratio), wanted["ratio"].get<double>(), what);
    const std::string method = wanted["method"];
    EXPECT_EQ(judged.method, method == "hl-exact"    ? Method::kExact
                             : method == "welch-t"   ? Method::kWelch
                             : method == "profile-t" ? Method::kProfile
                                                     : Method::kNone);
    if (wanted.contains("p")) {
      ASSERT_TRUE(judged.p_value.has_value());
      expect_close(*judged.p_value, wanted["p"].get<double>(), what);
      expect_interval(judged.interval, wanted["ci95"], what);
      expect_interval(judged.tost_interval, wanted["ci90"], what);
      EXPECT_EQ(beyond(judged, row["delta"].get<double>()), wanted["confirmed_beyond_delta"].get<bool>());
    }
    EXPECT_STREQ(verdict_name(decide(judged, judged.p_value, row["delta"].get<double>(), alpha, 1)),
                 wanted["verdict"].get<std::string>().c_str());
    ++checked;
  }
  EXPECT_EQ(checked, 21U);
}

std::vector<double> logs(std::vector<double> values) {
  for (double& value : values) value = std::log(value);
  return values;
}

TEST(Judge, says_nothing_but_the_ratio_of_one_unit_a_side) {
  const std::vector<double> a = logs({100});
  const std::vector<double> b = logs({300});
  const Judged judged = judge({.baseline = a, .candidate = b, .prior = {}});
  EXPECT_NEAR(std::exp(judged.log_ratio), 3, 1e-12);
  EXPECT_FALSE(judged.p_value.has_value());
  EXPECT_EQ(decide(judged, judged.p_value, 0.05, 0.05, 1), Verdict::kInconclusive);
}

TEST(Judge, sees_in_pairs_what_the_spread_between_units_would_hide) {
  const std::vector<double> a = logs({100, 200, 400, 800, 1600, 3200});
  const std::vector<double> b = logs({110, 222, 439, 881, 1755, 3530});
  const Judged paired = judge({.baseline = a, .candidate = b, .paired = true, .prior = {}});
  EXPECT_EQ(paired.method, Method::kPairedT);
  EXPECT_EQ(decide(paired, paired.p_value, 0.05, 0.05, 1), Verdict::kSlower);
  EXPECT_TRUE(paired.rank_interval.has_value());
  const Judged apart = judge({.baseline = a, .candidate = b, .prior = {}});
  EXPECT_EQ(decide(apart, apart.p_value, 0.05, 0.05, 1), Verdict::kInconclusive);
}

TEST(Judge, gives_the_signed_rank_interval_from_six_pairs_on) {
  const std::vector<double> a(5, 1.0);
  const std::vector<double> b{1.1, 1.2, 1.3, 1.4, 1.5};
  EXPECT_FALSE(judge({.baseline = a, .candidate = b, .paired = true, .prior = {}}).rank_interval.has_value());
}

TEST(Judge, takes_the_direction_from_the_metric) {
  const std::vector<double> a = logs({100, 101, 99, 100});
  const std::vector<double> b = logs({200, 202, 198, 201});
  const Judged judged = judge({.baseline = a, .candidate = b, .prior = {}});
  EXPECT_EQ(decide(judged, judged.p_value, 0.05, 0.05, 1), Verdict::kSlower);
  EXPECT_EQ(decide(judged, judged.p_value, 0.05, 0.05, -1), Verdict::kFaster);
  EXPECT_EQ(decide(judged, judged.p_value, 0.05, 0.05, 0), Verdict::kInconclusive);
}

TEST(Judge, calls_a_certain_but_small_difference_the_same) {
  const std::vector<double> a = logs({100.0, 100.1, 99.9, 100.05, 99.95});
  const std::vector<double> b = logs({101.0, 101.1, 100.9, 101.05, 100.95});
  const Judged judged = judge({.baseline = a, .candidate = b, .prior = {}});
  ASSERT_LT(judged.p_value.value_or(1), 0.05);
  EXPECT_EQ(decide(judged, judged.p_value, 0.05, 0.05, 1), Verdict::kSame);
}

TEST(Judge, takes_welchs_p_only_where_the_exact_one_is_too_coarse_for_the_family) {
  const std::vector<double> a = logs({100, 101, 99, 100.5, 99.5});
  const std::vector<double> b = logs({200, 202, 198, 201, 199});
  const JudgeInput input{.baseline = a, .candidate = b, .prior = {}};
  Judged few = judge(input);
  use_welch_where_exact_cannot(input, 6, few);
  EXPECT_EQ(few.method, Method::kExact);
  Judged many = judge(input);
  use_welch_where_exact_cannot(input, 7, many);
  EXPECT_EQ(many.method, Method::kExactWelch);
  EXPECT_LT(many.p_value.value_or(1), 1e-4);
  ASSERT_TRUE(many.interval.has_value() && few.interval.has_value());
  EXPECT_EQ(many.interval->low, few.interval->low);
}

}  // namespace
}  // namespace umb
