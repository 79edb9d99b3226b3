// SPDX-License-Identifier: Apache-2.0
#include "kernels/cache_folder.h"

#include "testing/temporary_folder.h"

#include <cstdlib>
#include <filesystem>

#include <gtest/gtest.h>
#include <sys/stat.h>

namespace umb {
namespace {

class CacheFolder : public testing::Test {
 protected:
  void SetUp() override { ::setenv("XDG_CACHE_HOME", folder_.path().c_str(), 1); }
  void TearDown() override { ::unsetenv("XDG_CACHE_HOME"); }
  TemporaryFolder folder_;
};

TEST_F(CacheFolder, is_made_for_its_owner_alone) {
  const auto path = cache_folder("kernels");
  ASSERT_TRUE(path.has_value());
  EXPECT_EQ(*path, folder_.at("umountbench/kernels"));
  struct stat facts {};
  ASSERT_EQ(::stat(path->c_str(), &facts), 0);
  EXPECT_EQ(facts.st_mode & 0777U, 0700U);
  EXPECT_EQ(cache_folder("kernels").value(), *path) << "a second time";
}

TEST_F(CacheFolder, is_not_made_through_a_symbolic_link) {
  std::filesystem::create_directory(folder_.at("elsewhere"));
  std::filesystem::create_symlink(folder_.at("elsewhere"), folder_.at("umountbench"));
  const auto path = cache_folder("kernels");
  ASSERT_FALSE(path.has_value());
  EXPECT_EQ(path.error().kind, ErrorKind::kUsage);
  EXPECT_TRUE(std::filesystem::is_empty(folder_.at("elsewhere")));
}

}  // namespace
}  // namespace umb
