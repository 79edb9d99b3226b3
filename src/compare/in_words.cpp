// SPDX-License-Identifier: Apache-2.0
#include "compare/in_words.h"

#include "base/text.h"
#include "compare/words.h"

#include <algorithm>

namespace umb {

namespace {

constexpr double kMostlyStart = 0.5;      // share of an exec figure from which the start is worth a line
constexpr double kUncertainMedian = 0.1;  // width of its interval, as a share of it

void say_failures(const Entries& entries, Lines& lines) {
  for (const Entry& entry : entries) {
    if (entry.summary->failed > 0) {
      std::vector<std::string> reasons;
      reasons.reserve(entry.summary->failed_by_errno.size());
      for (const ErrnoCount& one : entry.summary->failed_by_errno) {
        reasons.push_back(errno_text(one.errno_value) + " (" + std::to_string(one.count) + ")");
      }
      const size_t all = entry.summary->kept - entry.summary->warm_up;
      lines.push_back(entry.id() + ": " + std::to_string(entry.summary->failed) + " of " + std::to_string(all) +
                      " failed, not in the figures: " + join(reasons, ", ") + ".");
    }
    for (const Check& check : entry.record->checks) {
      const bool told = check.name == "call" && entry.summary->failed > 0;
      if (check.outcome != "failed" || told) continue;
      lines.push_back(entry.id() + ": check '" + check.name + "' failed: " + check.message + ".");
    }
  }
}

/// Of all that were not left out for something else: a result, and not a failure.
void say_refused(const Entries& entries, Lines& lines) {
  for (const Entry& entry : entries) {
    const CaseSummary& summary = *entry.summary;
    if (summary.refused == 0) continue;
    const size_t all = summary.refused + summary.watched + summary.counted;
    const double share = static_cast<double>(summary.refused) / static_cast<double>(all);
    lines.push_back(entry.id() + ": EBUSY in " + std::to_string(summary.refused) + " of " + std::to_string(all) +
                    " samples (" + percent(share) + "), which is a result here; the figures are those of the others.");
  }
}

/// A lazy umount of a mount that a holder lets go of right after the return.
bool let_go_after(const Entry& entry) {
  const std::string holder = entry.value("holder");
  return !holder.empty() && holder != "none" && entry.value("mode") == "lazy";
}

void say_exec(const Entries& entries, Lines& lines) {
  const Partners partners(entries, "method");
  Told told;
  for (const Entry& exec : entries) {
    if (exec.value("method") != "exec" || !exec.has_p50()) continue;
    const Entry* call = partners.of(exec, "syscall");
    if (call == nullptr) continue;
    const double share = 1 - call->p50() / exec.p50();
    if (share < kMostlyStart) continue;
    told.add(exec.record->spec.scenario, share,
             said(exec, "method") + ": " + percent(share) + " of the exec figure (" + duration(exec.p50()) +
                 ") is fork, exec and library start; the system call takes " + duration(call->p50()) + ".");
  }
  told.say(percent, "", lines);
}

void say_release(const Entries& entries, Lines& lines) {
  std::map<std::string, std::vector<std::string>> without;
  for (const Entry& entry : entries) {
    if (entry.summary->released_late > 0) {
      lines.push_back(entry.id() + ": what it held was not free yet when " +
                      (let_go_after(entry) ? "its holder had let go" : "the call returned") + ", in " +
                      std::to_string(entry.summary->released_late) + " of " +
                      counted(entry.summary->looked_at_return, "sample", "samples") +
                      ": its release is deferred, or something else held it.");
    }
    if (entry.summary->counted == 0 || entry.summary->released_count > 0) continue;
    for (const MetricInfo& metric : entry.record->metrics) {
      if (metric.name != "released_ns" || metric.missing_reason.empty()) continue;
      without[metric.missing_reason].push_back(entry.id());
    }
  }
  for (const auto& [reason, ids] : without) {
    const std::string where =
        ids.size() == 1 ? ids[0] : std::to_string(ids.size()) + " cases, " + ids[0] + " the first";
    lines.push_back("No released p50 (" + where + "): " + reason + ".");
  }
}

void say_left_out(const RunRecord& run, const Entries& entries, Lines& lines) {
  std::vector<std::string> reasons;
  size_t disturbed = 0;
  for (const Round& round : run.rounds) {
    if (!round.disturbed) continue;
    ++disturbed;
    if (std::find(reasons.begin(), reasons.end(), round.reason) == reasons.end()) reasons.push_back(round.reason);
  }
  if (disturbed == 0) return;
  size_t left_out = 0;
  for (const Entry& entry : entries) left_out += entry.summary->left_out;
  const std::string what = std::to_string(disturbed) + " of " + counted(run.rounds.size(), "round", "rounds") +
                           " disturbed (" + join(reasons, "; ") + "): ";
  lines.push_back(
      what + (left_out > 0 ? counted(left_out, "sample", "samples") + " kept in the file and left out of these figures."
                           : "there is nothing calm to show instead, so these figures are of disturbed rounds."));
}

/// A runtime's own choices, which make figures of two machines unlike.
void say_runtimes(const Entries& entries, Lines& lines) {
  std::map<std::string, std::vector<std::string>> found;
  for (const Entry& entry : entries) {
    const Facts& facts = entry.record->facts;
    if (entry.summary->counted == 0 || find_fact(facts, "runtime_version") == nullptr) continue;
    const std::string path = fact_text(facts, "container_path");
    const std::string version = fact_text(facts, "runtime_version");
    const std::string started = "started its containers by " + (path.empty() ? "a path that is not known" : path) +
                                (version.empty() ? "" : " (" + version + ")");
    std::vector<std::string>& runtimes = found[started];
    const std::string runtime = "runtime=" + entry.value("runtime");
    if (std::ranges::find(runtimes, runtime) == runtimes.end()) runtimes.push_back(runtime);
  }
  for (const auto& [started, runtimes] : found) lines.push_back(join(runtimes, ", ") + " " + started + ".");
}

void say_changed(const RunRecord& run, Lines& lines) {
  if (run.environment_changed.empty()) return;
  lines.push_back("The machine changed while it was measured: " + join(run.environment_changed, ", ") + ".");
}

void say_not_counted(const Entries& entries, Lines& lines) {
  size_t warm_up = 0;
  size_t watched = 0;
  for (const Entry& entry : entries) {
    warm_up += entry.summary->warm_up;
    watched += entry.summary->watched;
  }
  if (warm_up == 0 && watched == 0) return;
  const std::string also = watched == 0 ? "" : " and " + std::to_string(watched) + " watched";
  const std::string released =
      watched == 0 ? "" : " Where calls are watched, the released times are theirs, and not of the calls of p50.";
  lines.push_back("Kept in the file, but not counted in n: " + std::to_string(warm_up) + " warm-up" + also +
                  " samples." + released);
}

void say_uncertain(const Entries& entries, Lines& lines) {
  size_t count = 0;
  double widest = 0;
  const Entry* worst = nullptr;
  Interval widest_interval;
  for (const Entry& entry : entries) {
    if (!entry.has_p50() || !entry.summary->p50_interval_ns) continue;
    const Interval& interval = *entry.summary->p50_interval_ns;
    const double width = (interval.high - interval.low) / entry.p50();
    if (width <= kUncertainMedian) continue;
    ++count;
    if (width <= widest) continue;
    widest = width;
    worst = &entry;
    widest_interval = interval;
  }
  if (worst == nullptr) return;
  lines.push_back("The median is known only roughly in " + counted(count, "case", "cases") + ": " +
                  (count > 1 ? "at worst " : "") + worst->id() + ", between " + duration(widest_interval.low) +
                  " and " + duration(widest_interval.high) + " (95%). More samples make it narrower.");
}

Entries pair_up(const RunRecord& record, const std::vector<CaseSummary>& summaries) {
  Entries entries;
  for (size_t i = 0; i < std::min(record.cases.size(), summaries.size()); ++i) {
    entries.push_back({&record.cases[i], &summaries[i]});
  }
  return entries;
}

}  // namespace

std::vector<std::string> cautions(const RunRecord& record, const std::vector<CaseSummary>& summaries) {
  const Entries entries = pair_up(record, summaries);
  Lines lines;
  if (record.run.interrupted) lines.emplace_back("The run was interrupted: this is what was measured until then.");
  say_left_out(record, entries, lines);
  say_changed(record, lines);
  say_uncertain(entries, lines);
  return lines;
}

std::vector<std::string> in_words(const RunRecord& record, const std::vector<CaseSummary>& summaries) {
  const Entries entries = pair_up(record, summaries);
  Lines lines;
  say_failures(entries, lines);
  say_refused(entries, lines);
  say_rcu(record, entries, lines);
  say_exec(entries, lines);
  say_runtimes(entries, lines);
  say_release(entries, lines);
  say_not_counted(entries, lines);
  return lines;
}

}  // namespace umb
