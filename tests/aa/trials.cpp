// SPDX-License-Identifier: Apache-2.0
#include "trials.h"

#include "base/random.h"
#include "stats/adjust.h"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <mutex>
#include <numeric>
#include <thread>

namespace umb::aa {

namespace {

/// The p values that one drawn comparison of all cases gives.
struct Family {
  std::vector<double> rule, pooled;
};

void note(const Answer& answer, Count& count) {
  if (!answer.p_value.has_value()) return;
  ++count.asked;
  if (*answer.p_value > kAlpha) return;
  ++count.alarms;
  if (std::fabs(answer.log_ratio) >= std::log1p(kThreshold)) ++count.verdicts;
}

class Trial {
 public:
  Trial(const std::vector<Set>& sets, const TrialOptions& options, size_t size_index, Tally& tally)
      : sets_(sets),
        options_(options),
        size_index_(size_index),
        boots_a_side_(options.sizes[size_index]),
        cases_(series_with(sets, boots_a_side_)),
        tally_(tally) {}

  void run(size_t repetition) {
    Random random(options_.seed + size_index_ * 1'000'000'007ULL + repetition);
    Family family;
    size_t index = 0;
    for (const Set& set : sets_) {
      std::vector<size_t> order(set[0].boots.size());
      std::iota(order.begin(), order.end(), size_t{0});
      random.shuffle(order);
      for (const Series& series : set) {
        if (order.size() >= 2 * boots_a_side_) ask(series, index, order, family);
        ++index;
      }
    }
    count_family(family.rule, false);
    count_family(family.pooled, true);
  }

 private:
  void ask(const Series& series, size_t index, const std::vector<size_t>& order, Family& family) {
    Groups groups;
    for (size_t i = 0; i < boots_a_side_; ++i) {
      groups.a.push_back(&series.boots[order[i]]);
      groups.b.push_back(&series.boots[order[boots_a_side_ + i]]);
    }
    for (size_t effect = 0; effect < options_.effects.size(); ++effect) {
      groups.log_effect = std::log(options_.effects[effect]);
      const Ruling ruling = rule(groups, cases_);
      note({ruling.judged.p_value, ruling.judged.log_ratio}, tally_.count(size_index_, effect, index, 0));
      ++tally_.verdict(size_index_, effect, index, ruling.verdict);
      if (effect == 0 && ruling.family_p.has_value()) family.rule.push_back(*ruling.family_p);
      ask_naive(series, groups, effect, index, family);
    }
  }

  void ask_naive(const Series& series, const Groups& groups, size_t effect, size_t index, Family& family) {
    if (!series.has_samples()) return;
    for (size_t i = 0; i < naive_methods().size(); ++i) {
      const Answer answer = naive_methods()[i].ask(groups);
      note(answer, tally_.count(size_index_, effect, index, i + 1));
      if (effect == 0 && i == 0 && answer.p_value.has_value()) family.pooled.push_back(*answer.p_value);
    }
  }

  void count_family(const std::vector<double>& p_values, bool pooled) {
    const auto note_adjusted = [&](Adjust adjust, const std::vector<double>& adjusted) {
      const bool alarm = std::ranges::any_of(adjusted, [](double p) { return p <= kAlpha; });
      tally_.family(size_index_, pooled, adjust) += alarm ? 1 : 0;
    };
    note_adjusted(Adjust::kNone, p_values);
    note_adjusted(Adjust::kHolm, holm(p_values));
    note_adjusted(Adjust::kBenjaminiHochberg, benjamini_hochberg(p_values));
    note_adjusted(Adjust::kBenjaminiYekutieli, benjamini_yekutieli(p_values));
    note_adjusted(Adjust::kBonferroni, bonferroni(p_values));
  }

  const std::vector<Set>& sets_;
  const TrialOptions& options_;
  size_t size_index_, boots_a_side_, cases_;
  Tally& tally_;
};

}  // namespace

Tally::Tally(const TrialOptions& options, size_t series)
    : effects_(options.effects.size()),
      series_(series),
      methods_(naive_methods().size() + 1),
      counts_(options.sizes.size() * effects_ * series_ * methods_),
      verdicts_(options.sizes.size() * effects_ * series_),
      families_(options.sizes.size()) {}

void Tally::add(const Tally& other) {
  for (size_t i = 0; i < counts_.size(); ++i) {
    counts_[i].asked += other.counts_[i].asked;
    counts_[i].alarms += other.counts_[i].alarms;
    counts_[i].verdicts += other.counts_[i].verdicts;
  }
  for (size_t i = 0; i < verdicts_.size(); ++i) {
    std::ranges::transform(verdicts_[i], other.verdicts_[i], verdicts_[i].begin(), std::plus());
  }
  for (size_t i = 0; i < families_.size(); ++i) {
    for (size_t j = 0; j < families_[i].size(); ++j) {
      std::ranges::transform(families_[i][j], other.families_[i][j], families_[i][j].begin(), std::plus());
    }
  }
}

Tally run_trials(const std::vector<Set>& sets, const TrialOptions& options) {
  size_t series = 0;
  for (const Set& set : sets) series += set.size();
  Tally all(options, series);
  std::mutex adding;
  std::atomic<size_t> next = 0;
  const auto work = [&] {
    Tally own(options, series);
    for (size_t i = next++; i < options.sizes.size() * options.groups; i = next++) {
      Trial(sets, options, i / options.groups, own).run(i % options.groups);
    }
    const std::lock_guard lock(adding);
    all.add(own);
  };
  {
    std::vector<std::jthread> threads;
    for (size_t i = 1; i < options.jobs; ++i) threads.emplace_back(work);
    work();
  }
  return all;
}

size_t series_with(const std::vector<Set>& sets, size_t size) {
  size_t count = 0;
  for (const Set& set : sets) count += set[0].boots.size() >= 2 * size ? set.size() : 0;
  return count;
}

}  // namespace umb::aa
