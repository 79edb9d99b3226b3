// SPDX-License-Identifier: Apache-2.0
// Against values computed with numpy and scipy: tests/data/stat_golden.json.
#include "stats/order_interval.h"
#include "stats/quantile.h"

#include <algorithm>
#include <cmath>
#include <fstream>
#include <vector>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace umb {
namespace {

using nlohmann::json;

const json& golden() {
  static const json all = json::parse(std::ifstream(UMOUNTBENCH_SOURCE_DIR "/tests/data/stat_golden.json"));
  return all;
}

void expect_close(double got, double wanted, const std::string& what) {
  EXPECT_LE(std::fabs(got - wanted), 1e-9 * std::fabs(wanted)) << what << ": " << got << " instead of " << wanted;
}

TEST(StatGolden, agrees_on_type_7_and_harrell_davis_quantiles) {
  size_t checked = 0;
  for (const json& row : golden()["quantiles"]) {
    auto values = row["x"].get<std::vector<double>>();
    std::sort(values.begin(), values.end());
    for (const auto& [p, wanted] : row["type7"].items()) {
      expect_close(quantile(std::span<const double>(values), std::stod(p)), wanted.get<double>(), row["name"]);
      ++checked;
    }
    for (const auto& [p, wanted] : row["harrell_davis"].items()) {
      expect_close(harrell_davis(values, std::stod(p)), wanted.get<double>(), row["name"]);
      ++checked;
    }
  }
  EXPECT_GT(checked, 80U);
}

TEST(StatGolden, agrees_on_the_median_absolute_deviation) {
  for (const json& row : golden()["quantiles"]) {
    expect_close(median_absolute_deviation(row["x"].get<std::vector<double>>()), row["mad_raw"].get<double>(),
                 row["name"]);
  }
}

TEST(StatGolden, agrees_on_the_ranks_of_an_order_interval) {
  for (const json& row : golden()["order_stat_ci_ranks"]["rows"]) {
    const OrderRanks ranks = order_ranks(row["n"].get<size_t>(), row["p"].get<double>(), row["conf"].get<double>());
    const auto rank = [](const json& value) { return value.is_null() ? std::optional<size_t>() : value.get<size_t>(); };
    EXPECT_EQ(ranks.low, rank(row["lo_rank"])) << row;
    EXPECT_EQ(ranks.high, rank(row["hi_rank"])) << row;
    expect_close(ranks.achieved, row["achieved"].is_null() ? 0 : row["achieved"].get<double>(), row.dump());
  }
}

TEST(StatGolden, agrees_on_how_many_values_an_order_interval_needs) {
  for (const json& row : golden()["min_n_for_quantile_ci"]) {
    EXPECT_EQ(smallest_n_for_order_interval(row["p"].get<double>(), row["conf"].get<double>()),
              row["n_min_two_sided"].get<size_t>())
        << row;
  }
}

}  // namespace
}  // namespace umb
