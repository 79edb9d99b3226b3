// SPDX-License-Identifier: Apache-2.0
// Facts of a machine as people read them; not printable yet.
#pragma once

#include "model/facts.h"

#include <string>
#include <vector>

namespace umb {

/// "unknown" for what is not known.
[[nodiscard]] std::string fact(const Facts& facts, const std::string& key);
/// "" instead of "unknown", for what is left out then.
[[nodiscard]] std::string known_fact(const Facts& facts, const std::string& key);

/// Adds `before` + `text` + `behind` unless `text` is empty.
void add_if(std::vector<std::string>& parts, const std::string& before, const std::string& text,
            const std::string& behind = {});

/// "6.12.1, PREEMPT_DYNAMIC (full), 250 Hz, x86_64"
[[nodiscard]] std::string kernel_line(const Facts& facts);
/// "found rcu_normal=0 rcu_expedited=0; asked for at boot: nothing"
[[nodiscard]] std::string rcu_line(const Facts& facts);

}  // namespace umb
