// SPDX-License-Identifier: Apache-2.0
#include "vm/boot_matrix.h"

#include "base/random.h"
#include "base/text.h"

#include <algorithm>
#include <cctype>
#include <set>

#include <xxhash.h>

namespace umb {

namespace {

constexpr int64_t kMaxShards = 10'000;
constexpr size_t kMaxLabelBytes = 80;
/// Small enough for any JSON reader to keep it exactly.
constexpr uint64_t kSeedMask = (uint64_t{1} << 53U) - 1;

/// "rcupdate.rcu_normal_after_boot=0" as "rcu_normal_after_boot-0".
std::string word_label(const std::string& word) {
  const size_t value = word.find('=');
  const size_t module = word.rfind('.', value);
  std::string label;
  for (const char c : module == std::string::npos ? word : word.substr(module + 1)) {
    const bool plain = std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || c == '.' || c == '+';
    label += plain ? c : '-';
  }
  return label;
}

std::vector<BootCell> sides_of(const BootMatrix& matrix) {
  std::vector<BootCell> sides;
  for (size_t kernel = 0; kernel < matrix.kernels.size(); ++kernel) {
    for (size_t append = 0; append < matrix.appends.size(); ++append) {
      std::string name = matrix.kernels[kernel];
      if (matrix.appends.size() > 1) name += "." + append_label(matrix.appends[append]);
      sides.push_back({.id = "", .side = std::move(name), .kernel = kernel, .append = append});
    }
  }
  return sides;
}

}  // namespace

std::string append_label(const std::string& append) {
  std::vector<std::string> labels;
  for (const std::string& word : split(append, ' ')) {
    if (!word.empty()) labels.push_back(word_label(word));
  }
  if (labels.empty()) return "as-booted";
  std::string label = join(labels, "+");
  if (label.size() > kMaxLabelBytes) {
    label = label.substr(0, kMaxLabelBytes - 9) + "-" +
            std::to_string(XXH3_64bits(append.data(), append.size()) % 100'000'000);
  }
  return label;
}

uint64_t matrix_seed(const BootMatrix& matrix) {
  const std::string text = join(matrix.kernels, "\n") + "\n\n" + join(matrix.appends, "\n");
  return XXH3_64bits(text.data(), text.size()) & kSeedMask;
}

Result<std::vector<BootCell>> boot_cells(const BootMatrix& matrix, uint64_t seed) {
  std::vector<BootCell> turn = sides_of(matrix);
  if (turn.empty()) return fail_usage("there is nothing to boot", "no kernel is named", "add --kernel SPEC");
  std::set<std::string> names;
  for (const BootCell& side : turn) {
    if (names.insert(side.side).second) continue;
    return fail_usage("two guests would both be called " + quoted(side.side), "",
                      "give kernels names of their own: --kernel NAME=SPEC, and each command line once");
  }
  Random random(seed);
  random.shuffle(turn);
  std::vector<BootCell> cells;
  for (int64_t boot = 1; boot <= matrix.boots; ++boot) {
    for (BootCell cell : turn) {
      cell.boot = boot;
      cell.id = cell.side + ".boot" + std::to_string(boot);
      cells.push_back(std::move(cell));
    }
    std::reverse(turn.begin(), turn.end());
  }
  return cells;
}

std::vector<BootCell> shard_of(const std::vector<BootCell>& cells, int64_t index, int64_t count) {
  int64_t turns = 0;
  for (const BootCell& cell : cells) turns = std::max(turns, cell.boot);
  const int64_t together = (turns + 1) / 2 >= count ? 2 : 1;
  std::vector<BootCell> part;
  for (const BootCell& cell : cells) {
    if ((cell.boot - 1) / together % count == index - 1) part.push_back(cell);
  }
  return part;
}

Result<Shard> parse_shard(const std::string& text) {
  const std::vector<std::string> parts = split(text, '/');
  if (parts.size() == 2) {
    const auto count = parse_integer(parts[1], 1, kMaxShards);
    const auto index = count.has_value() ? parse_integer(parts[0], 1, *count) : count;
    if (index.has_value()) return Shard{*index, *count};
  }
  return fail_usage("--shard does not know " + quoted(text), "", "I/N, part I of N: 1/4 to 4/4");
}

}  // namespace umb
