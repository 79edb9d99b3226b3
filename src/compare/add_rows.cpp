// SPDX-License-Identifier: Apache-2.0
#include "compare/container_paths.h"
#include "compare/pair_judge.h"
#include "compare/row_builder.h"
#include "compare/unlike.h"
#include "compare/wait_counts.h"
#include "compare/words.h"

#include <algorithm>
#include <cmath>

namespace umb {

namespace {

constexpr double kTail = 0.9;        // a quantile above is of the tail,
constexpr double kFewestInTail = 3;  // and gated only with so many samples beyond it in each unit
constexpr size_t kFewestUnitsForTail = 5;
constexpr double kDeferred = 2;      // a release that takes so many times as long as the return,
constexpr double kDeferredNs = 1e6;  // and so much longer (the poller goes in steps of 1 ms)

bool is_gate_quantile(const CompareOptions& options, double p) {
  return std::ranges::find(options.gate_quantiles, p) != options.gate_quantiles.end();
}

std::vector<double> quantiles_of(const CompareOptions& options) {
  std::vector<double> all{0.5, 0.9, 0.99};
  all.insert(all.end(), options.gate_quantiles.begin(), options.gate_quantiles.end());
  std::ranges::sort(all);
  all.erase(std::unique(all.begin(), all.end()), all.end());
  return all;
}

class RowMaker {
 public:
  RowMaker(const Comparison& comparison, const CompareOptions& options, const Units& units, size_t pair_index,
           Pair& pair, std::vector<std::unique_ptr<Pending>>& pending)
      : comparison_(comparison),
        options_(options),
        units_(units),
        pair_index_(pair_index),
        pair_(pair),
        pending_(pending),
        baseline_(units.baseline, options.by_parameters),
        candidate_(units.candidate, options.by_parameters),
        baseline_waits_(comparison.sides[0], options.by_parameters),
        candidate_waits_(comparison.sides[pair.candidate], options.by_parameters) {}

  void run() {
    for (const std::string& id : baseline_.ids()) {
      if (candidate_.has(id)) {
        add(id);
      } else {
        pair_.only_baseline.push_back(id);
      }
    }
    for (const std::string& id : candidate_.ids()) {
      if (!baseline_.has(id)) pair_.only_candidate.push_back(id);
    }
  }

 private:
  [[nodiscard]] const std::string& baseline_name() const { return comparison_.sides[0].name; }
  [[nodiscard]] const std::string& candidate_name() const { return comparison_.sides[pair_.candidate].name; }

  /// Why a side has no values of a case.
  static std::string why_missing(const CaseDigest& one, const std::string& metric) {
    if (one.outcome != "measured") return one.outcome + (one.reason.empty() ? "" : ": " + one.reason);
    const MetricDigest* digest = one.metric(metric);
    if (digest == nullptr) return "it has no " + metric;
    if (digest->count == 0) return digest->missing_reason.empty() ? "no sample worked" : digest->missing_reason;
    return "its " + metric + " is 0, which has no ratio";
  }

  void add(const std::string& id) {
    const CaseDigest& a = baseline_.telling(id);
    const CaseDigest& b = candidate_.telling(id);
    Row row{.id = id,
            .spec = a.spec,
            .metric = options_.metric,
            .unit = {},
            .better = {},
            .baseline = {},
            .candidate = {},
            .quantiles = {},
            .marks = {},
            .words = {},
            .notes = {}};
    take_metric(candidate_.of(id), row);
    take_metric(baseline_.of(id), row);
    row.baseline = figures_of(baseline_.of(id), options_.metric);
    row.candidate = figures_of(candidate_.of(id), options_.metric);
    row.notes = count_notes(row, baseline_name(), candidate_name(), row.fails);
    // Skipped on both sides: there is nothing to tell but the reasons, which each side's own report has.
    if (a.outcome == "skipped" && b.outcome == "skipped") return;
    row.unlike =
        unlike({baseline_name(), comparison_.sides[0].boots, baseline_.of(id)},
               {candidate_name(), comparison_.sides[pair_.candidate].boots, candidate_.of(id)}, options_.by_parameters);
    const bool nothing = row.baseline.units == 0 || row.candidate.units == 0;
    const bool comparable = !nothing && pair_.differences.empty() && row.unlike.empty();
    if (!comparable) row.verdict = Verdict::kIncomparable;
    if (const std::string note = unknown_path(baseline_.of(id), baseline_name(), candidate_.of(id), candidate_name());
        !note.empty()) {
      row.notes.push_back(note);
    }
    if (nothing) note_missing(row, a, b);
    note_failed(id, nothing, row);
    // What fails with another thing is not new.
    row.fails = row.fails && row.unlike.empty();
    row.gated = comparable && gated(a, b);
    add_quantiles(id, row);
    note_release(id, row);
    row.baseline.waits = baseline_waits_.of(id);
    row.candidate.waits = candidate_waits_.of(id);
    // What differs else, the number of CPUs or the plan, makes other counts too.
    if (pair_.differences.empty() && row.unlike.empty())
      judge_waits(baseline_name(), candidate_name(), release_known(id), row);
    for (const auto& [name, units, index] : {std::tuple(baseline_name(), &units_.baseline, &baseline_),
                                             std::tuple(candidate_name(), &units_.candidate, &candidate_)}) {
      for (std::string& note : shape_notes(name, units_.noun, *units, index->of(id), options_.metric)) {
        row.notes.push_back(std::move(note));
      }
    }
    pair_.rows.push_back(std::move(row));
  }

