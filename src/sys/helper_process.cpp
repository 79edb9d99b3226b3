// SPDX-License-Identifier: Apache-2.0
#include "sys/helper_process.h"

#include "base/text.h"
#include "sys/helper_entry.h"
#include "sys/process.h"

#include <cerrno>

#include <malloc.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

namespace umb {

namespace {

constexpr int64_t kAnswerLimitNs = 60'000'000'000;
constexpr int64_t kEndLimitNs = 10'000'000'000;
constexpr int64_t kKillLimitNs = 1'000'000'000;
constexpr char kWorked = '+';
constexpr char kFailed = '-';

std::string failure_message(const Error& error) {
  return std::string(1, kFailed) + plain_bytes(error.errno_value) + error.what + '\0' + error.why;
}

[[noreturn]] void helper_main(const Channel& channel, pid_t worker, const HelperProcess::Work& work) {
  enter_helper(work.name.c_str(), worker, channel.fd());
  ::malloc_trim(0);
  const Result<void> entered = work.enter();
  const std::string ready = entered.has_value() ? std::string(1, kWorked) : failure_message(entered.error());
  bool lost = !channel.send(ready).has_value() || !entered.has_value();
  while (!lost) {
    const Result<std::string> request = channel.receive();
    if (!request.has_value()) break;
    const Result<std::string> answer = work.answer(*request);
    lost = !channel.send(answer.has_value() ? kWorked + *answer : failure_message(answer.error())).has_value();
  }
  ::_exit(0);
}

Result<std::string> receive_answer(const Channel& channel, int64_t limit_ns) {
  const Result<std::string> message = channel.receive(limit_ns);
  if (!message.has_value() || message->empty()) {
    return fail("lost a process that helps to measure", message.has_value() ? "" : message.error().why, "",
                ErrorKind::kUnavailable);
  }
  if (message->front() == kWorked) return message->substr(1);
  UMB_ASSIGN(const int errno_value, from_plain_bytes<int>(message->substr(1, sizeof(int))));
  const std::vector<std::string> texts = split(message->substr(1 + sizeof(int)), '\0');
  Failure failed = fail(texts[0], texts.size() > 1 ? texts[1] : "");
  failed.value().errno_value = errno_value;
  return failed;
}

}  // namespace

Result<std::unique_ptr<HelperProcess>> HelperProcess::fork(const Work& work) {
  UMB_ASSIGN(auto ends, Channel::make());
  const pid_t worker = ::getpid();
  const pid_t pid = ::fork();
  if (pid == 0) {
    // Or it would never see the worker's end close.
    ends.first.close();
    helper_main(ends.second, worker, work);
  }
  if (pid < 0) return fail_errno("cannot fork a process that helps to measure", errno);
  ends.second.close();
  UMB_ASSIGN(UniqueFd pidfd, open_pidfd(pid));
  std::unique_ptr<HelperProcess> helper(
      new HelperProcess(std::move(ends.first), pid, std::move(pidfd), kAnswerLimitNs + work.waits_ns));
  UMB_TRY(receive_answer(helper->channel_, helper->limit_ns_));
  return helper;
}

HelperProcess::~HelperProcess() {
  end();
}

Result<std::string> HelperProcess::ask(const std::string& request) const {
  UMB_TRY(channel_.send(request));
  return receive_answer(channel_, limit_ns_);
}

void HelperProcess::end() {
  if (pid_ == 0) return;
  channel_.close();
  if (!wait_until_ended(pidfd_.get(), kEndLimitNs).value_or(false)) {
    (void)signal_process(pidfd_.get(), SIGKILL);
    (void)wait_until_ended(pidfd_.get(), kKillLimitNs);
  }
  // One that is stuck in the kernel goes with the sandbox.
  ::waitpid(pid_, nullptr, WNOHANG);
  pid_ = 0;
}

}  // namespace umb
