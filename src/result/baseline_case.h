// SPDX-License-Identifier: Apache-2.0
// One case of a baseline: what it says of the whole boot, and in columns what it says of each round. Inside result/
// only.
#pragma once

#include "model/digest.h"
#include "result/baseline_tables.h"
#include "result/json_stream.h"
#include "result/load_budget.h"
#include "result/object_reader.h"

#include <string>
#include <utility>
#include <vector>

namespace umb {

/// An object on one line; `rounds` are the same case of each round, of which only the figures are written.
void put_case_digest(JsonStream& out, const CaseDigest& whole, const std::vector<const CaseDigest*>& rounds,
                     const BaselineTables& tables);

struct ReadCase {
  CaseDigest whole;
  std::vector<CaseDigest> rounds;
};
/// The same back. What a short text makes much of is taken from the budget.
[[nodiscard]] ReadCase decode_case_digest(const ResultNode& node, const std::string& pointer, size_t round_count,
                                          const BaselineTables& tables, LoadBudget& budget, DecodeState& state);

/// How many samples worked: what a metric counts where nothing else is said.
[[nodiscard]] size_t worked_of(const CaseDigest& one);

/// The range that needs no saying: the ends of the grid, or 0.
[[nodiscard]] std::pair<double, double> usual_range(const std::vector<int64_t>& grid);
/// What a round has in common with the whole boot.
[[nodiscard]] CaseDigest without_figures(CaseDigest one);
/// What it fills of the memory, by and large.
[[nodiscard]] uint64_t bytes_of(const CaseDigest& one);

/// The part "by_round".
void put_round_columns(JsonStream& out, const std::vector<const CaseDigest*>& rounds,
                       const std::vector<double>& places);
/// `rounds` are copies of the whole case without its figures; they are filled in.
void decode_round_columns(const ResultNode& node, const std::string& pointer, const std::vector<double>& places,
                          std::vector<CaseDigest>& rounds, DecodeState& state);

void put_errnos(JsonStream& out, const std::vector<ErrnoCount>& errnos);
[[nodiscard]] std::vector<ErrnoCount> decode_errnos(const ResultNode& node, const std::string& pointer,
                                                    DecodeState& state);
void put_counted_calls(JsonStream& out, const std::vector<CountedCalls>& calls);
[[nodiscard]] std::vector<CountedCalls> decode_counted_calls(const ResultNode& node, const std::string& pointer,
                                                             DecodeState& state);
void put_modes(JsonStream& out, const std::vector<Mode>& modes);
[[nodiscard]] std::vector<Mode> decode_modes(const ResultNode& node, const std::string& pointer, DecodeState& state);

}  // namespace umb
