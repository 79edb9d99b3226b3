// SPDX-License-Identifier: Apache-2.0
#include "compare/compare.h"

#include "base/text.h"
#include "compare/comparison_words.h"
#include "compare/fingerprint.h"
#include "compare/pair_judge.h"
#include "compare/source_name.h"
#include "compare/words.h"
#include "stats/rank_sum.h"

#include <algorithm>
#include <cmath>
#include <set>

namespace umb {

namespace {

/// What was measured in another session may differ by so much with nothing changed.
constexpr double kAcrossSessions = 0.1;
constexpr double kCorrelated = 10;
constexpr size_t kShownIds = 5;

struct TimeSpan {
  std::string start, end;
};

TimeSpan span_of(const Side& side) {
  TimeSpan span{side.boots[0].started_at, ""};
  for (const BootDigest& boot : side.boots) {
    span.start = std::min(span.start, boot.started_at);
    span.end = std::max(span.end, boot.finished_at.empty() ? boot.started_at : boot.finished_at);
  }
  return span;
}

bool across_sessions(const Side& a, const Side& b) {
  const TimeSpan first = span_of(a);
  const TimeSpan second = span_of(b);
  return first.end < second.start || second.end < first.start;
}

size_t boot_count(const Side& side) {
  std::set<std::string> ids;
  for (const BootDigest& boot : side.boots) ids.insert(boot.boot_id.empty() ? "run " + boot.run_id : boot.boot_id);
  return ids.size();
}

bool is_true(const FactValue* value) {
  const auto* truth = value != nullptr ? std::get_if<bool>(value) : nullptr;
  return truth != nullptr && *truth;
}

void warn_within(const std::string& name, const std::vector<BootDigest>& boots, std::vector<std::string>& warnings) {
  std::set<std::string> kernels;
  size_t left_out = 0, interrupted = 0, gone = 0, emulated = 0, host_disturbed = 0;
  for (const BootDigest& boot : boots) {
    if (!boot.imported.empty()) {
      warnings.push_back(name + ": " + source_name(boot.source) + " was measured by " + boot.imported +
                         ": kernel, machine and settings are unknown, and so is whether it was a boot of its own");
      continue;
    }
    kernels.insert(fact_in_words(find_fact(boot.environment, "kernel_release")));
    left_out += boot.whole.disturbed ? 0 : boot.disturbed_rounds;
    interrupted += boot.interrupted ? 1 : 0;
    gone += boot.samples_gone ? 1 : 0;
    emulated += fact_text(boot.environment, "accelerator") == "tcg" ? 1 : 0;
    host_disturbed += is_true(find_fact(boot.environment, "host_disturbed")) ? 1 : 0;
    if (boot.whole.disturbed) {
      warnings.push_back(name + ": " + (boot.rounds == 1 ? "the round" : "every round") + " of " +
                         source_name(boot.source) + " was disturbed, and counts for want of a better one");
    }
    for (const Warning& warning : boot.rcu_warnings)
      warnings.push_back(name + ": " + source_name(boot.source) + ": " + warning.message);
  }
  if (kernels.size() > 1) {
    warnings.push_back(name + " mixes kernels: " + join({kernels.begin(), kernels.end()}, ", "));
  }
  if (left_out > 0) {
    warnings.push_back(name + ": " + counted(left_out, "disturbed round", "disturbed rounds") + " left out");
  }
  if (interrupted > 0) warnings.push_back(name + ": " + counted(interrupted, "run", "runs") + " interrupted");
  if (emulated > 0) {
    warnings.push_back(name + ": " + counted(emulated, "boot", "boots") +
                       " under emulation (TCG): what waits for ticks takes as long as on hardware, what computes takes "
                       "longer");
  }
  if (host_disturbed > 0) {
    warnings.push_back(name + ": the host of " + counted(host_disturbed, "boot", "boots") + " was disturbed");
  }
  if (gone > 0) {
    warnings.push_back(name + ": the samples of " + counted(gone, "boot", "boots") +
                       " are gone (a baseline by shrink): quantiles only");
  }
}

/// A gate is declared in the plan; there are not two of them in one comparison.
void warn_of_another_gate(const Side& a, const Side& b, std::vector<std::string>& warnings) {
  const auto text = [](const BootDigest& boot) {
    if (!boot.plan.gate.has_value()) return std::string();
    std::string all = boot.plan.gate->cases;
    for (const double p : boot.plan.gate->quantiles) all += "\n" + quantile_name(p);
    return all;
  };
  const std::string used = text(a.boots[0]);
  for (const Side* side : {&a, &b}) {
    if (std::ranges::all_of(side->boots, [&](const BootDigest& boot) { return text(boot) == used; })) continue;
    warnings.push_back("the plans' gates differ: what may fail is taken from the first boot of " + a.name +
                       ", not from " + (side == &a ? "its others" : side->name));
  }
}

void warn_of_other_noise(const NoiseProfile& noise, const Side& baseline, std::vector<std::string>& warnings) {
  const std::string of = under_test(noise.like, "kernel_release");
  for (const BootDigest& boot : baseline.boots) {
    const std::string here = under_test(boot, "kernel_release");
    if (here == of) continue;
    warnings.push_back("the noise profile is of kernel " + of + ", and " + baseline.name + " is " + here +
                       ": if that is the quieter one, 3 verdicts in 10 are false alarms");
    return;
  }
}

void warn_between(const Side& a, const Side& b, const Units& units, std::vector<std::string>& warnings) {
  if (units.paired) return;
  for (const BootDigest& one : a.boots) {
    const auto twin = std::ranges::find(b.boots, one.run_id, &BootDigest::run_id);
    if (twin == b.boots.end()) continue;
    warnings.push_back("the same run is on both sides: " + one.source +
                       (twin->source == one.source ? "" : " and " + twin->source));
  }
  const size_t few = std::min(units.baseline.size(), units.candidate.size());
  const size_t many = std::max(units.baseline.size(), units.candidate.size());
  if (few >= 2 && few != many) {
    warnings.push_back("unequal sides (" + std::to_string(units.baseline.size()) + " and " +
                       std::to_string(units.candidate.size()) + " " + units.noun +
                       "s): false alarms are rarer with as many on both");
  }
}

void warn_of_correlation(const Units& units, std::vector<std::string>& warnings) {
  double largest = 1;
  for (const auto* side : {&units.baseline, &units.candidate}) {
    for (const Unit& unit : *side) {
      for (const UnitDigest* part : unit.parts) {
        for (const CaseDigest& one : part->cases) largest = std::max(largest, one.shape.autocorrelation_time);
      }
    }
  }
  if (largest < kCorrelated) return;
  warnings.push_back("samples of one " + units.noun + " hang together (autocorrelation time up to " + times(largest) +
                     "): more samples would not help, more " + units.noun + "s would");
}

std::string some_cases(const Side& side) {
  std::vector<std::string> ids;
  for (const CaseDigest& one : side.boots[0].whole.cases) ids.push_back(one.spec.id);
  const size_t all = ids.size();
  if (all > kShownIds) ids.resize(kShownIds);
  return side.name + " has " + (ids.empty() ? "no cases" : join(ids, ", ")) +
         (all > kShownIds ? " and " + std::to_string(all - kShownIds) + " more" : "");
}

std::string gate_in_words(const Comparison& comparison, const CompareOptions& options) {
  std::set<std::string> cases;
  for (const Pair& pair : comparison.pairs) {
    for (const Row& row : pair.rows) {
      if (row.gated) cases.insert(row.id);
    }
  }
  if (cases.empty()) return {};
  std::vector<std::string> names;
  names.reserve(options.gate_quantiles.size());
  for (const double p : options.gate_quantiles) names.push_back(quantile_name(p));
  std::string text = join(names, ", ") + " of " + counted(cases.size(), "case", "cases");
  if (comparison.pairs.size() > 1) text += ", " + std::to_string(comparison.pairs.size()) + " candidates";
  return text;
}

/// Only now, so that what is not shown counts in the family all the same.
void leave_out_unshown(const CompareOptions& options, Comparison& comparison) {
  if (!options.shown) return;
  for (Pair& pair : comparison.pairs) {
    std::erase_if(pair.rows, [&](const Row& row) { return !options.shown(row.id) && !options.shown(row.spec.id); });
    std::erase_if(pair.only_baseline, [&](const std::string& id) { return !options.shown(id); });
    std::erase_if(pair.only_candidate, [&](const std::string& id) { return !options.shown(id); });
  }
}

Pair new_pair(const Comparison& comparison, const CompareOptions& options, const Units& units, size_t candidate) {
  const Side& a = comparison.sides[0];
  const Side& b = comparison.sides[candidate];
  Pair pair{.candidate = candidate,
            .paired = units.paired,
            .across_sessions = !units.paired && across_sessions(a, b),
            .unit = units.noun,
            .threshold = options.threshold,
            .differences = {},
            .warnings = {},
            .rows = {},
            .only_baseline = {},
            .only_candidate = {}};
  if (pair.across_sessions) {
    pair.threshold = std::max(options.threshold, kAcrossSessions);
    pair.warnings.push_back(
        "across sessions: the sides were measured one after the other, and a machine drifts by 20% "
        "between sessions with nothing changed; the smallest effect is " +
        exact_percent(pair.threshold) + " here. Boots in turns (A B B A) have no such doubt.");
    if (options.same_session) pair.differences.emplace_back("the sides were measured in different sessions");
  }
  if (!units.paired) {
    std::vector<std::string> differences = fingerprint_differences({a.name, &a.boots}, {b.name, &b.boots});
    for (std::string& one : differences) {
      if (options.ignore_fingerprint) {
        pair.warnings.push_back("ignored, though it must agree: " + one);
      } else {
        pair.differences.push_back(std::move(one));
      }
    }
    for (const std::string& one : unasked_differences({a.name, &a.boots}, {b.name, &b.boots}, options.by)) {
      pair.warnings.push_back("not asked about: " + one);
    }
  }
  warn_of_another_gate(a, b, pair.warnings);
  warn_between(a, b, units, pair.warnings);
  warn_of_correlation(units, pair.warnings);
  return pair;
}

}  // namespace

Result<Comparison> compare(std::vector<Side> sides, const CompareOptions& options) {
  Comparison comparison{.metric = options.metric,
                        .threshold = options.threshold,
                        .alpha = options.alpha,
                        .by = options.by,
                        .sides = std::move(sides),
                        .pairs = {},
                        .gate = {},
                        .warnings = {},
                        .headline = {}};
  for (Side& side : comparison.sides) {
    side.boot_count = boot_count(side);
    if (options.by_parameters.empty()) warn_within(side.name, side.boots, comparison.warnings);
  }
  // Sides that are split from the same runs have the same to tell.
  if (!options.by_parameters.empty()) warn_within("both sides", comparison.sides[0].boots, comparison.warnings);
  if (options.noise != nullptr) warn_of_other_noise(*options.noise, comparison.sides[0], comparison.warnings);
  std::vector<std::unique_ptr<Pending>> pending;
  for (size_t candidate = 1; candidate < comparison.sides.size(); ++candidate) {
    const Units units = find_units(comparison.sides[0], comparison.sides[candidate], !options.by_parameters.empty());
    Pair pair = new_pair(comparison, options, units, candidate);
    add_rows(comparison, options, units, candidate - 1, pair, pending);
    if (pair.rows.empty()) {
      return fail("no case in common", some_cases(comparison.sides[0]) + "; " + some_cases(comparison.sides[candidate]),
                  "compare results of one plan", ErrorKind::kUnavailable);
    }
    comparison.pairs.push_back(std::move(pair));
  }
  settle(options, pending, comparison);
  comparison.gate = gate_in_words(comparison, options);
  leave_out_unshown(options, comparison);
  comparison.verdict = overall(comparison);
  for (const Pair& pair : comparison.pairs) {
    for (const Row& row : pair.rows) comparison.fails = comparison.fails || row.fails;
  }
  comparison.headline = headline(comparison);
  return comparison;
}

std::vector<BootDigest> with_parameters(const std::vector<BootDigest>& boots, const std::vector<Parameter>& fixed) {
  const auto has_not = [&](const CaseDigest& one) {
    return std::ranges::any_of(
        fixed, [&](const Parameter& parameter) { return one.spec.value(parameter.name) != parameter.value; });
  };
  std::vector<BootDigest> kept;
  for (BootDigest boot : boots) {
    std::erase_if(boot.whole.cases, has_not);
    for (UnitDigest& round : boot.by_round) std::erase_if(round.cases, has_not);
    if (!boot.whole.cases.empty()) kept.push_back(std::move(boot));
  }
  return kept;
}

size_t family_carried(size_t units_a_side, double alpha) {
  if (units_a_side < 4) return 0;
  return static_cast<size_t>(alpha / smallest_rank_sum_p(units_a_side, units_a_side) + 1e-9);
}

}  // namespace umb
