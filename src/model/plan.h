// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "model/case.h"

#include <cstdint>
#include <string>
#include <vector>

namespace umb {

/// How a plan is to be measured; every field is a key of the config file (docs/config.md).
struct Settings {
  int64_t rounds = 1;                      ///< fresh processes, each with the order drawn anew
  int64_t samples = 300;                   ///< kept samples at most, per case and round, warm-up apart
  int64_t time_limit_ns = 10'000'000'000;  ///< per case and round, warm-up and settling included
  double interval = 0.05;                  ///< stop when the 95% interval of the median is narrower, as a share of it
  std::string settle = "random";  ///< "random": uniform over 0 to 20 ms before each sample; "none": back to back
  bool released = true;           ///< whether the second clock is read
  double watched_share = 0.1;     ///< share of samples watched by inotify where the second clock needs that
  int64_t release_limit_ns = 5'000'000'000;  ///< then the check "not released" fails
  int64_t cpu = -1;                          ///< CPU to pin the worker to; -1: none
  int64_t fifo = 0;                          ///< SCHED_FIFO priority of the worker; 0: none
  bool mlockall = false;
  bool long_cases = false;  ///< whether cases are run of which one execution takes over 10 s: once a round
};

/// A config with its flags applied, expanded: what is to be run, in the config's order (the runner draws the order anew
/// for every pass from `seed`).
struct Plan {
  std::string name;   ///< the config's name
  std::string label;  ///< --label; free text of the user's
  Settings settings;
  std::vector<Case> cases;
  bool in_pairs = false;  ///< cases 2i and 2i+1 are measured next to each other: A B in one pass, B A in the next
  uint64_t seed = 0;
  bool as_found_is_normal = false;  ///< about the machine that it is for: rcu=as-found waits for normal grace periods
  std::string config_json;          ///< the config as expanded, one JSON object, for the result file
};

}  // namespace umb
