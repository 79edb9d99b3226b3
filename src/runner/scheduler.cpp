// SPDX-License-Identifier: Apache-2.0
#include "runner/scheduler.h"

#include "base/text.h"
#include "runner/case_progress.h"
#include "runner/estimate.h"
#include "scenario/scenario.h"

#include <algorithm>
#include <cerrno>
#include <list>
#include <map>

namespace umb {

namespace {

class RoundSchedule {
 public:
  RoundSchedule(const Scheduling& scheduling, const std::vector<size_t>& runnable, uint32_t round, Random& random,
                RunRecord& record)
      : scheduling_(scheduling), round_(round), random_(random), record_(record) {
    for (const size_t index : runnable) {
      // It has failed in an earlier round: that stands.
      if (record.cases[index].outcome == "failed") continue;
      const Case& spec = scheduling.plan.cases[index];
      const ScenarioEntry* scenario = find_scenario(spec.scenario);
      progress_.emplace_back(index, scheduling.plan.settings, scenario != nullptr && scenario->needs_watch(spec),
                             scenario != nullptr && is_long(scheduling.plan, spec));
    }
  }

  Result<void> run() {
    std::vector<CaseProgress*> active = all();
    Result<void> taken = take_passes(active);
    for (const CaseProgress* progress : active) {
      if (is_done(*progress)) continue;
      record_.cases[progress->case_index()].stop_reason = "interrupted";
      record_.run.interrupted = true;
    }
    return taken;
  }

 private:
  /// Until every case is done; those that are not are left in `active`.
  Result<void> take_passes(std::vector<CaseProgress*>& active) {
    while (!active.empty() && !scheduling_.stop.requested()) {
      arrange(active);
      ++passes_;
      if (record_.rounds[round_].order.empty()) note_order(active);
      for (CaseProgress* progress : active) {
        if (scheduling_.stop.requested()) break;
        report(*progress);
        UMB_TRY(run_block(*progress));
      }
      std::erase_if(active, [&](CaseProgress* progress) { return is_done(*progress); });
    }
    return {};
  }

  /// A plan in pairs: the pairs in an order drawn anew, each A B in one pass and B A in the next, and the first of them
  /// alternating from round to round, so that whatever drifts meets both alike.
  void arrange(std::vector<CaseProgress*>& active) {
    if (!scheduling_.plan.in_pairs) return random_.shuffle(active);
    std::map<size_t, std::vector<CaseProgress*>> by_pair;
    for (CaseProgress* progress : active) by_pair[progress->case_index() / 2].push_back(progress);
    std::vector<size_t> pairs;
    pairs.reserve(by_pair.size());
    for (const auto& [pair, both] : by_pair) pairs.push_back(pair);
    random_.shuffle(pairs);
    active.clear();
    for (const size_t pair : pairs) {
      std::vector<CaseProgress*>& both = by_pair[pair];
      const bool second_first = (passes_ + round_) % 2 != 0;
      std::ranges::sort(both, [&](const CaseProgress* a, const CaseProgress* b) {
        return second_first ? a->case_index() > b->case_index() : a->case_index() < b->case_index();
      });
      active.insert(active.end(), both.begin(), both.end());
    }
  }

  std::vector<CaseProgress*> all() {
    std::vector<CaseProgress*> pointers;
    for (CaseProgress& progress : progress_) pointers.push_back(&progress);
    return pointers;
  }

  void note_order(const std::vector<CaseProgress*>& active) {
    for (const CaseProgress* progress : active) {
      record_.rounds[round_].order.push_back(record_.cases[progress->case_index()].spec.id);
    }
  }

  Result<void> run_block(CaseProgress& progress) {
    CaseRecord& record = record_.cases[progress.case_index()];
    const Result<void> switched = scheduling_.rcu.set(record.spec.value("rcu"));
    if (!switched.has_value()) {
      end_case(record, switched.error().text());
      return {};
    }
    const BlockRequest request = progress.next_block();
    Result<BlockResult> result = scheduling_.executor.run_block(request);
    if (!result.has_value()) {
      if (result.error().errno_value != ECHILD) return Failure(result.error());
      end_case(record, result.error().text());
      return scheduling_.executor.restart();
    }
    if (const std::string change = take_facts(record, result->facts); !change.empty()) {
      end_case(record, change);
      return {};
    }
    Block block{.case_index = request.case_index,
                .round = round_,
                .repetition = progress.repetition(),
                .first_sequence = sequence_,
                .warmup = progress.warming_up(),
                .samples = result->samples};
    sequence_ += static_cast<uint32_t>(block.samples.size());
    append_block_to(record.samples, block, phases_of(record.spec));
    if (!block.warmup) tally(block);
    // Of the warm-up too: what must hold must always hold.
    add_checks(scheduling_.tallies[request.case_index].checks, result->checks);
    if (!block.samples.empty()) UMB_TRY(scheduling_.listener.block_taken(block));
    progress.took(*result);
    if (!result->error.empty()) {
      end_case(record, result->error);
    } else if (!progress.stop_reason().empty()) {
      record.stop_reason = progress.stop_reason();
      scheduling_.listener.case_done(record, record_.rounds[round_]);
    }
    return {};
  }

  /// Found out anew by every round's worker. Why the case can't go on, where a round found something else: its samples
  /// would be of two things; or "".
  std::string take_facts(CaseRecord& record, const Facts& facts) {
    if (facts.empty() || facts == record.facts) return {};
    if (record.facts.empty()) {
      record.facts = facts;
      scheduling_.listener.case_known(record);
      return {};
    }
    return "what is measured changed between two rounds: from " + texts_of(record.facts) + " to " + texts_of(facts);
  }

  static std::string texts_of(const Facts& facts) {
    std::vector<std::string> texts;
    for (const Fact& fact : facts) texts.push_back(fact.key + " " + quoted(fact_text(facts, fact.key)));
    return join(texts, ", ");
  }

  void tally(const Block& block) {
    CaseTally& sums = scheduling_.tallies[block.case_index];
    for (const Sample& sample : block.samples) {
      sums.looked += sample.not_released || sample.released_ns != kMissing ? 1 : 0;
      sums.not_released += sample.not_released ? 1 : 0;
    }
  }

  void end_case(CaseRecord& record, const std::string& reason) {
    record.outcome = "failed";
    record.reason = reason;
    scheduling_.listener.case_done(record, record_.rounds[round_]);
  }

  bool is_done(const CaseProgress& progress) {
    return !progress.stop_reason().empty() || record_.cases[progress.case_index()].outcome == "failed";
  }

  void report(const CaseProgress& next) {
    double done = 0;
    for (const CaseProgress& progress : progress_) done += is_done(progress) ? 1 : progress.share();
    scheduling_.listener.progressed({.round = round_,
                                     .rounds = scheduling_.plan.settings.rounds,
                                     .share = done / static_cast<double>(progress_.size()),
                                     .case_id = record_.cases[next.case_index()].spec.id});
  }

  Scheduling scheduling_;
  uint32_t round_;
  Random& random_;
  RunRecord& record_;
  std::list<CaseProgress> progress_;
  uint32_t sequence_ = 0;
  uint32_t passes_ = 0;
};

}  // namespace

Result<void> run_round(const Scheduling& scheduling, const std::vector<size_t>& runnable, uint32_t round,
                       Random& random, RunRecord& record) {
  return RoundSchedule(scheduling, runnable, round, random, record).run();
}

}  // namespace umb
