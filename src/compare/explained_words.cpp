// SPDX-License-Identifier: Apache-2.0
#include "compare/explained_words.h"

#include "base/text.h"
#include "compare/share_texts.h"
#include "compare/words.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <utility>

namespace umb {

namespace {

constexpr double kWorthTelling = 0.01;
constexpr double kMost = 0.5;

constexpr std::array<std::pair<const char*, const char*>, 10> kSaid{{
    {"grace_period", "waiting for grace periods"},
    {"locks", "waiting for locks"},
    {"take_off", "taking the mounts off"},
    {"sync", "writing data out"},
    {"shut_down", "shutting the super block down"},
    {"deferred_work", "other deferred work"},
    {"namespace_release", "letting the mount namespace go"},
    {"on_cpu", "on the CPU"},
    {"rest", "the rest"},
    {"unknown", "not told apart"},
}};

std::string two_decimals(double value) {
  std::array<char, 400> text{};
  std::snprintf(text.data(), text.size(), "%.2f", value);
  return text.data();
}

std::string grace_periods(int64_t count, const std::vector<WaitSeen>& waits) {
  std::vector<std::string> kinds;
  for (const WaitSeen& wait : waits) {
    if (wait.count > 0 && std::ranges::find(kinds, wait.kind) == kinds.end()) kinds.push_back(wait.kind);
  }
  const auto number = static_cast<size_t>(count);
  if (kinds.size() == 1) return counted(number, kinds[0] + " grace period", kinds[0] + " grace periods");
  const std::string of_kinds = kinds.empty() ? "" : " (" + join(kinds, ", ") + ")";
  return counted(number, "grace period", "grace periods") + of_kinds;
}

/// " in 27 of 30 calls (0 to 2 in all)"; "" where it is the same in all.
std::string in_calls(const CallCounts& counts) {
  if (counts.usual_samples == counts.samples) return "";
  return " in " + std::to_string(counts.usual_samples) + " of " + std::to_string(counts.samples) + " calls (" +
         std::to_string(counts.least) + " to " + std::to_string(counts.most) + " in all)";
}

const CauseTime* cause_of(const Explained& explained, const char* name) {
  const auto found = std::ranges::find(explained.causes, name, &CauseTime::name);
  return found == explained.causes.end() ? nullptr : &*found;
}

std::string largest_part(const Explained& explained) {
  if (explained.causes.empty()) return "";
  return cause_in_words(explained.causes[0].name) + ", " + explained.causes[0].share_text;
}

std::string deferred_in_words(const Explained& explained, bool waits) {
  if (!explained.deferred || explained.deferred->most == 0) return "";
  const CallCounts& deferred = *explained.deferred;
  if (deferred.usual == 0) {
    return ", deferred to a worker in " + std::to_string(deferred.samples - deferred.usual_samples) + " of " +
           std::to_string(deferred.samples) + " calls";
  }
  const std::string count = std::to_string(deferred.usual);
  return ", " + count + " deferred" + in_calls(deferred) + (waits ? " to a worker" : ": moved to a worker");
}

std::string counted_verdict(const Explained& explained) {
  const CallCounts& waits = *explained.waits;
  const CauseTime* waiting = cause_of(explained, "grace_period");
  std::string text;
  if (waits.usual == 0) {
    text = "0 waits in the call" + in_calls(waits);
  } else {
    text = grace_periods(waits.usual, explained.waits_seen) + in_calls(waits);
  }
  if (waiting != nullptr)
    text += ", " + waiting->share_text + (waits.least == waits.most ? " of the call" : " of the time");
  text += deferred_in_words(explained, waits.usual > 0);
  if (waiting == nullptr || waiting->share < kMost) text += "; the largest part: " + largest_part(explained);
  return text;
}

void say_method(const Explained& explained, Lines& lines) {
  const Attribution& one = *explained.attribution;
  const std::string because = one.reason.empty() ? "" : " (" + one.reason + ")";
  const std::string pass =
      counted(explained.samples, "sample", "samples") +
      " of a pass of their own, which are in no other figure: " + duration(explained.wall_mean_ns) +
      " a call, median " + duration(explained.wall_p50_ns);
  if (one.method.empty() || explained.samples == 0) return;
  if (one.method == "traced") {
    lines.push_back("Traced" + because + ": " + pass +
                    ". Times are means; a function within another counts for itself alone.");
    if (one.floor_ns != kMissing) {
      lines.push_back("A grace-period function that took less than " + duration(static_cast<double>(one.floor_ns)) +
                      " is not counted as a wait.");
    }
    return;
  }
  lines.push_back(
      "Coarse, not traced" + because + ": " + pass +
      ". All is an estimate: the task was looked at from outside now and then, so that what is short can be "
      "missed, and grace periods are not counted.");
  if (explained.switches_per_call) {
    lines.push_back("Voluntary switches a call: " + two_decimals(*explained.switches_per_call) + ".");
  }
}

void say_overhead(const PassOverhead& overhead, const std::string& method, Lines& lines) {
  const std::string ratio = overhead.ratio < 10 ? two_decimals(overhead.ratio) : times(overhead.ratio);
  lines.push_back("The " + method + " pass took " + ratio + " times as long as the timed one (median " +
                  duration(overhead.pass_p50_ns) + " against " + duration(overhead.timed_p50_ns) + ").");
}

void say_rcu_share(const RcuShare& rcu, Lines& lines) {
  const std::string medians = "median " + duration(rcu.normal_ns) + " with rcu=normal, " + duration(rcu.other_ns) +
                              " with rcu=" + rcu.against + ", both of the timed pass";
  const std::string what = "RCU share by the difference of the RCU modes: ";
  if (rcu.share <= 0) {
    lines.push_back(what + "none to be seen (" + medians + ").");
    return;
  }
  std::string range;
  if (rcu.low && rcu.high) {
    range = " (" + share_text(std::max(0.0, *rcu.low), 1) + " to " + share_text(std::max(0.0, *rcu.high), 1) +
            " by the medians' 95% intervals)";
  }
  lines.push_back(what + share_text(rcu.share, 1) + range + ", or more, as rcu=" + rcu.against +
                  " may wait for RCU too: " + medians + ".");
}

void say_gaps(const Explained& explained, Lines& lines) {
  const Attribution& one = *explained.attribution;
  if (one.dropped_samples > 0) {
    lines.push_back(counted(static_cast<size_t>(one.dropped_samples), "sample was", "samples were") +
                    " dropped: events were lost (" + std::to_string(one.lost_events) + "), or the call failed.");
  } else if (one.lost_events > 0) {
    lines.push_back(counted(static_cast<size_t>(one.lost_events), "event was", "events were") +
                    " lost, none of them within a sample.");
  }
  if (explained.odd_samples > 0) {
    lines.push_back("In " + counted(explained.odd_samples, "sample", "samples") +
                    " the causes do not add up to the wall time (at worst " + share_text(explained.worst_gap, 1) +
                    " off).");
  }
  for (const std::string& missing : one.missing) lines.push_back("Missing: " + missing + ".");
}

}  // namespace

std::string cause_in_words(const std::string& cause) {
  const auto found = std::ranges::find(kSaid, cause, &std::pair<const char*, const char*>::first);
  return found == kSaid.end() ? cause : found->second;
}

std::string explained_verdict(const Explained& explained) {
  const Attribution* one = explained.attribution;
  if (one == nullptr) return "";
  if (one->method.empty()) return "not explained: " + (one->reason.empty() ? "nothing was found out" : one->reason);
  if (explained.samples == 0) {
    return "not explained: " +
           (one->dropped_samples > 0 ? "all samples were dropped" : std::string("there are no samples"));
  }
  if (explained.causes.empty()) return "not explained: its samples took no time";
  if (one->method == "traced") {
    return explained.waits ? counted_verdict(explained)
                           : "grace periods were not counted; the largest part: " + largest_part(explained);
  }
  return "estimated: " + largest_part(explained) + " of the call";
}

std::vector<std::string> explained_notes(const Explained& explained) {
  Lines lines;
  if (explained.attribution != nullptr) {
    say_method(explained, lines);
    if (explained.overhead) say_overhead(*explained.overhead, explained.attribution->method, lines);
  }
  if (explained.rcu) say_rcu_share(*explained.rcu, lines);
  if (explained.attribution != nullptr) say_gaps(explained, lines);
  return lines;
}

std::string slow_sample_in_words(const SlowSample& slow) {
  std::vector<std::string> parts;
  for (const CauseTime& cause : slow.causes) {
    parts.push_back(cause_in_words(cause.name) + " " + duration(cause.mean_ns));
  }
  return "sample " + std::to_string(slow.number) + ", " + duration(slow.wall_ns) + ": " + join(parts, ", ");
}

std::string causes_in_words(const Explained& explained) {
  std::vector<std::string> parts;
  for (const CauseTime& cause : explained.causes) {
    if (cause.share > kWorthTelling) parts.push_back(cause_in_words(cause.name) + " " + cause.share_text);
  }
  return join(parts, ", ");
}

}  // namespace umb
