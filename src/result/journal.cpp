// SPDX-License-Identifier: Apache-2.0
#include "result/journal.h"

#include "base/clock.h"
#include "base/file.h"
#include "base/text.h"
#include "result/journal_line.h"
#include "result/record_json.h"

#include <algorithm>
#include <cerrno>

#include <sys/file.h>
#include <unistd.h>

namespace umb {

namespace {

constexpr int64_t kSyncEveryNs = 1'000'000'000;

template <typename Put>
std::string as_json(const Put& put) {
  std::string json;
  JsonStream out(
      [&](std::string_view piece) -> Result<void> {
        json += piece;
        return {};
      },
      JsonStream::Layout::kOneLine);
  put(out);
  static_cast<void>(out.finish());  // a string takes all
  return json;
}

}  // namespace

std::string journal_path(const std::string& result_path) {
  return result_path + ".partial";
}

Result<Journal> Journal::create(const std::string& result_path, const RunRecord& record) {
  const std::string path = journal_path(result_path);
  Result<UniqueFd> fd = create_new_file(path);
  if (!fd.has_value()) {
    Error error = std::move(fd).error();
    if (error.errno_value == EEXIST) {
      error.why = "it holds what a killed run has measured";
      error.hint = "look at it with 'umountbench show', keep it with 'umountbench clean', or remove it";
    }
    return Failure(std::move(error));
  }
  Journal journal(path, std::move(*fd));
  journal.case_count_ = record.cases.size();
  for (const Round& round : record.rounds) journal.rounds_.push_back(round.index);
  // Nobody else knows the file yet, and a file system without locks does without.
  ::flock(journal.fd_.get(), LOCK_EX | LOCK_NB);
  const auto begun = journal.append_line(as_json([&](JsonStream& out) { put_record(out, record, WithSamples::kNo); }));
  if (!begun.has_value()) {
    static_cast<void>(journal.remove());  // the first error is the one to tell
    return Failure(begun.error());
  }
  return journal;
}

template <typename PutValue>
Result<void> Journal::append(const char* key, const PutValue& put_value) {
  return append_line(as_json([&](JsonStream& out) {
    out.begin_object();
    out.key(key);
    put_value(out);
    out.end_object();
  }));
}

Result<void> Journal::append_round(const Round& round) {
  UMB_TRY(append("round", [&](JsonStream& out) { put_round(out, round); }));
  if (std::ranges::find(rounds_, round.index) == rounds_.end()) rounds_.push_back(round.index);
  return {};
}

Result<void> Journal::append_block(const Block& block, const std::vector<std::string>& phase_names) {
  if (block.case_index >= case_count_ || block.round >= rounds_.size()) {
    return fail("cannot write " + quoted(path_), "a block of a case or round that it doesn't know");
  }
  if (block.samples.empty()) return {};
  Series series;
  append_block_to(series, block, phase_names);
  return append("block", [&](JsonStream& out) {
    out.begin_object();
    out.key("case");
    out.integer(block.case_index);
    put_series(out, series);
    out.end_object();
  });
}

Result<void> Journal::append_case(const CaseRecord& record) {
  return append("case", [&](JsonStream& out) { put_case(out, record, WithSamples::kNo); });
}

Result<void> Journal::append_warning(const Warning& warning) {
  return append("warning", [&](JsonStream& out) { put_warning(out, warning); });
}

Result<void> Journal::append_line(const std::string& json) {
  const std::string line = journal_line(json);
  // One write(2), unless the disk is full: then the rest of it tells the reason.
  if (const Result<void> written = write_all(fd_.get(), line, path_); !written.has_value()) {
    // Without its half line the journal could go on, should there be room again.
    if (::ftruncate(fd_.get(), size_bytes_) != 0) return write_error(path_, errno);
    return written;
  }
  size_bytes_ += static_cast<int64_t>(line.size());
  return monotonic_ns() - synced_at_ns_ >= kSyncEveryNs ? sync() : Result<void>();
}

Result<void> Journal::sync() {
  if (::fdatasync(fd_.get()) != 0) return write_error(path_, errno);
  synced_at_ns_ = monotonic_ns();
  return {};
}

Result<void> Journal::remove() {
  UMB_TRY(remove_file(path_));
  fd_.reset();
  return {};
}

}  // namespace umb
