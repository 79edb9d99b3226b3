// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "model/record.h"

#include <string>
#include <vector>

namespace umb {

/// The warnings of a reader, of which a file made for it may cause any number.
class LoadNotes {
 public:
  void add(const std::string& code, std::string message) {
    if (kept_.size() < kMax) {
      kept_.push_back({code, std::move(message), {}});
    } else {
      ++left_out_;
    }
  }
  /// All of them, and at last how many more there were.
  [[nodiscard]] std::vector<Warning> take() {
    if (left_out_ > 0) kept_.push_back({"more", std::to_string(left_out_) + " more warnings about this file", {}});
    return std::move(kept_);
  }

 private:
  static constexpr size_t kMax = 20;
  std::vector<Warning> kept_;
  size_t left_out_ = 0;
};

}  // namespace umb
