// SPDX-License-Identifier: Apache-2.0
// What a reader wants to know of a side, over all its boots; not printable yet.
#pragma once

#include "compare/comparison.h"

#include <functional>
#include <string>

namespace umb {

struct SideText {
  std::string letter;    ///< "A"
  std::string name;      ///< as the user or the file named it
  std::string boots;     ///< "7 boots", "1 boot in 7 files"
  std::string kernel;    ///< "6.12.1, PREEMPT_DYNAMIC (full), 250 Hz, x86_64"
  std::string rcu;       ///< as a run's report says it
  std::string measured;  ///< "2025-04-08T12:00:00.000Z to 2025-04-08T12:30:00.000Z"
  std::string label;     ///< empty where there is none
};

[[nodiscard]] SideText side_text(const Comparison& comparison, size_t index);

/// What `of` says of the side's boots, each text once: "6.6.1", "6.6.1 | 6.12.1".
[[nodiscard]] std::string over_boots(const Side& side, const std::function<std::string(const BootDigest&)>& of);

}  // namespace umb
