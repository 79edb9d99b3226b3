// SPDX-License-Identifier: Apache-2.0
// Many cases at once: what a family of 100 costs in power, and that it holds its level.
#include "compare/compare.h"
#include "stats/proportion.h"
#include "testing/sanitized.h"

#include <cmath>
#include <random>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace umb {
namespace {

constexpr size_t kCases = 100;
constexpr double kBootSd = 0.1;

/// Boots of two sides in turns, whose medians of each case differ by 10% from boot to boot.
class Boots {
 public:
  explicit Boots(uint64_t seed) : engine_(seed) {}

  Side side(const std::string& name, size_t boots, double slowdown) {
    Side side{.name = name, .boots = {}};
    for (size_t i = 0; i < boots; ++i) side.boots.push_back(boot(name + std::to_string(i), slowdown));
    return side;
  }

 private:
  BootDigest boot(const std::string& id, double slowdown) {
    BootDigest boot;
    boot.source = boot.run_id = boot.boot_id = id;
    boot.started_at = "2025-04-08T12:00:00.000Z";
    boot.finished_at = "2025-04-08T13:00:00.000Z";
    for (size_t i = 0; i < kCases; ++i) {
      const double median = 40'000 * slowdown * std::exp(kBootSd * normal_(engine_));
      CaseDigest& one = boot.whole.cases.emplace_back();
      one.spec.id = "umount/mounts=" + std::to_string(i);
      one.outcome = "measured";
      one.samples = 300;
      one.metrics = {{.name = "return_ns",
                      .unit = "ns",
                      .better = "lower",
                      .count = 300,
                      .minimum = median / 2,
                      .maximum = median * 4,
                      .quantiles = {{0.5, median}},
                      .grid = {},
                      .missing_reason = {}}};
    }
    return boot;
  }

  std::mt19937_64 engine_;
  std::normal_distribution<double> normal_;
};

Comparison compared(size_t boots, double slowdown, uint64_t seed) {
  Boots made(seed);
  std::vector<Side> sides{made.side("a", boots, 1), made.side("b", boots, slowdown)};
  return compare(std::move(sides), {}).value();
}

size_t count(const Comparison& comparison, Verdict verdict) {
  size_t rows = 0;
  for (const Row& row : comparison.pairs[0].rows) rows += row.verdict == verdict ? 1 : 0;
  return rows;
}

TEST(Family, of_100_cases_that_are_twice_as_slow_is_found_whole_at_5_and_at_7_boots) {
  for (const size_t boots : {5U, 7U}) {
    for (uint64_t seed = 0; seed < 10; ++seed) {
      const Comparison comparison = compared(boots, 2, seed);
      EXPECT_EQ(comparison.gate_size, kCases);
      EXPECT_EQ(count(comparison, Verdict::kSlower), kCases) << boots << " boots, seed " << seed;
      EXPECT_TRUE(comparison.fails);
      EXPECT_EQ(comparison.pairs[0].rows[0].quantiles[0].method, Method::kExactWelch);
    }
  }
}

/// How many of the repetitions have a case that is called slower or faster though nothing has changed.
size_t alarms(size_t boots, size_t repetitions) {
  size_t found = 0;
  for (uint64_t seed = 0; seed < repetitions; ++seed) {
    const Comparison comparison = compared(boots, 1, 1'000 * boots + seed);
    const bool any = count(comparison, Verdict::kSlower) + count(comparison, Verdict::kFaster) > 0;
    found += any ? 1 : 0;
  }
  return found;
}

// Holm over 100 independent cases would give 4.9% if single p values were exact; Welch's are a little larger than that.
// The bound is Wilson's: 95% sure that the level itself is below 5%.
TEST(Family, of_100_cases_holds_its_level) {
  if (kSanitized)
    GTEST_SKIP() << "two thousand comparisons: minutes with a sanitizer, which sees no more in the last of them";
  constexpr size_t kRepetitions = 1'000;
  for (const size_t boots : {5U, 7U}) {
    const size_t found = alarms(boots, kRepetitions);
    const Interval level = wilson_interval(found, kRepetitions, 0.95);
    EXPECT_LT(level.high, 0.05) << found << " of " << kRepetitions << " at " << boots << " boots";
    EXPECT_GT(found, 0U) << "a level of nothing would mean no power";
  }
}

}  // namespace
}  // namespace umb
