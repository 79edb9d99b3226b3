// SPDX-License-Identifier: Apache-2.0
#include "result/loaded_column.h"

#include "base/text.h"

#include <algorithm>
#include <array>

namespace umb {

namespace {

struct CoreColumn {
  const char* name;
  LoadedColumn::Rules rules;
  bool always_kept;  ///< without it nothing can be said of any sample
};

/// What every sample has; any further column is a metric.
const std::array<CoreColumn, 6>& core_columns() {
  static const std::array<CoreColumn, 6> columns{{
      {"round", {std::vector<uint32_t>(), UINT32_MAX, false}, true},
      {"sequence", {std::vector<uint32_t>(), UINT32_MAX, false}, false},
      {"repetition", {std::vector<uint32_t>(), UINT32_MAX, false}, false},
      {"warmup", {std::vector<uint8_t>(), 1, false}, true},
      {"started_at_ns", {std::vector<int64_t>(), INT64_MAX, false}, false},
      {"errno", {std::vector<int32_t>(), INT32_MAX, false}, true},
  }};
  return columns;
}

const CoreColumn* core_column(const std::string& name) {
  for (const CoreColumn& column : core_columns()) {
    if (name == column.name) return &column;
  }
  return nullptr;
}

Failure bad_value(uint64_t index, const std::string& why) {
  return fail_usage("value " + std::to_string(index) + " of the column", why);
}

}  // namespace

Result<void> LoadedColumn::check(std::span<const int64_t> values) const {
  const auto wrong = std::ranges::find_if(values, [&](int64_t value) {
    return (value < 0 && !(value == kMissing && rules_.null)) || value > rules_.maximum;
  });
  if (wrong == values.end()) return {};
  const uint64_t index = count_ + static_cast<uint64_t>(wrong - values.begin());
  if (*wrong == kMissing) return bad_value(index, "null, where every sample has a value");
  return bad_value(index, std::to_string(*wrong) + (*wrong < 0 ? " is negative" : " is out of range"));
}

Result<void> LoadedColumn::add(std::span<const int64_t> values) {
  UMB_TRY(check(values));
  if (count_ + values.size() > max_count_) {
    return fail_usage("more than " + std::to_string(max_count_) + " samples");
  }
  count_ += values.size();
  if (!rules_.wanted) return {};
  return std::visit(
      [&](auto& kept) -> Result<void> {
        using T = typename std::decay_t<decltype(kept)>::value_type;
        UMB_TRY(pay<T>(count_));
        const size_t before = kept.size();
        kept.resize(before + values.size());
        std::ranges::transform(values, kept.begin() + static_cast<std::ptrdiff_t>(before),
                               [](int64_t value) { return static_cast<T>(value); });
        return {};
      },
      values_);
}

Result<void> LoadedColumn::add_node(const ResultNode& node) {
  int64_t value = kMissing;
  const auto* truth = std::get_if<bool>(&node.value);
  const auto* number = std::get_if<int64_t>(&node.value);
  if (boolean() ? truth == nullptr : number == nullptr && !node.is_null()) {
    return bad_value(count_, std::string("expected ") + (boolean() ? "true or false" : "a whole number or null") +
                                 ", found " + node.kind());
  }
  if (truth != nullptr) value = *truth ? 1 : 0;
  if (number != nullptr) value = *number;
  // The one number that stands for null in memory.
  if (number != nullptr && *number == kMissing) return bad_value(count_, "it is out of range");
  return add({&value, 1});
}

Result<void> LoadedColumn::begin_array(uint64_t expected) {
  is_array_ = true;
  if (!rules_.wanted) return {};
  return std::visit(
      [&](auto& kept) -> Result<void> {
        using T = typename std::decay_t<decltype(kept)>::value_type;
        UMB_TRY(pay<T>(expected));
        kept.reserve(expected);
        return {};
      },
      values_);
}

Result<LoadedColumn*> LoadedColumns::add(Group group, const std::string& name, bool wanted, uint64_t max_count,
                                         LoadBudget& budget) {
  auto& columns = group == Group::kSamples ? samples_ : phases_;
  for (const auto& column : columns) {
    if (column->name() == name) return fail_usage("this column is there twice");
  }
  constexpr size_t kMaxColumns = 256;
  if (columns.size() >= kMaxColumns) return fail_usage("more than " + std::to_string(kMaxColumns) + " columns");
  UMB_TRY(budget.take(sizeof(LoadedColumn) + name.size()));
  const CoreColumn* core = group == Group::kSamples ? core_column(name) : nullptr;
  LoadedColumn::Rules rules = core != nullptr ? core->rules : LoadedColumn::Rules();
  rules.wanted = wanted || (core != nullptr && core->always_kept);
  return columns.emplace_back(std::make_unique<LoadedColumn>(name, std::move(rules), max_count, budget)).get();
}

uint64_t LoadedColumns::expected_count() const {
  for (const auto& column : samples_) {
    if (column->is_array()) return column->count();
  }
  return 0;
}

LoadedColumn* LoadedColumns::find(const char* name) const {
  for (const auto& column : samples_) {
    if (column->name() == name) return column.get();
  }
  return nullptr;
}

Result<uint64_t> LoadedColumns::common_length() const {
  const LoadedColumn* first = nullptr;
  for (const auto* columns : {&samples_, &phases_}) {
    for (const auto& column : *columns) {
      if (!column->is_array()) continue;
      if (first == nullptr) first = column.get();
      if (column->count() == first->count()) continue;
      return fail_usage("columns of unequal length", quoted(first->name()) + " has " + std::to_string(first->count()) +
                                                         " values, " + quoted(column->name()) + " has " +
                                                         std::to_string(column->count()));
    }
  }
  if (first != nullptr) return first->count();
  if (samples_.empty() && phases_.empty()) return uint64_t{0};
  return fail_usage("all columns are single values, so that none tells how many samples there are");
}

template <typename T>
Result<void> LoadedColumns::take_core(const char* name, uint64_t length, std::vector<T>& to) {
  LoadedColumn* column = find(name);
  if (column == nullptr) return fail_usage("the column " + quoted(name) + " is missing");
  if (!column->wanted()) return {};
  UMB_ASSIGN(to, column->take<T>(length));
  return {};
}

Result<Series> LoadedColumns::take() {
  Series series;
  UMB_ASSIGN(const uint64_t length, common_length());
  if (samples_.empty() && phases_.empty()) return series;
  UMB_TRY(take_core("round", length, series.round));
  UMB_TRY(take_core("sequence", length, series.sequence));
  UMB_TRY(take_core("repetition", length, series.repetition));
  UMB_TRY(take_core("warmup", length, series.warmup));
  UMB_TRY(take_core("started_at_ns", length, series.started_at_ns));
  UMB_TRY(take_core("errno", length, series.errno_value));
  for (const auto& column : samples_) {
    if (!column->wanted() || core_column(column->name()) != nullptr) continue;
    UMB_ASSIGN(auto values, column->take<int64_t>(length));
    series.metrics.push_back({column->name(), std::move(values)});
  }
  for (const auto& column : phases_) {
    if (!column->wanted()) continue;
    UMB_ASSIGN(auto values, column->take<int64_t>(length));
    series.phases.push_back({column->name(), std::move(values)});
  }
  return series;
}

}  // namespace umb
