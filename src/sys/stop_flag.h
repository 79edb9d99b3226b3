// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <new>

#include <sys/mman.h>

namespace umb {

/// "Stop after the sample you are taking", seen by every process that was forked after it was made. Safe to set from a
/// signal handler. The page lives as long as the process.
class StopFlag {
 public:
  StopFlag() {
    void* page = ::mmap(nullptr, sizeof(std::atomic<int>), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (page == MAP_FAILED) throw std::bad_alloc();
    flag_ = new (page) std::atomic<int>(0);
  }
  StopFlag(const StopFlag&) = delete;
  StopFlag& operator=(const StopFlag&) = delete;
  ~StopFlag() { ::munmap(flag_, sizeof(std::atomic<int>)); }

  /// `signal` is kept as the reason; the first one stands.
  void request(int signal) {
    int none = 0;
    flag_->compare_exchange_strong(none, signal);
  }
  [[nodiscard]] bool requested() const { return flag_->load(std::memory_order_relaxed) != 0; }
  /// The signal, 0 when none came.
  [[nodiscard]] int signal() const { return flag_->load(); }

 private:
  std::atomic<int>* flag_;
};

}  // namespace umb
