// SPDX-License-Identifier: Apache-2.0
// Which of a case's samples say what. Inside compare/ only.
#pragma once

#include "model/digest.h"
#include "model/record.h"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace umb {

/// Indices into the case's samples, in their order; small ones, for there may be millions.
struct SampleRows {
  size_t warm_up = 0;
  std::vector<ErrnoCount> errnos;  ///< ascending
  std::vector<uint32_t> worked;    ///< no warm-up, no errno, not left out; watched or not
  std::vector<uint32_t> counted;   ///< of these, those with a return time
  size_t failed = 0;
  size_t left_out = 0;  ///< worked, but of a disturbed round while there are undisturbed ones
};

/// Of all rounds. Columns that are not there or too short count as missing.
[[nodiscard]] SampleRows sort_out(const CaseRecord& record, const std::vector<Round>& rounds);
/// Of these samples alone, whatever their round.
[[nodiscard]] SampleRows sort_out(const CaseRecord& record, const std::vector<size_t>& indices);
/// The samples of each of so many rounds; those of further ones are in none.
[[nodiscard]] std::vector<std::vector<size_t>> samples_by_round(const CaseRecord& record, size_t rounds);

/// The present values of a column (null: none) at these rows, in their order.
[[nodiscard]] std::vector<int64_t> pick(const Column* column, const std::vector<uint32_t>& rows);
/// kMissing where there is none.
[[nodiscard]] int64_t value_at(const Column* column, size_t row);

}  // namespace umb
