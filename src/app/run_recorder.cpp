// SPDX-License-Identifier: Apache-2.0
#include "app/run_recorder.h"

#include "app/rest_point.h"
#include "base/clock.h"
#include "base/file.h"
#include "base/log.h"
#include "base/text.h"

#include <cmath>
#include <numeric>
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

std::string percent(double share) {
  return std::to_string(std::lround(share * 100)) + "%";
}

int64_t sum_of(const std::vector<int64_t>& values) {
  return std::accumulate(values.begin(), values.end(), int64_t{0});
}

/// "traced, 20 samples: grace_period 97%, take_off 2%, …": what is 1 % and more.
std::string in_short(const Attribution& seen) {
  if (seen.method.empty()) return "not explained: " + printable(seen.reason);
  std::vector<std::string> shares;
  const int64_t wall_ns = sum_of(seen.wall_ns);
  for (const Column& cause : seen.causes) {
    const double share = wall_ns > 0 ? static_cast<double>(sum_of(cause.values)) / static_cast<double>(wall_ns) : 0;
    if (share >= 0.01) shares.push_back(cause.name + " " + percent(share));
  }
  return seen.method + ", " + std::to_string(seen.wall_ns.size()) + " samples: " + join(shares, ", ");
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
  const std::string number = "round " + std::to_string(round.index + 1);
  log_debug(number + " begins, process " + std::to_string(round.pid));
  if (round.repeats_disturbed) log_info(number + " is one that was disturbed, once more");
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
  const std::string round = progress.rounds > 1 ? "round " + std::to_string(progress.round + 1) + ", " : "";
  show_line(round + percent(progress.share) + "  " + printable(progress.case_id));
}

void RunRecorder::explaining(const Case& next, double share) {
  show_line("second pass, " + percent(share) + "  " + printable(next.id));
}

void RunRecorder::case_explained(const Attribution& seen) {
  clear_line();
  if (!options_.progress_line) {
    log({.level = LogLevel::kInfo, .code = "case_explained", .message = in_short(seen), .case_id = seen.case_id});
  }
  rest();
}

void RunRecorder::warned(const Warning& warning) {
  if (journal_.has_value()) (void)journal_->append_warning(warning);
  clear_line();
  log_warning(warning.code, warning.message, "", warning.case_id);
}

void RunRecorder::show_line(const std::string& text) {
  const int64_t now_ns = monotonic_ns();
  if (!options_.progress_line || now_ns - shown_at_ns_ < kBetweenLinesNs) return;
  shown_at_ns_ = now_ns;
  line_shown_ = true;
  (void)write_all(STDERR_FILENO, "\r\x1b[K" + text, "stderr");
}

void RunRecorder::clear_line() {
  if (!line_shown_) return;
  line_shown_ = false;
  (void)write_all(STDERR_FILENO, "\r\x1b[K", "stderr");
}

}  // namespace umb
