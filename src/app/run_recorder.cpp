// SPDX-License-Identifier: Apache-2.0
#include "app/run_recorder.h"

#include "app/rest_point.h"
#include "base/clock.h"
#include "base/file.h"
#include "base/log.h"
#include "base/text.h"

#include <cmath>
#include <string>

#include <unistd.h>

namespace umb {

namespace {

/// The terminal must not cost more than the samples.
constexpr int64_t kBetweenLinesNs = 200'000'000;

std::vector<std::string> phase_names(const CaseRecord& record) {
  std::vector<std::string> names;
  names.reserve(record.samples.phases.size());
  for (const Column& phase : record.samples.phases) names.push_back(phase.name);
  return names;
}

}  // namespace

Result<void> RunRecorder::run_began(const RunRecord& record) {
  record_ = &record;
  if (options_.result_path.empty()) return {};
  UMB_ASSIGN(Journal journal, Journal::create(options_.result_path, record));
  journal_.emplace(std::move(journal));
  return {};
}

Result<void> RunRecorder::round_began(const Round& round) {
  clear_line();
  log_debug("round " + std::to_string(round.index + 1) + " begins, process " + std::to_string(round.pid));
  return journal_.has_value() ? journal_->append_round(round) : Result<void>();
}

Result<void> RunRecorder::block_taken(const Block& block) {
  if (!journal_.has_value()) return {};
  return journal_->append_block(block, phase_names(record_->cases[block.case_index]));
}

Result<void> RunRecorder::round_ended(const Round& round) {
  clear_line();
  const std::string others =
      round.foreign_cpu_share
          ? ", others used " + std::to_string(std::lround(*round.foreign_cpu_share * 100)) + " % of the CPU time"
          : "";
  log_debug("round " + std::to_string(round.index + 1) + " ended" + others);
  Result<void> appended = journal_.has_value() ? journal_->append_round(round) : Result<void>();
  rest();
  return appended;
}

Result<void> RunRecorder::run_ended(const RunRecord& record) {
  clear_line();
  Result<void> written = options_.write_result(record);
  if (written.has_value() && !options_.result_path.empty()) log_info("result: " + printable(options_.result_path));
  if (!journal_.has_value()) return written;
  if (written.has_value()) return journal_->remove();
  Error error = written.error();
  error.kind = ErrorKind::kFailed;
  error.hint = "what was measured is in " + quoted(journal_->path());
  return Failure(std::move(error));
}

void RunRecorder::case_known(const CaseRecord& known) {
  // What can't be written here shows at the next block, which reports it.
  if (journal_.has_value()) (void)journal_->append_case(known);
}

void RunRecorder::case_done(const CaseRecord& done, const Round& round) {
  // What can't be written here shows at the next block, which reports it.
  if (journal_.has_value()) (void)journal_->append_case(done);
  clear_line();
  if (done.outcome == "failed") {
    log_warning("case_failed", "failed: " + done.reason, "", done.spec.id);
  } else if (!options_.progress_line) {
    log({.level = LogLevel::kInfo,
         .code = "case_done",
         .message = "round " + std::to_string(round.index + 1) + ": done, " + std::to_string(done.samples.size()) +
                    " samples with the warm-up, stopped by " + done.stop_reason,
         .case_id = done.spec.id});
  }
  rest();
}

void RunRecorder::progressed(const Progress& progress) {
  const int64_t now_ns = monotonic_ns();
  if (!options_.progress_line || now_ns - shown_at_ns_ < kBetweenLinesNs) return;
  shown_at_ns_ = now_ns;
  line_shown_ = true;
  std::string line = "\r\x1b[K";
  if (progress.rounds > 1) line += "round " + std::to_string(progress.round + 1) + ", ";
  line += std::to_string(std::lround(progress.share * 100)) + "%  " + printable(progress.case_id);
  (void)write_all(STDERR_FILENO, line, "stderr");
}

void RunRecorder::warned(const Warning& warning) {
  if (journal_.has_value()) (void)journal_->append_warning(warning);
  clear_line();
  log_warning(warning.code, warning.message, "", warning.case_id);
}

void RunRecorder::clear_line() {
  if (!line_shown_) return;
  line_shown_ = false;
  (void)write_all(STDERR_FILENO, "\r\x1b[K", "stderr");
}

}  // namespace umb