  void take_metric(const CaseIndex::OfUnits& cases, Row& row) const {
    for (const auto& unit : cases) {
      for (const CaseDigest* one : unit) {
        const MetricDigest* digest = one->metric(options_.metric);
        if (digest == nullptr) continue;
        row.unit = digest->unit;
        row.better = digest->better;
        return;
      }
    }
  }

  /// A case that fails in some of the candidate's units, and in none of the baseline's, or that has no values any more.
  void note_failed(const std::string& id, bool told, Row& row) const {
    const auto failed_units = [](const CaseIndex::OfUnits& cases) {
      return static_cast<size_t>(std::ranges::count_if(cases, [](const auto& unit) {
        return std::ranges::any_of(unit, [](const CaseDigest* one) { return one->outcome == "failed"; });
      }));
    };
    const CaseIndex::OfUnits& cases = candidate_.of(id);
    const size_t failed = failed_units(cases);
    if (failed == 0) return;
    const size_t failed_before = failed_units(baseline_.of(id));
    if (row.baseline.units > 0 && (failed_before == 0 || row.candidate.units == 0)) row.fails = true;
    if (told) return;
    std::string reason;
    for (const auto& unit : cases) {
      for (const CaseDigest* one : unit) {
        if (one->outcome == "failed" && reason.empty()) reason = one->reason;
      }
    }
    std::string text = "failed with " + candidate_name();
    if (failed < cases.size()) {
      text += " in " + std::to_string(failed) + " of " + counted(cases.size(), units_.noun, units_.noun + "s");
    }
    if (failed_before > 0) text += ", and with " + baseline_name() + " too";
    row.notes.insert(row.notes.begin(), text + (reason.empty() ? "" : ": " + reason));
  }

  bool gated(const CaseDigest& a, const CaseDigest& b) const {
    return !options_.gated || options_.gated(a.spec.id) || options_.gated(b.spec.id);
  }

  void note_missing(Row& row, const CaseDigest& a, const CaseDigest& b) const {
    for (const auto& [figures, one, name] :
         {std::tuple(&row.baseline, &a, baseline_name()), std::tuple(&row.candidate, &b, candidate_name())}) {
      if (figures->units == 0)
        row.notes.push_back("nothing to compare with " + name + ": " + why_missing(*one, row.metric));
    }
  }

  void add_quantiles(const std::string& id, Row& row) {
    const CaseIndex::OfUnits& a = baseline_.of(id);
    const CaseIndex::OfUnits& b = candidate_.of(id);
    for (const double p : quantiles_of(options_)) {
      auto pending = std::make_unique<Pending>();
      pending->values = values_of(a, b, options_.metric, p, units_.paired);
      if (pending->values.baseline.empty() || pending->values.candidate.empty()) {
        if (row.gated && is_gate_quantile(options_, p)) note_no_quantile(pending->values, p, row);
        continue;
      }
      QuantileResult result{.p = p};
      result.gated = row.gated && is_gate_quantile(options_, p) && tail_is_full(a, b, p, row);
      pending->input = {.baseline = pending->values.baseline,
                        .candidate = pending->values.candidate,
                        .paired = units_.paired,
                        .prior = prior_for(id, p, pending->values),
                        .alpha = options_.alpha};
      pending->judged = judge(pending->input);
      pending->pair = pair_index_;
      pending->row = pair_.rows.size();
      pending->quantile = row.quantiles.size();
      row.quantiles.push_back(result);
      pending_.push_back(std::move(pending));
    }
    row.gated = std::ranges::any_of(row.quantiles, &QuantileResult::gated);
  }

