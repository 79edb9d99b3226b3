// SPDX-License-Identifier: Apache-2.0
#include "trace/best_observer.h"

#include "trace/coarse_observer.h"
#include "trace/traced_observer.h"

namespace umb {

Result<void> BestObserver::open(Ledger& ledger) {
  chosen_ = std::make_unique<TracedObserver>(root_);
  const Result<void> traced = chosen_->open(ledger);
  if (traced.has_value()) return {};
  // What it made before it failed must not stay for the rest of the run.
  UMB_TRY(chosen_->close());
  const std::string reason = traced.error().why.empty() ? traced.error().what : traced.error().why;
  chosen_ = std::make_unique<CoarseObserver>(reason, root_);
  const Result<void> coarse = chosen_->open(ledger);
  if (coarse.has_value()) return {};
  return fail("neither traced (" + reason + ") nor coarsely", coarse.error().text(), "", coarse.error().kind);
}

Result<void> BestObserver::close() {
  return chosen_ == nullptr ? Result<void>() : chosen_->close();
}

}  // namespace umb
