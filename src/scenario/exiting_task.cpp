// SPDX-License-Identifier: Apache-2.0
#include "scenario/exiting_task.h"

#include "base/clock.h"
#include "base/text.h"
#include "fixture/release_clock.h"
#include "sys/channel.h"
#include "sys/helper_process.h"
#include "sys/mount_door.h"
#include "sys/private_mounts.h"
#include "sys/shared_page.h"
#include "sys/unmount_watch.h"

#include <atomic>
#include <cerrno>
#include <optional>

#include <sched.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

namespace umb {

namespace {

constexpr int64_t kReadyLimitNs = 30'000'000'000;
enum Request : char { kStart = 's', kStartWatched = 'w', kExit = 'e', kUndo = 'u' };

/// What the task leaves for the process that reaps it.
struct LastLook {
  std::atomic<int64_t> at_ns;
};

/// Lives in the helper's process, whose root holds nothing but the folders for the mounts.
class TaskMaker {
 public:
  static Result<std::unique_ptr<TaskMaker>> enter(const ExitingTaskOptions& options) {
    UMB_TRY(enter_bare_mounts(options.folder, ""));
    for (int64_t index = 0; index < options.mounts; ++index) {
      if (::mkdir(target(index).c_str(), 0700) != 0) return fail_errno("cannot make a mount point", errno);
    }
    UMB_ASSIGN(UnmountWatch watch, UnmountWatch::open());
    UMB_ASSIGN(SharedPage page, SharedPage::make());
    return std::unique_ptr<TaskMaker>(new TaskMaker(options, std::move(watch), std::move(page)));
  }

  Result<void> start(bool watched) {
    look_->at_ns.store(0);
    UMB_ASSIGN(auto ends, Channel::make());
    const pid_t parent = ::getpid();
    pid_ = ::fork();
    if (pid_ == 0) {
      ends.first.close();
      be_the_task(parent, watched, ends.second);
    }
    if (pid_ < 0) return fail_errno("cannot fork a task", errno);
    ends.second.close();
    task_.emplace(std::move(ends.first));
    UMB_ASSIGN(const std::string said, task_->receive(kReadyLimitNs));
    watched_ = watched;
    if (said.front() == kFailed) return fail(said.substr(1));
    UMB_ASSIGN(const auto awaited, from_plain_bytes<UnmountWatch::Awaited>(said.substr(1)));
    watch_.await(awaited);
    return {};
  }

  Result<TaskExit> exit() {
    TaskExit result;
    UMB_TRY(task_->send(""));
    while (::waitpid(pid_, &result.status, 0) < 0 && errno == EINTR) {
    }
    result.ended_ns = monotonic_ns();
    result.began_ns = look_->at_ns.load();
    pid_ = 0;
    if (watched_) {
      const ReleaseClock::Look look = clock_.wait(options_.release_limit_ns);
      result.at_first = look.at_first;
      if (look.released) result.released_at_ns = look.at_ns;
    }
    return result;
  }

  void undo() {
    if (pid_ == 0) return;
    ::kill(pid_, SIGKILL);
    while (::waitpid(pid_, nullptr, 0) < 0 && errno == EINTR) {
    }
    pid_ = 0;
  }

 private:
  static constexpr char kReady = '+';
  static constexpr char kFailed = '-';

  TaskMaker(const ExitingTaskOptions& options, UnmountWatch watch, SharedPage page)
      : options_(options),
        watch_(std::move(watch)),
        clock_(ReleaseSignal::kUnmountEvent, "", &watch_),
        page_(std::move(page)),
        look_(new(page_.memory()) LastLook) {}

  static std::string target(int64_t index) { return "/" + std::to_string(index); }

  Result<void> mount_all(bool watched) {
    if (::unshare(CLONE_NEWNS) != 0) return fail_errno("cannot make a mount namespace", errno);
    KernelMountDoor door;
    for (int64_t index = 0; index < options_.mounts; ++index) {
      UMB_TRY(door.mount({.source = "umountbench", .target = target(index), .type = "tmpfs"}));
      if (watched) UMB_TRY(index == 0 ? watch_.add(target(index)) : watch_.add_another(target(index)));
    }
    return {};
  }

  [[noreturn]] void be_the_task(pid_t parent, bool watched, const Channel& channel) {
    ::prctl(PR_SET_NAME, "umountbench-tsk");
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (::getppid() != parent) ::_exit(1);
    const Result<void> done = mount_all(watched);
    const std::string ready = done.has_value() ? kReady + plain_bytes(watch_.awaited()) : kFailed + done.error().text();
    if (!channel.send(ready).has_value() || !done.has_value() || !channel.receive().has_value()) ::_exit(1);
    look_->at_ns.store(monotonic_ns());
    ::_exit(0);
  }

  ExitingTaskOptions options_;
  UnmountWatch watch_;
  ReleaseClock clock_;
  SharedPage page_;
  LastLook* look_;
  std::optional<Channel> task_;
  pid_t pid_ = 0;
  bool watched_ = false;
};

Result<std::string> answer_by(TaskMaker& maker, const std::string& request) {
  switch (request.at(0)) {
    case kExit: {
      UMB_ASSIGN(const TaskExit result, maker.exit());
      return plain_bytes(result);
    }
    case kUndo:
      maker.undo();
      return std::string();
    default:
      UMB_TRY(maker.start(request.at(0) == kStartWatched));
      return std::string();
  }
}

class HelpedTask final : public ExitingTask {
 public:
  explicit HelpedTask(std::unique_ptr<HelperProcess> helper) : helper_(std::move(helper)) {}

  Result<void> start(bool watched) override {
    UMB_TRY(helper_->ask(std::string(1, watched ? kStartWatched : kStart)));
    return {};
  }
  Result<TaskExit> exit() override {
    UMB_ASSIGN(const std::string answer, helper_->ask(std::string(1, kExit)));
    return from_plain_bytes<TaskExit>(answer);
  }
  Result<void> undo() override {
    UMB_TRY(helper_->ask(std::string(1, kUndo)));
    return {};
  }

 private:
  std::unique_ptr<HelperProcess> helper_;
};

}  // namespace

Result<std::unique_ptr<ExitingTask>> start_exiting_task(const ExitingTaskOptions& options) {
  std::unique_ptr<TaskMaker> maker;
  const HelperProcess::Work work{.name = "umountbench-nsx",
                                 .enter = [&]() -> Result<void> {
                                   UMB_ASSIGN(maker, TaskMaker::enter(options));
                                   return {};
                                 },
                                 .answer = [&](const std::string& request) { return answer_by(*maker, request); },
                                 .waits_ns = options.release_limit_ns};
  UMB_ASSIGN(std::unique_ptr<HelperProcess> helper, HelperProcess::fork(work));
  return std::make_unique<HelpedTask>(std::move(helper));
}

}  // namespace umb
