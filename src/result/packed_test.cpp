// SPDX-License-Identifier: Apache-2.0
#include "result/reader.h"
#include "result/test_text.h"
#include "testing/fake_tree.h"
#include "testing/full_record.h"

#include <gtest/gtest.h>
#include <zlib.h>
#include <zstd.h>

namespace umb {
namespace {

std::string whole() {
  return as_text(full_record());
}

std::string gzip(const std::string& text) {
  z_stream stream{};
  ::deflateInit2(&stream, 1, Z_DEFLATED, 16 + MAX_WBITS, 9, Z_DEFAULT_STRATEGY);
  std::string packed(::deflateBound(&stream, text.size()), '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
  stream.avail_in = static_cast<uInt>(text.size());
  stream.next_out = reinterpret_cast<Bytef*>(packed.data());
  stream.avail_out = static_cast<uInt>(packed.size());
  ::deflate(&stream, Z_FINISH);
  packed.resize(packed.size() - stream.avail_out);
  ::deflateEnd(&stream);
  return packed;
}

std::string zstd(const std::string& text) {
  std::string packed(::ZSTD_compressBound(text.size()), '\0');
  packed.resize(::ZSTD_compress(packed.data(), packed.size(), text.data(), text.size(), 3));
  return packed;
}

TEST(LoadResult, unpacks_gzip_and_zstd_by_the_name) {
  const std::string text = whole();
  const FakeTree tree{{"a.json", text},
                      {"a.json.gz", gzip(text)},
                      {"a.json.zst", zstd(text)},
                      {"two.json.gz", gzip(text.substr(0, 700)) + gzip(text.substr(700))},
                      {"two.json.zst", zstd(text.substr(0, 700)) + zstd(text.substr(700))}};
  for (const char* name : {"/a.json", "/a.json.gz", "/a.json.zst", "/two.json.gz", "/two.json.zst"}) {
    const Result<Loaded> loaded = load_result(tree.path() + name);
    ASSERT_TRUE(loaded.has_value()) << loaded.error().text();
    EXPECT_EQ(as_text(loaded->record), text) << name;
  }
}

TEST(LoadResult, refuses_packed_files_that_are_damaged_or_cut_off_anywhere) {
  for (const std::string suffix : {".gz", ".zst"}) {
    const std::string packed = suffix == ".gz" ? gzip(whole()) : zstd(whole());
    const FakeTree tree{{"plain.json" + suffix, whole()}};
    EXPECT_FALSE(load_result(tree.path() + "/plain.json" + suffix).has_value());
    for (size_t size = 0; size < packed.size(); size += 7) {
      tree.set({"cut" + suffix, packed.substr(0, size)});
      const Result<Loaded> loaded = load_result(tree.path() + "/cut" + suffix);
      ASSERT_FALSE(loaded.has_value()) << suffix << " " << size;
      EXPECT_EQ(loaded.error().kind, ErrorKind::kUsage) << loaded.error().text();
    }
  }
}

TEST(LoadResult, refuses_a_bomb) {
  const std::string head = "{\"unknown\": [0";
  std::string zeros;
  while (zeros.size() < (1U << 20U)) zeros += ",0";
  std::string text = head;
  for (int i = 0; i < 80; ++i) text += zeros;
  const FakeTree tree{{"a.json.gz", gzip(text)}, {"a.json.zst", zstd(text)}};
  for (const char* name : {"/a.json.gz", "/a.json.zst"}) {
    const Result<Loaded> loaded = load_result(tree.path() + name);
    ASSERT_FALSE(loaded.has_value());
    EXPECT_NE(loaded.error().text().find("grows without measure"), std::string::npos) << loaded.error().text();
  }
}

}  // namespace
}  // namespace umb
