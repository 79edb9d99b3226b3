// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "result/json_events.h"
#include "result/load_notes.h"
#include "result/loaded_column.h"
#include "result/tree_builder.h"

#include <optional>
#include <string>
#include <vector>

namespace umb {

/// What a reader keeps of a file, and how much of it.
struct LoadOptions;

/// Parts a result file, or a line of a journal, as it is read: the samples go into columns, all else into a small tree.
/// Refuses a newer schema as soon as it sees its number, and leaves out unknown parts with a warning.
class RecordListener final : public JsonListener {
 public:
  enum class Text { kResult, kJournalLine };
  RecordListener(Text text, const LoadOptions& options, LoadBudget& budget, LoadNotes& notes)
      : text_(text), options_(options), budget_(budget), notes_(notes), tree_(budget) {}

  [[nodiscard]] Result<void> value(const JsonPath& path, ResultNode&& node) override;
  [[nodiscard]] Result<void> begin_object(const JsonPath& path, uint64_t line) override;
  [[nodiscard]] Result<ColumnSink*> begin_array(const JsonPath& path, uint64_t line) override;
  [[nodiscard]] Result<void> end(const JsonPath& path) override;

  [[nodiscard]] const ResultNode& root() { return tree_.root(); }
  /// By the index of the case; those of a journal's block are at 0. There may be fewer than cases.
  [[nodiscard]] std::vector<LoadedColumns>& columns() { return columns_; }

 private:
  struct Place {
    size_t index;
    LoadedColumns::Group group;
  };
  [[nodiscard]] std::optional<Place> column_at(const JsonPath& path) const;
  [[nodiscard]] bool leaves_out(const JsonPath& path);
  [[nodiscard]] Result<LoadedColumn*> add_column(const JsonPath& path, const Place& place);

  Text text_;
  const LoadOptions& options_;
  LoadBudget& budget_;
  LoadNotes& notes_;
  TreeBuilder tree_;
  std::vector<LoadedColumns> columns_;
  LoadedColumn* open_column_ = nullptr;
  size_t open_depth_ = 0;              ///< of the open column
  std::optional<size_t> left_out_at_;  ///< depth of a part that is left out
};

}  // namespace umb
