// SPDX-License-Identifier: Apache-2.0
#include "compare/judge.h"

#include "stats/hodges_lehmann.h"
#include "stats/rank_sum.h"
#include "stats/signed_rank.h"
#include "stats/two_samples.h"

#include <algorithm>
#include <cmath>

namespace umb {

namespace {

constexpr size_t kFewestForExact = 4;
constexpr size_t kFewestForSignedRank = 6;

double mean(std::span<const double> values) {
  double sum = 0;
  for (const double value : values) sum += value;
  return sum / static_cast<double>(values.size());
}

double squares(std::span<const double> values) {
  const double centre = mean(values);
  double sum = 0;
  for (const double value : values) sum += (value - centre) * (value - centre);
  return sum;
}

double pooled_sd(std::span<const double> a, std::span<const double> b) {
  if (a.size() + b.size() < 3) return 0;
  return std::sqrt((squares(a) + squares(b)) / static_cast<double>(a.size() + b.size() - 2));
}

LogInterval plain(const Interval& interval) {
  return {interval.low, interval.high};
}

std::optional<LogInterval> plain(const std::optional<ShiftInterval>& interval) {
  if (!interval.has_value()) return std::nullopt;
  return LogInterval{interval->low, interval->high};
}

void by_t(const std::optional<MeanDifference>& difference, Method method, double alpha, Judged& judged) {
  if (!difference.has_value()) return;
  judged.method = method;
  judged.log_ratio = difference->estimate;
  judged.interval = plain(t_interval(*difference, 1 - alpha));
  judged.tost_interval = plain(t_interval(*difference, 1 - 2 * alpha));
  judged.p_value = difference->p_value;
}

Judged judge_pairs(const JudgeInput& input) {
  std::vector<double> differences;
  for (size_t i = 0; i < input.baseline.size(); ++i) differences.push_back(input.candidate[i] - input.baseline[i]);
  Judged judged{
      .log_ratio = mean(differences), .interval = {}, .tost_interval = {}, .rank_interval = {}, .p_value = {}};
  if (differences.size() < 2) return judged;
  judged.pooled_sd = std::sqrt(squares(differences) / static_cast<double>(differences.size() - 1) / 2);
  by_t(paired_t(differences), Method::kPairedT, input.alpha, judged);
  if (differences.size() >= kFewestForSignedRank) {
    judged.rank_interval = plain(walsh_interval(differences, 1 - input.alpha));
  }
  return judged;
}

bool exact(const JudgeInput& input) {
  return std::min(input.baseline.size(), input.candidate.size()) >= kFewestForExact;
}

}  // namespace

Judged judge(const JudgeInput& input) {
  const auto& [a, b] = std::pair(input.baseline, input.candidate);
  if (input.paired) return judge_pairs(input);
  Judged judged{
      .log_ratio = mean(b) - mean(a), .interval = {}, .tost_interval = {}, .rank_interval = {}, .p_value = {}};
  judged.pooled_sd = pooled_sd(a, b);
  if (input.prior.has_value()) {
    by_t(moderated_t(a, b, input.prior->sd, input.prior->df), Method::kProfile, input.alpha, judged);
    return judged;
  }
  if (std::min(a.size(), b.size()) < 2) return judged;
  const std::optional<ShiftInterval> interval = exact(input) ? moses_interval(a, b, 1 - input.alpha) : std::nullopt;
  if (!interval.has_value()) {
    by_t(welch(a, b), Method::kWelch, input.alpha, judged);
    return judged;
  }
  judged.method = Method::kExact;
  judged.log_ratio = hodges_lehmann_shift(a, b);
  judged.interval = plain(interval);
  judged.tost_interval = plain(moses_interval(a, b, 1 - 2 * input.alpha));
  judged.p_value = rank_sum_p(a, b);
  return judged;
}

void use_welch_where_exact_cannot(const JudgeInput& input, size_t family, Judged& judged) {
  if (judged.method != Method::kExact) return;
  const double smallest = smallest_rank_sum_p(input.baseline.size(), input.candidate.size());
  if (smallest <= input.alpha / static_cast<double>(std::max<size_t>(family, 1))) return;
  const std::optional<MeanDifference> difference = welch(input.baseline, input.candidate);
  if (!difference.has_value()) return;
  judged.method = Method::kExactWelch;
  judged.p_value = difference->p_value;
}

Verdict decide(const Judged& judged, std::optional<double> adjusted, double threshold, double alpha, int sign) {
  if (!adjusted.has_value()) return Verdict::kInconclusive;
  const double margin = std::log1p(threshold);
  if (sign != 0 && *adjusted <= alpha && std::fabs(judged.log_ratio) >= margin) {
    return judged.log_ratio * sign > 0 ? Verdict::kSlower : Verdict::kFaster;
  }
  const auto& inside = judged.tost_interval;
  if (inside.has_value() && inside->low > -margin && inside->high < margin) return Verdict::kSame;
  return Verdict::kInconclusive;
}

bool beyond(const Judged& judged, double threshold) {
  const double margin = std::log1p(threshold);
  return judged.interval.has_value() && (judged.interval->low > margin || judged.interval->high < -margin);
}

}  // namespace umb
