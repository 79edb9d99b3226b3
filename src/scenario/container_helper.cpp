// SPDX-License-Identifier: Apache-2.0
#include "scenario/container_helper.h"

#include "base/text.h"
#include "sys/close_descriptors.h"
#include "sys/fact_texts.h"
#include "sys/helper_entry.h"
#include "sys/knob.h"
#include "sys/process.h"

#include <cerrno>
#include <cstdlib>
#include <cstring>

#include <malloc.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

namespace umb {

namespace {

/// A start that takes longer is stuck.
constexpr int64_t kStartLimitNs = 60'000'000'000;
constexpr int64_t kEndLimitNs = 10'000'000'000;
constexpr int64_t kKillLimitNs = 1'000'000'000;

struct AnswerHead {
  bool worked = false;
  int32_t errno_value = 0;
  ContainerTimes times;
  int64_t memory_bytes = 0;
};

std::string message_of(const AnswerHead& head, const std::string& text) {
  return std::string(reinterpret_cast<const char*>(&head), sizeof head) + text;
}

std::string failure_message(const Error& error) {
  return message_of({.errno_value = error.errno_value}, error.what + '\0' + error.why);
}

int64_t own_memory_bytes() {
  const std::vector<std::string> fields = split(read_knob("/proc/self/statm").value_or(""), ' ');
  return fields.size() > 1 ? std::strtoll(fields[1].c_str(), nullptr, 10) * ::sysconf(_SC_PAGESIZE) : 0;
}

[[noreturn]] void helper_main(const Channel& channel, pid_t worker, ContainerStart& how) {
  enter_helper("umountbench-ctr", worker, channel.fd());
  ::malloc_trim(0);
  const Result<void> entered = how.enter();
  const std::string ready = entered.has_value() ? message_of({.worked = true, .memory_bytes = own_memory_bytes()},
                                                             encode_fact_texts(how.facts()))
                                                : failure_message(entered.error());
  bool lost = !channel.send(ready).has_value() || !entered.has_value();
  Result<void> got_ready = how.get_ready();
  while (!lost && channel.receive().has_value()) {
    const Result<ContainerTimes> started = got_ready.has_value() ? how.start() : Failure(got_ready.error());
    lost = !channel
                .send(started.has_value() ? message_of({.worked = true, .times = *started}, "")
                                          : failure_message(started.error()))
                .has_value();
    got_ready = how.get_ready();
  }
  how.leave();
  ::_exit(0);
}

/// `text` gets what follows the head of an answer that tells of success.
Result<AnswerHead> receive_answer(const Channel& channel, std::string* text = nullptr) {
  Result<std::string> message = channel.receive(kStartLimitNs);
  AnswerHead head;
  if (!message.has_value() || message->size() < sizeof head) {
    Failure lost = fail("lost the process that starts the containers", message.has_value() ? "" : message.error().why);
    lost.value().kind = ErrorKind::kUnavailable;
    return lost;
  }
  std::memcpy(&head, message->data(), sizeof head);
  if (head.worked && text != nullptr) *text = message->substr(sizeof head);
  if (head.worked) return head;
  const std::vector<std::string> texts = split(message->substr(sizeof head), '\0');
  Failure failed = fail(texts[0], texts.size() > 1 ? texts[1] : "");
  failed.value().errno_value = head.errno_value;
  return failed;
}

}  // namespace

Result<std::unique_ptr<ContainerHelper>> ContainerHelper::fork(std::unique_ptr<ContainerStart> how) {
  UMB_ASSIGN(auto ends, Channel::make());
  const pid_t worker = ::getpid();
  const pid_t pid = ::fork();
  if (pid == 0) {
    // Or it would never see the worker's end close.
    ends.first.close();
    helper_main(ends.second, worker, *how);
  }
  if (pid < 0) return fail_errno("cannot fork the process that starts the containers", errno);
  ends.second.close();
  UMB_ASSIGN(UniqueFd pidfd, open_pidfd(pid));
  std::unique_ptr<ContainerHelper> helper(new ContainerHelper(std::move(ends.first), pid, std::move(pidfd)));
  std::string found;
  UMB_ASSIGN(const AnswerHead ready, receive_answer(helper->channel_, &found));
  helper->memory_bytes_ = ready.memory_bytes;
  helper->facts_ = decode_fact_texts(found);
  return helper;
}

ContainerHelper::~ContainerHelper() {
  end();
}

Result<ContainerTimes> ContainerHelper::start() {
  UMB_TRY(begin());
  return finish();
}

Result<void> ContainerHelper::begin() {
  return channel_.send("");
}

Result<ContainerTimes> ContainerHelper::finish() {
  UMB_ASSIGN(const AnswerHead answer, receive_answer(channel_));
  return answer.times;
}

void ContainerHelper::end() {
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
