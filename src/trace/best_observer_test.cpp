// SPDX-License-Identifier: Apache-2.0
#include "trace/best_observer.h"

#include "fixture/state_folder.h"
#include "testing/fake_tree.h"
#include "trace/traced_observer.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

namespace umb {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;

/// A machine that has all that tracing needs, as far as files can tell.
class ObservedMachine : public ::testing::Test {
 protected:
  ObservedMachine() {
    for (const char* file : {"trace_clock", "set_event_pid", "kprobe_events"}) set(file, "");
    set("available_filter_functions", "synchronize_rcu_expedited\n__x64_sys_umount\n");
    tree_.set(fake_folder("sys/kernel/tracing/instances"));
  }
  void set(const std::string& file, const std::string& text) { tree_.set({"sys/kernel/tracing/" + file, text}); }
  [[nodiscard]] std::string events() const {
    std::ifstream file(tree_.path() + "/sys/kernel/tracing/kprobe_events");
    return {std::istreambuf_iterator<char>(file), {}};
  }
  void allow_coarse() { tree_.set({"proc/" + std::to_string(::getpid()) + "/wchan", "0"}); }
  [[nodiscard]] std::string own_pid_name() const { return std::to_string(::getpid()); }
  [[nodiscard]] HostRoot root() const { return {tree_.path()}; }
  [[nodiscard]] size_t ledger_size() const { return load_ledger(run_).value().items.size(); }

  const FakeTree tree_{fake_folder("run-a1"), fake_link("proc/self/ns/pid", "pid:[4026531836]")};
  const RunFolder run_{tree_.path() + "/run-a1"};
  Ledger ledger_ = Ledger::create(run_).value();
};

TEST_F(ObservedMachine, can_be_traced) {
  EXPECT_EQ(why_not_traced(root()), "");
}

TEST_F(ObservedMachine, can_t_be_traced_from_within_a_container) {
  const FakeTree container{fake_link("proc/self/ns/pid", "pid:[4026532001]"),
                           {"sys/kernel/tracing/trace_clock", ""},
                           {"sys/kernel/tracing/set_event_pid", ""},
                           {"sys/kernel/tracing/kprobe_events", ""},
                           fake_folder("sys/kernel/tracing/instances")};
  EXPECT_THAT(why_not_traced({container.path()}), HasSubstr("PID namespace"));
}

TEST_F(ObservedMachine, is_noted_in_the_ledger_before_it_is_changed_and_undone_when_tracing_fails_half_way) {
  // A folder is made there as an instance would be, but it gets no files: what follows fails.
  TracedObserver observer(root());
  EXPECT_FALSE(observer.open(ledger_).has_value());
  EXPECT_EQ(ledger_size(), 1U);
  EXPECT_THAT(events(), HasSubstr("p:umountbench_" + own_pid_name() + "/p_synchronize_rcu_expedited "));
  ASSERT_TRUE(observer.close().has_value());
  EXPECT_EQ(ledger_size(), 0U);
  EXPECT_THAT(events(), HasSubstr("-:umountbench_" + own_pid_name() + "/p_synchronize_rcu_expedited\n"));
  EXPECT_TRUE(fs::is_empty(tree_.path() + "/sys/kernel/tracing/instances"));
  EXPECT_TRUE(observer.close().has_value()) << "there is nothing left to do";
}

TEST_F(ObservedMachine, is_looked_at_coarsely_where_tracing_fails) {
  allow_coarse();
  BestObserver observer(root());
  ASSERT_TRUE(observer.open(ledger_).has_value());
  EXPECT_EQ(ledger_size(), 0U) << "what tracing had made stays";
  ASSERT_TRUE(observer.begin({}, ::getpid()).has_value());
  const Attribution made = observer.end({}, {}).value();
  EXPECT_EQ(made.method, "coarse");
  EXPECT_THAT(made.reason, HasSubstr("No such file or directory"));
  EXPECT_TRUE(observer.close().has_value());
}

TEST_F(ObservedMachine, touches_nothing_where_tracing_can_t_be_kept_apart) {
  fs::remove(tree_.path() + "/sys/kernel/tracing/instances");
  allow_coarse();
  BestObserver observer(root());
  ASSERT_TRUE(observer.open(ledger_).has_value());
  EXPECT_EQ(events(), "");
  ASSERT_TRUE(observer.begin({}, ::getpid()).has_value());
  EXPECT_THAT(observer.end({}, {}).value().reason, HasSubstr("no tracing instances"));
}

TEST_F(ObservedMachine, that_allows_neither_says_both_reasons) {
  fs::remove(tree_.path() + "/sys/kernel/tracing/kprobe_events");
  BestObserver observer(root());
  const Error error = observer.open(ledger_).error();
  EXPECT_THAT(error.text(), HasSubstr("no kprobe events"));
  EXPECT_THAT(error.text(), HasSubstr("wchan"));
  EXPECT_TRUE(observer.close().has_value());
}

}  // namespace
}  // namespace umb
