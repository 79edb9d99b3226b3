// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "result/journal.h"
#include "runner/run_listener.h"

#include <functional>
#include <optional>
#include <string>

namespace umb {

struct RecorderOptions {
  std::string result_path;                                     ///< the journal lies beside it; empty: no journal
  std::function<Result<void>(const RunRecord&)> write_result;  ///< at the end; the journal goes when it has worked
  bool progress_line = false;  ///< one line that is written over (a terminal); otherwise a line per finished case
};

/// Listens to a run: keeps the journal, and says on stderr how far it is.
class RunRecorder final : public RunListener {
 public:
  explicit RunRecorder(RecorderOptions options) : options_(std::move(options)) {}
  ~RunRecorder() override { clear_line(); }

  Result<void> run_began(const RunRecord& record) override;
  Result<void> round_began(const Round& round) override;
  Result<void> block_taken(const Block& block) override;
  Result<void> round_ended(const Round& round) override;
  Result<void> run_ended(const RunRecord& record) override;
  void case_known(const CaseRecord& known) override;
  void case_done(const CaseRecord& done, const Round& round) override;
  void progressed(const Progress& progress) override;
  void explaining(const Case& next, double share) override;
  void case_explained(const Attribution& seen) override;
  void warned(const Warning& warning) override;

  /// Takes the progress line away.
  void clear_line();

 private:
  void show_line(const std::string& text);
  RecorderOptions options_;
  const RunRecord* record_ = nullptr;
  std::optional<Journal> journal_;
  bool line_shown_ = false;
  int64_t shown_at_ns_ = 0;
};

}  // namespace umb
