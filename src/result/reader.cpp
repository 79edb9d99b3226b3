// SPDX-License-Identifier: Apache-2.0
#include "result/reader.h"

#include "base/text.h"
#include "result/journal_reader.h"
#include "result/record_decode.h"
#include "result/record_listener.h"

#include <algorithm>

namespace umb {

namespace {

/// Columns that the file has and its "metrics" don't explain.
void note_unexplained(const CaseRecord& record, const std::string& pointer, LoadNotes& notes) {
  for (const Column& column : record.samples.metrics) {
    if (std::ranges::find(record.metrics, column.name, &MetricInfo::name) != record.metrics.end()) continue;
    notes.add("unknown_column", pointer + "/samples: 'metrics' doesn't explain " + quoted(column.name));
  }
}

void put_samples(RunRecord& record, std::vector<LoadedColumns>& columns, const ResultNode& root, DecodeState& state) {
  for (size_t i = 0; i < record.cases.size() && i < columns.size() && !state.failed(); ++i) {
    const std::string pointer = "/cases/" + std::to_string(i);
    const ResultNode& node = (*root.find("cases")->list())[i];
    Result<Series> series = columns[i].take();
    if (!series.has_value()) return state.wrong(node, pointer + "/samples", series.error().text());
    const auto too_high = [&](uint32_t round) { return round >= record.rounds.size(); };
    if (std::ranges::any_of(series->round, too_high)) {
      return state.wrong(node, pointer + "/samples/round", "there is no such round");
    }
    record.cases[i].samples = std::move(*series);
    note_unexplained(record.cases[i], pointer, state.notes);
  }
}

Result<RunRecord> read_result(TextCursor& cursor, const std::string& name, const LoadOptions& options,
                              LoadNotes& notes) {
  LoadBudget budget(options.max_memory_bytes);
  RecordListener listener(RecordListener::Text::kResult, options, budget, notes);
  UMB_TRY(read_json(cursor, name, listener));
  DecodeState state{name, notes};
  RunRecord record = decode_record(listener.root(), state);
  put_samples(record, listener.columns(), listener.root(), state);
  if (state.error) return Failure(*state.error);
  return record;
}

Result<Loaded> load(ByteSource& source, const std::string& name, const LoadOptions& options) {
  TextCursor cursor(source, options.max_bytes);
  if (cursor.at_end()) {
    if (cursor.error()) return fail_usage("cannot read " + quoted(name), cursor.error()->text());
    return fail_usage("cannot read " + quoted(name), "it is empty");
  }
  LoadNotes notes;
  const bool journal = cursor.peek() >= '0' && cursor.peek() <= '9';
  Result<RunRecord> record =
      journal ? read_journal(cursor, name, options, notes) : read_result(cursor, name, options, notes);
  if (!record.has_value()) return Failure(std::move(record).error());
  return Loaded{std::move(*record), notes.take(), journal};
}

}  // namespace

Result<Loaded> parse_result(std::string_view bytes, const std::string& name, const LoadOptions& options) {
  MemorySource source(bytes);
  return load(source, name, options);
}

Result<Loaded> load_result(const std::string& path, const LoadOptions& options) {
  UMB_ASSIGN(UniqueFd fd, open_regular(path));
  return load_open_result(std::move(fd), path, options);
}

Result<Loaded> load_open_result(UniqueFd fd, const std::string& path, const LoadOptions& options) {
  UMB_ASSIGN(const auto source, bytes_of(std::move(fd), path));
  Result<Loaded> loaded = load(*source, path, options);
  if (loaded.has_value() || !loaded.error().hint.empty()) return loaded;
  Error error = loaded.error();
  error.hint = "a result is what 'umountbench run' has written, whole";
  return Failure(std::move(error));
}

}  // namespace umb
