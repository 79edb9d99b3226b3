// SPDX-License-Identifier: Apache-2.0
// The real tracefs, where the kernel has kprobes.
#include "base/unique_fd.h"
#include "sys/knob.h"
#include "sys/trace_instance.h"
#include "sys/tracefs.h"

#include <algorithm>

#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sched.h>
#include <unistd.h>

namespace umb {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

class RealTracefs : public ::testing::Test {
 protected:
  void SetUp() override {
    const Result<Tracefs> found = find_tracefs();
    if (!found.has_value()) GTEST_SKIP() << found.error().text();
    if (const std::string lacking = why_not_isolated(*found); !lacking.empty()) GTEST_SKIP() << lacking;
    tracefs_ = *found;
  }
  void TearDown() override {
    if (tracefs_.path.empty()) return;
    EXPECT_TRUE(remove_tracing(tracefs_, instance_, group_, 0).has_value());
  }

  Tracefs tracefs_;
  const std::string group_ = probe_group_name(::getpid());
  const std::string instance_ = trace_instance_name(::getpid());
};

TEST_F(RealTracefs, records_a_function_of_one_process_and_leaves_nothing) {
  const std::string before = read_host_file({}, tracefs_.path + "/kprobe_events").value();
  const std::vector<ProbeEvent> events{{"p_setns", "__x64_sys_setns", false},
                                       {"r_setns", "__x64_sys_setns", true},
                                       {"p_none", "there_is_no_such_function", false}};
  EXPECT_THAT(define_probes(tracefs_, group_, events).value(), ElementsAre("there_is_no_such_function"));
  TraceInstance instance = TraceInstance::make(tracefs_, instance_).value();
  ASSERT_TRUE(instance.only({::gettid()}).has_value());
  ASSERT_TRUE(instance.enable(group_, true).has_value());
  ASSERT_TRUE(instance.record(true).has_value());
  EXPECT_NE(::setns(-1, 0), 0);
  ASSERT_TRUE(instance.record(false).has_value());
  const std::string text = instance.text(1 << 20).value();
  EXPECT_THAT(text, HasSubstr("p_setns: (__x64_sys_setns"));
  EXPECT_THAT(text, HasSubstr("<- __x64_sys_setns)"));
  const TracingRemoved removed = remove_tracing(tracefs_, instance_, group_, 0).value();
  EXPECT_TRUE(removed.instance);
  EXPECT_EQ(removed.probes, 2U);
  EXPECT_EQ(read_host_file({}, tracefs_.path + "/kprobe_events").value(), before);
}

TEST_F(RealTracefs, is_removed_only_once_nobody_looks_into_it) {
  ASSERT_TRUE(TraceInstance::make(tracefs_, instance_).has_value());
  UniqueFd reader(::open((tracefs_.path + "/instances/" + instance_ + "/trace").c_str(), O_RDONLY | O_CLOEXEC));
  ASSERT_TRUE(reader.valid());
  EXPECT_EQ(remove_tracing(tracefs_, instance_, group_, 50'000'000).error().errno_value, EBUSY);
  reader.reset();
  EXPECT_TRUE(remove_tracing(tracefs_, instance_, group_, 0).value().instance);
  EXPECT_FALSE(remove_tracing(tracefs_, instance_, group_, 0).value().instance);
}

}  // namespace
}  // namespace umb
