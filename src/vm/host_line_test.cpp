// SPDX-License-Identifier: Apache-2.0
#include "vm/host_line.h"

#include <vector>

#include <gtest/gtest.h>

namespace umb {
namespace {

class Heard final : public BootListener {
 public:
  void hello(const std::string& release) override { said.push_back("hello " + release); }
  void progress(const std::string& line) override { said.push_back(line); }
  void grown(const Growth& growth) override {
    said.push_back(growth.name + "@" + std::to_string(growth.offset) + " " + growth.bytes);
  }
  std::vector<std::string> said;
};

class HostLineTest : public testing::Test {
 protected:
  std::string say(FrameKind kind, const std::string& payload) { return line_.take(encode({kind, number_++, payload})); }
  BootEnd end() {
    BootEnd end;
    line_.tell(end);
    return end;
  }
  Heard heard_;
  HostLine line_{pack_job({{"run", "--seed", "1"}, {{"plan.json", "{}"}}}).value(), heard_};
  uint32_t number_ = 0;
};

TEST_F(HostLineTest, answers_each_hello_with_the_job_and_tells_of_the_first) {
  for (int time = 0; time < 2; ++time) {
    FrameReader reader;
    reader.feed(say(FrameKind::kHello, "6.1.0\n77"));
    const auto frame = reader.next();
    ASSERT_TRUE(frame.has_value());
    EXPECT_EQ(frame->kind, FrameKind::kJob);
    const auto job = unpack_job(frame->payload);
    ASSERT_TRUE(job.has_value());
    EXPECT_EQ(job->arguments, (std::vector<std::string>{"run", "--seed", "1"}));
    EXPECT_EQ(job->files, (Bundle{{"plan.json", "{}"}}));
  }
  EXPECT_EQ(heard_.said, std::vector<std::string>{"hello 6.1.0"});
  EXPECT_EQ(end().hello_guest_ns, 77);
}

TEST_F(HostLineTest, hands_on_progress_and_growth_and_gives_the_files_at_the_end) {
  (void)say(FrameKind::kHello, "6.1.0");
  (void)say(FrameKind::kProgress, "one line");
  (void)say(FrameKind::kGrowth, pack_growth({"r.partial", 7, "more"}).value());
  EXPECT_FALSE(line_.how().has_value());
  const std::string packed = pack({{"r.json", "{}"}}).value();
  (void)say(FrameKind::kFiles, packed.substr(0, 20));
  (void)say(FrameKind::kFiles, packed.substr(20));
  (void)say(FrameKind::kDone, "1");
  EXPECT_EQ(heard_.said, (std::vector<std::string>{"hello 6.1.0", "one line", "r.partial@7 more"}));
  EXPECT_EQ(end().how, BootHow::kDone);
  EXPECT_EQ(end().exit_code, 1);
  EXPECT_EQ(end().files, (Bundle{{"r.json", "{}"}}));
}

TEST_F(HostLineTest, says_so_when_a_piece_of_the_files_was_lost) {
  (void)say(FrameKind::kHello, "6.1.0");
  const std::string packed = pack({{"r.json", std::string(1000, 'x')}}).value();
  (void)say(FrameKind::kFiles, packed.substr(0, 20));
  ++number_;
  (void)say(FrameKind::kDone, "0");
  EXPECT_EQ(end().how, BootHow::kTrouble);
  EXPECT_TRUE(end().reason.starts_with("something was lost on the way from the guest")) << end().reason;
}

TEST_F(HostLineTest, gives_the_guests_own_reason_when_it_can_not_go_on) {
  (void)say(FrameKind::kTrouble, "cannot fork: Cannot allocate memory");
  EXPECT_EQ(end().how, BootHow::kTrouble);
  EXPECT_EQ(end().reason, "cannot fork: Cannot allocate memory");
}

TEST_F(HostLineTest, does_not_take_an_exit_code_that_is_none) {
  (void)say(FrameKind::kDone, "256");
  EXPECT_EQ(end().how, BootHow::kTrouble);
}

}  // namespace
}  // namespace umb
