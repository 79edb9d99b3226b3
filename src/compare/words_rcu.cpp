// SPDX-License-Identifier: Apache-2.0
#include "compare/words.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace umb {

namespace {

constexpr double kLargeRatio = 5;  // below that, RCU alone does not explain it
constexpr double kSlept = 0.5;     // voluntary switches a call: a grace period is slept through
constexpr double kAlike = 0.2;

bool slept(const Entry& entry) {
  return entry.summary->switches_per_call.value_or(0) >= kSlept;
}

void say_rcu_normal(const Entries& entries, Lines& lines) {
  const Partners partners(entries, "rcu");
  Told told;
  for (const Entry& slow : entries) {
    if (slow.value("rcu") != "normal" || !slow.has_p50() || !slept(slow)) continue;
    const Entry* fast = nullptr;
    for (const char* mode : {"default", "expedited", "as-found"}) {
      if (fast == nullptr) fast = partners.of(slow, mode);
    }
    if (fast == nullptr || slow.p50() / fast->p50() < kLargeRatio) continue;
    const double ratio = slow.p50() / fast->p50();
    told.add(slow.record->spec.scenario + "/" + slow.value("method"), ratio,
             said(slow, "rcu") + ": rcu=normal takes " + duration(slow.p50()) + " where rcu=" + fast->value("rcu") +
                 " takes " + duration(fast->p50()) + " (" + times(ratio) +
                 " times): with rcu=normal each umount waits for a normal grace period.");
  }
  told.say(times, " times", lines);
}

void say_as_found(const RunRecord& run, const Entries& entries, Lines& lines) {
  const FactValue* knob = find_fact(run.environment_before, "rcu_normal");
  const auto* value = knob != nullptr ? std::get_if<int64_t>(knob) : nullptr;
  if (value == nullptr || *value != 1) return;
  const bool waited = std::any_of(entries.begin(), entries.end(), [](const Entry& entry) {
    return entry.value("rcu") == "as-found" && entry.has_p50() && slept(entry);
  });
  if (!waited) return;
  lines.emplace_back(
      "rcu=as-found: rcu_normal was 1 here when the run began, so each umount waits for a normal grace "
      "period.");
}

void say_expedited(const Entries& entries, Lines& lines) {
  const Partners partners(entries, "rcu");
  size_t pairs = 0;
  size_t alike = 0;
  for (const Entry& entry : entries) {
    if (entry.value("rcu") != "expedited" || !entry.has_p50()) continue;
    const Entry* base = partners.of(entry, "default");
    if (base == nullptr) continue;
    ++pairs;
    if (std::fabs(entry.p50() / base->p50() - 1) <= kAlike) ++alike;
  }
  if (alike == 0) return;
  const std::string where =
      alike == pairs ? "" : " in " + std::to_string(alike) + " of " + std::to_string(pairs) + " pairs of cases";
  lines.push_back("rcu=expedited takes as long as rcu=default (within " + percent(kAlike) + ")" + where +
                  ": a umount asks for an expedited grace period anyway.");
}

void say_one_cpu(const RunRecord& run, const Entries& entries, Lines& lines) {
  const FactValue* fact = find_fact(run.environment_before, "cpus_online");
  const auto* online = fact != nullptr ? std::get_if<int64_t>(fact) : nullptr;
  const bool normal = std::any_of(entries.begin(), entries.end(), [](const Entry& entry) {
    return entry.record->outcome == "measured" && entry.value("rcu") == "normal";
  });
  if (online == nullptr || *online != 1 || !normal) return;
  lines.emplace_back(
      "One CPU is online: some kernels then skip grace periods altogether, and rcu=normal costs no more than "
      "rcu=default.");
}

}  // namespace

void say_rcu(const RunRecord& run, const Entries& entries, Lines& lines) {
  say_rcu_normal(entries, lines);
  say_as_found(run, entries, lines);
  say_expedited(entries, lines);
  say_one_cpu(run, entries, lines);
}

}  // namespace umb
