// SPDX-License-Identifier: Apache-2.0
#include "app/boot_folder.h"

#include "testing/fake_tree.h"

#include <gtest/gtest.h>
#include <sys/utsname.h>

namespace umb {
namespace {

TEST(BootsSoFar, counts_each_boot_of_this_kernel_once_and_no_other_kernel_s) {
  utsname names{};
  ASSERT_EQ(::uname(&names), 0);
  const std::string kernel = file_name_part(names.release) + "-";
  const std::string first = "0d3d2b6c-1111-4222-8333-444455556666";
  const std::string second = "7f1c09aa-1111-4222-8333-444455556666";
  const FakeTree tree{{kernel + first + ".json", ""},  {kernel + first + "-2.json", ""},
                      {kernel + second + ".json", ""}, {kernel + "rt-" + first + ".json", ""},
                      {kernel + "notes.json", ""},     {kernel + first + ".json.partial", ""},
                      {"6.1-" + first + ".json", ""}};
  const std::string said = boots_so_far(tree.path(), "new.json");
  EXPECT_TRUE(said.starts_with("boot 2 of 7 of kernel ")) << said;
}

}  // namespace
}  // namespace umb
