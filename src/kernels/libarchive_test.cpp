// SPDX-License-Identifier: Apache-2.0
#include "kernels/libarchive.h"

#include <gtest/gtest.h>

namespace umb {
namespace {

TEST(Libarchive, is_loaded_once_and_works) {
  const auto first = libarchive();
  ASSERT_TRUE(first.has_value()) << first.error().text();
  EXPECT_EQ(first.value(), libarchive().value());
  archive* reader = first.value()->archive_read_new();
  ASSERT_NE(reader, nullptr);
  EXPECT_EQ(first.value()->archive_read_support_format_tar(reader), ARCHIVE_OK);
  EXPECT_EQ(first.value()->archive_read_free(reader), ARCHIVE_OK);
}

TEST(Libarchive, that_is_not_installed_is_named_with_its_package) {
  const auto none = load_libarchive("libnobody-has-this.so.13");
  ASSERT_FALSE(none.has_value());
  EXPECT_EQ(none.error().kind, ErrorKind::kUnavailable);
  EXPECT_NE(none.error().text().find("libnobody-has-this.so.13"), std::string::npos) << none.error().text();
  EXPECT_NE(none.error().hint.find("libarchive13"), std::string::npos);
}

TEST(Libarchive, that_lacks_a_function_is_refused) {
  const auto other = load_libarchive("libz.so.1");
  ASSERT_FALSE(other.has_value());
  EXPECT_NE(other.error().text().find("archive_"), std::string::npos) << other.error().text();
}

}  // namespace
}  // namespace umb
