// SPDX-License-Identifier: Apache-2.0
#include "sys/tracefs.h"

#include "sys/trace_instance.h"
#include "testing/fake_tree.h"

#include <filesystem>
#include <fstream>
#include <iterator>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace umb {
namespace {

namespace fs = std::filesystem;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr const char* kFolder = "sys/kernel/tracing/";

std::string text_of(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

/// As much of tracefs as is looked at here.
class TracefsFolder : public ::testing::Test {
 protected:
  TracefsFolder() {
    for (const char* file : {"trace_clock", "kprobe_events", "set_event_pid", "set_event"}) set(file, "");
    set("current_tracer", "nop\n");
    tree_.set(fake_folder(std::string(kFolder) + "instances"));
  }
  void set(const std::string& file, const std::string& text) { tree_.set({kFolder + file, text}); }
  [[nodiscard]] std::string text(const std::string& file) const { return text_of(tracefs().path + "/" + file); }
  [[nodiscard]] Tracefs tracefs() const { return find_tracefs({tree_.path()}).value(); }

  const FakeTree tree_{fake_folder("proc")};
};

TEST_F(TracefsFolder, is_found_where_it_is_mounted) {
  EXPECT_EQ(tracefs().path, tree_.path() + "/sys/kernel/tracing");
  const FakeTree old{{"sys/kernel/debug/tracing/trace_clock", ""}};
  EXPECT_EQ(find_tracefs({old.path()}).value().path, old.path() + "/sys/kernel/debug/tracing");
}

TEST_F(TracefsFolder, that_is_not_mounted_is_the_machine_s_lack) {
  const FakeTree unmounted{fake_folder("sys/kernel/tracing")};
  const Error error = find_tracefs({unmounted.path()}).error();
  EXPECT_EQ(error.kind, ErrorKind::kUnavailable);
  EXPECT_EQ(error.text(), "cannot trace: tracefs is not mounted");
  EXPECT_EQ(error.hint, "mount -t tracefs tracefs /sys/kernel/tracing");
  const FakeTree none{fake_folder("sys")};
  EXPECT_THAT(find_tracefs({none.path()}).error().text(), HasSubstr("has no tracefs"));
}

TEST_F(TracefsFolder, must_keep_our_trace_apart) {
  EXPECT_EQ(why_not_isolated(tracefs()), "");
  fs::remove(tracefs().path + "/instances");
  EXPECT_THAT(why_not_isolated(tracefs()), HasSubstr("no tracing instances"));
  fs::remove(tracefs().path + "/kprobe_events");
  EXPECT_THAT(why_not_isolated(tracefs()), HasSubstr("no kprobe events"));
}

TEST_F(TracefsFolder, names_what_can_be_probed_or_else_all_symbols) {
  EXPECT_EQ(traceable_functions(tracefs(), {tree_.path()}).error().kind, ErrorKind::kUnavailable);
  tree_.set({"proc/kallsyms", "0 t a\n"});
  EXPECT_EQ(traceable_functions(tracefs(), {tree_.path()}).value(), "0 t a\n");
  set("available_filter_functions", "b\n");
  EXPECT_EQ(traceable_functions(tracefs(), {tree_.path()}).value(), "b\n");
}

TEST_F(TracefsFolder, tells_who_else_traces) {
  EXPECT_THAT(other_tracing(tracefs()), IsEmpty());
  set("current_tracer", "function_graph\n");
  set("set_event", "sched:sched_switch\nsched:sched_waking\n");
  set("instances/theirs/current_tracer", "wakeup\n");
  set("instances/umountbench-7/current_tracer", "wakeup\n");
  EXPECT_THAT(other_tracing(tracefs()),
              ElementsAre("the tracer function_graph is on", "2 kind(s) of events are recorded",
                          "the tracer wakeup is on in the instance 'theirs'"));
}

TEST_F(TracefsFolder, gets_probes_added_to_those_of_others) {
  set("kprobe_events", "p:theirs/x f\n");
  const std::vector<ProbeEvent> events{{"p_f", "f", false}, {"r_f", "f", true}};
  EXPECT_THAT(define_probes(tracefs(), "umountbench_7", events).value(), IsEmpty());
  EXPECT_EQ(text("kprobe_events"), "p:theirs/x f\np:umountbench_7/p_f f\nr128:umountbench_7/r_f f\n");
}

TEST_F(TracefsFolder, loses_only_the_probes_of_our_group_by_their_names) {
  const std::string before = "p:umountbench_77/p_f f\np:umountbench_7/p_f f\nr128:umountbench_7/r_f f\np:kprobes/g g\n";
  set("kprobe_events", before);
  EXPECT_EQ(remove_probes(tracefs(), "umountbench_7").value(), 2U);
  EXPECT_EQ(text("kprobe_events"), before + "-:umountbench_7/p_f\n-:umountbench_7/r_f\n");
  set("kprobe_events", "p:kprobes/g g\n");
  EXPECT_EQ(remove_probes(tracefs(), "umountbench_7").value(), 0U);
  EXPECT_EQ(text("kprobe_events"), "p:kprobes/g g\n");
}

TEST_F(TracefsFolder, has_names_of_ours_by_the_process) {
  EXPECT_TRUE(is_probe_group_name(probe_group_name(12)));
  EXPECT_TRUE(is_trace_instance_name(trace_instance_name(12)));
  for (const char* name : {"umountbench_", "umountbench_x", "umountbench_1/2", "umountbench-1", "kprobes", ""}) {
    EXPECT_FALSE(is_probe_group_name(name)) << name;
  }
  for (const char* name : {"umountbench-", "umountbench-..", "umountbench_1", "theirs", ""}) {
    EXPECT_FALSE(is_trace_instance_name(name)) << name;
  }
}

TEST_F(TracefsFolder, has_an_instance_that_is_set_and_read) {
  const std::string folder = "instances/umountbench-7/";
  set(folder + "tracing_on", "0\n");
  set(folder + "set_event_pid", "1\n");
  set(folder + "trace", "# tracer: nop\n");
  set(folder + "events/umountbench_7/enable", "0\n");
  set(folder + "events/umountbench_7/p_f/id", "1508\n");
  TraceInstance instance = TraceInstance::of(tracefs(), "umountbench-7");
  ASSERT_TRUE(instance.record(true).has_value());
  ASSERT_TRUE(instance.only({12, 345}).has_value());
  ASSERT_TRUE(instance.enable("umountbench_7", true).has_value());
  EXPECT_EQ(text(folder + "tracing_on"), "1\n");
  EXPECT_EQ(text(folder + "set_event_pid"), "12 345\n");
  EXPECT_EQ(text(folder + "events/umountbench_7/enable"), "1\n");
  EXPECT_EQ(instance.event_number("umountbench_7", "p_f").value(), 1508);
  EXPECT_FALSE(instance.event_number("umountbench_7", "p_g").has_value());
  EXPECT_EQ(instance.text(100).value(), "# tracer: nop\n");
  EXPECT_EQ(instance.text(5).error().errno_value, EFBIG);
  ASSERT_TRUE(instance.clear().has_value());
  EXPECT_EQ(instance.text(100).value(), "");
}

TEST_F(TracefsFolder, leaves_an_instance_of_somebody_else_s_alone) {
  tree_.set(fake_folder(std::string(kFolder) + "instances/umountbench-7"));
  EXPECT_EQ(TraceInstance::make(tracefs(), "umountbench-7").error().errno_value, EEXIST);
  EXPECT_TRUE(fs::exists(tracefs().path + "/instances/umountbench-7"));
}

TEST_F(TracefsFolder, keeps_no_instance_that_can_t_be_switched_off) {
  // A folder that is no instance gets no files.
  EXPECT_EQ(TraceInstance::make(tracefs(), "umountbench-7").error().errno_value, ENOENT);
  EXPECT_FALSE(fs::exists(tracefs().path + "/instances/umountbench-7"));
}

}  // namespace
}  // namespace umb
