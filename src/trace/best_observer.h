// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "runner/cause_observer.h"
#include "sys/host_file.h"

#include <memory>

namespace umb {

/// The traced split where it can be made, else the coarse one, which says why.
class BestObserver final : public CauseObserver {
 public:
  explicit BestObserver(HostRoot root = {}) : root_(std::move(root)) {}

  Result<void> open(Ledger& ledger) override;
  Result<void> begin(const Case& spec, int64_t worker_pid) override { return chosen_->begin(spec, worker_pid); }
  Result<Attribution> end(const Case& spec, const std::vector<Sample>& samples) override {
    return chosen_->end(spec, samples);
  }
  Result<void> close() override;

 private:
  HostRoot root_;
  std::unique_ptr<CauseObserver> chosen_;
};

}  // namespace umb
