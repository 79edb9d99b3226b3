// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include <gtest/gtest.h>

namespace umb {

/// Whether `got` is what tests/data/golden/NAME.txt holds. If not, it is written to golden-got/NAME.txt beside the test
/// program, and `scripts/approve` makes it the new one. A golden file must be there, also for an empty text.
[[nodiscard]] inline ::testing::AssertionResult matches_golden(const std::string& source_folder,
                                                               const std::string& name, const std::string& got) {
  namespace fs = std::filesystem;
  const fs::path golden = fs::path(source_folder) / "tests/data/golden" / (name + ".txt");
  const fs::path folder = fs::read_symlink("/proc/self/exe").parent_path() / "golden-got";
  const fs::path got_file = folder / (name + ".txt");
  std::ifstream file(golden, std::ios::binary);
  const std::string wanted{std::istreambuf_iterator<char>(file), {}};
  if (file.is_open() && wanted == got) {
    fs::remove(got_file);
    return ::testing::AssertionSuccess();
  }
  fs::create_directories(folder);
  std::ofstream(got_file, std::ios::binary) << got;
  return ::testing::AssertionFailure() << "not what " << golden << " says; see\n  diff " << golden.string() << " "
                                       << got_file.string() << "\nand, if it is right: scripts/approve\n"
                                       << got;
}

}  // namespace umb
