// SPDX-License-Identifier: Apache-2.0
#include "tables.h"

#include "orders.h"
#include "stats/moments.h"
#include "stats/proportion.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstring>

namespace umb::aa {

namespace {

constexpr double kConfidence = 0.95;

template <typename... Values>
std::string text(const char* format, Values... values) {
  char buffer[512];
  std::snprintf(buffer, sizeof buffer, format, values...);
  return buffer;
}

std::string percent(double share) {
  return text("%.1f", 100 * share);
}

std::string with_interval(double share, size_t trials) {
  const Interval interval = wilson_interval_of_share(share, trials, kConfidence);
  return percent(share) + text(" [%.0f-%.0f]", 100 * interval.low, 100 * interval.high);
}

class Tables {
 public:
  Tables(const std::vector<Set>& sets, const TrialOptions& options, const Tally& tally)
      : sets_(sets), options_(options), tally_(tally) {
    for (const Set& set : sets) {
      for (const Series& one : set) {
        series_.push_back(&one);
        name_width_ = std::max(name_width_, static_cast<int>(one.name.size() + std::strlen(" x1.00")));
      }
    }
  }

  std::string all(const std::string& metric) {
    heading(metric);
    false_alarms(
        "1. False alarms: share of p <= 5% with nothing changed, in %, mean over the series\n"
        "   [Wilson's 95% interval, from as many trials as there are pairs of groups without a boot in common]",
        &Count::alarms);
    false_alarms("2. The same with an estimate of 5% or more: called slower or faster", &Count::verdicts);
    by_series();
    power();
    verdicts();
    family();
    orders();
    return out_;
  }

 private:
  void heading(const std::string& metric) {
    out_ += "False alarms and power, " + metric + ": " + text("%zu", options_.groups) +
            " random pairs of groups without a boot in common for\neach number of boots a side (seed " +
            text("%llu", static_cast<unsigned long long>(options_.seed)) +
            "), all from boots of one kernel and plan, so that nothing has changed. The\nprogram's rule is that of "
            "`compare` for p50: one value a boot, Welch's t for 2 and 3 boots a side, the exact rank\nsum from 4 on. "
            "The naive methods take at most " +
            text("%zu", kMostSamples) +
            " samples a boot; those on boots take the same values as the program\n(trimmed: means without 20% at "
            "either end; not all divisions of 20 boots are tried). A slowdown is a factor on all times of one side.\n"
            "Series of the same boots are no independent evidence: intervals of means are narrower than they should "
            "be.\n\n";
    out_ += text("%-*s %6s %16s %15s\n", name_width_, "series", "boots", "samples a boot", "sd of boots, %");
    for (const Series* one : series_) {
      std::vector<double> logs;
      size_t samples = 0;
      for (const Boot& boot : one->boots) {
        logs.push_back(boot.log_value);
        samples += boot.samples.size();
      }
      const double sd = logs.size() > 1 ? std::sqrt(variance(logs)) : 0;
      out_ += text("%-*s %6zu %16zu %14.1f\n", name_width_, one->name.c_str(), logs.size(), samples / logs.size(),
                   100 * sd);
    }
  }

  void head(const std::string& title, const char* first) {
    out_ += "\n" + title + "\n" + text("%-*s", name_width_, first);
    for (const size_t size : options_.sizes) out_ += text(" %15s", text("k=%zu", size).c_str());
    out_ += "\n";
  }
  template <typename Cell>
  void row(const std::string& name, const Cell& cell) {
    out_ += text("%-*s", name_width_, name.c_str());
    for (size_t size = 0; size < options_.sizes.size(); ++size) {
      out_ += text(" %15s", series_with(sets_, options_.sizes[size]) > 0 ? cell(size).c_str() : "-");
    }
    out_ += "\n";
  }

  static const char* method_name(size_t method) {
    return method == 0 ? "the program's rule" : naive_methods()[method - 1].name;
  }
  static size_t method_count() { return naive_methods().size() + 1; }

  /// Over the series that were asked; "cannot" when none has an answer.
  std::string mean_share(size_t size, size_t effect, size_t method, size_t Count::*what, bool interval) const {
    double sum = 0;
    size_t count = 0;
    for (size_t i = 0; i < series_.size(); ++i) {
      const Count& one = tally_.count(size, effect, i, method);
      if (one.asked == 0) continue;
      sum += one.share(what);
      ++count;
    }
    if (count == 0) return "cannot";
    const double share = sum / static_cast<double>(count);
    return interval ? with_interval(share, disjoint_pairs(sets_, options_.sizes[size])) : percent(share);
  }

  void false_alarms(const std::string& title, size_t Count::*what) {
    head(title, "method");
    for (size_t method = 0; method < method_count(); ++method) {
      row(method_name(method), [&](size_t size) { return mean_share(size, 0, method, what, true); });
    }
  }

