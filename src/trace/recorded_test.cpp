// SPDX-License-Identifier: Apache-2.0
// Accounts of what was recorded on Debian's kernels (tests/data/trace/README.md).
#include "trace/account.h"
#include "trace/test_trace.h"

#include <cstdlib>
#include <sstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace umb {
namespace {

using testing::Each;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

constexpr int64_t kFloorNs = 6000;

std::vector<Sample> recorded_samples(const std::string& name) {
  std::vector<Sample> samples;
  std::istringstream lines(recorded(name + ".samples.txt"));
  std::string word;
  while (lines >> word) {
    const size_t equals = word.find('=');
    if (equals == std::string::npos) {
      samples.emplace_back();
      continue;
    }
    const int64_t value = std::stoll(word.substr(equals + 1));
    if (word.starts_with("started_at_ns")) samples.back().started_at_ns = value;
    if (word.starts_with("return_ns")) samples.back().return_ns = value;
    if (word.starts_with("error")) samples.back().errno_value = static_cast<int32_t>(value);
  }
  return samples;
}

EventNames recorded_names(const std::string& kernel) {
  EventNames names;
  std::istringstream lines(recorded(kernel + "/ids.txt"));
  int64_t id = 0;
  std::string name;
  while (lines >> id >> name) names[id] = {name, name.starts_with("r_")};
  return names;
}

TraceLog recorded_log(const std::string& kernel, const std::string& file) {
  return parse_trace_text(recorded(kernel + "/" + file), recorded_names(kernel));
}

ProbeSet recorded_probes(const std::string& kernel) {
  return resolve_probes(recorded(kernel + "/functions.txt"));
}

/// Of the case's file with that suffix.
Attribution recorded_account(const std::string& kernel, const std::string& name, const std::string& suffix) {
  Attribution made = account_for("a/case", recorded_log(kernel, name + suffix), recorded_samples(kernel + "/" + name),
                                 recorded_probes(kernel), kFloorNs);
  for (size_t at = 0; at < made.wall_ns.size(); ++at) {
    int64_t sum = 0;
    for (const Column& cause : made.causes) {
      EXPECT_GE(cause.values.at(at), 0) << cause.name;
      sum += cause.values.at(at);
    }
    EXPECT_EQ(sum, made.wall_ns[at]);
  }
  return made;
}

double share(const Attribution& made, const std::string& name) {
  for (const Column& cause : made.causes) {
    if (cause.name == name) return static_cast<double>(cause.values.at(0)) / static_cast<double>(made.wall_ns.at(0));
  }
  return -1;
}

struct Umount {
  const char* kernel;
  const char* name;
  const char* kind;
  int64_t waits;
  double least_share;  ///< of the grace period
};

void PrintTo(const Umount& umount, std::ostream* out) {
  *out << umount.kernel << '/' << umount.name;
}

class RecordedUmount : public testing::TestWithParam<Umount> {};

TEST_P(RecordedUmount, has_its_waits_of_the_right_kind_in_both_forms_of_the_trace) {
  const Umount& umount = GetParam();
  for (const char* suffix : {".txt", ".raw.txt"}) {
    const Attribution made = recorded_account(umount.kernel, umount.name, suffix);
    ASSERT_FALSE(made.wall_ns.empty()) << suffix;
    EXPECT_EQ(made.dropped_samples, 0) << suffix;
    EXPECT_EQ(made.lost_events, 0) << suffix;
    EXPECT_THAT(made.grace_period_waits, Each(umount.waits)) << suffix;
    EXPECT_GT(share(made, "grace_period"), umount.least_share) << suffix;
    ASSERT_THAT(made.waits, SizeIs(1)) << suffix;
    EXPECT_EQ(made.waits[0].function, "synchronize_rcu_expedited") << suffix;
    EXPECT_EQ(made.waits[0].kind, umount.kind) << suffix;
    ASSERT_THAT(made.calls, SizeIs(1)) << suffix;
    EXPECT_EQ(made.calls[0].call, "umount2") << suffix;
    EXPECT_EQ(made.calls[0].grace_period_waits, umount.waits * static_cast<int64_t>(made.wall_ns.size())) << suffix;
    EXPECT_THAT(made.missing, IsEmpty()) << suffix;
  }
}

TEST_P(RecordedUmount, has_the_same_events_in_both_forms_but_for_the_rounding) {
  const Umount& umount = GetParam();
  const TraceLog text = recorded_log(umount.kernel, umount.name + std::string(".txt"));
  const TraceLog raw = recorded_log(umount.kernel, umount.name + std::string(".raw.txt"));
  ASSERT_EQ(text.events.size(), raw.events.size());
  EXPECT_EQ(text.broken_lines, 0);
  EXPECT_EQ(raw.broken_lines, 0);
  for (size_t at = 0; at < text.events.size(); ++at) {
    EXPECT_EQ(text.events[at].probe, raw.events[at].probe);
    EXPECT_EQ(text.events[at].is_return, raw.events[at].is_return);
    EXPECT_EQ(text.events[at].pid, raw.events[at].pid);
    EXPECT_LE(std::abs(text.events[at].at_ns - raw.events[at].at_ns), kTraceResolutionNs / 2);
  }
}

INSTANTIATE_TEST_SUITE_P(Kernels, RecordedUmount,
                         testing::Values(Umount{"5.10-rt", "as_found-tmpfs-lazy", "normal", 1, 0.95},
                                         Umount{"6.1-rt", "as_found-overlay", "normal", 2, 0.95},
                                         Umount{"6.1-cloud", "default-tmpfs-plain", "expedited", 1, 0.1},
                                         Umount{"6.12-rt", "as_found-tmpfs-plain", "normal", 1, 0.95},
                                         Umount{"7.2-rt", "as_found-tmpfs-lazy", "normal", 1, 0.95},
                                         Umount{"7.2-cloud", "normal-tmpfs-plain", "normal", 1, 0.95}));

TEST(RecordedTrace, shows_sync_and_shut_down_of_an_ext4_with_dirty_data) {
  const Attribution made = recorded_account("6.1-rt", "as_found-ext4-dirty", ".raw.txt");
  EXPECT_THAT(made.grace_period_waits, ElementsAre(1));
  EXPECT_GT(share(made, "sync"), 0.3);
  EXPECT_GT(share(made, "shut_down"), 0.05);
  EXPECT_GT(share(made, "grace_period"), 0.2);
}

TEST(RecordedTrace, of_a_containers_start_names_the_calls_of_its_processes) {
  const Attribution made = recorded_account("7.2-cloud", "default-crun", ".raw.txt");
  std::map<std::string, CallSeen> calls;
  for (const CallSeen& call : made.calls) calls[call.call] = call;
  EXPECT_EQ(calls["mount"].count, 47);
  EXPECT_EQ(calls["umount2"].count, 3);
  EXPECT_EQ(calls["umount2"].grace_period_waits, 2);
  EXPECT_EQ(calls["pivot_root"].count, 1);
  EXPECT_EQ(calls["exit"].count, 1);
  EXPECT_EQ(calls["exit"].grace_period_waits, 1);
}

TEST(RecordedTrace, of_a_buffer_that_was_too_small_tells_only_of_the_samples_that_are_whole) {
  const Attribution made = recorded_account("6.1-rt", "lost-tmpfs", ".txt");
  EXPECT_EQ(made.lost_events, 2926);
  EXPECT_EQ(made.dropped_samples, 57);
  EXPECT_THAT(made.grace_period_waits, ElementsAre(1, 1, 1));
}

TEST(RecordedTrace, that_begins_or_ends_in_the_middle_of_a_call_says_nothing_of_it) {
  const std::string text = recorded("6.1-rt/as_found-overlay.txt");
  const std::vector<Sample> samples = recorded_samples("6.1-rt/as_found-overlay");
  const ProbeSet probes = recorded_probes("6.1-rt");
  const auto dropped = [&](const std::string& part) {
    return account_for("a/case", parse_trace_text(part), samples, probes, kFloorNs).dropped_samples;
  };
  ASSERT_EQ(dropped(text), 0);
  const size_t last = text.rfind('\n', text.find(" r___x64_sys_umount:")) + 1;
  size_t cut = text.find('\n', text.find(" p___x64_sys_umount:")) + 1;
  int cuts = 0;
  for (; cut <= last; cut = text.find('\n', cut) + 1) {
    EXPECT_EQ(dropped(text.substr(cut)), 1) << text.substr(cut, 120);
    EXPECT_EQ(dropped(text.substr(0, cut)), 1) << text.substr(cut, 120);
    ++cuts;
  }
  EXPECT_GT(cuts, 10);
}

}  // namespace
}  // namespace umb
