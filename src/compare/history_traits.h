// SPDX-License-Identifier: Apache-2.0
// What else changed between the builds of a history: machines, plans, settings. Inside compare/ only.
#pragma once

#include "compare/history_builds.h"

#include <map>
#include <span>
#include <string>
#include <vector>

namespace umb {

class HistoryTraits {
 public:
  explicit HistoryTraits(const Builds& builds);

  /// What most builds of `after` have and few of `before`, in words: "the machine changed there too: cpu_model (A ->
  /// B)"; "" where there is nothing like that. Both are indices of builds with boots of this setting.
  [[nodiscard]] std::string changed(const std::string& setting, std::span<const size_t> before,
                                    std::span<const size_t> after) const;
  /// A sentence that names everything in which the builds had to be alike and are not; "" where they are.
  [[nodiscard]] std::string unlike() const;

 private:
  struct Traits {
    std::string name;
    std::string of;                   ///< "the machine", "the plan", "the boot"
    std::vector<std::string> values;  ///< one a build; "" where it has no boots of the setting
  };
  std::map<std::string, std::vector<Traits>> by_setting_;
};

}  // namespace umb
