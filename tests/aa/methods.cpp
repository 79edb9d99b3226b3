// SPDX-License-Identifier: Apache-2.0
#include "methods.h"

#include "stats/rank_sum.h"
#include "stats/two_samples.h"

#include <algorithm>
#include <cmath>

namespace umb::aa {

namespace {

/// There are too many ways to divide more boots.
constexpr size_t kMostPermuted = 7;

struct Values {
  std::vector<double> a, b;
};

/// All samples of a side in one heap.
Values pooled(const Groups& groups) {
  Values values;
  const double factor = std::exp(groups.log_effect);
  for (const Boot* boot : groups.a) values.a.insert(values.a.end(), boot->samples.begin(), boot->samples.end());
  for (const Boot* boot : groups.b) {
    for (const double sample : boot->samples) values.b.push_back(sample * factor);
  }
  return values;
}

Values by_boot(const Groups& groups, double Boot::*value) {
  Values values;
  for (const Boot* boot : groups.a) values.a.push_back(boot->*value);
  for (const Boot* boot : groups.b) values.b.push_back(boot->*value + groups.log_effect);
  return values;
}

double median(std::vector<double>& values) {
  const auto middle = values.begin() + std::ssize(values) / 2;
  std::ranges::nth_element(values, middle);
  return *middle;
}

double mean(const std::vector<double>& values) {
  double sum = 0;
  for (const double value : values) sum += value;
  return sum / static_cast<double>(values.size());
}

Answer answer(const std::optional<MeanDifference>& difference) {
  if (!difference.has_value()) return {};
  return {difference->p_value, difference->estimate};
}

Answer pooled_u(const Groups& groups) {
  Values values = pooled(groups);
  const double p = rank_sum_p_asymptotic(values.a, values.b, true, Alternative::kTwoSided);
  return {p, std::log(median(values.b) / median(values.a))};
}

Answer pooled_welch(const Groups& groups) {
  const Values values = pooled(groups);
  const std::optional<MeanDifference> difference = welch(values.a, values.b);
  if (!difference.has_value()) return {};
  return {difference->p_value, std::log(mean(values.b) / mean(values.a))};
}

Answer student(const Groups& groups) {
  const Values values = by_boot(groups, &Boot::log_value);
  return answer(student_pooled(values.a, values.b));
}

Answer trimmed_welch(const Groups& groups) {
  const Values values = by_boot(groups, &Boot::log_trimmed);
  return answer(welch(values.a, values.b));
}

Answer permutation(const Groups& groups) {
  const Values values = by_boot(groups, &Boot::log_value);
  if (values.a.size() < 2 || values.a.size() > kMostPermuted) return {};
  return {permutation_p(values.a, values.b), mean(values.b) - mean(values.a)};
}

constexpr std::array<Method, 5> kNaive{{
    {.name = "pooled Mann-Whitney U", .ask = pooled_u},
    {.name = "pooled Welch's t", .ask = pooled_welch},
    {.name = "Student's t on boots", .ask = student},
    {.name = "Welch's t, trimmed means", .ask = trimmed_welch},
    {.name = "permutation of boots", .ask = permutation},
}};

}  // namespace

Ruling rule(const Groups& groups, size_t family) {
  const Values values = by_boot(groups, &Boot::log_value);
  const JudgeInput input{.baseline = values.a, .candidate = values.b, .paired = false, .prior = {}, .alpha = kAlpha};
  Ruling ruling{.judged = judge(input), .family_p = {}};
  ruling.verdict = decide(ruling.judged, ruling.judged.p_value, kThreshold, kAlpha, 1);
  Judged in_family = ruling.judged;
  use_welch_where_exact_cannot(input, family, in_family);
  ruling.family_p = in_family.p_value;
  return ruling;
}

std::span<const Method> naive_methods() {
  return kNaive;
}

}  // namespace umb::aa
