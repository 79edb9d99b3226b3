// SPDX-License-Identifier: Apache-2.0
#include "kernels/archive_reader.h"

#include "kernels/test_package.h"
#include "testing/temporary_folder.h"

#include <map>
#include <random>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace umb {
namespace {

using testing::HasSubstr;

class ArchiveReader : public testing::Test {
 protected:
  /// The plain files of a package and their contents.
  Result<std::map<std::string, std::string>> read(const std::string& bytes, const PackageLimits& limits = {}) {
    std::map<std::string, std::string> files;
    const std::string path = write_file(folder_.at("package"), bytes);
    UMB_ASSIGN(const UniqueFd fd, open_package(path));
    UMB_TRY(read_package(
        fd, path,
        [&](const PackageEntry& entry, EntryBytes& content) -> Result<void> {
          if (entry.type != PackageEntry::Type::kFile) return {};
          std::string& text = files[entry.name];
          while (true) {
            UMB_ASSIGN(const std::string_view piece, content.next());
            if (piece.empty()) return {};
            text += piece;
          }
        },
        limits));
    return files;
  }

  void expect_refused(const std::string& bytes, const std::string& why, const PackageLimits& limits = {}) {
    const auto files = read(bytes, limits);
    ASSERT_FALSE(files.has_value()) << why;
    EXPECT_EQ(files.error().kind, ErrorKind::kUsage) << files.error().text();
    EXPECT_THAT(files.error().text(), HasSubstr(why));
  }

  TemporaryFolder folder_;
  const std::vector<TestEntry> entries_{{"./", "", '5'},
                                        {"./a", std::string(70'000, 'a')},
                                        {"./link", "/etc/passwd", '2'},
                                        {"./hard", "./a", '1'},
                                        {"./b", ""}};
};

TEST_F(ArchiveReader, reads_a_debian_package_however_its_data_are_packed) {
  for (const std::string suffix : {"", ".gz", ".xz", ".zst"}) {
    const auto files = read(debian_package(entries_, suffix));
    ASSERT_TRUE(files.has_value()) << suffix << files.error().text();
    EXPECT_EQ(files->size(), 2U) << "links are no files";
    EXPECT_EQ(files->at("./a"), std::string(70'000, 'a')) << suffix;
    EXPECT_EQ(files->at("./b"), "");
  }
}

TEST_F(ArchiveReader, reads_xz_data_that_are_packed_in_several_blocks) {
  std::string text(size_t{3} << 20U, '\0');
  std::mt19937 random(1);
  for (char& letter : text) letter = static_cast<char>(random());
  const auto files = read(debian_package({{"./a", text}}));
  ASSERT_TRUE(files.has_value());
  EXPECT_TRUE(files->at("./a") == text);
}

TEST_F(ArchiveReader, refuses_a_package_that_is_cut_off_anywhere) {
  for (const std::string suffix : {"", ".gz", ".xz", ".zst"}) {
    const std::string whole = debian_package({{"./a", "text"}}, suffix);
    for (size_t length = 0; length < whole.size(); ++length) {
      const auto files = read(whole.substr(0, length));
      const bool only_padding = length + 1 == whole.size() && whole.back() == '\n';
      ASSERT_TRUE(!files.has_value() || only_padding) << suffix << " " << length << " of " << whole.size();
    }
  }
}

TEST_F(ArchiveReader, refuses_packed_data_that_end_too_early_in_a_package_that_does_not) {
  const std::string data = packed(tar_of({{"./a", "text"}}), ".xz");
  for (size_t length = 0; length < data.size(); ++length) {
    ASSERT_FALSE(read(debian_package_with("data.tar.xz", data.substr(0, length))).has_value()) << length;
  }
  for (const std::string suffix : {"", ".gz", ".zst"}) {
    const std::string other = packed(tar_of({{"./a", std::string(70'000, 'a')}}), suffix);
    expect_refused(debian_package_with("data.tar" + suffix, other.substr(0, other.size() / 2)), "cannot read");
  }
}

TEST_F(ArchiveReader, refuses_xz_data_with_a_wrong_byte) {
  std::string data = packed(tar_of({{"./a", "text"}}), ".xz");
  for (size_t at = 12; at < data.size(); at += 7) {
    data[at] = static_cast<char>(data[at] ^ 1);
    ASSERT_FALSE(read(debian_package_with("data.tar.xz", data)).has_value()) << at;
    data[at] = static_cast<char>(data[at] ^ 1);
  }
}

TEST_F(ArchiveReader, says_why_a_file_is_no_package) {
  expect_refused("", "it is empty");
  expect_refused("!<arch>\n", "it is empty");
  expect_refused("text", "neither a Debian nor an rpm package");
  expect_refused(ar_of({{"x.o", "x"}}), "no Debian package");
  expect_refused(ar_of({{"debian-binary", "2.0\n"}, {"control.tar", tar_of({})}}), "it ends before its data");
  expect_refused(debian_package_with("data.tar.bz2", "x"), "'data.tar.bz2'");
  expect_refused(debian_package_with("data.tar.xz", "not packed at all"), "not packed by xz");
  expect_refused("\xed\xab\xee\xdb", "cannot read the package");
  EXPECT_FALSE(open_package(folder_.path()).has_value());
  EXPECT_FALSE(open_package(folder_.at("missing")).has_value());
  EXPECT_FALSE(open_package("/dev/zero").has_value());
}

TEST_F(ArchiveReader, refuses_more_than_its_limits) {
  expect_refused(debian_package({{"./a", "text", '0', "77777777777"}}), "'./a' in it claims to have 8589934591 bytes");
  const PackageLimits two{.entry_bytes = 1000, .all_bytes = 1500, .entry_count = 2};
  expect_refused(debian_package({{"a", ""}, {"b", ""}, {"c", ""}}), "more than 2 files", two);
  expect_refused(debian_package({{"a", std::string(800, 'a')}, {"b", std::string(800, 'b')}}), "more than 0 MiB", two);
  expect_refused(debian_package_with("data.tar.xz", packed(std::string(1U << 20U, '\0'), ".xz")), "more than 0 MiB",
                 two);
}

TEST_F(ArchiveReader, stops_where_its_visitor_fails) {
  const std::string path = write_file(folder_.at("package"), debian_package(entries_));
  int visited = 0;
  const UniqueFd fd = open_package(path).value();
  const auto state = read_package(fd, path, [&](const PackageEntry&, EntryBytes&) -> Result<void> {
    ++visited;
    return fail("enough");
  });
  ASSERT_FALSE(state.has_value());
  EXPECT_EQ(state.error().text(), "enough");
  EXPECT_EQ(visited, 1);
}

}  // namespace
}  // namespace umb
