// SPDX-License-Identifier: Apache-2.0
#include "base/clock.h"
#include "base/text.h"
#include "fixture/release_clock.h"
#include "scenario/umounters.h"
#include "sys/make_folder.h"
#include "sys/unmount_watch.h"

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <system_error>
#include <thread>
#include <vector>

#include <sched.h>
#include <sys/stat.h>

namespace umb {

namespace {

enum class Order { kEnter, kMount, kUmount, kUndo, kLeave };

struct Umounter {
  std::string target;
  std::thread thread;
  Result<void> trouble;  ///< of the last order
  bool mounted = false;
  bool stayed = false;  ///< still mounted after a call that worked
  int64_t call_ns = 0;
  int errno_value = 0;
};

class UmounterThreads final : public Umounters {
 public:
  UmounterThreads(const UmounterOptions& options, MountDoor& door, UnmountWatch watch)
      : options_(options),
        door_(door),
        watch_(std::move(watch)),
        clock_(ReleaseSignal::kUnmountEvent, "", &watch_),
        members_(static_cast<size_t>(options.count)) {}

  ~UmounterThreads() override {
    give(Order::kLeave);
    for (Umounter& member : members_) {
      if (member.thread.joinable()) member.thread.join();
    }
  }

  Result<void> start() {
    for (size_t index = 0; index < members_.size(); ++index) {
      Umounter& member = members_[index];
      member.target = options_.folder + "/" + std::to_string(index);
      UMB_TRY(make_folder(member.target));
    }
    for (Umounter& member : members_) {
      try {
        member.thread = std::thread([this, &member] { obey(member); });
      } catch (const std::system_error& error) {
        return fail_errno("cannot start so many threads", error.code().value());
      }
      ++started_;
    }
    return all(Order::kEnter);
  }

  Result<void> mount(bool watched) override {
    watched_ = watched;
    armed_watches_ = 0;
    return all(Order::kMount);
  }

  Result<UmountersRun> run() override {
    armed_ = 0;
    let_go_ = false;
    returned_ = 0;
    give(Order::kUmount);
    while (armed_.load() < started_) ::sched_yield();
    UmountersRun run;
    run.began_ns = monotonic_ns();
    let_go_ = true;
    wait();
    run.ended_ns = last_return_ns_.exchange(0);
    if (watched_) {
      run.at_first = look_.at_first;
      if (look_.released) run.released_at_ns = look_.at_ns;
    }
    sum_up(run);
    return run;
  }

  Result<int64_t> undo() override {
    UMB_TRY(all(Order::kUndo));
    return std::ranges::count_if(members_, [](const Umounter& member) { return member.stayed; });
  }

 private:
  void sum_up(UmountersRun& run) const {
    std::vector<int64_t> calls;
    for (const Umounter& member : members_) {
      calls.push_back(member.call_ns);
      if (member.errno_value == 0) continue;
      ++run.failed;
      run.errno_value = member.errno_value;
    }
    std::ranges::sort(calls);
    run.call_p50_ns = (calls[(calls.size() - 1) / 2] + calls[calls.size() / 2]) / 2;
    run.call_max_ns = calls.back();
  }

  void give(Order order) {
    const std::lock_guard lock(mutex_);
    order_ = order;
    ++orders_;
    finished_ = 0;
    changed_.notify_all();
  }
  void wait() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return finished_ == started_; });
  }
  /// An order that all obey; the first one's trouble is the error.
  Result<void> all(Order order) {
    give(order);
    wait();
    for (const Umounter& member : members_) UMB_TRY(member.trouble);
    return {};
  }

  void obey(Umounter& member) {
    for (uint64_t seen = 0;; ++seen) {
      Order order = Order::kLeave;
      {
        std::unique_lock lock(mutex_);
        changed_.wait(lock, [&] { return orders_ > seen; });
        order = order_;
      }
      if (order == Order::kLeave) return;
      if (order == Order::kUmount) {
        umount(member);
      } else {
        member.trouble = order == Order::kEnter   ? enter()
                         : order == Order::kMount ? mount_one(member)
                                                  : undo_one(member);
      }
      const std::lock_guard lock(mutex_);
      if (++finished_ == started_) changed_.notify_all();
    }
  }

  Result<void> enter() const {
    if (!options_.own_namespaces || ::unshare(CLONE_NEWNS) == 0) return {};
    return fail_errno("cannot make a mount namespace for each umounter", errno);
  }

  Result<void> mount_one(Umounter& member) {
    UMB_TRY(door_.mount({.source = "umountbench", .target = member.target, .type = "tmpfs"}));
    member.mounted = true;
    if (!watched_) return {};
    const std::lock_guard lock(mutex_);
    return armed_watches_++ == 0 ? watch_.add(member.target) : watch_.add_another(member.target);
  }

  /// Awake before it is let go: waking many sleepers takes longer than their calls. It yields, because there may be
  /// more of them than CPUs.
  void umount(Umounter& member) {
    ++armed_;
    while (!let_go_.load(std::memory_order_acquire)) ::sched_yield();
    const int64_t start_ns = monotonic_ns();
    member.errno_value = door_.umount(member.target.c_str(), options_.flags);
    const int64_t end_ns = monotonic_ns();
    // By the last one to return, at once: waking somebody else for it would give a late release time to be over.
    if (++returned_ == started_ && watched_) look_ = clock_.wait(options_.release_limit_ns);
    member.call_ns = end_ns - start_ns;
    member.mounted = member.errno_value != 0;
    int64_t last_ns = last_return_ns_.load();
    while (last_ns < end_ns && !last_return_ns_.compare_exchange_weak(last_ns, end_ns)) {
    }
  }

  Result<void> undo_one(Umounter& member) {
    struct stat around {};
    struct stat inside {};
    const bool looked = ::stat(options_.folder.c_str(), &around) == 0 && ::stat(member.target.c_str(), &inside) == 0;
    const bool there = looked && around.st_dev != inside.st_dev;
    member.stayed = there && !member.mounted;
    if (!there && !member.mounted) return {};
    const int failed = door_.umount(member.target.c_str(), MNT_DETACH);
    if (failed != 0) return fail_errno("cannot unmount " + quoted(member.target) + " between two samples", failed);
    member.mounted = false;
    return {};
  }

  UmounterOptions options_;
  MountDoor& door_;
  UnmountWatch watch_;
  ReleaseClock clock_;
  std::deque<Umounter> members_;
  int64_t started_ = 0;

  std::mutex mutex_;
  std::condition_variable changed_;
  Order order_ = Order::kLeave;
  uint64_t orders_ = 0;
  int64_t finished_ = 0;
  int64_t armed_watches_ = 0;
  bool watched_ = false;

  std::atomic<int64_t> armed_ = 0;
  std::atomic<bool> let_go_ = false;
  std::atomic<int64_t> returned_ = 0;
  std::atomic<int64_t> last_return_ns_ = 0;
  ReleaseClock::Look look_;  ///< of the last run, where watched
};

}  // namespace

Result<std::unique_ptr<Umounters>> start_umounter_threads(const UmounterOptions& options, MountDoor& door) {
  UMB_ASSIGN(UnmountWatch watch, UnmountWatch::open());
  auto threads = std::make_unique<UmounterThreads>(options, door, std::move(watch));
  UMB_TRY(threads->start());
  return std::unique_ptr<Umounters>(std::move(threads));
}

}  // namespace umb
