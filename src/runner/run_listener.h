// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"
#include "model/block.h"
#include "model/record.h"

#include <cstdint>
#include <string>

namespace umb {

struct Progress {
  uint32_t round = 0;
  int64_t rounds = 1;
  double share = 0;     ///< of this round's time and samples, 0 to 1
  std::string case_id;  ///< being measured next
};

/// What the runner tells while it works: always between two blocks, never while a sample is taken. An error from one of
/// the Result functions (the journal's disk is full) ends the run.
class RunListener {
 public:
  virtual ~RunListener() = default;
  /// The record has its tool, run, clock, environment and cases (skipped ones marked); no samples yet.
  [[nodiscard]] virtual Result<void> run_began(const RunRecord& record) = 0;
  [[nodiscard]] virtual Result<void> round_began(const Round& round) = 0;
  [[nodiscard]] virtual Result<void> block_taken(const Block& block) = 0;
  [[nodiscard]] virtual Result<void> round_ended(const Round& round) = 0;
  /// All is measured (or an error ended it), everything that others could notice is put back, and the record is
  /// complete: the time to write the result. Until this returns the journal is in the ledger.
  [[nodiscard]] virtual Result<void> run_ended(const RunRecord& record) = 0;
  /// The case's facts are there, before its first block is.
  virtual void case_known(const CaseRecord& /*known*/) {}
  /// In this round.
  virtual void case_done(const CaseRecord& done, const Round& round) = 0;
  virtual void progressed(const Progress& progress) = 0;
  /// In the second pass: the case that is looked at next, and how many of the cases are over, 0 to 1.
  virtual void explaining(const Case& /*next*/, double /*share*/) {}
  virtual void case_explained(const Attribution& /*seen*/) {}
  /// Also in the record.
  virtual void warned(const Warning& warning) = 0;
};

}  // namespace umb
