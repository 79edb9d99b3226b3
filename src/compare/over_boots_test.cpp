// SPDX-License-Identifier: Apache-2.0
#include "compare/over_boots.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace umb {
namespace {

using ::testing::SizeIs;

CaseDigest boot_with(std::vector<float> in_order) {
  CaseDigest one;
  auto curves = std::make_shared<CaseCurves>();
  curves->calls = in_order.size();
  curves->in_order = std::move(in_order);
  one.curves = curves;
  return one;
}

CaseDigest boot_of(double p50, size_t count) {
  CaseDigest one;
  one.metrics = {{.name = "return_ns", .count = count, .quantiles = {{0.5, p50}}}};
  return one;
}

TEST(OverBoots, takes_the_geometric_mean_of_the_medians) {
  const CaseDigest fast = boot_of(100, 30);
  const CaseDigest slow = boot_of(400, 70);
  const std::vector<const CaseDigest*> boots{&fast, &slow};
  EXPECT_NEAR(typical_p50_ns(boots), 200, 1e-9);
  EXPECT_EQ(count_returns(boots), 100U);
  EXPECT_EQ(typical_p50_ns({}), 0);
}

TEST(OverBoots, takes_the_mean_of_a_cause_over_the_boots_that_have_a_pass) {
  CaseDigest seen = boot_with({});
  auto curves = std::make_shared<CaseCurves>();
  curves->causes = {{kCauses[1], 30}};
  seen.curves = curves;
  const CaseDigest other = boot_with({1});
  const std::vector<const CaseDigest*> boots{&seen, &other};
  EXPECT_EQ(mean_causes_ns(boots)[1], 30);
  EXPECT_EQ(mean_causes_ns(boots)[0], 0);
}

TEST(Drift, has_true_medians_whatever_the_number_of_bins) {
  // Every third call is slow: no bin of five or more has its median there.
  std::vector<float> calls;
  for (size_t i = 0; i < 250; ++i) calls.push_back(i % 3 == 2 ? 900 : 100);
  const CaseDigest first = boot_with(calls);
  const CaseDigest second = boot_with(calls);
  const std::vector<const CaseDigest*> boots{&first, &second};
  for (const size_t most : {size_t{7}, size_t{40}, size_t{600}}) {
    const std::vector<DriftBin> bins = drift_of(boots, most);
    EXPECT_LE(bins.size(), most);
    for (const DriftBin& bin : bins) {
      EXPECT_EQ(bin.lowest, 100);
      EXPECT_EQ(bin.median, 100) << most;
      EXPECT_EQ(bin.highest, 900);
    }
  }
}

TEST(Drift, counts_calls_from_one_over_all_boots) {
  const CaseDigest first = boot_with({5, 6});
  const CaseDigest second = boot_with({7});
  const std::vector<const CaseDigest*> boots{&first, &second};
  const std::vector<DriftBin> bins = drift_of(boots, 10);
  ASSERT_THAT(bins, SizeIs(3));
  EXPECT_EQ(bins[0].call, 1);
  EXPECT_EQ(bins[2].call, 3);
  EXPECT_EQ(bins[2].median, 7);
}

TEST(Drift, counts_the_calls_that_a_few_values_stand_for) {
  CaseDigest many = boot_with({5, 6, 9});
  auto curves = std::make_shared<CaseCurves>(*many.curves);
  curves->calls = 300;
  many.curves = curves;
  const CaseDigest few = boot_with({7});
  const std::vector<const CaseDigest*> boots{&many, &few};
  const std::vector<DriftBin> bins = drift_of(boots, 10);
  ASSERT_THAT(bins, SizeIs(4));
  EXPECT_EQ(bins[0].call, 50.5);
  EXPECT_EQ(bins[3].call, 301);
}

}  // namespace
}  // namespace umb
