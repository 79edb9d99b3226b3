// SPDX-License-Identifier: Apache-2.0
#include "testing/comparison_builder.h"

namespace umb {

namespace {

constexpr double kFastNs = 36'100;
constexpr double kSlowNs = 15'900'000;

std::string id_of(const std::string& fs, const std::string& mode, const std::string& rcu) {
  return "umount/fs=" + fs + "/mode=" + mode + "/method=syscall/rcu=" + rcu;
}

/// tmpfs and ext4, plain and lazy, with both RCU modes.
std::vector<Row> eight_rows(Verdict verdict, double ratio, const std::string& words) {
  std::vector<Row> rows;
  for (const char* fs : {"tmpfs", "ext4"}) {
    for (const char* mode : {"plain", "lazy"}) {
      rows.push_back(made_row(id_of(fs, mode, "default"), verdict, kFastNs, ratio, words));
      rows.push_back(made_row(id_of(fs, mode, "normal"), verdict, kSlowNs, ratio, words));
    }
  }
  return rows;
}

Pair second_candidate() {
  Pair pair;
  pair.candidate = 2;
  pair.across_sessions = true;
  pair.threshold = 0.1;
  pair.warnings = {
      "6.6.1 and 6.1.2 were measured in different sessions: 20 to 25% of drift between sessions was seen "
      "with nothing changed, so effects below 10% are not judged."};
  pair.differences = {"the plans differ: samples is 300 in 6.6.1 and 80 in 6.1.2"};
  Row row = made_row(id_of("tmpfs", "plain", "default"), Verdict::kIncomparable, kFastNs, 1.31, "not comparable");
  row.fails = false;
  row.marks = {"across sessions"};
  row.quantiles.clear();
  pair.rows = {row};
  return pair;
}

}  // namespace

Comparison all_same() {
  return made_comparison(eight_rows(Verdict::kSame, 1.004, "0.4% slower, within 5%"),
                         "No regression: 8 of 8 cases the same within 5%.");
}

Comparison one_slower() {
  std::vector<Row> rows = eight_rows(Verdict::kSame, 1.004, "0.4% slower, within 5%");
  rows[3] = made_row(rows[3].id, Verdict::kSlower, kSlowNs, 1.124, "12% slower");
  rows[3].notes = {"The samples of 2 boots show a trend: the second half of boot 3 is 8% slower than the first."};
  Comparison made = made_comparison(rows, "Slower: 1 of 8 cases, umount of tmpfs (lazy, rcu=normal) by 12%.");
  made.verdict = Verdict::kSlower;
  return made;
}

Comparison all_inconclusive() {
  std::vector<Row> rows = eight_rows(Verdict::kInconclusive, 1.06, "no verdict: 12 more boots a side would settle it");
  for (Row& row : rows) {
    for (QuantileResult& result : row.quantiles) {
      result.low = 0.91;
      result.high = 1.22;
      result.units_wanted = 19;
    }
  }
  return made_comparison(rows, "No verdict: 8 of 8 cases are inconclusive; 12 more boots a side would settle them.");
}

Comparison mixed_verdicts() {
  std::vector<Row> rows = eight_rows(Verdict::kSame, 1.004, "0.4% slower, within 5%");
  rows[0] = made_row(rows[0].id, Verdict::kSlower, kFastNs, 2.08, "2.1 times as slow");
  rows[0].quantiles[2].gated = true;
  rows[0].quantiles[2].verdict = Verdict::kSlower;
  rows[0].quantiles[2].adjusted = 0.00466;
  rows[1] = made_row(rows[1].id, Verdict::kFaster, kSlowNs, 0.0127, "98.7% faster");
  rows[2].quantiles[2] = {.p = 0.99,
                          .method = Method::kExact,
                          .baseline = kFastNs * 2,
                          .candidate = kFastNs * 3.4,
                          .ratio = 1.7,
                          .low = 1.4,
                          .high = 2.06,
                          .p_value = 0.000583,
                          .adjusted = 0.0093,
                          .verdict = Verdict::kSlower,
                          .beyond_threshold = true,
                          .units_wanted = {}};
  rows[3].fails = true;
  rows[3].candidate.errnos = {{16, 5}};
  rows[3].words = "new failure with 6.12.1: EBUSY (5 of 2100 calls, none of 2100 with 6.6.1)";
  rows[3].notes = {rows[3].words};
  rows[4] = made_row(rows[4].id, Verdict::kInconclusive, kFastNs, 0.69,
                     "no verdict: returns 31% faster, but is released 40% later");
  rows[4].marks = {"moved"};
  rows[4].notes = {"The wait moved: released_ns p50 is 40% higher."};
  rows[5] =
      made_row(rows[5].id, Verdict::kInconclusive, kSlowNs, 1.06, "no verdict: 12 more boots a side would settle it");
  rows[5].quantiles[0].method = Method::kExactWelch;
  rows[5].notes = {"An exact test can't reach alpha with 7 boots a side over this many cases: Welch's p instead."};
  rows[6] = made_row(rows[6].id, Verdict::kSlower, kFastNs, 1.07, "7% slower (explored only)");
  rows[6].gated = rows[6].fails = false;
  for (QuantileResult& result : rows[6].quantiles) result.gated = false;
  Comparison made = made_comparison(rows, "Slower: 1 of 8 cases, and a new errno in another.");
  made.verdict = Verdict::kSlower;
  made.gate = "p50 of 7 cases and p99 of 1";
  made.warnings = {"6.12.1 was booted with another command line: quiet mitigations=off."};
  made.pairs[0].only_baseline = {"umount/fs=xfs/mode=plain/method=syscall/rcu=default"};
  made.pairs[0].only_candidate = {"umount/fs=bind/mode=plain/method=syscall/rcu=default"};
  Side third = made.sides[0];
  third.name = "6.1.2";
  for (BootDigest& boot : third.boots) {
    boot.session = "s0";
    boot.environment[0].value = std::string("6.1.2");
    boot.started_at.replace(0, 10, "2025-04-01");
    boot.finished_at.replace(0, 10, "2025-04-01");
  }
  made.sides.push_back(third);
  for (BootDigest& boot : made.sides[1].boots) boot.label = "patched";
  CaseDigest skipped;
  skipped.spec.id = made.pairs[0].only_baseline[0];
  skipped.outcome = "skipped";
  skipped.reason = "mkfs.xfs is not installed";
  made.sides[1].boots[0].whole.cases = {skipped};
  made.pairs.push_back(second_candidate());
  return made;
}

Comparison one_boot_a_side() {
  std::vector<Row> rows;
  for (const Row& row : eight_rows(Verdict::kInconclusive, 1.31, "no verdict: 6 more boots a side would settle it")) {
    rows.push_back(with_units(row, 1));
  }
  Comparison made =
      made_comparison(rows, "No verdict: 6 more boots a side (`run --into`, or `vm run --boots 7`) would settle it.");
  for (Side& side : made.sides) {
    side.boots.resize(1);
    side.boot_count = 1;
  }
  return made;
}

Comparison across_sessions() {
  Comparison made = one_slower();
  made.headline = "Slower, across sessions: 1 of 8 cases, umount of tmpfs (lazy, rcu=normal) by 12%.";
  Pair& pair = made.pairs[0];
  pair.across_sessions = true;
  pair.threshold = 0.1;
  pair.warnings = {
      "Measured in different sessions: 20 to 25% of drift between sessions was seen with nothing changed, "
      "so effects below 10% are not judged."};
  for (Row& row : pair.rows) row.marks = {"across sessions"};
  for (BootDigest& boot : made.sides[1].boots) {
    boot.session = "s2";
    boot.started_at.replace(8, 2, "09");
    boot.finished_at.replace(8, 2, "09");
  }
  return made;
}

Comparison other_waits() {
  std::vector<Row> rows = eight_rows(Verdict::kSame, 1.004, "0.4% slower, within 5%");
  const auto make = [](Row& row, WaitChange change, int64_t before, int64_t now, const std::string& note) {
    row.waits = change;
    row.baseline.waits = WaitFigures{.calls = 140, .usual = before, .usual_calls = 140, .deferred = 0};
    row.candidate.waits = WaitFigures{.calls = 140, .usual = now, .usual_calls = 138, .deferred = 0};
    row.notes = {note + std::to_string(before) + " -> " + std::to_string(now) +
                 " (all 140 calls with 6.6.1, 138 of 140 calls with 6.12.1)"};
  };
  make(rows[4], WaitChange::kMore, 0, 1, "more grace-period waits: ");
  rows[4].fails = rows[4].fails_by_waits = true;
  rows[4].words = rows[4].notes[0];
  make(rows[5], WaitChange::kFewer, 2, 1, "an improvement, fewer grace-period waits: ");
  make(rows[6], WaitChange::kMoved, 1, 0, "moved: fewer grace-period waits in the call: ");
  rows[6].notes[0] += ", but others wait in its place: 0.00 -> 1.00 deferred a call";
  rows[6].marks = {"moved"};
  rows[6].candidate.waits->deferred = 1;
  return made_comparison(rows,
                         "failed: more grace-period waits in 1 of 8 cases (umount of ext4 (plain): 0 -> 1); else same: "
                         "all 8 cases are the same within 5%; fewer grace-period waits in 1 of 8 cases");
}

Comparison hostile(const std::string& evil) {
  Comparison made = one_slower();
  made.headline = made.gate = made.by = evil;
  made.warnings = {evil};
  for (Side& side : made.sides) {
    side.name = evil;
    for (BootDigest& boot : side.boots) {
      boot.source = boot.run_id = boot.session = boot.label = boot.boot_id = evil;
      boot.started_at = boot.finished_at = boot.tool_version = boot.plan.name = evil;
      boot.environment[0].value = evil;
      boot.plan.settings.push_back({evil, evil});
    }
  }
  Pair& pair = made.pairs[0];
  pair.unit = evil;
  pair.differences = pair.warnings = pair.only_baseline = pair.only_candidate = {evil};
  Row& row = pair.rows[3];
  row.id = row.words = row.spec.scenario = evil;
  row.marks = row.notes = {evil};
  row.candidate.failed_checks = {{evil, "failed", evil}};
  return made;
}

Comparison enormous(size_t count) {
  std::vector<Row> rows;
  for (size_t i = 0; i < count; ++i) {
    const std::string id = id_of("tmpfs", "plain", "default") + "/files=" + std::to_string(i);
    rows.push_back(made_row(id, i % 3 == 0 ? Verdict::kSlower : Verdict::kInconclusive, kFastNs, 1.2, "20% slower"));
    rows.back().notes = {std::string(200, 'n')};
  }
  return made_comparison(rows, "Slower: many cases.");
}

}  // namespace umb