  void by_series() {
    head("3. False alarms by series, in %: of the program's rule / of the pooled U test", "series");
    for (size_t i = 0; i < series_.size(); ++i) {
      row(series_[i]->name, [&](size_t size) {
        const auto cell = [&](size_t method) -> std::string {
          const Count& one = tally_.count(size, 0, i, method);
          return one.asked == 0 ? "-" : percent(one.share(&Count::alarms));
        };
        return cell(0) + " / " + cell(1);
      });
    }
  }

  void power() {
    head("4. Power: share of p <= 5% with a slowdown, in %, mean over the series (to be read beside table 1)",
         "slowdown, method");
    for (size_t effect = 1; effect < options_.effects.size(); ++effect) {
      for (size_t method = 0; method < method_count(); ++method) {
        row(text("x%.2f ", options_.effects[effect]) + method_name(method),
            [&](size_t size) { return mean_share(size, effect, method, &Count::alarms, false); });
      }
    }
  }

  void verdicts() {
    head("5. Verdicts of the program's rule, in %: slower / same / inconclusive (the rest: faster)",
         "series, slowdown");
    for (size_t i = 0; i < series_.size(); ++i) {
      for (size_t effect = 0; effect < options_.effects.size(); ++effect) {
        row(series_[i]->name + text(" x%.2f", options_.effects[effect]), [&](size_t size) -> std::string {
          if (series_[i]->boots.size() < 2 * options_.sizes[size]) return "-";
          const auto share = [&](Verdict verdict) {
            return 100 * static_cast<double>(tally_.verdict(size, effect, i, verdict)) /
                   static_cast<double>(options_.groups);
          };
          return text("%.0f/%.0f/%.0f", share(Verdict::kSlower), share(Verdict::kSame), share(Verdict::kInconclusive));
        });
      }
    }
  }

  void family() {
    head(
        "6. All cases together: share of comparisons with at least one alarm at 5%, in % (BH, BY: Benjamini and\n"
        "   Hochberg's, Benjamini and Yekutieli's)",
        "method, adjusted by");
    row("cases in the family", [&](size_t size) { return text("%zu", series_with(sets_, options_.sizes[size])); });
    constexpr const char* kNames[kAdjusts] = {"nothing", "Holm", "BH", "BY", "Bonferroni"};
    for (const bool pooled : {false, true}) {
      for (size_t adjust = 0; adjust < kAdjusts; ++adjust) {
        row((pooled ? "pooled U, " : "the program's rule, ") + std::string(kNames[adjust]), [&](size_t size) {
          if (!pooled && options_.sizes[size] < 2) return std::string("cannot");
          const double share = static_cast<double>(tally_.family(size, pooled, static_cast<Adjust>(adjust))) /
                               static_cast<double>(options_.groups);
          return with_interval(share, disjoint_families(options_.sizes[size]));
        });
      }
    }
  }

  /// One comparison of all cases takes boots of every set.
  size_t disjoint_families(size_t size) const {
    size_t fewest = 0;
    for (const Set& set : sets_) {
      const size_t pairs = set[0].boots.size() / (2 * size);
      if (pairs > 0 && (fewest == 0 || pairs < fewest)) fewest = pairs;
    }
    return fewest;
  }

  void orders() {
    head(
        "7. Boots as they followed one another: share of p <= 5% of the program's rule over all windows of 2 k\n"
        "   consecutive boots, in %. Random groups can't show what drift does; the windows overlap, so that the\n"
        "   figures are rough",
        "order");
    for (const auto& [name, order] : {std::pair("one side, then the other (AAABBB)", Order::kBlocks),
                                      std::pair("in turns (ABBAAB)", Order::kTurns)}) {
      row(name, [&, which = order](size_t size) -> std::string {
        if (options_.sizes[size] < 2) return "cannot";
        const OrderCount count = count_order(sets_, options_.sizes[size], which);
        return percent(static_cast<double>(count.alarms) / static_cast<double>(count.windows)) +
               text(" (%zu)", count.windows);
      });
    }
  }

  const std::vector<Set>& sets_;
  const TrialOptions& options_;
  const Tally& tally_;
  std::vector<const Series*> series_;
  int name_width_ = 34;
  std::string out_;
};

}  // namespace

std::string tables(const std::vector<Set>& sets, const TrialOptions& options, const Tally& tally,
                   const std::string& metric) {
  return Tables(sets, options, tally).all(metric);
}

size_t disjoint_pairs(const std::vector<Set>& sets, size_t size) {
  size_t pairs = 0;
  for (const Set& set : sets) pairs += set.size() * (set[0].boots.size() / (2 * size));
  return pairs;
}

}  // namespace umb::aa
