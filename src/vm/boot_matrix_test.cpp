// SPDX-License-Identifier: Apache-2.0
#include "vm/boot_matrix.h"

#include <algorithm>
#include <set>

#include <gtest/gtest.h>

namespace umb {
namespace {

const BootMatrix kMatrix{{"rt", "cloud"}, {"", "rcupdate.rcu_normal_after_boot=0"}, 4};

std::vector<std::string> sides(const std::vector<BootCell>& cells, int64_t boot) {
  std::vector<std::string> names;
  for (const BootCell& cell : cells) {
    if (cell.boot == boot) names.push_back(cell.side);
  }
  return names;
}

TEST(BootMatrix, holds_every_kernel_with_every_command_line_as_often_as_asked) {
  const auto cells = boot_cells(kMatrix, 1).value();
  EXPECT_EQ(cells.size(), 16U);
  std::set<std::string> ids;
  for (const BootCell& cell : cells) ids.insert(cell.id);
  EXPECT_EQ(ids.size(), 16U);
  EXPECT_TRUE(ids.contains("rt.as-booted.boot1"));
  EXPECT_TRUE(ids.contains("cloud.rcu_normal_after_boot-0.boot4"));
}

TEST(BootMatrix, alternates_the_order_from_turn_to_turn) {
  const auto cells = boot_cells(kMatrix, 7).value();
  std::vector<std::string> first = sides(cells, 1);
  EXPECT_EQ(sides(cells, 3), first);
  std::reverse(first.begin(), first.end());
  EXPECT_EQ(sides(cells, 2), first);
}

TEST(BootMatrix, draws_the_first_order_from_the_seed_alone) {
  EXPECT_EQ(boot_cells(kMatrix, 3).value(), boot_cells(kMatrix, 3).value());
  bool other = false;
  for (uint64_t seed = 0; seed < 20; ++seed)
    other = other || boot_cells(kMatrix, seed).value() != boot_cells(kMatrix, 3).value();
  EXPECT_TRUE(other);
  EXPECT_EQ(matrix_seed(kMatrix), matrix_seed(kMatrix));
  EXPECT_NE(matrix_seed(kMatrix), matrix_seed({{"rt"}, {""}, 1}));
}

TEST(BootMatrix, leaves_the_command_line_out_of_the_names_when_there_is_one_only) {
  EXPECT_EQ(boot_cells({{"rt"}, {"quiet"}, 1}, 1).value()[0].id, "rt.boot1");
}

TEST(BootMatrix, refuses_to_be_empty_and_to_call_two_things_by_one_name) {
  EXPECT_EQ(boot_cells({{}, {""}, 1}, 1).error().text(), "there is nothing to boot: no kernel is named");
  EXPECT_EQ(boot_cells({{"rt", "rt"}, {""}, 1}, 1).error().kind, ErrorKind::kUsage);
  EXPECT_EQ(boot_cells({{"rt"}, {"a=1", "a=1"}, 1}, 1).error().kind, ErrorKind::kUsage);
}

TEST(BootMatrix, gives_each_part_all_sides_and_every_cell_to_one_part) {
  const auto cells = boot_cells(kMatrix, 1).value();
  std::set<std::string> ids;
  for (int64_t part = 1; part <= 3; ++part) {
    const auto mine = shard_of(cells, part, 3);
    for (const BootCell& cell : mine) EXPECT_TRUE(ids.insert(cell.id).second);
    EXPECT_EQ(mine.size() % 4, 0U);
  }
  EXPECT_EQ(ids.size(), cells.size());
}

TEST(BootMatrix, parts_take_turns_apart_only_when_there_are_fewer_pairs_than_parts) {
  const auto cells = boot_cells(kMatrix, 1).value();
  EXPECT_EQ(shard_of(cells, 1, 2).size(), 8U);
  EXPECT_EQ(shard_of(cells, 2, 2).size(), 8U);
  for (int64_t part = 1; part <= 4; ++part) {
    const auto turn = shard_of(cells, part, 4);
    ASSERT_EQ(turn.size(), 4U);
    for (const BootCell& cell : turn) EXPECT_EQ(cell.boot, part);
  }
  EXPECT_TRUE(shard_of(cells, 5, 5).empty());
}

TEST(BootMatrix, names_a_command_line_by_its_words) {
  EXPECT_EQ(append_label(""), "as-booted");
  EXPECT_EQ(append_label("rcupdate.rcu_normal=1  nohz_full=1-3"), "rcu_normal-1+nohz_full-1-3");
  EXPECT_EQ(append_label("init=/../x"), "init--..-x");
  EXPECT_LE(append_label(std::string(500, 'x')).size(), 80U);
}

TEST(Shard, is_a_part_of_a_number_of_parts) {
  EXPECT_EQ(parse_shard("2/4").value().index, 2);
  for (const char* wrong : {"0/4", "5/4", "1", "1/0", "a/b", "1/2/3", ""}) {
    EXPECT_FALSE(parse_shard(wrong).has_value()) << wrong;
  }
}

}  // namespace
}  // namespace umb
