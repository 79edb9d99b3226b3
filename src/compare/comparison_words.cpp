// SPDX-License-Identifier: Apache-2.0
#include "compare/comparison_words.h"

#include "base/text.h"
#include "compare/wait_counts.h"
#include "compare/words.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <string_view>

namespace umb {

namespace {

constexpr std::array<const char*, 7> kOrders{
    "", "an order", "two orders", "three orders", "four orders", "five orders", "six orders"};

/// 82 times is nearly two.
std::string orders_of_magnitude(double factor) {
  constexpr double kNearly = 0.2;  // of an order
  const double exact = std::log10(factor);
  const auto orders = static_cast<size_t>(std::floor(exact + kNearly));
  if (orders == 0 || orders >= kOrders.size()) return {};
  return std::string(" (") + (exact < static_cast<double>(orders) ? "nearly " : "") + kOrders[orders] +
         " of magnitude)";
}

/// "12%" or "2.4 times", for a factor of 1 or more and for what is taken of the other side: `share`.
std::string how_much(double factor, double share) {
  if (factor >= 2) return times(factor) + " times";
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), share < 0.0995 ? "%.1f%%" : "%.0f%%", share * 100);
  return text.data();
}

std::string units_missing(const Row& row, const Pair& pair, std::optional<size_t> wanted) {
  const size_t have = std::min(row.baseline.units, row.candidate.units);
  const std::string limit = exact_percent(pair.threshold);
  if (!wanted.has_value()) {
    return "not to be settled within " + limit + " by more " + pair.unit + "s (over 200 a side): make it less noisy";
  }
  const size_t more = *wanted > have ? *wanted - have : 1;
  return "about " + counted(more, "more " + pair.unit, "more " + pair.unit + "s") + " a side would settle it within " +
         limit;
}

/// Of the gated rows with this verdict, the one with the largest effect.
struct Worst {
  const Pair* pair = nullptr;
  const Row* row = nullptr;
};

Worst worst(const Comparison& comparison, Verdict verdict) {
  Worst found;
  double largest = -1;
  for (const Pair& pair : comparison.pairs) {
    for (const Row& row : pair.rows) {
      if (row.verdict != verdict || !row.gated) continue;
      const QuantileResult* result = deciding(row);
      const double effect = result != nullptr && result->ratio ? std::fabs(std::log(*result->ratio)) : 0;
      if (effect <= largest) continue;
      largest = effect;
      found = {&pair, &row};
    }
  }
  return found;
}

struct Counts {
  size_t all = 0, gated = 0, slower = 0, faster = 0, same = 0, inconclusive = 0, incomparable = 0, failing = 0;
  size_t more_waits = 0, fewer_waits = 0;
};

Counts counts_of(const Comparison& comparison) {
  Counts counts;
  for (const Pair& pair : comparison.pairs) {
    for (const Row& row : pair.rows) {
      ++counts.all;
      const bool by_count = row.fails && row.verdict != Verdict::kSlower && !row.fails_by_waits;
      counts.more_waits += row.waits == WaitChange::kMore ? 1 : 0;
      counts.fewer_waits += row.waits == WaitChange::kFewer ? 1 : 0;
      counts.failing += by_count ? 1 : 0;
      if (row.verdict == Verdict::kIncomparable) ++counts.incomparable;
      if (!row.gated) continue;
      ++counts.gated;
      counts.slower += row.verdict == Verdict::kSlower ? 1 : 0;
      counts.faster += row.verdict == Verdict::kFaster ? 1 : 0;
      counts.same += row.verdict == Verdict::kSame ? 1 : 0;
      counts.inconclusive += row.verdict == Verdict::kInconclusive ? 1 : 0;
    }
  }
  return counts;
}

/// With several candidates every case is there several times.
std::string of_cases(const Comparison& comparison, size_t count, size_t all) {
  const std::string noun = comparison.pairs.size() > 1 ? "comparison" : "case";
  return std::to_string(count) + " of " + counted(all, noun, noun + "s");
}

std::string sides_in_words(const Comparison& comparison) {
  if (comparison.sides.size() == 2) return comparison.sides[1].name + " against " + comparison.sides[0].name;
  return std::to_string(comparison.sides.size() - 1) + " sides against " + comparison.sides[0].name;
}

/// "no verdict (3.0% slower): …" as "3.0% slower: …", where it is said already that there is none.
std::string without_no_verdict(const std::string& words) {
  constexpr std::string_view kPlain = "no verdict: ";
  constexpr std::string_view kEffect = "no verdict (";
  if (words.starts_with(kPlain)) return words.substr(kPlain.size());
  const size_t end = words.find("): ");
  if (!words.starts_with(kEffect) || end == std::string::npos) return words;
  return words.substr(kEffect.size(), end - kEffect.size()) + words.substr(end + 1);
}

/// Which of several candidates.
std::string with_side(const Comparison& comparison, const Pair& pair) {
  return comparison.pairs.size() < 2 ? "" : " with " + comparison.sides[pair.candidate].name;
}

std::string first_of(const Comparison& comparison, bool (*wanted)(const Row&)) {
  for (const Pair& pair : comparison.pairs) {
    for (const Row& row : pair.rows) {
      if (wanted(row)) return case_in_words(row.id) + ": " + (row.notes.empty() ? row.words : row.notes.front());
    }
  }
  return {};
}

std::string first_with_more_waits(const Comparison& comparison) {
  for (const Pair& pair : comparison.pairs) {
    for (const Row& row : pair.rows) {
      if (row.waits == WaitChange::kMore) {
        return case_in_words(row.id) + with_side(comparison, pair) + ": " + wait_step(row);
      }
    }
  }
  return {};
}

