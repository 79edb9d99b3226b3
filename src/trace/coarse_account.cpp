// SPDX-License-Identifier: Apache-2.0
#include "trace/coarse_account.h"

#include <algorithm>
#include <map>
#include <span>
#include <utility>

namespace umb {

namespace {

using Looks = std::span<const SleepLook>;

Looks looks_within(const std::vector<SleepLook>& looks, int64_t begin_ns, int64_t end_ns) {
  const auto first = std::ranges::lower_bound(looks, begin_ns, {}, &SleepLook::at_ns);
  const auto last = std::ranges::lower_bound(first, looks.end(), end_ns, {}, &SleepLook::at_ns);
  return {first, last};
}

/// Which of the looks have a share in what is divided.
bool counts(const SleepLook& look, bool cpu_is_known) {
  return !cpu_is_known || look.cause != "on_cpu";
}

class CoarseAccount {
 public:
  void add(const Sample& sample, Looks looks) {
    std::map<std::string, int64_t> split;
    const bool cpu_is_known = sample.thread_cpu_ns != kMissing;
    int64_t left_ns = sample.return_ns;
    if (cpu_is_known) {
      split["on_cpu"] = std::clamp<int64_t>(sample.thread_cpu_ns, 0, sample.return_ns);
      left_ns -= split["on_cpu"];
    }
    auto of_looks = std::ranges::count_if(looks, [&](const SleepLook& look) { return counts(look, cpu_is_known); });
    for (const SleepLook& look : looks) {
      if (!counts(look, cpu_is_known)) continue;
      // What is left by what is left of the looks: the parts add up to the whole, to the last nanosecond.
      const int64_t part_ns = left_ns / of_looks--;
      left_ns -= part_ns;
      split[look.cause] += part_ns;
      if (look.cause != "on_cpu") note(look, part_ns);
    }
    split["unknown"] += left_ns;
    walls_.push_back(sample.return_ns);
    switches_.push_back(sample.voluntary_switches);
    splits_.push_back(std::move(split));
  }

  [[nodiscard]] Attribution made(const std::string& case_id) const {
    Attribution made;
    made.case_id = case_id;
    made.method = "coarse";
    made.wall_ns = walls_;
    made.voluntary_switches = switches_;
    for (const char* cause : kCauses) {
      Column column{cause, {}};
      for (const auto& split : splits_) {
        const auto part = split.find(cause);
        column.values.push_back(part == split.end() ? 0 : part->second);
      }
      if (std::ranges::any_of(column.values, [](int64_t ns) { return ns != 0; })) made.causes.push_back(column);
    }
    for (const auto& [place, seen] : waits_) made.waits.push_back(seen);
    std::ranges::sort(made.waits, std::ranges::greater{}, &WaitSeen::total_ns);
    return made;
  }

 private:
  void note(const SleepLook& look, int64_t part_ns) {
    WaitSeen& seen = waits_[{look.place, look.cause}];
    seen.function = look.place;
    seen.kind = look.cause;
    ++seen.count;
    seen.total_ns += part_ns;
  }

  std::vector<int64_t> walls_, switches_;
  std::vector<std::map<std::string, int64_t>> splits_;
  std::map<std::pair<std::string, std::string>, WaitSeen> waits_;
};

}  // namespace

Attribution coarse_account(const std::string& case_id, const std::vector<Sample>& samples,
                           const std::vector<SleepLook>& looks) {
  CoarseAccount account;
  int64_t dropped = 0;
  for (const Sample& sample : samples) {
    if (sample.errno_value != 0 || sample.watched || sample.return_ns == kMissing) {
      ++dropped;
      continue;
    }
    account.add(sample, looks_within(looks, sample.started_at_ns, sample.started_at_ns + sample.return_ns));
  }
  Attribution made = account.made(case_id);
  made.dropped_samples = dropped;
  return made;
}

}  // namespace umb
