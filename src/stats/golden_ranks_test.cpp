// SPDX-License-Identifier: Apache-2.0
#include "stats/golden_data.h"
#include "stats/hodges_lehmann.h"
#include "stats/rank_sum.h"
#include "stats/signed_rank.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <optional>
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

std::vector<double> logarithms_of(const json& list) {
  auto values = values_of(list);
  for (double& value : values) value = std::log(value);
  return values;
}

struct Side {
  const char* name;
  Alternative alternative;
};
constexpr Side kSides[] = {
    {"two-sided", Alternative::kTwoSided}, {"less", Alternative::kLess}, {"greater", Alternative::kGreater}};

TEST(StatGolden, agrees_on_mann_and_whitneys_u) {
  for (const json& row : golden()["mann_whitney"]) {
    const auto a = values_of(row["a"]);
    const auto b = values_of(row["b"]);
    EXPECT_EQ(u_statistic(a, b), row["U_a"].get<double>()) << row["name"];
    EXPECT_EQ(u_statistic(b, a), row["U_b"].get<double>()) << row["name"];
    const double effect = vargha_delaney(a, b);
    EXPECT_PRED2(close_to, effect, row["vargha_delaney_A_b_gt_a"].get<double>()) << row["name"];
    EXPECT_PRED2(close_to, 2 * effect - 1, row["cliffs_delta_b_vs_a"].get<double>()) << row["name"];
  }
  EXPECT_EQ(golden()["mann_whitney"].size(), 11U);
}

TEST(StatGolden, agrees_on_the_asymptotic_rank_sum_test_and_says_1_where_all_are_alike) {
  size_t checked = 0;
  for (const json& row : golden()["mann_whitney"]) {
    for (const Side& side : kSides) {
      for (const bool continuity : {true, false}) {
        const json& wanted = row[std::string("p_asymptotic_") + (continuity ? "cc_" : "nocc_") + side.name];
        const double got =
            rank_sum_p_asymptotic(values_of(row["a"]), values_of(row["b"]), continuity, side.alternative);
        EXPECT_PRED2(close_to, got, wanted.is_null() ? 1 : wanted.get<double>()) << row["name"] << " " << side.name;
        ++checked;
      }
    }
  }
  EXPECT_EQ(checked, 66U);
}

TEST(StatGolden, agrees_on_the_exact_rank_sum_test_with_and_without_ties) {
  size_t checked = 0;
  for (const json& row : golden()["mann_whitney"]) {
    for (const Side& side : kSides) {
      for (const std::string kind : {"p_exact_", "p_exact_conditional_with_ties_"}) {
        if (!row.contains(kind + side.name)) continue;
        const double got = rank_sum_p(values_of(row["a"]), values_of(row["b"]), side.alternative);
        EXPECT_PRED2(close_to, got, row[kind + side.name].get<double>()) << row["name"] << " " << side.name;
        ++checked;
      }
    }
  }
  EXPECT_EQ(checked, 7U * 3U + 2U);
}

TEST(StatGolden, agrees_on_the_null_distribution_of_u_and_its_smallest_p) {
  for (const json& row : golden()["u_null_counts"]) {
    const auto n = row["n"].get<size_t>();
    const auto m = row["m"].get<size_t>();
    const auto counts = values_of(row["counts"]);
    const double all = std::accumulate(counts.begin(), counts.end(), 0.0);
    for (const auto& found : {u_null_distribution(n, m), u_null_distribution(m, n)}) {
      ASSERT_EQ(found.size(), counts.size());
      for (size_t u = 0; u < found.size(); ++u) EXPECT_PRED2(close_to, found[u] * all, counts[u]) << row;
    }
  }
  EXPECT_EQ(golden()["u_null_counts"].size(), 5U);
  for (const json& row : golden()["u_min_two_sided_p"]) {
    const auto n = row["n"].get<size_t>();
    EXPECT_PRED2(close_to, smallest_rank_sum_p(n, n), row["p"].get<double>()) << row;
  }
  EXPECT_EQ(golden()["u_min_two_sided_p"].size(), 10U);
}

