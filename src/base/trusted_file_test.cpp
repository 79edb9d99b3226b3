// SPDX-License-Identifier: Apache-2.0
#include "base/data_folder.h"
#include "testing/temporary_folder.h"

#include <filesystem>
#include <fstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

namespace umb {
namespace {

using ::testing::HasSubstr;

class TrustedFile : public ::testing::Test {
 protected:
  TrustedFile() { write("a.gp", "plot\n", 0644); }

  void write(const std::string& name, const std::string& text, mode_t mode) const {
    std::ofstream(folder_.at(name)) << text;
    ::chmod(folder_.at(name).c_str(), mode);
  }
  [[nodiscard]] Result<std::string> read(const std::string& name) const {
    return read_trusted_file({folder_.path(), owners_}, name);
  }

  TemporaryFolder folder_;
  std::vector<uid_t> owners_{::geteuid()};
};

TEST_F(TrustedFile, is_read_where_only_its_owner_can_write) {
  EXPECT_EQ(read("a.gp").value(), "plot\n");
}

TEST_F(TrustedFile, that_others_can_write_to_is_refused) {
  write("b.gp", "!touch x\n", 0646);
  const Result<std::string> text = read("b.gp");
  ASSERT_FALSE(text.has_value());
  EXPECT_THAT(text.error().text(), HasSubstr("b.gp"));
  EXPECT_THAT(text.error().hint, HasSubstr("chmod"));
}

TEST_F(TrustedFile, that_its_owners_own_group_can_write_to_is_read) {
  write("c.gp", "plot\n", 0664);
  struct stat facts {};
  ASSERT_EQ(::stat(folder_.at("c.gp").c_str(), &facts), 0);
  EXPECT_EQ(read("c.gp").has_value(), ::geteuid() != 0 || facts.st_gid == facts.st_uid);
}

TEST_F(TrustedFile, that_another_group_can_write_to_is_refused_by_root) {
  if (::geteuid() != 0) GTEST_SKIP() << "only root gives files to another group";
  write("c.gp", "plot\n", 0664);
  ASSERT_EQ(::chown(folder_.at("c.gp").c_str(), 0, 65534), 0);
  EXPECT_FALSE(read("c.gp").has_value());
}

TEST_F(TrustedFile, in_a_folder_that_others_can_write_to_is_refused) {
  ::chmod(folder_.path().c_str(), 0777);
  EXPECT_FALSE(read("a.gp").has_value());
}

TEST_F(TrustedFile, of_somebody_else_is_refused) {
  owners_ = {::geteuid() + 1};
  EXPECT_FALSE(read("a.gp").has_value());
}

TEST_F(TrustedFile, is_a_file_and_not_endless) {
  std::filesystem::create_directory(folder_.at("folder"));
  EXPECT_FALSE(read("folder").has_value());
  EXPECT_FALSE(read("missing").has_value());
  write("large.gp", std::string((1U << 20U) + 1, 'x'), 0644);
  EXPECT_FALSE(read("large.gp").has_value());
}

}  // namespace
}  // namespace umb
