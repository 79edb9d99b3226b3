// SPDX-License-Identifier: Apache-2.0
// Which guests are booted, and in which order: pure, so that every part of a matrix that is spread over machines gives
// the same cells.
#pragma once

#include "base/result.h"

#include <cstdint>
#include <string>
#include <vector>

namespace umb {

/// One boot of one kernel with one command line.
struct BootCell {
  std::string id;                 ///< stable, unique and a good file name: "6.1-rt.rcu_normal_after_boot-0.boot3"
  std::string side;               ///< the id without the boot: what is compared
  size_t kernel = 0, append = 0;  ///< indices
  int64_t boot = 1;               ///< from 1
  bool operator==(const BootCell&) const = default;
};

struct BootMatrix {
  std::vector<std::string> kernels;  ///< labels
  std::vector<std::string> appends;  ///< words for the command line; "" for none
  int64_t boots = 1;
};

/// A short name for words on the command line, without their module's name: "rcu_normal_after_boot-0"; "as-booted" for
/// none.
[[nodiscard]] std::string append_label(const std::string& append);

/// A seed that depends on the matrix alone.
[[nodiscard]] uint64_t matrix_seed(const BootMatrix& matrix);

/// All cells in the order in which they are booted: turn by turn, each with one boot of each side; the first in an
/// order drawn from the seed, each later one in the reverse order of the one before (A B B A ...), so that what changes
/// slowly on the host meets all sides alike. kUsage for an empty matrix, and when two sides have one name.
[[nodiscard]] Result<std::vector<BootCell>> boot_cells(const BootMatrix& matrix, uint64_t seed);

/// Part `index` (from 1) of `count`: every count-th pair of turns (A B B A), so that each part holds all sides, in both
/// orders, and no side is mixed up with the machine that booted it. With fewer pairs than parts it is every count-th
/// turn; with fewer turns, some parts are empty.
[[nodiscard]] std::vector<BootCell> shard_of(const std::vector<BootCell>& cells, int64_t index, int64_t count);

/// "I/N". kUsage unless 1 <= I <= N <= 10000.
struct Shard {
  int64_t index = 1, count = 1;
};
[[nodiscard]] Result<Shard> parse_shard(const std::string& text);

}  // namespace umb
