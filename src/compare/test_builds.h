// SPDX-License-Identifier: Apache-2.0
// Made-up builds for tests of a history.
#pragma once

#include "compare/history.h"
#include "compare/test_boots.h"

#include <functional>
#include <string>
#include <vector>

namespace umb {

inline std::string made_release(size_t number) {
  return "6.13.0-rc1-000" + std::to_string(10 + number) + "-gabcdef0" + std::to_string(10 + number);
}

/// A small noise that no random number makes.
inline double wave(size_t number) {
  return 0.01 * std::sin(static_cast<double>(number) * 1.7);
}

inline BootDigest made_build(size_t number, double centre_ns) {
  return MadeBoot{.kernel = made_release(number),
                  .centre_ns = centre_ns * (1 + wave(number)),
                  .start_minute = static_cast<int>(10 * number)}
      .boot();
}

/// A boot a build, the builds' medians around `ns(number)`.
inline std::vector<BootDigest> made_builds(size_t count, const std::function<double(size_t)>& ns) {
  std::vector<BootDigest> boots;
  for (size_t i = 0; i < count; ++i) boots.push_back(made_build(i, ns(i)));
  return boots;
}

inline void set_fact(BootDigest& boot, const std::string& key, FactValue value) {
  for (Fact& fact : boot.environment) {
    if (fact.key == key) {
      fact.value = std::move(value);
      return;
    }
  }
  boot.environment.push_back({key, std::move(value)});
}

inline std::string words_of(const History& made, size_t series = 0, size_t change = 0) {
  return change_in_words(made, made.series.at(series), made.series[series].changes.at(change));
}

}  // namespace umb
