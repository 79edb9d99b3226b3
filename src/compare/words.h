// SPDX-License-Identifier: Apache-2.0
// What the sentences about a run are made with. Inside compare/ only: others see in_words().
#pragma once

#include "compare/case_ids.h"
#include "compare/summary.h"

#include <functional>
#include <map>
#include <string>
#include <vector>

namespace umb {

/// A case and its summary, side by side.
struct Entry {
  const CaseRecord* record;
  const CaseSummary* summary;

  [[nodiscard]] const std::string& id() const { return record->spec.id; }
  [[nodiscard]] std::string value(const char* name) const { return record->spec.value(name); }
  [[nodiscard]] bool has_p50() const { return p50() > 0; }
  /// 0 when there is none.
  [[nodiscard]] double p50() const { return summary->p50_ns.value_or(0); }
};
using Entries = std::vector<Entry>;
using Lines = std::vector<std::string>;

/// Finds the cases that differ in one parameter only. The entries must outlive it.
class Partners {
 public:
  Partners(const Entries& entries, std::string parameter);
  /// The case that has this value there and is else like `entry`, with a median above 0; null when there is none.
  [[nodiscard]] const Entry* of(const Entry& entry, const std::string& value) const;

 private:
  std::string parameter_;
  std::map<std::string, const Entry*> by_rest_and_value_;
};

/// "umount of tmpfs (plain, syscall)": a case's id as one would say it, leaving out one parameter.
[[nodiscard]] std::string said(const Entry& entry, const std::string& without);

/// "97%"
[[nodiscard]] std::string percent(double share);
/// "379" or "4.2"
[[nodiscard]] std::string times(double ratio);
/// "15.9 ms"
[[nodiscard]] std::string duration(double ns);
/// "1 case", "3 cases"
[[nodiscard]] std::string counted(size_t count, const std::string& one, const std::string& many);

/// A run has many pairs of cases that say the same: of each group the first one added is told, the others are counted.
class Told {
 public:
  void add(const std::string& group, double value, const std::string& in_full);
  /// A line per group, in the order of their first ones; with others behind it: " 3 more pairs of cases are alike (12
  /// to 40 times)."
  void say(const std::function<std::string(double)>& show, const std::string& unit, Lines& lines) const;

 private:
  struct Group {
    std::string name;
    std::string text;
    size_t others = 0;
    double least = 0;
    double most = 0;
  };
  std::vector<Group> groups_;
};

/// The sentences about RCU modes.
void say_rcu(const RunRecord& run, const Entries& entries, Lines& lines);

}  // namespace umb
