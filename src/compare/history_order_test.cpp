// SPDX-License-Identifier: Apache-2.0
#include "compare/history_order.h"

#include <gtest/gtest.h>

namespace umb {
namespace {

TEST(HistoryOrder, reads_times_whatever_their_precision_and_offset) {
  EXPECT_EQ(utc_ns("1970-01-01T00:00:01Z"), 1'000'000'000);
  EXPECT_LT(utc_ns("2026-03-02T09:00:00Z"), utc_ns("2026-03-02T09:00:00.500Z"));
  EXPECT_LT(utc_ns("2026-03-02T10:30:00+02:00"), utc_ns("2026-03-02T09:00:00Z"));
  EXPECT_EQ(utc_ns("2026-03-02T09:00:00.123456789Z"), utc_ns("2026-03-02T04:00:00.123456789-05:00"));
  for (const char* bad : {"", "yesterday", "2026-03-02", "2026-13-02T09:00:00Z", "2026-03-02T09:00:00",
                          "2026-02-30T09:00:00Z", "2026-03-02T09:00:00.Z", "2026-03-02T09:00:00Zx"}) {
    EXPECT_EQ(utc_ns(bad), std::nullopt) << bad;
  }
}

TEST(HistoryOrder, has_releases_as_people_count_them) {
  const char* const ascending[] = {"5.10.0",
                                   "6.1.9",
                                   "6.1.10",
                                   "6.13.0-rc2-00009-gabcdef0",
                                   "6.13.0-rc2-00123-gabcdef0",
                                   "6.13.0-rc10",
                                   "6.13.0",
                                   "6.13.0-1-amd64",
                                   "6.13.1-rc1",
                                   "6.13.1"};
  for (size_t i = 0; i + 1 < std::size(ascending); ++i) {
    EXPECT_TRUE(lower_release(ascending[i], ascending[i + 1])) << ascending[i];
    EXPECT_FALSE(lower_release(ascending[i + 1], ascending[i])) << ascending[i];
    EXPECT_FALSE(lower_release(ascending[i], ascending[i])) << ascending[i];
  }
}

TEST(HistoryOrder, finds_the_commit_and_takes_nothing_else_for_it) {
  EXPECT_EQ(commit_in("6.13.0-rc2-00123-g0a1b2c3d4e5f"), "0a1b2c3d4e5f");
  EXPECT_EQ(commit_in("6.13.0-rc2-00123-g0a1b2c3d4e5f-dirty"), "0a1b2c3d4e5f");
  EXPECT_EQ(commit_in("6.13.0-rc2-g0a1b2c3d4e5f-generic"), "0a1b2c3d4e5f");
  EXPECT_EQ(commit_in("6.13.0-g0a1b2c3+"), "0a1b2c3");
  EXPECT_EQ(commit_in("6.13.0-45-generic"), "");
  EXPECT_EQ(commit_in("6.13.0-gabc"), "");
  EXPECT_EQ(commit_in("6.13.0-gabcdef0xyz"), "");
}

}  // namespace
}  // namespace umb
