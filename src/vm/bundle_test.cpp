// SPDX-License-Identifier: Apache-2.0
#include "vm/bundle.h"

#include "sys/host_gzip.h"

#include <gtest/gtest.h>

namespace umb {
namespace {

const Bundle kFiles{{"result.json", std::string(300'000, 'x')}, {"empty", ""}, {"plan.json", std::string("{\0}", 3)}};

/// What a guest gone bad could send.
Result<Bundle> unpacked(std::string_view text) {
  return unpack(gzip({text}).value());
}

/// "" when it is a bundle.
std::string why_not(std::string_view text) {
  const auto bundle = unpacked(text);
  return bundle.has_value() ? "" : bundle.error().text();
}

TEST(Bundle, comes_back_as_it_was_packed) {
  const auto packed = pack(kFiles);
  ASSERT_TRUE(packed.has_value());
  EXPECT_LT(packed->size(), 3'000U);
  EXPECT_EQ(unpack(*packed).value(), kFiles);
  EXPECT_EQ(unpack(pack({}).value()).value(), Bundle{});
  EXPECT_EQ(unpacked("3 a b\n1\n20 c\n").value(), (Bundle{{"a b", "1\n2"}, {"c", ""}}));
}

TEST(Bundle, that_is_cut_is_an_error) {
  const std::string packed = pack(kFiles).value();
  for (size_t size = 0; size < packed.size(); size += 3) {
    EXPECT_FALSE(unpack(std::string_view(packed).substr(0, size)).has_value()) << size;
  }
  EXPECT_EQ(why_not("4 a\nabc"), "cannot unpack a bundle: 'a' is cut off");
  for (const char* text : {"4", "4 ", "4 a", "0 a\n0", "0 a\n0 b", "\n", " \n", "4a\nabcd", " a\nabcd"}) {
    EXPECT_NE(why_not(text), "") << text;
  }
}

TEST(Bundle, takes_no_size_that_is_none_or_too_large) {
  for (const char* size :
       {"-1", "+1", "1x", "0x1", "1.0", "268435457", "18446744073709551616", "99999999999999999999"}) {
    EXPECT_NE(why_not(std::string(size) + " a\nb"), "") << size;
  }
  EXPECT_EQ(why_not("268435456 a\nb"), "cannot unpack a bundle: 'a' is cut off");
}

TEST(Bundle, holds_no_more_than_256_mib_in_all) {
  const std::string half(kMaxBundleBytes / 2, '\0');
  const std::string line = std::to_string(half.size()) + " ";
  EXPECT_EQ(unpack(gzip({line, "a\n", half, line, "b\n", half}).value()).value().size(), 2U);
  const std::string more = gzip({line, "a\n", half, line, "b\n", half, "1 c\nx"}).value();
  EXPECT_EQ(unpack(more).error().text(), "a bundle is larger than 256 MiB");
  EXPECT_FALSE(pack({{"a", half}, {"b", half}, {"c", "x"}}).has_value());
  const std::string bomb = gzip({line, "a\n", half, half, half, half}).value();
  EXPECT_EQ(unpack(bomb).error().text(), "cannot unpack gzip data: it is longer than the limit");
}

TEST(Bundle, holds_64_files_and_no_more) {
  Bundle files;
  for (int i = 0; i < 64; ++i) files[std::to_string(i)] = "x";
  EXPECT_EQ(unpack(pack(files).value()).value(), files);
  files["one more"] = "x";
  EXPECT_FALSE(pack(files).has_value());
  std::string text;
  for (const auto& [name, bytes] : files) text += "1 " + name + "\n" + bytes;
  EXPECT_EQ(why_not(text), "a bundle holds at most 64 files");
}

TEST(Bundle, takes_plain_names_only) {
  const std::string longest(255, 'n');
  EXPECT_EQ(unpack(pack({{longest, "x"}}).value()).value(), (Bundle{{longest, "x"}}));
  for (const std::string& name : {std::string("../etc/passwd"), std::string("/etc/passwd"), std::string("a/b"),
                                  std::string(".."), std::string("."), std::string(), std::string("a\nb"),
                                  std::string("a\0b", 3), std::string("\x1b[2J"), std::string("\x7f"), longest + "n"}) {
    EXPECT_FALSE(pack({{name, "x"}}).has_value()) << name;
    EXPECT_NE(why_not("1 " + name + "\nx"), "") << name;
  }
}

TEST(Bundle, holds_a_name_once) {
  EXPECT_EQ(why_not("1 a\nx1 a\ny"), "a bundle holds 'a' twice");
}

TEST(Bundle, of_noise_is_an_error) {
  EXPECT_FALSE(unpack("").has_value());
  EXPECT_FALSE(unpack("1 a\nx").has_value());
  EXPECT_NE(why_not(std::string(100'000, '7')), "");
}

}  // namespace
}  // namespace umb
