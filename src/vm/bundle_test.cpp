// SPDX-License-Identifier: Apache-2.0
#include "vm/bundle.h"

#include <gtest/gtest.h>

namespace umb {
namespace {

const Bundle kFiles{{"result.json", std::string(300'000, 'x')}, {"empty", ""}, {"plan.json", std::string("{\0}", 3)}};

TEST(Bundle, comes_back_as_it_was_packed) {
  const auto packed = pack(kFiles);
  ASSERT_TRUE(packed.has_value());
  EXPECT_LT(packed->size(), 3'000U);
  EXPECT_EQ(unpack(*packed).value(), kFiles);
  EXPECT_EQ(unpack(pack({}).value()).value(), Bundle{});
}

TEST(Bundle, that_is_cut_is_an_error_unless_all_files_are_whole) {
  const std::string packed = pack(kFiles).value();
  int errors = 0;
  for (size_t size = 1; size < packed.size(); size += 3) {
    const auto cut = unpack(std::string_view(packed).substr(0, size));
    errors += cut.has_value() ? 0 : 1;
    if (cut.has_value()) {
      EXPECT_EQ(*cut, kFiles) << size;
    }
  }
  EXPECT_GT(errors, 20);
}

TEST(Bundle, takes_no_name_with_a_folder_in_it) {
  for (const char* name : {"../etc/passwd", "/etc/passwd", "a/b", ".."}) {
    EXPECT_FALSE(unpack(pack({{name, "x"}}).value()).has_value()) << name;
  }
}

}  // namespace
}  // namespace umb
