// SPDX-License-Identifier: Apache-2.0
#include "sys/fuse_server.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <string_view>

#include <fcntl.h>
#include <linux/fuse.h>
#include <sys/stat.h>
#include <unistd.h>

namespace umb {

namespace {

constexpr uint64_t kFileNode = 2;
constexpr uint32_t kWriteBytes = 4096;
/// The kernel refuses to hand out a request into less.
constexpr size_t kRequestBytes = FUSE_MIN_READ_BUFFER + kWriteBytes;
/// What is known of names and nodes stays true for so long (s): nobody need ask again.
constexpr uint64_t kValidSeconds = 60;

struct Request {
  fuse_in_header head;
  std::string_view body;
};

void answer(int fuse, const Request& request, int error, std::string_view body = {}) {
  fuse_out_header head{};
  head.len = static_cast<uint32_t>(sizeof head + body.size());
  head.error = -error;
  head.unique = request.head.unique;
  std::array<char, sizeof head + 256> message{};
  std::memcpy(message.data(), &head, sizeof head);
  std::ranges::copy(body, message.begin() + sizeof head);
  // A connection that has been aborted meanwhile wants no answers.
  static_cast<void>(::write(fuse, message.data(), head.len));
}

template <typename Body>
void answer_with(int fuse, const Request& request, const Body& body) {
  static_assert(sizeof body <= 256);
  answer(fuse, request, 0, {reinterpret_cast<const char*>(&body), sizeof body});
}

fuse_attr attributes_of(uint64_t node) {
  fuse_attr attributes{};
  attributes.ino = node;
  attributes.mode = node == FUSE_ROOT_ID ? S_IFDIR | 0700U : S_IFREG | 0600U;
  attributes.nlink = 1;
  attributes.blksize = kWriteBytes;
  return attributes;
}

void greet(int fuse, const Request& request, const FuseMark& mark) {
  fuse_init_in asked{};
  std::memcpy(&asked, request.body.data(), std::min(sizeof asked, request.body.size()));
  fuse_init_out told{};
  told.major = FUSE_KERNEL_VERSION;
  // No newer than what the kernel speaks; all that is used here is in each that this program runs on.
  told.minor = std::min<uint32_t>(asked.minor, FUSE_KERNEL_MINOR_VERSION);
  told.max_readahead = asked.max_readahead;
  told.max_write = kWriteBytes;
  told.max_background = static_cast<uint16_t>(mark.max_background);
  told.congestion_threshold = static_cast<uint16_t>(mark.congestion_threshold);
  answer_with(fuse, request, told);
}

void look_up(int fuse, const Request& request) {
  const std::string_view name = request.body.substr(0, request.body.find('\0'));
  if (request.head.nodeid != FUSE_ROOT_ID || name != kFuseFileName) return answer(fuse, request, ENOENT);
  fuse_entry_out entry{};
  entry.nodeid = kFileNode;
  entry.entry_valid = kValidSeconds;
  entry.attr_valid = kValidSeconds;
  entry.attr = attributes_of(kFileNode);
  answer_with(fuse, request, entry);
}

void tell_attributes(int fuse, const Request& request) {
  fuse_attr_out told{};
  told.attr_valid = kValidSeconds;
  told.attr = attributes_of(request.head.nodeid);
  answer_with(fuse, request, told);
}

}  // namespace

Result<UniqueFd> open_fuse() {
  UniqueFd fd(::open("/dev/fuse", O_RDWR | O_CLOEXEC | O_NONBLOCK));
  if (!fd.valid()) return fail_errno("cannot open /dev/fuse", errno, "", ErrorKind::kUnavailable);
  return fd;
}

MountRequest fuse_mount(int fuse, const std::string& device, const std::string& target) {
  return {.source = device.empty() ? "umountbench" : device,
          .target = target,
          .type = device.empty() ? "fuse" : "fuseblk",
          .flags = MS_NOSUID | MS_NODEV,
          .data = "fd=" + std::to_string(fuse) + ",rootmode=40700,user_id=0,group_id=0"};
}

bool FuseServer::serve_one() {
  std::array<char, kRequestBytes> buffer{};
  const ssize_t size = ::read(fuse_, buffer.data(), buffer.size());
  // ENOENT: the request was taken back before it was read.
  if (size < 0) return errno == EINTR || errno == EAGAIN || errno == ENOENT;
  Request request{};
  if (static_cast<size_t>(size) < sizeof request.head) return false;
  std::memcpy(&request.head, buffer.data(), sizeof request.head);
  request.body = std::string_view(buffer.data(), static_cast<size_t>(size)).substr(sizeof request.head);
  switch (request.head.opcode) {
    case FUSE_INIT:
      greet(fuse_, request, mark_);
      greeted_ = true;
      break;
    case FUSE_LOOKUP:
      look_up(fuse_, request);
      break;
    case FUSE_GETATTR:
      tell_attributes(fuse_, request);
      break;
    case FUSE_OPEN:
      if (silence_ == FuseSilence::kOpen) {
        silent_();
      } else {
        answer_with(fuse_, request, fuse_open_out{});
      }
      break;
    case FUSE_DESTROY:
      if (silence_ == FuseSilence::kDestroy) {
        silent_();
      } else {
        answer(fuse_, request, 0);
      }
      break;
    case FUSE_FORGET:
    case FUSE_BATCH_FORGET:
    case FUSE_INTERRUPT:
      // No answer is wanted to these.
      break;
    default:
      answer(fuse_, request, ENOSYS);
  }
  return true;
}

}  // namespace umb
