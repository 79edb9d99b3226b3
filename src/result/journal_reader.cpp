// SPDX-License-Identifier: Apache-2.0
#include "result/journal_reader.h"

#include "base/text.h"
#include "result/journal_line.h"
#include "result/record_decode.h"
#include "result/record_listener.h"

#include <algorithm>
#include <unordered_map>

namespace umb {

namespace {

template <typename T>
void append(std::vector<T>& to, const std::vector<T>& from) {
  to.insert(to.end(), from.begin(), from.end());
}

/// By name; a column that only one of the two has is null for the samples of the other.
void append_columns(std::vector<Column>& to, std::vector<Column>& from, size_t size_before, size_t size_after) {
  for (Column& column : from) {
    auto found = std::ranges::find(to, column.name, &Column::name);
    if (found == to.end()) found = to.insert(to.end(), {column.name, std::vector<int64_t>(size_before, kMissing)});
    append(found->values, column.values);
  }
  for (Column& column : to) column.values.resize(size_after, kMissing);
}

/// How many nulls append_columns() puts in: a few bytes of text can ask for a column of millions.
uint64_t nulls_between(const std::vector<Column>& to, const std::vector<Column>& from, size_t before, size_t added) {
  const auto known = static_cast<uint64_t>(std::ranges::count_if(
      from, [&](const Column& column) { return std::ranges::find(to, column.name, &Column::name) != to.end(); }));
  return (from.size() - known) * before + (to.size() - known) * added;
}

void append_series(Series& to, Series& from) {
  const size_t before = to.size();
  append(to.round, from.round);
  append(to.sequence, from.sequence);
  append(to.repetition, from.repetition);
  append(to.warmup, from.warmup);
  append(to.started_at_ns, from.started_at_ns);
  append(to.errno_value, from.errno_value);
  append_columns(to.metrics, from.metrics, before, to.size());
  append_columns(to.phases, from.phases, before, to.size());
}

class JournalReader {
 public:
  JournalReader(std::string name, const LoadOptions& options, LoadNotes& notes)
      : name_(std::move(name)), options_(options), notes_(notes), budget_(options.max_memory_bytes) {}

  Result<RunRecord> read(TextCursor& cursor) {
    std::string what_is_wrong;
    std::string json = read_journal_line(cursor, what_is_wrong);
    if (json.empty())
      return fail_usage("cannot read " + quoted(name_), "line 1: the journal's beginning is " + what_is_wrong);
    UMB_TRY(header(json));
    for (line_ = 2; !cursor.at_end(); ++line_) {
      const uint64_t start = cursor.byte();
      json = read_journal_line(cursor, what_is_wrong);
      if (json.empty()) {
        notes_.add("journal_cut", "line " + std::to_string(line_) + " (from byte " + std::to_string(start) + ") is " +
                                      what_is_wrong + ": it and what follows it are left out");
        break;
      }
      UMB_TRY(line(json));
    }
    if (cursor.error()) return while_doing("cannot read " + quoted(name_), *cursor.error());
    finish();
    return std::move(record_);
  }

 private:
  Result<void> header(const std::string& json) {
    RecordListener listener(RecordListener::Text::kResult, options_, budget_, notes_);
    UMB_TRY(parse(json, listener));
    DecodeState state{name_, notes_};
    record_ = decode_record(listener.root(), state);
    if (state.error) return Failure(*state.error);
    for (size_t i = 0; i < record_.cases.size(); ++i) cases_.emplace(record_.cases[i].spec.id, i);
    return {};
  }

  Result<void> parse(const std::string& json, RecordListener& listener) const {
    MemorySource source(json);
    TextCursor cursor(source, json.size(), line_);
    return read_json(cursor, name_, listener);
  }

  Result<void> line(const std::string& json) {
    RecordListener listener(RecordListener::Text::kJournalLine, options_, budget_, notes_);
    UMB_TRY(parse(json, listener));
    const ResultNode& root = listener.root();
    DecodeState state{name_, notes_};
    if (root.object() == nullptr) state.wrong(root, "", std::string("expected an object, found ") + root.kind());
    if (const ResultNode* node = root.find("round")) take_round(decode_round(*node, "/round", state), state);
    if (const ResultNode* node = root.find("case")) take_case(decode_case(*node, "/case", state), *node, state);
    if (const ResultNode* node = root.find("warning"))
      record_.warnings.push_back(decode_warning(*node, "/warning", state));
    if (const ResultNode* node = root.find("block")) take_block(*node, listener.columns(), state);
    return state.error ? Result<void>(Failure(*state.error)) : Result<void>();
  }

  void take_round(Round round, const DecodeState& state) {
    if (state.failed()) return;
    const auto found = std::ranges::find(record_.rounds, round.index, &Round::index);
    if (found == record_.rounds.end()) {
      record_.rounds.push_back(std::move(round));
    } else {
      *found = std::move(round);
    }
  }

  void take_case(CaseRecord record, const ResultNode& node, DecodeState& state) {
    const auto found = cases_.find(record.spec.id);
    if (found == cases_.end()) return state.wrong(node, "/case/id", "there is no such case in the first line");
    CaseRecord& kept = record_.cases[found->second];
    record.samples = std::move(kept.samples);
    kept = std::move(record);
  }

  void take_block(const ResultNode& node, std::vector<LoadedColumns>& columns, DecodeState& state) {
    ObjectReader reader(node, "/block", state);
    int64_t index = 0;
    reader.integer("case", index, 0, static_cast<int64_t>(record_.cases.size()) - 1);
    static_cast<void>(reader.look("samples"));
    static_cast<void>(reader.look("phases"));
    reader.finish();
    if (state.failed() || columns.empty()) return;
    Result<Series> series = columns.front().take();
    if (!series.has_value()) return state.wrong(node, "/block/samples", series.error().text());
    const auto too_high = [&](uint32_t round) { return round >= record_.rounds.size(); };
    if (std::ranges::any_of(series->round, too_high)) {
      return state.wrong(node, "/block/samples/round", "there is no such round");
    }
    Series& kept = record_.cases[static_cast<size_t>(index)].samples;
    if (kept.size() + series->size() > options_.max_samples) {
      return state.wrong(node, "/block/samples", "more than " + std::to_string(options_.max_samples) + " samples");
    }
    const auto nulls = [&](const std::vector<Column>& to, const std::vector<Column>& from) {
      return nulls_between(to, from, kept.size(), series->size());
    };
    const Result<void> paid =
        budget_.take((nulls(kept.metrics, series->metrics) + nulls(kept.phases, series->phases)) * sizeof(int64_t));
    if (!paid.has_value()) return state.wrong(node, "/block/samples", paid.error().text());
    append_series(kept, *series);
  }

  void finish() {
    record_.run.interrupted = true;
    for (CaseRecord& one : record_.cases) {
      if (one.outcome != "measured" || !one.stop_reason.empty()) continue;
      if (one.samples.size() == 0) {
        one.outcome = "skipped";
        one.reason = "the run was interrupted before";
      } else {
        one.stop_reason = "interrupted";
      }
    }
  }

  std::string name_;
  const LoadOptions& options_;
  LoadNotes& notes_;
  LoadBudget budget_;
  RunRecord record_;
  std::unordered_map<std::string, size_t> cases_;
  uint64_t line_ = 1;
};

}  // namespace

Result<RunRecord> read_journal(TextCursor& cursor, const std::string& name, const LoadOptions& options,
                               LoadNotes& notes) {
  return JournalReader(name, options, notes).read(cursor);
}

}  // namespace umb
