// SPDX-License-Identifier: Apache-2.0
#include "compare/rows.h"

#include <map>
#include <ranges>

namespace umb {

namespace {

template <typename T>
T value_at(const std::vector<T>& values, size_t i) {
  return i < values.size() ? values[i] : T{};
}

struct Worked {
  std::vector<uint32_t> worked, counted;
};

/// `indices`: a range of those samples that are looked at, ascending.
SampleRows sorted_out(const CaseRecord& record, const std::vector<Round>& rounds, const auto& indices) {
  const Series& samples = record.samples;
  const Column* returned = samples.metric("return_ns");
  SampleRows rows;
  std::map<int32_t, size_t> failures;
  Worked calm;
  Worked disturbed;
  for (const size_t i : indices) {
    const uint32_t round = value_at(samples.round, i);
    const int32_t errno_value = value_at(samples.errno_value, i);
    if (value_at(samples.warmup, i) != 0) {
      ++rows.warm_up;
    } else if (errno_value != 0) {
      ++failures[errno_value];
    } else {
      Worked& to = round < rounds.size() && rounds[round].disturbed ? disturbed : calm;
      to.worked.push_back(static_cast<uint32_t>(i));
      if (value_at(returned, i) != kMissing) to.counted.push_back(static_cast<uint32_t>(i));
    }
  }
  for (const auto& [errno_value, count] : failures) {
    rows.failed += count;
    rows.errnos.push_back({errno_value, count});
  }
  const bool nothing_calm = calm.worked.empty();
  if (!nothing_calm) rows.left_out = disturbed.worked.size();
  Worked& used = nothing_calm ? disturbed : calm;
  rows.worked = std::move(used.worked);
  rows.counted = std::move(used.counted);
  return rows;
}

}  // namespace

SampleRows sort_out(const CaseRecord& record, const std::vector<Round>& rounds) {
  return sorted_out(record, rounds, std::views::iota(size_t{0}, record.samples.size()));
}

SampleRows sort_out(const CaseRecord& record, const std::vector<size_t>& indices) {
  return sorted_out(record, {}, indices);
}

std::vector<std::vector<size_t>> samples_by_round(const CaseRecord& record, size_t rounds) {
  std::vector<std::vector<size_t>> of_round(rounds);
  for (size_t i = 0; i < record.samples.size(); ++i) {
    const uint32_t round = value_at(record.samples.round, i);
    if (round < rounds) of_round[round].push_back(i);
  }
  return of_round;
}

int64_t value_at(const Column* column, size_t row) {
  return column != nullptr && row < column->values.size() ? column->values[row] : kMissing;
}

std::vector<int64_t> pick(const Column* column, const std::vector<uint32_t>& rows) {
  std::vector<int64_t> values;
  values.reserve(rows.size());
  for (const size_t row : rows) {
    if (const int64_t value = value_at(column, row); value != kMissing) values.push_back(value);
  }
  return values;
}

}  // namespace umb
