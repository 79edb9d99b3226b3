// SPDX-License-Identifier: Apache-2.0
// A comparison as every format is given it: passive values, all judging done. docs/comparing.md tells what they mean.
#pragma once

#include "model/digest.h"

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace umb {

enum class Verdict { kSlower, kFaster, kSame, kInconclusive, kIncomparable };
/// "slower", "faster", "same", "inconclusive", "incomparable"
[[nodiscard]] const char* verdict_name(Verdict verdict);

/// How a ratio, its interval and its p value were found.
enum class Method {
  kNone,        ///< one unit a side: a ratio alone
  kExact,       ///< Hodges-Lehmann, exact rank-sum interval and p
  kExactWelch,  ///< the same, but p is Welch's: an exact one can't reach alpha over so many gated cases
  kWelch,       ///< two or three units on a side
  kPairedT,     ///< pairs within boots or rounds
  kProfile,     ///< t with the variance of a noise profile
};
/// "exact rank sum", "Welch's t", …
[[nodiscard]] const char* method_name(Method method);
/// "p50", "p99.9"
[[nodiscard]] std::string quantile_name(double p);
/// "5%", "2.5%": a share that somebody asked for, unlike a measured one not rounded.
[[nodiscard]] std::string exact_percent(double share);

/// How often a side's calls waited for a grace period, as its traced passes counted.
struct WaitFigures {
  size_t calls = 0;
  int64_t usual = 0;               ///< the most frequent count; of two alike the lower
  size_t usual_calls = 0;          ///< with that one
  std::optional<double> deferred;  ///< handed to somebody else, mean a call; nothing where that was not counted
};

/// What became of the grace-period waits of a call, candidate against baseline.
enum class WaitChange {
  kUnknown,  ///< not both sides were traced, or they are not comparable
  kSame,
  kMore,   ///< fails the run, whatever the clock says
  kFewer,  ///< an improvement
  kMoved,  ///< fewer in the call, but others wait now, or what it held is free later, or a check fails
  kOpen,   ///< other counts, but none of them is the usual one
};
/// "", "same", "more", "fewer", "moved", "open"
[[nodiscard]] const char* wait_change_name(WaitChange change);

/// One side's figures for one case.
struct SideFigures {
  size_t units = 0;                          ///< boots, or rounds of one boot
  size_t samples = 0;                        ///< values of the metric over all units
  size_t attempts = 0;                       ///< calls outside the warm-up, those that failed too
  std::optional<double> p50, p90, p95, p99;  ///< geometric means over the units of their quantiles
  std::optional<double> minimum, maximum;
  std::optional<double> spread;  ///< standard deviation of ln p50 between units; from 2 units on
  std::vector<double> unit_p50;  ///< one per unit, in the order of the side's units
  std::vector<ErrnoCount> errnos;
  std::vector<Check> failed_checks;
  size_t failed_units = 0;                ///< in which the case failed; what was measured before is among the figures
  std::optional<WaitFigures> waits = {};  ///< nothing where no pass was traced
};

/// Whether the figures are of calls that did what they should: neither the case nor a check failed in any unit.
[[nodiscard]] bool is_sound(const SideFigures& side);

/// One quantile of one case, judged. Ratios are candidate over baseline.
struct QuantileResult {
  double p = 0.5;
  bool gated = false;  ///< otherwise exploratory: no power to fail
  Method method = Method::kNone;
  std::optional<double> baseline, candidate;  ///< geometric means, in the metric's unit
  std::optional<double> ratio, low, high;     ///< with the 1 - alpha interval
  std::optional<double> rank_low, rank_high;  ///< paired only, from 6 pairs: the signed-rank interval
  std::optional<double> p_value;
  std::optional<double> adjusted;  ///< gated: Holm over the gate family; exploratory: Benjamini-Hochberg's q
  Verdict verdict = Verdict::kInconclusive;
  bool beyond_threshold = false;  ///< the whole interval lies beyond the smallest effect
  std::optional<size_t>
      units_wanted;  ///< inconclusive: units a side that would settle it; nothing: not feasible or unknown
};

/// One case of one candidate against the baseline.
struct Row {
  std::string id;      ///< the case's, without the parameter that splits the sides
  Case spec;           ///< as the baseline has it
  std::string metric;  ///< "return_ns"
  std::string unit;    ///< "ns"
  std::string better;  ///< "lower", "higher"
  SideFigures baseline, candidate;
  std::vector<QuantileResult>
      quantiles;  ///< ascending p, 0.5 first among equals; those asked for by the gate among them
  Verdict verdict = Verdict::kInconclusive;  ///< the worst of the gated quantiles'; of p50 where none is gated
  std::string unlike;                        ///< why this case alone is incomparable, in words; "" when it isn't
  bool gated = false;
  bool fails = false;  ///< the run fails for it: slower, a new errno, a new failed check, more grace-period waits
  WaitChange waits = WaitChange::kUnknown;
  bool fails_by_waits = false;     ///< for more waits, and for nothing else that is new
  std::vector<std::string> marks;  ///< "across sessions", "provisional", "moved", "deferred"
  std::string words;               ///< "12% slower", "no verdict: 6 more boots a side would settle it"
  std::vector<std::string>
      notes;  ///< counts, what moved, trend, autocorrelation, modes, disturbed rounds, Welch instead
};

/// The quantile that the row's verdict is of: of the gated ones (p50 where there is none) the first with that verdict,
/// or else the first; null where there is none at all.
[[nodiscard]] const QuantileResult* deciding(const Row& row);
/// Whether it is one of them.
[[nodiscard]] bool decides(const Row& row, const QuantileResult& result);

struct Side {
  std::string name;
  std::vector<BootDigest> boots;  ///< whole runs; in the order given
  size_t boot_count = 0;          ///< different boot ids
};

/// A candidate against the baseline.
struct Pair {
  size_t candidate = 0;  ///< index into Comparison::sides
  bool paired = false;   ///< units of both sides belong together
  bool across_sessions = false;
  std::string unit = "boot";             ///< "boot" or "round"
  double threshold = 0.05;               ///< the smallest effect, as a share
  std::vector<std::string> differences;  ///< what makes it incomparable, in words
  std::vector<std::string> warnings;
  std::vector<Row> rows;
  std::vector<std::string> only_baseline, only_candidate;  ///< case ids
};

struct Comparison {
  std::string metric;
  double threshold = 0.05;
  double alpha = 0.05;
  std::string by;           ///< the parameter or fact that splits the sides; empty: they were given
  std::vector<Side> sides;  ///< the baseline first
  std::vector<Pair> pairs;  ///< one per candidate
  std::string gate;         ///< the gate family in words: "p50 of 8 cases"; "": nothing
  size_t gate_size = 0;     ///< m, over all candidates
  std::vector<std::string> warnings;
  Verdict verdict = Verdict::kInconclusive;  ///< of the whole, the worst first
  bool fails = false;                        ///< a gated case is slower, or something new fails
  std::string headline;                      ///< the verdict in words, one line
};

}  // namespace umb
