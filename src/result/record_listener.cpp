// SPDX-License-Identifier: Apache-2.0
#include "result/record_listener.h"

#include "base/text.h"
#include "model/record.h"
#include "result/reader.h"
#include "result/versioned_file.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace umb {

namespace {

constexpr std::array<std::string_view, 11> kTopKeys{"schema_version", "tool",   "run",   "clock",       "environment",
                                                    "boot_id",        "rounds", "cases", "attribution", "warnings"};
constexpr std::array<std::string_view, 11> kCaseKeys{"id",     "scenario",    "parameters", "outcome",
                                                     "reason", "stop_reason", "metrics",    "checks",
                                                     "facts",  "samples",     "phases"};
constexpr std::array<std::string_view, 4> kLineKeys{"round", "block", "case", "warning"};

template <size_t N>
bool has(const std::array<std::string_view, N>& words, const std::string& word) {
  return std::ranges::find(words, word) != words.end();
}

/// Swallows what is left out.
class NoColumn final : public ColumnSink {
 public:
  [[nodiscard]] bool boolean() const override { return false; }
  [[nodiscard]] Result<void> add(std::span<const int64_t> /*values*/) override { return {}; }
};

}  // namespace

std::optional<RecordListener::Place> RecordListener::column_at(const JsonPath& path) const {
  const bool result = text_ == Text::kResult;
  const size_t depth = result ? 4 : 3;
  if (path.size() != depth || path.back().is_index || path[0].key != (result ? "cases" : "block")) return {};
  if (result && !path[1].is_index) return {};
  const std::string& group = path[depth - 2].key;
  const size_t index = result ? path[1].index : 0;
  if (group == "samples") return Place{index, LoadedColumns::Group::kSamples};
  if (group == "phases") return Place{index, LoadedColumns::Group::kPhases};
  return {};
}

bool RecordListener::leaves_out(const JsonPath& path) {
  if (path.empty() || path.back().is_index) return false;
  const std::string& key = path.back().key;
  const bool of_case = text_ == Text::kResult && path.size() == 3 && path[0].key == "cases" && path[1].is_index;
  if (path.size() == 1) {
    if (text_ == Text::kResult ? has(kTopKeys, key) : has(kLineKeys, key)) return false;
  } else if (!of_case || has(kCaseKeys, key)) {
    return false;
  }
  notes_.add("unknown_key", json_pointer(path) + " is unknown and left out");
  return true;
}

Result<LoadedColumn*> RecordListener::add_column(const JsonPath& path, const Place& place) {
  if (columns_.size() <= place.index) {
    UMB_TRY(budget_.take((place.index + 1 - columns_.size()) * sizeof(LoadedColumns)));
    columns_.resize(place.index + 1);
  }
  const std::string& name = path.back().key;
  const bool wanted = options_.columns.empty() || std::ranges::find(options_.columns, name) != options_.columns.end();
  return columns_[place.index].add(place.group, name, wanted, options_.max_samples, budget_);
}

Result<void> RecordListener::value(const JsonPath& path, ResultNode&& node) {
  if (left_out_at_) return {};
  if (open_column_ != nullptr) return open_column_->add_node(node);
  if (const auto place = column_at(path)) {
    UMB_ASSIGN(LoadedColumn * column, add_column(path, *place));
    return column->add_node(node);
  }
  if (leaves_out(path)) return {};
  if (text_ == Text::kResult && path.size() == 1 && path[0].key == "schema_version")
    UMB_TRY(check_version(node, "schema", kSchemaVersion));
  return tree_.value(path, std::move(node));
}

Result<void> RecordListener::begin_object(const JsonPath& path, uint64_t line) {
  if (left_out_at_) return {};
  if (open_column_ != nullptr || column_at(path)) return fail_usage("expected a column's values, found an object");
  if (leaves_out(path)) {
    left_out_at_ = path.size();
    return {};
  }
  return tree_.begin_object(path, line);
}

Result<ColumnSink*> RecordListener::begin_array(const JsonPath& path, uint64_t line) {
  static NoColumn no_column;
  if (left_out_at_) return &no_column;
  if (open_column_ != nullptr) return fail_usage("expected a column's values, found a list");
  if (const auto place = column_at(path)) {
    UMB_ASSIGN(open_column_, add_column(path, *place));
    open_depth_ = path.size();
    UMB_TRY(open_column_->begin_array(columns_[place->index].expected_count()));
    return open_column_;
  }
  if (leaves_out(path)) {
    left_out_at_ = path.size();
    return &no_column;
  }
  UMB_TRY(tree_.begin_array(path, line));
  return nullptr;
}

Result<void> RecordListener::end(const JsonPath& path) {
  if (left_out_at_) {
    if (path.size() == *left_out_at_) left_out_at_.reset();
  } else if (open_column_ != nullptr && path.size() == open_depth_) {
    open_column_ = nullptr;
  } else {
    tree_.end();
  }
  return {};
}

}  // namespace umb