  /// A run's samples give the quantiles of its own plan's gate, and a baseline has no others.
  void note_no_quantile(const Values& values, double p, Row& row) const {
    row.notes.push_back(quantile_name(p) +
                        " is gated and not judged: " + (values.candidate.empty() ? candidate_name() : baseline_name()) +
                        " comes without it, as its plan does not gate it");
  }

  bool tail_is_full(const CaseIndex::OfUnits& a, const CaseIndex::OfUnits& b, double p, Row& row) const {
    if (p <= kTail) return true;
    const size_t units = std::min(row.baseline.units, row.candidate.units);
    const size_t samples = std::min(fewest_samples(a, options_.metric), fewest_samples(b, options_.metric));
    if (units >= kFewestUnitsForTail && static_cast<double>(samples) * (1 - p) >= kFewestInTail - 1e-9) return true;
    row.notes.push_back(quantile_name(p) + " is not judged: that takes " + std::to_string(kFewestUnitsForTail) + " " +
                        units_.noun + "s a side with " +
                        std::to_string(static_cast<size_t>(std::ceil(kFewestInTail / (1 - p) - 1e-9))) +
                        " samples each");
    return false;
  }

  /// The boots themselves speak as soon as there are two a side.
  std::optional<Prior> prior_for(const std::string& id, double p, const Values& values) const {
    if (options_.noise == nullptr || std::min(values.baseline.size(), values.candidate.size()) >= 2) return {};
    for (const NoiseEntry& entry : options_.noise->entries) {
      if (id_without(entry.case_id, options_.by_parameters) != id || entry.metric != options_.metric || entry.p != p) {
        continue;
      }
      return Prior{.sd = entry.sd, .df = std::min<double>(static_cast<double>(entry.boots) - 1, 4)};
    }
    return {};
  }

  std::optional<double> release_ratio(const std::string& id) const {
    const Values values = values_of(baseline_.of(id), candidate_.of(id), "released_ns", 0.5, units_.paired);
    if (values.baseline.empty() || values.candidate.empty()) return {};
    const JudgeInput input{.baseline = values.baseline,
                           .candidate = values.candidate,
                           .paired = units_.paired,
                           .prior = {},
                           .alpha = options_.alpha};
    const Judged judged = judge(input);
    if (judged.p_value.has_value() && *judged.p_value > options_.alpha) return {};
    return std::exp(judged.log_ratio);
  }

  [[nodiscard]] bool release_known(const std::string& id) const {
    return figures_of(baseline_.of(id), "released_ns").p50.has_value() &&
           figures_of(candidate_.of(id), "released_ns").p50.has_value();
  }

  /// A wait that has moved from the return to the release is no gain: found here, decided when the verdict is known.
  void note_release(const std::string& id, Row& row) const {
    if (options_.metric != "return_ns" || row.better != "lower") return;
    const std::optional<double> ratio = release_ratio(id);
    if (ratio.has_value() && *ratio > 1 + pair_.threshold) row.marks.emplace_back("moved");
    const SideFigures released = figures_of(candidate_.of(id), "released_ns");
    if (!released.p50 || !row.candidate.p50) return;
    const bool late =
        *released.p50 > kDeferred * *row.candidate.p50 && *released.p50 - *row.candidate.p50 > kDeferredNs;
    const SideFigures before = figures_of(baseline_.of(id), "released_ns");
    const bool was_late = before.p50 && row.baseline.p50 && *before.p50 > kDeferred * *row.baseline.p50 &&
                          *before.p50 - *row.baseline.p50 > kDeferredNs;
    if (!late || was_late) return;
    row.marks.emplace_back("deferred");
    row.notes.push_back("deferred: with " + candidate_name() + " the call returns after " +
                        duration(*row.candidate.p50) + ", but what it held is free only after " +
                        duration(*released.p50));
  }

  const Comparison& comparison_;
  const CompareOptions& options_;
  const Units& units_;
  size_t pair_index_;
  Pair& pair_;
  std::vector<std::unique_ptr<Pending>>& pending_;
  CaseIndex baseline_, candidate_;
  WaitIndex baseline_waits_, candidate_waits_;
};

}  // namespace

void add_rows(const Comparison& comparison, const CompareOptions& options, const Units& units, size_t pair_index,
              Pair& pair, std::vector<std::unique_ptr<Pending>>& pending) {
  RowMaker(comparison, options, units, pair_index, pair, pending).run();
}

}  // namespace umb