std::string marks_in_words(const Comparison& comparison) {
  const auto marked = [&](const char* mark) {
    return std::ranges::any_of(comparison.pairs, [&](const Pair& pair) {
      return std::ranges::any_of(pair.rows,
                                 [&](const Row& row) { return std::ranges::find(row.marks, mark) != row.marks.end(); });
    });
  };
  std::string text;
  for (const char* mark : {"provisional", "across sessions"}) {
    if (marked(mark)) text += std::string(" (") + mark + ")";
  }
  return text;
}

std::string settled(const Comparison& comparison, const Counts& counts) {
  const auto told = [&](const char* verdict, size_t count, Verdict which) {
    const auto [pair, row] = worst(comparison, which);
    return std::string(verdict) + ": " + of_cases(comparison, count, counts.gated) + ", most of all " +
           case_in_words(row->id) + with_side(comparison, *pair) + ", " + row->words;
  };
  if (counts.slower > 0) return told("slower", counts.slower, Verdict::kSlower);
  if (counts.all > 0 && counts.incomparable == counts.all) {
    return "incomparable: " + (comparison.pairs.front().differences.empty()
                                   ? first_of(comparison, [](const Row&) { return true; })
                                   : comparison.pairs.front().differences.front());
  }
  if (counts.gated == 0) {
    return "inconclusive: nothing is gated among " + counted(counts.all, "case", "cases") +
           ", and what is only explored gives no verdict of the whole";
  }
  if (counts.inconclusive > 0) {
    std::string text = "inconclusive: no verdict for " + of_cases(comparison, counts.inconclusive, counts.gated);
    if (counts.faster > 0) text += ", " + std::to_string(counts.faster) + " faster";
    if (counts.same > 0) text += ", " + std::to_string(counts.same) + " the same";
    const auto [pair, row] = worst(comparison, Verdict::kInconclusive);
    // Of one unit a side all cases say the same.
    const bool of_all = deciding(*row)->method == Method::kNone;
    text += "; " + (of_all ? "" : case_in_words(row->id) + with_side(comparison, *pair) + ": ") +
            without_no_verdict(row->words);
    return text;
  }
  if (counts.faster > 0) return told("faster", counts.faster, Verdict::kFaster);
  double widest = 0;
  for (const Pair& pair : comparison.pairs) widest = std::max(widest, pair.threshold);
  const std::string within = " within " + exact_percent(widest);
  if (counts.same == 1) return "same: the one case is the same" + within;
  return "same: all " + std::to_string(counts.same) + (comparison.pairs.size() > 1 ? " comparisons" : " cases") +
         " are the same" + within;
}

}  // namespace

std::string effect_in_words(double ratio, const std::string& better) {
  const bool higher = ratio >= 1;
  const double factor = higher ? ratio : 1 / ratio;
  // "20% faster" is a fifth of the time less.
  std::string much = how_much(factor, higher ? ratio - 1 : 1 - ratio);
  if (better.empty()) return much + (higher ? " higher" : " lower") + orders_of_magnitude(factor);
  const bool slower = higher == (better == "lower");
  return much + (slower ? " slower" : " faster") + orders_of_magnitude(factor);
}

std::string case_in_words(const std::string& id) {
  CaseRecord record;
  record.spec.id = id;
  const CaseSummary summary;
  return said({&record, &summary}, "");
}

std::string row_words(const Row& row, const Pair& pair, std::optional<size_t> wanted) {
  const QuantileResult* result = deciding(row);
  if (row.verdict == Verdict::kIncomparable) {
    if (!pair.differences.empty()) return "the sides are not comparable";
    return row.unlike.empty() ? "not measured on both sides" : row.unlike;
  }
  if (result == nullptr || !result->ratio.has_value()) return "no values on both sides";
  const std::string at = result->p == 0.5 ? "" : " at " + quantile_name(result->p);
  std::string effect = effect_in_words(*result->ratio, row.better) + at;
  if (row.verdict == Verdict::kSlower || row.verdict == Verdict::kFaster) return effect;
  if (row.verdict == Verdict::kSame) return "the same within " + exact_percent(pair.threshold);
  if (result->method == Method::kNone) {
    if (pair.unit == "round") return "no verdict: one round a side; more rounds (--rounds 7) would settle it";
    if (row.baseline.units != row.candidate.units) {
      return "no verdict: one boot on one side; 6 more there (run --into, vm run --boots) would settle it";
    }
    return "no verdict: 6 more boots a side (run --into, vm run --boots 7) would settle it";
  }
  if (row.better.empty()) return effect + ", and neither is better";
  return "no verdict (" + effect + "): " + units_missing(row, pair, wanted);
}

std::string headline(const Comparison& comparison) {
  const Counts counts = counts_of(comparison);
  std::vector<std::string> failing;
  if (counts.more_waits > 0) {
    failing.push_back("more grace-period waits in " + of_cases(comparison, counts.more_waits, counts.all) + " (" +
                      first_with_more_waits(comparison) + ")");
  }
  if (counts.failing > 0) {
    failing.push_back(
        "something new fails in " + of_cases(comparison, counts.failing, counts.all) + " (" +
        first_of(comparison,
                 [](const Row& row) { return row.fails && row.verdict != Verdict::kSlower && !row.fails_by_waits; }) +
        ")");
  }
  std::string text =
      (failing.empty() ? "" : "failed: " + join(failing, "; ") + "; else ") + settled(comparison, counts);
  if (counts.fewer_waits > 0) {
    text += "; fewer grace-period waits in " + of_cases(comparison, counts.fewer_waits, counts.all);
  }
  return text + marks_in_words(comparison) + " [" + sides_in_words(comparison) + "]";
}

}  // namespace umb
