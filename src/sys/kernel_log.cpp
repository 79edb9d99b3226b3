// SPDX-License-Identifier: Apache-2.0
#include "sys/kernel_log.h"

#include "base/text.h"

#include <array>
#include <cctype>
#include <cerrno>

#include <fcntl.h>
#include <unistd.h>

namespace umb {

namespace {

constexpr size_t kMostMessages = 10'000;
/// The lower bits of the first number; the others are the facility.
constexpr int64_t kLevelBits = 7;

bool is_word(char one) {
  return std::isalnum(static_cast<unsigned char>(one)) != 0 || one == '_';
}

}  // namespace

std::optional<KernelMessage> parse_kernel_record(std::string_view record) {
  const size_t text_at = record.find(';');
  if (text_at == std::string_view::npos) return std::nullopt;
  const std::string_view head = record.substr(0, text_at);
  const Result<int64_t> priority = parse_integer(head.substr(0, head.find(',')), 0, 1 << 20);
  if (!priority.has_value()) return std::nullopt;
  std::string_view text = record.substr(text_at + 1);
  // Lines that follow tell the device once more ("SUBSYSTEM=block").
  text = text.substr(0, text.find('\n'));
  return KernelMessage{static_cast<int>(*priority & kLevelBits), printable(text)};
}

bool mentions(std::string_view text, std::string_view name) {
  for (size_t at = text.find(name); at != std::string_view::npos; at = text.find(name, at + 1)) {
    const size_t end = at + name.size();
    const bool starts = at == 0 || !is_word(text[at - 1]);
    if (starts && (end == text.size() || !is_word(text[end]))) return true;
  }
  return false;
}

Result<KernelLog> KernelLog::open() {
  UniqueFd fd(::open("/dev/kmsg", O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOFOLLOW));
  if (!fd.valid()) {
    const int error = errno;
    return fail_errno("cannot read the kernel's messages from /dev/kmsg", error, "", ErrorKind::kUnavailable);
  }
  KernelLog log(std::move(fd));
  log.skip();
  return log;
}

void KernelLog::skip() {
  ::lseek(fd_.get(), 0, SEEK_END);
}

std::vector<KernelMessage> KernelLog::take() {
  std::vector<KernelMessage> messages;
  std::array<char, 8192> record{};
  for (size_t tries = 0; tries < kMostMessages; ++tries) {
    const ssize_t size = ::read(fd_.get(), record.data(), record.size());
    // EPIPE: some were dropped before we came to them; the next read gives the oldest one left.
    if (size < 0 && (errno == EINTR || errno == EPIPE)) continue;
    if (size <= 0) break;
    auto message = parse_kernel_record({record.data(), static_cast<size_t>(size)});
    if (message.has_value()) messages.push_back(std::move(*message));
  }
  return messages;
}

}  // namespace umb
