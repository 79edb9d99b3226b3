// SPDX-License-Identifier: Apache-2.0
#include "vm/boot.h"

#include "base/clock.h"
#include "base/text.h"
#include "sys/attached_program.h"
#include "vm/console.h"
#include "vm/host_line.h"

#include <algorithm>
#include <array>
#include <cerrno>

#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace umb {

namespace {

constexpr int kLookMs = 100;
/// How long a guest that has said that it is done may take to power off.
constexpr int64_t kPowerOffLimitNs = 5'000'000'000;
constexpr size_t kMaxWordsOfQemu = 4096;
/// A guest must not fill the host's disk.
constexpr int64_t kMaxConsoleBytes = int64_t{64} << 20U;

/// Two connected ends.
Result<std::pair<UniqueFd, UniqueFd>> make_pair() {
  std::array<int, 2> ends{};
  if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) != 0) {
    return fail_errno("cannot make a socket pair", errno);
  }
  return std::pair(UniqueFd(ends[0]), UniqueFd(ends[1]));
}

class Boot {
 public:
  Boot(const BootRequest& request, std::string packed_job, BootListener& listener)
      : request_(request), line_(std::move(packed_job), listener) {}

  Result<BootEnd> run(const StopFlag& stop) {
    UMB_ASSIGN(auto channel, make_pair());
    UMB_ASSIGN(auto errors, make_pair());
    channel_ = std::move(channel.first);
    errors_ = std::move(errors.first);
    started_ns_ = heard_ns_ = monotonic_ns();
    UMB_ASSIGN(AttachedProgram qemu, AttachedProgram::start(request_.command, {.input = channel.second.get(),
                                                                               .output = channel.second.get(),
                                                                               .errors = errors.second.get(),
                                                                               .third = request_.console_output_fd}));
    channel.second.reset();
    errors.second.reset();
    bool running = true;
    while (running && !line_.how().has_value() && !judged_) {
      running = hear(qemu.pidfd());
      talk();
      judge(stop);
    }
    if (running && line_.how().has_value()) wait_for_power_off(qemu.pidfd());
    qemu.kill();
    UMB_ASSIGN(const AttachedProgram::End end, qemu.wait());
    return conclude(end);
  }

 private:
  /// Takes what there is, or waits a little; false when QEMU has ended and all is heard.
  bool hear(int pidfd) {
    std::array<pollfd, 3> waiting{{{channel_.get(), POLLIN, 0}, {errors_.get(), POLLIN, 0}, {pidfd, POLLIN, 0}}};
    if (::poll(waiting.data(), waiting.size(), kLookMs) <= 0) return true;
    bool heard = false;
    if ((waiting[1].revents & POLLIN) != 0) heard = hear_errors() || heard;
    if ((waiting[0].revents & POLLIN) != 0) heard = hear_guest() || heard;
    return heard || waiting[2].revents == 0;
  }

  bool hear_errors() {
    std::array<char, 1024> buffer{};
    const ssize_t got = ::recv(errors_.get(), buffer.data(), buffer.size(), MSG_DONTWAIT);
    if (got <= 0) return false;
    words_of_qemu_.append(buffer.data(), static_cast<size_t>(got));
    if (words_of_qemu_.size() > kMaxWordsOfQemu) words_of_qemu_.erase(0, words_of_qemu_.size() - kMaxWordsOfQemu);
    return true;
  }

  bool hear_guest() {
    std::array<char, 65536> buffer{};
    const ssize_t got = ::recv(channel_.get(), buffer.data(), buffer.size(), MSG_DONTWAIT);
    if (got <= 0) return false;
    heard_ns_ = monotonic_ns();
    const bool had_spoken = !line_.hello().empty();
    const std::string answer = line_.take({buffer.data(), static_cast<size_t>(got)});
    if (!had_spoken && !line_.hello().empty()) end_.hello_ns = heard_ns_ - started_ns_;
    // A guest that asks again before it has read the answer gets it once.
    if (outgoing_.empty()) outgoing_ = answer;
    return true;
  }

  /// As much as the channel takes by now.
  void talk() {
    if (outgoing_.empty()) return;
    const ssize_t sent = ::send(channel_.get(), outgoing_.data(), outgoing_.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
    if (sent > 0) outgoing_.erase(0, static_cast<size_t>(sent));
  }

  void judge(const StopFlag& stop) {
    const int64_t now_ns = monotonic_ns();
    const auto end = [&](BootHow how, std::string reason) {
      judged_ = true;
      end_.how = how;
      end_.reason = std::move(reason);
    };
    if (stop.requested()) return end(BootHow::kStopped, "stopped by signal " + std::to_string(stop.signal()));
    if (now_ns - started_ns_ > request_.time_limit_ns) {
      return end(BootHow::kOverTime, "not done within " + human_duration(request_.time_limit_ns));
    }
    if (console_size(request_.console_fd) > kMaxConsoleBytes) {
      return end(BootHow::kTrouble, "its console said more than " + std::to_string(kMaxConsoleBytes >> 20U) + " MiB");
    }
    if (line_.hello().empty()) {
      if (now_ns - started_ns_ <= request_.hello_limit_ns) return;
      return end(BootHow::kNoHello, "its init did not speak within " + human_duration(request_.hello_limit_ns));
    }
    if (now_ns - heard_ns_ > request_.silence_limit_ns) {
      end(BootHow::kSilent, "it fell silent for " + human_duration(request_.silence_limit_ns));
    }
  }

  static void wait_for_power_off(int pidfd) {
    pollfd waiting{pidfd, POLLIN, 0};
    (void)::poll(&waiting, 1, static_cast<int>(kPowerOffLimitNs / 1'000'000));
  }

  Result<BootEnd> conclude(const AttachedProgram::End& qemu) {
    end_.wall_ns = monotonic_ns() - started_ns_;
    end_.peak_memory_bytes = qemu.peak_memory_bytes;
    line_.tell(end_);
    const std::string console = read_console(request_.console_fd);
    end_.console_tail = console_tail(console);
    if (judged_ || line_.how().has_value()) return end_;
    if (std::string panic = panic_in(console); !panic.empty()) {
      end_.how = BootHow::kPanic;
      end_.reason = std::move(panic);
      return end_;
    }
    while (hear_errors()) {
    }
    const std::vector<std::string> lines = split(trimmed(words_of_qemu_), '\n');
    const std::string last = printable(lines.back());
    // Then no other boot would work either; one that was killed, for want of memory perhaps, is an outcome.
    if (line_.hello().empty() && qemu.signal == 0 && qemu.exit_code != 0) {
      return fail("QEMU could not boot the guest", last.empty() ? "exit code " + std::to_string(qemu.exit_code) : last);
    }
    end_.how = BootHow::kEnded;
    end_.reason = qemu.signal != 0 ? "QEMU was ended by signal " + std::to_string(qemu.signal)
                                   : "the guest ended before its job was done" + (last.empty() ? "" : ": " + last);
    return end_;
  }

  const BootRequest& request_;
  HostLine line_;
  UniqueFd channel_, errors_;
  int64_t started_ns_ = 0, heard_ns_ = 0;
  std::string words_of_qemu_, outgoing_;
  bool judged_ = false;
  BootEnd end_;
};

}  // namespace

Result<BootEnd> run_boot(const BootRequest& request, const StopFlag& stop, BootListener& listener) {
  UMB_ASSIGN(std::string job, pack_job(request.job));
  if (job.size() > kMaxFramePayload) return fail_usage("the plan is too large to be sent to a guest");
  return Boot(request, std::move(job), listener).run(stop);
}

}  // namespace umb
