// SPDX-License-Identifier: Apache-2.0
#include "trace/trace_text.h"

#include <limits>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace umb {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

constexpr int64_t kEver = std::numeric_limits<int64_t>::max();

TraceEvent one_event(const std::string& line) {
  const TraceLog log = parse_trace_text(line + "\n");
  EXPECT_EQ(log.broken_lines, log.events.empty() ? 1 : 0) << line;
  return log.events.empty() ? TraceEvent{} : log.events.front();
}

int64_t broken_lines(const std::string& text) {
  return parse_trace_text(text).broken_lines;
}

TEST(TraceText, has_the_time_the_task_and_the_probe_of_an_entry) {
  const TraceEvent event =
      one_event("          umount-4711    [001] d..2.   123.000456: p_path_umount: (path_umount+0x0/0x510)");
  EXPECT_EQ(event.at_ns, 123'000'456'000);
  EXPECT_EQ(event.pid, 4711);
  EXPECT_EQ(event.probe, "p_path_umount");
  EXPECT_FALSE(event.is_return);
}

TEST(TraceText, knows_a_return_by_its_arrow) {
  const std::string head = "               t-1094    [001] .......    38.876323: ";
  EXPECT_TRUE(one_event(head + "r_clone: (do_syscall_64+0x5d/0xb0 <- __x64_sys_clone)").is_return);
  EXPECT_TRUE(one_event(head + "r_f: ([unknown/kretprobe'd] <- deactivate_locked_super)").is_return);
  EXPECT_FALSE(one_event(head + "p_f: (lo_release+0x0/0xd0 [loop]) arg1=0x1").is_return);
}

TEST(TraceText, passes_over_the_columns_that_differ_by_kernel) {
  for (const char* columns :
       {"[000] ....", "[000] .....", "[000] ...1.11", "(   123) [000] .....", "(-------) [127] d..."}) {
    EXPECT_EQ(one_event("               t-1094    " + std::string(columns) + "    38.876323: p_f: (f+0x0/0x30)").pid,
              1094)
        << columns;
  }
}

TEST(TraceText, is_not_misled_by_the_names_of_tasks) {
  for (const char* name : {"with two blanks ", "      a-1 [0] x:", " x-123   [001] ", "<...>           ",
                           "[LOST 3 EVENTS] ", "\x1b[31mred        "}) {
    const std::string task = std::string(16 - std::string(name).size(), ' ') + name;
    const std::string shifted = " " + task.substr(0, 15);
    EXPECT_EQ(one_event(shifted + "-1094    [001] .....    38.876323: p_f: (f+0x0/0x30)").pid, 1094) << name;
  }
}

TEST(TraceText, finds_no_event_in_what_a_task_name_with_a_line_feed_leaves) {
  const std::string text =
      "               t-1094    [001] .....    38.000001: p_f: (f+0x0/0x30)\n"
      "               \n-1094    [001] .....    38.000002: p_f: (f+0x0/0x30)\n"
      "         \n#x y z-1094    [001] .....    38.000003: p_f: (f+0x0/0x30)\n"
      "      \n1 0 9 typ-1094    [001] .....    38.000004: p_f: (f+0x0/0x30)\n"
      "               t-1094    [001] .....    38.000005: p_f: (f+0x0/0x30)\n";
  const TraceLog log = parse_trace_text(text);
  EXPECT_THAT(log.events, SizeIs(2));
  EXPECT_EQ(log.broken_lines, 6);
  ASSERT_THAT(log.holes, SizeIs(1));
  EXPECT_EQ(log.holes[0].from_ns, 38'000'001'000);
  EXPECT_EQ(log.holes[0].to_ns, 38'000'005'000);
}

TEST(TraceText, counts_lines_that_no_kernel_writes) {
  const std::string good = "               t-1094    [001] .....    38.876323: p_f: (f+0x0/0x30)";
  ASSERT_EQ(broken_lines(good), 0);
  for (size_t length = 1; length < good.size(); ++length) EXPECT_EQ(broken_lines(good.substr(0, length)), 1) << length;
  for (const char* bad : {
           "               t-99999999 [001] .....    38.876323: p_f: (f+0x0/0x30)",
           "               t-1094    [99999999] .....    38.876323: p_f: (f+0x0/0x30)",
           "               t-1094    [001] .....    99999999999.876323: p_f: (f+0x0/0x30)",
           "               t-1094    [001] .....    38.87632: p_f: (f+0x0/0x30)",
           "               t-1094    [001] .....    38.-76323: p_f: (f+0x0/0x30)",
           "               t-1094    [001] .....    38.876323: p f: (f+0x0/0x30)",
           "               t-1094    [001] .....    38.876323: 7f: (f+0x0/0x30)",
           "               t-1094    [001] .....    38.876323: p_f: f",
           "               t-1094    [001] .....    38.876323: p_f: (f)x",
           "               t--094    [001] .....    38.876323: p_f: (f+0x0/0x30)",
           "              t-1094    [001] .....    38.876323: p_f: (f+0x0/0x30)",
       }) {
    EXPECT_EQ(broken_lines(bad), 1) << bad;
  }
}

TEST(TraceText, does_not_go_back_in_time) {
  const TraceLog log = parse_trace_text(
      "               t-1094    [001] .....    38.876323: p_f: (f+0x0/0x30)\n"
      "               t-1094    [001] .....    38.876322: p_f: (f+0x0/0x30)\n"
      "               t-1094    [001] .....    38.876323: p_f: (f+0x0/0x30)\n");
  EXPECT_THAT(log.events, SizeIs(2));
  EXPECT_EQ(log.broken_lines, 1);
}

TEST(TraceText, has_a_hole_on_a_cpu_where_the_kernel_says_that_it_lost_events) {
  const TraceLog log = parse_trace_text(
      "               t-1    [001] .....     1.000001: p_f: (f+0x0/0x30)\n"
      "               t-1    [000] .....     1.000002: p_f: (f+0x0/0x30)\n"
      "CPU:1 [LOST 123 EVENTS]\n"
      "               t-1    [000] .....     1.000003: p_f: (f+0x0/0x30)\n"
      "               t-1    [001] .....     1.000004: p_f: (f+0x0/0x30)\n"
      "CPU:0 [LOST EVENTS]\n");
  EXPECT_EQ(log.lost_events, 124) << "at least one, where it doesn't say";
  EXPECT_EQ(log.broken_lines, 0);
  ASSERT_THAT(log.holes, SizeIs(2));
  EXPECT_EQ(log.holes[0].from_ns, 1'000'001'000);
  EXPECT_EQ(log.holes[0].to_ns, 1'000'004'000);
  EXPECT_EQ(log.holes[1].from_ns, 1'000'003'000);
  EXPECT_EQ(log.holes[1].to_ns, kEver);
  for (const char* bad :
       {"CPU:0 [LOST ]", "CPU: [LOST 1 EVENTS]", "CPU:0 [LOST 1 EVENTS] ", "CPU:0 [LOST -1 EVENTS]"}) {
    EXPECT_EQ(broken_lines(bad), 1) << bad;
  }
}

TEST(TraceText, has_a_hole_up_to_where_the_last_cpu_begins_when_the_buffer_was_overwritten) {
  const TraceLog log = parse_trace_text(
      "# tracer: nop\n"
      "#\n"
      "# entries-in-buffer/entries-written: 3/63   #P:2\n"
      "#\n"
      "               t-1    [001] .....     1.000001: p_f: (f+0x0/0x30)\n"
      "##### CPU 0 buffer started ####\n"
      "               t-1    [000] .....     1.000002: p_f: (f+0x0/0x30)\n"
      "               t-1    [001] .....     1.000003: p_f: (f+0x0/0x30)\n");
  EXPECT_EQ(log.lost_events, 60);
  EXPECT_EQ(log.broken_lines, 0);
  ASSERT_THAT(log.holes, SizeIs(1));
  EXPECT_EQ(log.holes[0].from_ns, 0);
  EXPECT_EQ(log.holes[0].to_ns, 1'000'002'000);
}

TEST(TraceText, has_no_hole_when_nothing_was_lost) {
  const TraceLog log = parse_trace_text("# tracer: nop\n#\n# entries-in-buffer/entries-written: 0/0   #P:2\n");
  EXPECT_THAT(log.events, IsEmpty());
  EXPECT_THAT(log.holes, IsEmpty());
  EXPECT_EQ(log.lost_events, 0);
}

TEST(TraceText, names_the_events_of_raw_lines_by_their_numbers) {
  const EventNames names{{1558, {"p_f", false}}, {1559, {"r_f", true}}};
  const TraceLog log = parse_trace_text("980 1 31352900136 type: 1558\n980 0 31352900137 type: 1559\n", names);
  EXPECT_EQ(log.broken_lines, 0);
  ASSERT_THAT(log.events, SizeIs(2));
  EXPECT_EQ(log.events[0].at_ns, 31'352'900'136);
  EXPECT_EQ(log.events[0].pid, 980);
  EXPECT_EQ(log.events[0].probe, "p_f");
  EXPECT_FALSE(log.events[0].is_return);
  EXPECT_EQ(log.events[1].probe, "r_f");
  EXPECT_TRUE(log.events[1].is_return);
}

TEST(TraceText, counts_raw_lines_of_unknown_events_and_broken_ones) {
  const EventNames names{{1558, {"p_f", false}}};
  for (const char* bad : {"980 1 31352900136 type: 1557", "980 1 31352900136 type: 1558 ", "980 1 -1 type: 1558",
                          "980 1 31352900136 type:", "-1 1 31352900136 type: 1558",
                          "980 1 99999999999999999999 type: 1558", "980  1 31352900136 type: 1558"}) {
    EXPECT_EQ(parse_trace_text(bad, names).broken_lines, 1) << bad;
  }
}

}  // namespace
}  // namespace umb
