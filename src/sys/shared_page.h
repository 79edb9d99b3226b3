// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"
#include "base/unique_fd.h"

#include <cstddef>
#include <utility>

namespace umb {

/// A page of memory that is shared with children, and through its descriptor, which survives exec, with programs.
class SharedPage {
 public:
  static constexpr size_t kBytes = 4096;
  [[nodiscard]] static Result<SharedPage> make();
  SharedPage(SharedPage&& other) noexcept : fd_(std::move(other.fd_)), memory_(std::exchange(other.memory_, nullptr)) {}
  SharedPage& operator=(SharedPage&& other) noexcept {
    std::swap(fd_, other.fd_);
    std::swap(memory_, other.memory_);
    return *this;
  }
  ~SharedPage();

  [[nodiscard]] void* memory() const { return memory_; }
  [[nodiscard]] int fd() const { return fd_.get(); }

 private:
  SharedPage(UniqueFd fd, void* memory) : fd_(std::move(fd)), memory_(memory) {}
  UniqueFd fd_;
  void* memory_ = nullptr;
};

}  // namespace umb
