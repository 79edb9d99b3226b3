// SPDX-License-Identifier: Apache-2.0
#include "render/facts_text.h"

#include "base/text.h"

#include <array>
#include <cstdio>

namespace umb {

namespace {

std::string shown(const FactValue& value) {
  struct Show {
    std::string operator()(std::monostate) const { return "unknown"; }
    std::string operator()(bool truth) const { return truth ? "yes" : "no"; }
    std::string operator()(int64_t number) const { return std::to_string(number); }
    std::string operator()(double number) const {
      std::array<char, 64> text{};
      std::snprintf(text.data(), text.size(), "%g", number);
      return text.data();
    }
    std::string operator()(const std::string& text) const { return text; }
    std::string operator()(const std::vector<std::string>& texts) const { return join(texts, " "); }
  };
  return std::visit(Show(), value);
}

}  // namespace

std::string fact(const Facts& facts, const std::string& key) {
  const FactValue* value = find_fact(facts, key);
  return value == nullptr ? "unknown" : shown(*value);
}

std::string known_fact(const Facts& facts, const std::string& key) {
  const std::string text = fact(facts, key);
  return text == "unknown" ? "" : text;
}

void add_if(std::vector<std::string>& parts, const std::string& before, const std::string& text,
            const std::string& behind) {
  if (!text.empty()) parts.push_back(before + text + behind);
}

std::string kernel_line(const Facts& facts) {
  std::vector<std::string> parts{fact(facts, "kernel_release")};
  const std::string mode = known_fact(facts, "preemption_mode");
  add_if(parts, "", fact(facts, "preemption_model"), mode.empty() ? "" : " (" + mode + ")");
  add_if(parts, "", known_fact(facts, "hz"), " Hz");
  add_if(parts, "", known_fact(facts, "architecture"));
  return join(parts, ", ");
}

std::string rcu_line(const Facts& facts) {
  std::vector<std::string> asked;
  for (const std::string name : {"rcu_normal", "rcu_expedited", "rcu_normal_after_boot"}) {
    add_if(asked, name + "=", known_fact(facts, name + "_requested"));
  }
  const std::string effective = known_fact(facts, "rcu_normal_after_boot_effective");
  const std::string wake = known_fact(facts, "rcu_normal_wake_from_gp");
  return "found rcu_normal=" + fact(facts, "rcu_normal") + " rcu_expedited=" + fact(facts, "rcu_expedited") +
         "; asked for at boot: " + (asked.empty() ? "nothing" : join(asked, " ")) +
         (effective.empty() ? "" : "; in effect: rcu_normal_after_boot=" + effective) +
         (wake.empty() ? "" : " rcu_normal_wake_from_gp=" + wake);
}

}  // namespace umb
