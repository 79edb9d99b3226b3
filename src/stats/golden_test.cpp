// SPDX-License-Identifier: Apache-2.0
#include "stats/autocorrelation.h"
#include "stats/golden_data.h"
#include "stats/moments.h"
#include "stats/order_interval.h"
#include "stats/proportion.h"
#include "stats/quantile.h"
#include "stats/variance_components.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace umb {
namespace {

using nlohmann::json;

const json& golden() {
  static const json all = json::parse(golden_data());
  return all;
}

std::vector<double> values_of(const json& list) {
  return list.get<std::vector<double>>();
}

std::vector<double> sorted_values_of(const json& list) {
  auto values = values_of(list);
  std::sort(values.begin(), values.end());
  return values;
}

TEST(StatGolden, agrees_on_type_7_and_harrell_davis_quantiles) {
  size_t checked = 0;
  for (const json& row : golden()["quantiles"]) {
    const auto values = sorted_values_of(row["x"]);
    for (const auto& [p, wanted] : row["type7"].items()) {
      EXPECT_PRED2(close_to, quantile(std::span<const double>(values), std::stod(p)), wanted.get<double>()) << row;
      ++checked;
    }
    for (const auto& [p, wanted] : row["harrell_davis"].items()) {
      EXPECT_PRED2(close_to, harrell_davis(values, std::stod(p)), wanted.get<double>()) << row;
      ++checked;
    }
  }
  EXPECT_EQ(checked, 7U * 7U + 6U * 7U);
}

TEST(StatGolden, agrees_on_the_standard_error_of_a_quantile) {
  size_t checked = 0;
  for (const json& row : golden()["quantiles"]) {
    const auto values = sorted_values_of(row["x"]);
    const json& errors = row["harrell_davis_maritz_jarrett_se"];
    for (const auto& [p, wanted] : row["type7"].items()) {
      const double got = maritz_jarrett_se(values, std::stod(p));
      if (errors.contains(p)) {
        EXPECT_PRED2(close_to, got, errors[p].get<double>()) << p << " of " << row;
        ++checked;
      } else {
        EXPECT_TRUE(std::isnan(got)) << p << " of " << row;
      }
    }
  }
  EXPECT_EQ(checked, 6U + 6U + 4U * 7U);
}

TEST(StatGolden, agrees_on_means_and_spreads) {
  for (const json& row : golden()["quantiles"]) {
    const auto values = values_of(row["x"]);
    const auto sorted = sorted_values_of(row["x"]);
    EXPECT_PRED2(close_to, mean(values), row["mean"].get<double>()) << row;
    EXPECT_PRED2(close_to, quantile(std::span<const double>(sorted), 0.5), row["median"].get<double>()) << row;
    EXPECT_PRED2(close_to, median_absolute_deviation(values), row["mad_raw"].get<double>()) << row;
    EXPECT_PRED2(close_to, trimmed_mean(sorted, 0.2), row["trimmed_mean_20pct"].get<double>()) << row;
    EXPECT_PRED2(close_to, trimmed_mean(sorted, 0.1), row["trimmed_mean_10pct"].get<double>()) << row;
    if (row["sd"].is_null()) {
      EXPECT_TRUE(std::isnan(variance(values))) << row;
    } else {
      EXPECT_PRED2(close_to, std::sqrt(variance(values)), row["sd"].get<double>()) << row;
    }
    if (row.contains("acf1")) {
      EXPECT_PRED2(close_to, autocorrelation(values, 1)[1], row["acf1"].get<double>()) << row;
    }
  }
  EXPECT_EQ(golden()["quantiles"].size(), 7U);
}

TEST(StatGolden, agrees_on_the_ranks_of_an_order_interval) {
  const json& rows = golden()["order_stat_ci_ranks"]["rows"];
  for (const json& row : rows) {
    const OrderRanks ranks = order_ranks(row["n"].get<size_t>(), row["p"].get<double>(), row["conf"].get<double>());
    const auto rank = [](const json& value) { return value.is_null() ? std::optional<size_t>() : value.get<size_t>(); };
    EXPECT_EQ(ranks.low, rank(row["lo_rank"])) << row;
    EXPECT_EQ(ranks.high, rank(row["hi_rank"])) << row;
    EXPECT_PRED2(close_to, ranks.achieved, row["achieved"].is_null() ? 0 : row["achieved"].get<double>()) << row;
  }
  EXPECT_EQ(rows.size(), 138U);
}

TEST(StatGolden, agrees_on_how_many_values_an_order_interval_needs) {
  for (const json& row : golden()["min_n_for_quantile_ci"]) {
    const auto p = row["p"].get<double>();
    const auto confidence = row["conf"].get<double>();
    EXPECT_EQ(smallest_n_for_order_interval(p, confidence), row["n_min_two_sided"].get<size_t>()) << row;
    // An upper bound alone needs p^n to be below what both sides leave together.
    const auto one_sided = static_cast<size_t>(std::ceil(std::log(1 - confidence) / std::log(p)));
    EXPECT_EQ(one_sided, row["n_min_one_sided_upper"].get<size_t>()) << row;
  }
  EXPECT_EQ(golden()["min_n_for_quantile_ci"].size(), 10U);
}

TEST(StatGolden, agrees_on_wilsons_interval) {
  const json& rows = golden()["special"]["wilson95"];
  for (const json& row : rows) {
    const Interval interval = wilson_interval(row["x"].get<size_t>(), row["n"].get<size_t>(), 0.95);
    EXPECT_PRED2(close_to, interval.low, row["lo"].get<double>()) << row;
    EXPECT_PRED2(close_to, interval.high, row["hi"].get<double>()) << row;
  }
  EXPECT_EQ(rows.size(), 4U);
}

TEST(StatGolden, agrees_on_variance_between_and_within_groups) {
  const json& wanted = golden()["variance_components"];
  const VarianceComponents found =
      variance_components(wanted["x"].get<std::vector<std::vector<double>>>()).value_or(VarianceComponents());
  EXPECT_PRED2(close_to, found.mean_square_between, wanted["msb"].get<double>());
  EXPECT_PRED2(close_to, found.mean_square_within, wanted["msw"].get<double>());
  EXPECT_PRED2(close_to, found.between, wanted["sigma2_between_untruncated"].get<double>());
  EXPECT_PRED2(close_to, std::fmax(found.between, 0), wanted["sigma2_between"].get<double>());
  EXPECT_PRED2(close_to, found.within, wanted["sigma2_within"].get<double>());
  EXPECT_PRED2(close_to, found.icc, wanted["icc1"].get<double>());
  EXPECT_PRED2(close_to, found.f, wanted["F"].get<double>());
  EXPECT_PRED2(close_to, found.p_value, wanted["p_F"].get<double>());
}

TEST(StatGolden, agrees_on_autocorrelation) {
  const json& wanted = golden()["autocorrelation"];
  const auto values = values_of(wanted["x"]);
  const auto by_lag = values_of(wanted["acf_lag0_10"]);
  const auto found = autocorrelation(values, 10);
  ASSERT_EQ(found.size(), by_lag.size());
  for (size_t lag = 0; lag < found.size(); ++lag) EXPECT_PRED2(close_to, found[lag], by_lag[lag]) << lag;
  const LjungBox whole = ljung_box(values, 10);
  EXPECT_PRED2(close_to, whole.q, wanted["ljung_box_Q10"].get<double>());
  EXPECT_PRED2(close_to, whole.p_value, wanted["ljung_box_p10"].get<double>());
}

}  // namespace
}  // namespace umb
