// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cstdint>
#include <string>
#include <vector>

namespace umb {

/// How often something that must hold was looked at, and how often it didn't.
struct CheckTally {
  std::string name;  ///< "released"; as in Check
  int64_t looked = 0;
  int64_t failed = 0;
  std::string first_failure;  ///< in words, one line, no NUL; "" while nothing failed
};

/// One more look at the check of that name.
inline void note_check(std::vector<CheckTally>& tallies, const std::string& name, bool held,
                       const std::string& failure = "") {
  auto tally = std::ranges::find(tallies, name, &CheckTally::name);
  if (tally == tallies.end()) tally = tallies.insert(tallies.end(), {.name = name});
  ++tally->looked;
  if (held) return;
  if (tally->failed++ == 0) tally->first_failure = failure;
}

/// `more` on top of what is there.
inline void add_checks(std::vector<CheckTally>& tallies, const std::vector<CheckTally>& more) {
  for (const CheckTally& one : more) {
    auto tally = std::ranges::find(tallies, one.name, &CheckTally::name);
    if (tally == tallies.end()) {
      tallies.push_back(one);
      continue;
    }
    if (tally->failed == 0) tally->first_failure = one.first_failure;
    tally->looked += one.looked;
    tally->failed += one.failed;
  }
}

}  // namespace umb
