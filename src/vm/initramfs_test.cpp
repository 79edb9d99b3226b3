// SPDX-License-Identifier: Apache-2.0
#include "vm/initramfs.h"

#include "sys/executable.h"
#include "vm/initramfs_cache.h"
#include "vm/test_modules.h"

#include <map>
#include <memory>
#include <optional>

#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <time.h>

namespace umb {
namespace {

using testing::Contains;
using testing::HasSubstr;
using testing::Key;

struct Read {
  mode_t mode = 0;
  std::string text;  ///< content, or a link's target
  int64_t owner = 0, time = 0, device = 0;
};

/// The archive as somebody else's reader has it.
std::map<std::string, Read> read_back(const std::string& path) {
  std::map<std::string, Read> entries;
  archive* reader = ::archive_read_new();
  ::archive_read_support_format_cpio(reader);
  ::archive_read_support_filter_gzip(reader);
  archive_entry* entry = nullptr;
  EXPECT_EQ(::archive_read_open_filename(reader, path.c_str(), 65536), ARCHIVE_OK);
  while (::archive_read_next_header(reader, &entry) == ARCHIVE_OK) {
    Read read{::archive_entry_mode(entry), "", ::archive_entry_uid(entry) + ::archive_entry_gid(entry),
              ::archive_entry_mtime(entry), static_cast<int64_t>(::archive_entry_rdev(entry))};
    if (const char* target = ::archive_entry_symlink(entry); target != nullptr) read.text = target;
    std::string piece(65536, '\0');
    la_ssize_t count = 0;
    while ((count = ::archive_read_data(reader, piece.data(), piece.size())) > 0) {
      read.text.append(piece.data(), static_cast<size_t>(count));
    }
    entries[::archive_entry_pathname(entry)] = std::move(read);
  }
  EXPECT_EQ(::archive_filter_code(reader, 0) == ARCHIVE_FILTER_GZIP,
            std::filesystem::file_size(path) < 1000 * 1000 && entries.contains("large"));
  ::archive_read_free(reader);
  return entries;
}

std::string bytes_of(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

/// A static init keeps the tests quick: the libraries have their own.
class Initramfs : public testing::Test {
 protected:
  void SetUp() override {
    std::ofstream(kernel_.at("init")) << "#!" + kernel_.at("static");
    std::string head = bytes_of(executable_path().value()).substr(0, 4096);
    head.replace(56, 2, std::string(2, '\0'));
    std::ofstream(kernel_.at("static")) << head;
    for (const char* name : {"init", "static"}) {
      std::filesystem::permissions(kernel_.at(name), std::filesystem::perms::owner_all);
    }
    kernel_.put("ext4.ko", made_module({.depends = "jbd2"}));
    kernel_.put("jbd2.ko", made_module({}));
  }
  [[nodiscard]] InitramfsContent content() const {
    InitramfsContent content;
    content.init = kernel_.at("init");
    content.modules = find_modules(kernel_.files(), {"ext4"}).value();
    content.files = {{"/etc/passwd", "root:x:0:0\n"}, {"/job/plan.json", "{}", 0600}};
    return content;
  }
  static timespec written(const std::string& path) {
    struct stat facts {};
    EXPECT_EQ(::stat(path.c_str(), &facts), 0);
    return facts.st_mtim;
  }
  MadeKernel kernel_;
};

TEST_F(Initramfs, holds_what_a_guest_boots_from) {
  const auto path = make_initramfs(content());
  ASSERT_TRUE(path.has_value()) << path.error().text();
  const auto entries = read_back(*path);
  EXPECT_EQ(entries.at("init").text, bytes_of(kernel_.at("init")));
  EXPECT_EQ(entries.at("init").mode, S_IFREG | 0755U);
  EXPECT_EQ(entries.at("modules/000-jbd2.ko").text, made_module({}));
  EXPECT_EQ(entries.at("modules/001-ext4.ko").text, made_module({.depends = "jbd2"}));
  EXPECT_EQ(entries.at("dev/console").mode, S_IFCHR | 0600U);
  EXPECT_EQ(entries.at("dev/console").device, static_cast<int64_t>(makedev(5, 1)));
  EXPECT_EQ(entries.at("tmp").mode, S_IFDIR | 01777U);
  EXPECT_EQ(entries.at("proc").mode, S_IFDIR | 0755U);
  EXPECT_EQ(entries.at("job/plan.json").mode, S_IFREG | 0600U);
  EXPECT_EQ(entries.at("etc/passwd").text, "root:x:0:0\n");
  EXPECT_EQ(entries.at("lib64").text, "usr/lib64");
  EXPECT_EQ(entries.at("usr/lib64").mode, S_IFDIR | 0755U);
  for (const auto& [name, entry] : entries) EXPECT_TRUE(entry.owner == 0 && entry.time == 0) << name;
}

TEST_F(Initramfs, has_each_folder_before_what_is_in_it) {
  const std::string path = make_initramfs(content()).value();
  archive* reader = ::archive_read_new();
  ::archive_read_support_format_cpio(reader);
  ASSERT_EQ(::archive_read_open_filename(reader, path.c_str(), 65536), ARCHIVE_OK);
  std::vector<std::string> before{""};
  archive_entry* entry = nullptr;
  while (::archive_read_next_header(reader, &entry) == ARCHIVE_OK) {
    const std::filesystem::path name = ::archive_entry_pathname(entry);
    EXPECT_THAT(before, Contains(name.parent_path().string())) << name;
    before.push_back(name.string());
  }
  ::archive_read_free(reader);
}

TEST_F(Initramfs, has_the_libraries_of_a_program_under_both_paths_of_merged_folders) {
  InitramfsContent with = content();
  with.programs = {"/bin/sh"};
  const auto path = make_initramfs(with);
  ASSERT_TRUE(path.has_value()) << path.error().text();
  const auto entries = read_back(*path);
  EXPECT_THAT(entries, Contains(Key("usr/bin/sh")));
  EXPECT_THAT(entries, Contains(Key(testing::StartsWith("usr/lib64/ld-linux"))));
  EXPECT_THAT(entries, Contains(Key(testing::EndsWith("/libc.so.6"))));
  EXPECT_TRUE(S_ISLNK(entries.at("bin").mode));
}

TEST_F(Initramfs, is_the_same_bytes_whenever_it_is_made) {
  const std::string path = make_initramfs(content()).value();
  const std::string first = bytes_of(path);
  std::filesystem::remove(path);
  EXPECT_EQ(make_initramfs(content()).value(), path);
  EXPECT_EQ(bytes_of(path), first);
}

TEST_F(Initramfs, is_not_written_again_when_nothing_changed) {
  const std::string path = make_initramfs(content()).value();
  const timespec long_ago[2] = {{1000, 0}, {1000, 0}};
  ASSERT_EQ(::utimensat(AT_FDCWD, path.c_str(), long_ago, 0), 0);
  EXPECT_EQ(make_initramfs(content()).value(), path);
  EXPECT_EQ(written(path).tv_sec, 1000);
}

TEST_F(Initramfs, is_another_one_when_anything_changed) {
  std::vector<std::string> paths{make_initramfs(content()).value()};
  const auto expect_new = [&](const InitramfsContent& content, const char* what) {
    const std::string path = make_initramfs(content).value();
    EXPECT_THAT(paths, testing::Not(Contains(path))) << what;
    paths.push_back(path);
  };
  InitramfsContent other = content();
  other.files[0].text += "x";
  expect_new(other, "text");
  other.files[0].permissions = 0600;
  expect_new(other, "permissions");
  other.files[0].path = "/etc/shadow";
  expect_new(other, "path");
  kernel_.put("ext4.ko", made_module({.depends = "jbd2", .softdep = "pre: none"}));
  expect_new(content(), "a module");
  std::ofstream(kernel_.at("init"), std::ios::app) << " \n";
  expect_new(content(), "init");
}

TEST_F(Initramfs, is_not_made_of_modules_that_changed_meanwhile) {
  InitramfsContent content = this->content();
  content.modules.modules[0].bytes.clear();
  kernel_.put("jbd2.ko", made_module({.softdep = "pre: none"}));
  const auto path = make_initramfs(content);
  ASSERT_FALSE(path.has_value());
  EXPECT_THAT(path.error().text(), HasSubstr("jbd2.ko"));
  for (const auto& entry : std::filesystem::directory_iterator(kernel_.at("cache/umountbench/initramfs"))) {
    EXPECT_NE(entry.path().extension(), ".cpio") << "nothing half written";
  }
}

TEST_F(Initramfs, is_packed_by_gzip_when_it_is_large) {
  InitramfsContent large = content();
  large.files.push_back({"/large", std::string(size_t{65} * 1024 * 1024, 'x')});
  const std::string path = make_initramfs(large).value();
  EXPECT_EQ(bytes_of(path).substr(0, 2), "\x1f\x8b");
  EXPECT_EQ(read_back(path).at("large").text, large.files.back().text);
  const std::string first = bytes_of(path);
  std::filesystem::remove(path);
  EXPECT_EQ(bytes_of(make_initramfs(large).value()), first);
}

/// No file of this process may grow beyond it, which is what a full disk looks like from here.
class FileSizeLimit {
 public:
  explicit FileSizeLimit(rlim_t bytes) {
    ::getrlimit(RLIMIT_FSIZE, &before_);
    const rlimit limit{bytes, before_.rlim_max};
    ::setrlimit(RLIMIT_FSIZE, &limit);
    signal_before_ = ::signal(SIGXFSZ, SIG_IGN);
  }
  FileSizeLimit(const FileSizeLimit&) = delete;
  FileSizeLimit& operator=(const FileSizeLimit&) = delete;
  ~FileSizeLimit() {
    ::setrlimit(RLIMIT_FSIZE, &before_);
    ::signal(SIGXFSZ, signal_before_);
  }

 private:
  rlimit before_{};
  void (*signal_before_)(int) = nullptr;
};

TEST_F(Initramfs, leaves_nothing_when_there_is_no_room_for_it) {
  for (const size_t bytes : {size_t{200} * 1024, size_t{65} * 1024 * 1024}) {
    InitramfsContent large = content();
    large.files.push_back({"/large", std::string(bytes, 'x')});
    const auto failed = [&] {
      const FileSizeLimit limit(32 * 1024);
      return make_initramfs(large);
    }();
    ASSERT_FALSE(failed.has_value());
    EXPECT_EQ(failed.error().kind, ErrorKind::kFailed);
    EXPECT_THAT(failed.error().text(), HasSubstr("umountbench/initramfs/"));
    EXPECT_EQ(failed.error().hint, "make room and try again");
    EXPECT_TRUE(std::filesystem::is_empty(kernel_.at("cache/umountbench/initramfs")));
  }
}

TEST_F(Initramfs, takes_no_path_that_leaves_the_guests_root_or_is_taken) {
  for (const char* bad : {"relative", "/", "", "/etc/passwd/x", "/etc", "/init", "/lib64"}) {
    InitramfsContent content = this->content();
    content.files.push_back({bad, "text"});
    EXPECT_FALSE(make_initramfs(content).has_value()) << bad;
  }
  InitramfsContent content = this->content();
  content.files.push_back({"/../../escaped", "text"});
  EXPECT_THAT(read_back(make_initramfs(content).value()), Contains(Key("escaped")));
}

TEST_F(Initramfs, leaves_the_twenty_used_last_and_what_was_used_today) {
  const std::string folder = kernel_.at("cache/umountbench/initramfs");
  const std::string kept = make_initramfs(content()).value();
  const auto put = [&](const std::string& name, time_t used) {
    std::ofstream(folder + "/" + name) << "x";
    const timespec times[2] = {{used, 0}, {used, 0}};
    ASSERT_EQ(::utimensat(AT_FDCWD, (folder + "/" + name).c_str(), times, 0), 0);
  };
  for (int i = 0; i < 25; ++i) put("old" + std::to_string(i) + ".cpio", 1000 + i);
  put("half.cpio.tmp-abcdef", 1000);
  put("gone.modules", 1000);
  put("kept.modules", ::time(nullptr) - 7 * 86'400);
  InitramfsCache::open()->remove_unused();
  EXPECT_TRUE(std::filesystem::exists(kept));
  EXPECT_FALSE(std::filesystem::exists(folder + "/half.cpio.tmp-abcdef"));
  EXPECT_FALSE(std::filesystem::exists(folder + "/gone.modules"));
  EXPECT_TRUE(std::filesystem::exists(folder + "/kept.modules"));
  EXPECT_FALSE(std::filesystem::exists(folder + "/old5.cpio"));
  EXPECT_TRUE(std::filesystem::exists(folder + "/old6.cpio"));
}

}  // namespace
}  // namespace umb
