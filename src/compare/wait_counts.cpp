// SPDX-License-Identifier: Apache-2.0
#include "compare/wait_counts.h"

#include "compare/case_ids.h"
#include "compare/words.h"

#include <algorithm>
#include <array>
#include <cstdio>

namespace umb {

namespace {

constexpr size_t kFewestCalls = 5;
constexpr double kSettled = 0.8;       // share of the calls that have the usual count
constexpr double kMoreDeferred = 0.2;  // a call: fewer are others' timing

double usual_share(const WaitFigures& waits) {
  return static_cast<double>(waits.usual_calls) / static_cast<double>(waits.calls);
}

bool settled(const WaitFigures& waits) {
  return waits.calls >= kFewestCalls && usual_share(waits) >= kSettled;
}

std::string calls_in_words(const WaitFigures& waits, const std::string& side) {
  const std::string calls = counted(waits.calls, "call", "calls");
  if (waits.usual_calls == waits.calls) return "all " + calls + " with " + side;
  return std::to_string(waits.usual_calls) + " of " + calls + " with " + side;
}

std::string a_call(double mean) {
  std::array<char, 400> text{};
  std::snprintf(text.data(), text.size(), "%.2f", mean);
  return text.data();
}

/// Why fewer waits are no gain; "" where they are one.
std::string moved_because(const Row& row, const std::string& candidate) {
  const std::optional<double> before = row.baseline.waits->deferred;
  const std::optional<double> now = row.candidate.waits->deferred;
  if (before && now && *now > *before + kMoreDeferred) {
    return "others wait in its place: " + a_call(*before) + " -> " + a_call(*now) + " deferred a call";
  }
  if (!row.candidate.failed_checks.empty()) {
    return "check '" + row.candidate.failed_checks[0].name + "' fails with " + candidate;
  }
  const auto marked = [&row](const char* mark) { return std::ranges::find(row.marks, mark) != row.marks.end(); };
  if (marked("moved")) return "what it held is free later";
  return marked("deferred") ? "what it held is not free yet when the call returns" : "";
}

/// What would show that fewer waits only moved, and is not there; "" when all is.
std::string unknown_in(const Row& row, bool release_known) {
  if (!row.baseline.waits->deferred || !row.candidate.waits->deferred)
    return "what is handed to others was not counted";
  return release_known ? "" : "when what it held is free was not measured on both sides";
}

WaitChange change_of(const WaitFigures& a, const WaitFigures& b) {
  if (a.usual == b.usual) return WaitChange::kSame;
  if (!settled(a) || !settled(b)) return WaitChange::kOpen;
  return b.usual > a.usual ? WaitChange::kMore : WaitChange::kFewer;
}

}  // namespace

WaitIndex::WaitIndex(const Side& side, const std::vector<std::string>& by_parameters) {
  for (const BootDigest& boot : side.boots) {
    for (const CaseDigest& one : boot.whole.cases) {
      if (one.grace_period_waits.empty()) continue;
      Counts& counts = by_id_[id_without(one.spec.id, by_parameters)];
      for (const CountedCalls& count : one.grace_period_waits) counts.waits[count.value] += count.calls;
      for (const CountedCalls& count : one.deferred_grace_periods) {
        counts.deferred += static_cast<double>(count.value) * static_cast<double>(count.calls);
        counts.deferred_calls += count.calls;
      }
    }
  }
}

std::optional<WaitFigures> WaitIndex::of(const std::string& id) const {
  const auto found = by_id_.find(id);
  if (found == by_id_.end()) return std::nullopt;
  const Counts& counts = found->second;
  WaitFigures figures;
  for (const auto& [value, calls] : counts.waits) {
    figures.calls += calls;
    if (calls <= figures.usual_calls) continue;
    figures.usual = value;
    figures.usual_calls = calls;
  }
  if (counts.deferred_calls > 0) figures.deferred = counts.deferred / static_cast<double>(counts.deferred_calls);
  return figures;
}

std::string wait_step(const Row& row) {
  return std::to_string(row.baseline.waits->usual) + " -> " + std::to_string(row.candidate.waits->usual);
}

void judge_waits(const std::string& baseline, const std::string& candidate, bool release_known, Row& row) {
  if (!row.baseline.waits || !row.candidate.waits) return;
  row.waits = change_of(*row.baseline.waits, *row.candidate.waits);
  if (row.waits == WaitChange::kSame) return;
  const std::string calls = " (" + calls_in_words(*row.baseline.waits, baseline) + ", " +
                            calls_in_words(*row.candidate.waits, candidate) + ")";
  std::string note;
  if (row.waits == WaitChange::kMore) {
    row.fails_by_waits = !row.fails;
    row.fails = true;
    note = "more grace-period waits: " + wait_step(row) + calls;
  } else if (row.waits == WaitChange::kOpen) {
    note = "grace-period waits are not settled: most often " + wait_step(row) + calls;
  } else if (const std::string because = moved_because(row, candidate); !because.empty()) {
    row.waits = WaitChange::kMoved;
    note = "moved: fewer grace-period waits in the call: " + wait_step(row) + calls + ", but " + because;
  } else if (const std::string unknown = unknown_in(row, release_known); !unknown.empty()) {
    row.waits = WaitChange::kOpen;
    note = "fewer grace-period waits in the call: " + wait_step(row) + calls +
           "; whether that is an improvement is open: " + unknown;
  } else {
    note = "an improvement, fewer grace-period waits: " + wait_step(row) + calls;
  }
  row.notes.insert(row.notes.begin(), std::move(note));
}

}  // namespace umb