std::optional<ShiftInterval> approximate_moses_interval(const std::vector<double>& a, const std::vector<double>& b,
                                                        double confidence) {
  std::vector<double> differences;
  for (const double of_a : a) {
    for (const double of_b : b) differences.push_back(of_b - of_a);
  }
  const auto pairs = static_cast<double>(differences.size());
  const double deviation = std::sqrt(pairs * static_cast<double>(a.size() + b.size() + 1) / 12);
  return between_tails(differences, normal_cut(pairs / 2, deviation, confidence));
}

TEST(StatGolden, agrees_on_hodges_and_lehmanns_shift_and_its_interval) {
  size_t exact = 0;
  for (const json& row : golden()["hodges_lehmann"]) {
    SCOPED_TRACE(row["name"]);
    const auto a = values_of(row["a"]);
    const auto b = values_of(row["b"]);
    EXPECT_PRED2(close_to, hodges_lehmann_shift(a, b), row["hl_shift_b_minus_a"].get<double>());
    const double log_shift = hodges_lehmann_shift(logarithms_of(row["a"]), logarithms_of(row["b"]));
    EXPECT_PRED2(close_to, log_shift, row["hl_log_ratio_b_over_a"].get<double>());
    EXPECT_PRED2(close_to, std::exp(log_shift), row["hl_ratio_b_over_a"].get<double>());
    EXPECT_PRED2(close_to, pseudomedian(a), row["hl_one_sample_a_walsh"].get<double>());
    for (const auto& [name, confidence] : {std::pair("moses_ci_90", 0.90), std::pair("moses_ci_95", 0.95)}) {
      const json& wanted = row[name];
      const bool is_exact = wanted["method"] == "exact";
      // The larger ones were computed by the normal approximation, where moses_interval() is still exact.
      const ShiftInterval interval =
          (is_exact ? moses_interval(a, b, confidence) : approximate_moses_interval(a, b, confidence))
              .value_or(ShiftInterval());
      EXPECT_PRED2(close_to, interval.low, wanted["lo"].get<double>()) << name;
      EXPECT_PRED2(close_to, interval.high, wanted["hi"].get<double>()) << name;
      if (is_exact) {
        EXPECT_PRED2(close_to, interval.achieved, wanted["achieved"].get<double>()) << name;
        ++exact;
      }
    }
  }
  EXPECT_EQ(golden()["hodges_lehmann"].size(), 6U);
  EXPECT_EQ(exact, 8U);
}

TEST(StatGolden, agrees_on_wilcoxons_signed_ranks_and_the_walsh_interval) {
  size_t intervals = 0;
  const json& rows = golden()["wilcoxon_signed_rank"]["rows"];
  for (const json& row : rows) {
    SCOPED_TRACE(row["name"]);
    const auto differences = values_of(row["d"]);
    auto negated = differences;
    for (double& difference : negated) difference = -difference;
    EXPECT_EQ(positive_rank_sum(differences), row["W_plus"].get<double>());
    EXPECT_EQ(positive_rank_sum(negated), row["W_minus"].get<double>());
    EXPECT_PRED2(close_to, signed_rank_p(differences), row["p_exact_two_sided"].get<double>());
    EXPECT_PRED2(close_to, pseudomedian(differences), row["hl_pseudomedian"].get<double>());
    for (const auto& [name, confidence] : {std::pair("ci90", 0.90), std::pair("ci95", 0.95)}) {
      const auto interval = walsh_interval(differences, confidence);
      ASSERT_EQ(interval.has_value(), !row[name].is_null()) << name;
      if (!interval) continue;
      EXPECT_PRED2(close_to, interval->low, row[name]["lo"].get<double>()) << name;
      EXPECT_PRED2(close_to, interval->high, row[name]["hi"].get<double>()) << name;
      EXPECT_PRED2(close_to, interval->achieved, row[name]["achieved"].get<double>()) << name;
      ++intervals;
    }
  }
  EXPECT_EQ(rows.size(), 5U);
  EXPECT_EQ(intervals, 9U);
}

}  // namespace
}  // namespace umb
