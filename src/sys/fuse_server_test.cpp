// SPDX-License-Identifier: Apache-2.0
// The server against a made-up kernel: a socket that keeps messages whole stands for /dev/fuse.
#include "sys/fuse_server.h"

#include <array>
#include <cerrno>
#include <cstring>
#include <optional>

#include <gtest/gtest.h>
#include <linux/fuse.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

namespace umb {
namespace {

class FuseServerTest : public ::testing::Test {
 protected:
  FuseServerTest() {
    std::array<int, 2> ends{};
    EXPECT_EQ(::socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_NONBLOCK | SOCK_CLOEXEC, 0, ends.data()), 0);
    kernel_.reset(ends[0]);
    server_.reset(ends[1]);
  }

  FuseServer server(FuseSilence silence) {
    return {server_.get(), silence, FuseMark{4711, 1234}, [this] { ++silent_; }};
  }
  /// The answer to one request, with its head; nullopt when there was none.
  std::optional<std::string> ask(FuseServer& server, uint32_t opcode, const std::string& body = "",
                                 uint64_t node = FUSE_ROOT_ID) {
    fuse_in_header head{};
    head.len = static_cast<uint32_t>(sizeof head + body.size());
    head.opcode = opcode;
    head.unique = ++unique_;
    head.nodeid = node;
    const std::string request = std::string(reinterpret_cast<const char*>(&head), sizeof head) + body;
    EXPECT_EQ(::send(kernel_.get(), request.data(), request.size(), 0), static_cast<ssize_t>(request.size()));
    EXPECT_TRUE(server.serve_one());
    std::string answer(4096, '\0');
    const ssize_t size = ::recv(kernel_.get(), answer.data(), answer.size(), 0);
    if (size < 0) return std::nullopt;
    answer.resize(static_cast<size_t>(size));
    return answer;
  }
  template <typename Body>
  std::string bytes_of(const Body& body) {
    return {reinterpret_cast<const char*>(&body), sizeof body};
  }
  template <typename Body>
  Body body_of(const std::string& answer) {
    Body body{};
    EXPECT_EQ(answer.size(), sizeof(fuse_out_header) + sizeof body);
    std::memcpy(&body, answer.data() + sizeof(fuse_out_header), sizeof body);
    return body;
  }
  int error_of(const std::optional<std::string>& answer) const {
    fuse_out_header head{};
    if (!answer.has_value() || answer->size() < sizeof head) return -1;
    std::memcpy(&head, answer->data(), sizeof head);
    EXPECT_EQ(head.len, answer->size());
    EXPECT_EQ(head.unique, unique_);
    return -head.error;
  }

  UniqueFd kernel_, server_;
  uint64_t unique_ = 0;
  int silent_ = 0;
};

TEST_F(FuseServerTest, greets_with_its_mark_and_no_newer_than_the_kernel) {
  FuseServer one = server(FuseSilence::kOpen);
  EXPECT_FALSE(one.greeted());
  fuse_init_in asked{};
  asked.major = 7;
  asked.minor = 23;
  const auto answer = ask(one, FUSE_INIT, bytes_of(asked));
  ASSERT_EQ(error_of(answer), 0);
  const auto told = body_of<fuse_init_out>(*answer);
  EXPECT_EQ(told.major, 7U);
  EXPECT_EQ(told.minor, 23U);
  EXPECT_EQ(told.max_background, 4711);
  EXPECT_EQ(told.congestion_threshold, 1234);
  EXPECT_TRUE(one.greeted());
}

TEST_F(FuseServerTest, has_one_file) {
  FuseServer one = server(FuseSilence::kDestroy);
  const auto found = ask(one, FUSE_LOOKUP, std::string("file\0", 5));
  ASSERT_EQ(error_of(found), 0);
  const auto entry = body_of<fuse_entry_out>(*found);
  EXPECT_TRUE(S_ISREG(entry.attr.mode));
  EXPECT_EQ(error_of(ask(one, FUSE_LOOKUP, std::string("other\0", 6))), ENOENT);
  const auto root = ask(one, FUSE_GETATTR, bytes_of(fuse_getattr_in{}));
  ASSERT_EQ(error_of(root), 0);
  EXPECT_TRUE(S_ISDIR(body_of<fuse_attr_out>(*root).attr.mode));
  EXPECT_EQ(error_of(ask(one, FUSE_OPEN, bytes_of(fuse_open_in{}), entry.nodeid)), 0);
}

TEST_F(FuseServerTest, leaves_an_open_unanswered_and_goes_on_with_the_rest) {
  FuseServer one = server(FuseSilence::kOpen);
  EXPECT_FALSE(ask(one, FUSE_OPEN, bytes_of(fuse_open_in{}), 2).has_value());
  EXPECT_EQ(silent_, 1);
  EXPECT_EQ(error_of(ask(one, FUSE_DESTROY)), 0);
  EXPECT_EQ(silent_, 1);
}

TEST_F(FuseServerTest, leaves_the_end_of_a_mount_unanswered) {
  FuseServer one = server(FuseSilence::kDestroy);
  EXPECT_FALSE(ask(one, FUSE_DESTROY).has_value());
  EXPECT_EQ(silent_, 1);
}

TEST_F(FuseServerTest, says_no_to_all_else_and_nothing_where_no_answer_is_wanted) {
  FuseServer one = server(FuseSilence::kOpen);
  EXPECT_EQ(error_of(ask(one, FUSE_MKDIR)), ENOSYS);
  EXPECT_FALSE(ask(one, FUSE_FORGET).has_value());
}

TEST_F(FuseServerTest, a_mount_is_of_the_kind_that_its_device_makes_it) {
  EXPECT_EQ(fuse_mount(5, "", "/m").type, "fuse");
  const MountRequest block = fuse_mount(5, "/dev/loop3", "/m");
  EXPECT_EQ(block.type, "fuseblk");
  EXPECT_EQ(block.source, "/dev/loop3");
  EXPECT_EQ(block.data, "fd=5,rootmode=40700,user_id=0,group_id=0");
}

TEST(FuseControlTest, a_connection_has_the_kernels_number_of_its_device) {
  EXPECT_EQ(fuse_connection_of(makedev(7, 0)), 7340032U);
  EXPECT_EQ(fuse_connection_of(makedev(0, 45)), 45U);
}

TEST(FuseControlTest, a_new_mark_is_not_the_kernels_own_and_hardly_ever_twice_the_same) {
  const FuseMark one = new_fuse_mark();
  EXPECT_GT(one.max_background, 12);
  EXPECT_GT(one.congestion_threshold, 9);
  EXPECT_FALSE(one == new_fuse_mark() && one == new_fuse_mark());
}

}  // namespace
}  // namespace umb
