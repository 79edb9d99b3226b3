// SPDX-License-Identifier: Apache-2.0
#include "sys/host_programs.h"

#include "sys/subprocess.h"

#include <gtest/gtest.h>

namespace umb {
namespace {

TEST(VersionIn, finds_it_in_what_programs_say) {
  EXPECT_EQ(version_in("umount from util-linux 2.38.1 (libmount 2.38.1: selinux, smack)\n"), "2.38.1");
  EXPECT_EQ(version_in("mke2fs 1.47.0 (5-Feb-2023)\n\tUsing EXT2FS Library version 1.47.0\n"), "1.47.0");
  EXPECT_EQ(version_in("crun version 1.8.1\ncommit: f8a096be060b22ccd3d5f3ebe44108517fbf6c30\n"), "1.8.1");
  EXPECT_EQ(version_in("runc version 1.1.5+ds1\nspec: 1.0.2-dev\n"), "1.1.5+ds1");
  EXPECT_EQ(version_in("BusyBox v1.35.0 (Debian 1:1.35.0-4+b3) multi-call binary.\n"), "busybox 1.35.0");
}

TEST(VersionIn, is_unknown_where_nothing_reads_like_one) {
  EXPECT_EQ(version_in(""), std::nullopt);
  EXPECT_EQ(version_in("invalid option -- 'V'\n"), std::nullopt);
  EXPECT_EQ(version_in("built 2023"), std::nullopt);
  EXPECT_EQ(version_in("1." + std::string(100, '0')), std::nullopt);
  EXPECT_EQ(version_in("1.2\x1b[31m"), "1.2");
}

TEST(ProgramVersion, of_a_program_that_is_not_there_is_unknown) {
  EXPECT_EQ(program_version("no-such-program-here", "--version"), std::nullopt);
}

TEST(ProgramVersion, of_umount_here_is_known) {
  if (find_program("umount").empty()) GTEST_SKIP() << "umount is not installed";
  EXPECT_TRUE(program_version("umount", "--version").has_value());
}

TEST(LibmountVersion, is_told_by_the_library) {
  EXPECT_TRUE(version_in(libmount_version()).has_value());
}

}  // namespace
}  // namespace umb
