// SPDX-License-Identifier: Apache-2.0
// The columns of a case while a file is read: each in its final type from the start, so that it is never copied.
#pragma once

#include "model/sample.h"
#include "result/json_events.h"
#include "result/load_budget.h"

#include <cstdint>
#include <memory>
#include <string>
#include <variant>
#include <vector>

namespace umb {

/// A column as an array or as the single value that stands for all of it.
class LoadedColumn final : public ColumnSink {
 public:
  using Values = std::variant<std::vector<uint32_t>, std::vector<uint8_t>, std::vector<int32_t>, std::vector<int64_t>>;
  struct Rules {
    Values empty = std::vector<int64_t>();  ///< the type; a vector<uint8_t> is true and false
    int64_t maximum = INT64_MAX;
    bool null = true;    ///< nulls are allowed
    bool wanted = true;  ///< otherwise it is checked and counted, but not kept
  };
  LoadedColumn(std::string name, Rules rules, uint64_t max_count, LoadBudget& budget)
      : name_(std::move(name)),
        rules_(std::move(rules)),
        values_(rules_.empty),
        max_count_(max_count),
        budget_(budget) {}

  [[nodiscard]] bool boolean() const override { return std::holds_alternative<std::vector<uint8_t>>(values_); }
  [[nodiscard]] Result<void> add(std::span<const int64_t> values) override;
  /// A value on its own, in the array or, before it, in its place.
  [[nodiscard]] Result<void> add_node(const ResultNode& node);
  /// It is an array, and that of about `expected` values.
  [[nodiscard]] Result<void> begin_array(uint64_t expected);

  [[nodiscard]] const std::string& name() const { return name_; }
  [[nodiscard]] bool is_array() const { return is_array_; }
  [[nodiscard]] uint64_t count() const { return count_; }
  [[nodiscard]] bool wanted() const { return rules_.wanted; }

  /// The values, `length` of them; a single value is repeated. Once, and only of a wanted column.
  template <typename T>
  [[nodiscard]] Result<std::vector<T>> take(uint64_t length) {
    auto& values = std::get<std::vector<T>>(values_);
    if (!is_array_) {
      const T single = values.front();
      UMB_TRY(pay<T>(length));
      values.assign(length, single);
    }
    return std::move(values);
  }

 private:
  template <typename T>
  [[nodiscard]] Result<void> pay(uint64_t count) {
    if (count <= paid_) return {};
    UMB_TRY(budget_.take((count - paid_) * sizeof(T)));
    paid_ = count;
    return {};
  }
  [[nodiscard]] Result<void> check(std::span<const int64_t> values) const;

  std::string name_;
  Rules rules_;
  Values values_;
  uint64_t max_count_;
  LoadBudget& budget_;
  uint64_t count_ = 0;
  uint64_t paid_ = 0;  ///< values that the budget has been asked for
  bool is_array_ = false;
};

/// The columns of one case (or of one block in a journal).
class LoadedColumns {
 public:
  enum class Group { kSamples, kPhases };

  /// A further column; an error when there is one of that name. The pointer lives as long as this object.
  [[nodiscard]] Result<LoadedColumn*> add(Group group, const std::string& name, bool wanted, uint64_t max_count,
                                          LoadBudget& budget);
  /// The length of the arrays read so far; 0 when there are none.
  [[nodiscard]] uint64_t expected_count() const;

  /// All of them as a series. An error when their lengths differ, when no array gives a length, or when one that every
  /// sample has is missing.
  [[nodiscard]] Result<Series> take();

 private:
  [[nodiscard]] Result<uint64_t> common_length() const;
  [[nodiscard]] LoadedColumn* find(const char* name) const;
  template <typename T>
  [[nodiscard]] Result<void> take_core(const char* name, uint64_t length, std::vector<T>& to);

  std::vector<std::unique_ptr<LoadedColumn>> samples_, phases_;
};

}  // namespace umb
