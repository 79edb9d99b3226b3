// SPDX-License-Identifier: Apache-2.0
#include "sys/cgroup_mounts.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace umb {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(CgroupHierarchies, are_those_of_version_1_with_controllers_or_a_name) {
  EXPECT_THAT(cgroup1_hierarchies("9:name=systemd:/\n4:memory:/a:b\n2:cpu,cpuacct:/\n0::/x\n"),
              ElementsAre("name=systemd", "memory", "cpu,cpuacct"));
}

TEST(CgroupHierarchies, are_none_where_there_is_only_cgroup2_or_nothing) {
  EXPECT_THAT(cgroup1_hierarchies("0::/user.slice\n"), IsEmpty());
  EXPECT_THAT(cgroup1_hierarchies(""), IsEmpty());
  EXPECT_THAT(cgroup1_hierarchies("damaged\n::\n"), IsEmpty());
}

}  // namespace
}  // namespace umb
