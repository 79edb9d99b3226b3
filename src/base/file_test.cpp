// SPDX-License-Identifier: Apache-2.0
#include "base/file.h"

#include "testing/fake_tree.h"

#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <functional>
#include <vector>

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

namespace umb {
namespace {

namespace fs = std::filesystem;

std::vector<std::string> names_in(const std::string& folder) {
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator(folder)) names.push_back(entry.path().filename());
  return names;
}

/// Runs `body` in a child, so that limits and identities it sets are gone afterwards; its exit code comes back.
int in_child(const std::function<int()>& body) {
  const pid_t child = ::fork();
  if (child == 0) ::_exit(body());
  int status = 0;
  ::waitpid(child, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

TEST(OutputFile, appears_under_its_name_only_when_it_is_complete) {
  const FakeTree tree{{"a.json", "old"}};
  const std::string path = tree.path() + "/a.json";
  {
    auto file = OutputFile::create(path);
    ASSERT_TRUE(file.has_value()) << file.error().text();
    ASSERT_TRUE(file->write("new").has_value());
    EXPECT_EQ(read_file(path, 100).value(), "old");
    ASSERT_TRUE(file->commit().has_value());
  }
  EXPECT_EQ(read_file(path, 100).value(), "new");
  EXPECT_EQ(names_in(tree.path()), std::vector<std::string>{"a.json"});
}

TEST(OutputFile, leaves_nothing_when_it_is_dropped) {
  const FakeTree tree{};
  {
    auto file = OutputFile::create(tree.path() + "/a.json");
    ASSERT_TRUE(file.has_value());
    ASSERT_TRUE(file->write(std::string(1'000'000, 'x')).has_value());
    EXPECT_EQ(names_in(tree.path()).size(), 1U);
  }
  EXPECT_TRUE(names_in(tree.path()).empty());
}

TEST(OutputFile, does_not_replace_what_came_in_between_when_told_so) {
  const FakeTree tree{};
  const std::string path = tree.path() + "/a.json";
  auto file = OutputFile::create(path);
  ASSERT_TRUE(file.has_value());
  tree.set({"a.json", "somebody else's"});
  const Result<void> committed = file->commit_new();
  ASSERT_FALSE(committed.has_value());
  EXPECT_EQ(committed.error().errno_value, EEXIST);
  EXPECT_EQ(read_file(path, 100).value(), "somebody else's");
}

TEST(OutputFile, is_found_again_when_the_working_folder_changes) {
  const FakeTree tree{};
  const fs::path before = fs::current_path();
  fs::current_path(tree.path());
  auto file = OutputFile::create("a.json");
  fs::current_path("/");
  ASSERT_TRUE(file.has_value());
  EXPECT_TRUE(file->commit().has_value());
  fs::current_path(before);
  EXPECT_TRUE(fs::exists(tree.path() + "/a.json"));
}

TEST(OutputFile, reports_the_limit_it_hits_and_is_not_committed_afterwards) {
  const FakeTree tree{};
  const int code = in_child([&] {
    ::signal(SIGXFSZ, SIG_IGN);
    const rlimit limit{100'000, 100'000};
    ::setrlimit(RLIMIT_FSIZE, &limit);
    auto file = OutputFile::create(tree.path() + "/a.json");
    if (!file.has_value()) return 1;
    const Result<void> written = file->write(std::string(200'000, 'x'));
    if (written.has_value() || written.error().errno_value != EFBIG) return 2;
    if (written.error().kind != ErrorKind::kFailed) return 3;
    if (file->write("y").has_value()) return 4;
    return file->commit().has_value() ? 5 : 0;
  });
  EXPECT_EQ(code, 0);
  EXPECT_TRUE(names_in(tree.path()).empty());
}

struct BadPlace {
  const char* path;
  const char* why;
};

TEST(CheckOutputPlace, refuses_what_can_t_become_a_plain_file) {
  const FakeTree tree{{"file", "x"}, fake_folder("folder"), fake_link("link", "file"), fake_link("dangling", "none")};
  ASSERT_EQ(::mkfifo((tree.path() + "/fifo").c_str(), 0600), 0);
  const std::vector<BadPlace> places{{"/missing/a.json", "there is no folder"},
                                     {"/file/a.json", "there is no folder"},
                                     {"/folder", "it is a folder"},
                                     {"/folder/", "no file's name"},
                                     {"/folder/.", "no file's name"},
                                     {"/link", "symbolic link"},
                                     {"/dangling", "symbolic link"},
                                     {"/fifo", "not a plain file"}};
  for (const BadPlace& place : places) {
    const Result<void> checked = check_output_place(tree.path() + place.path);
    ASSERT_FALSE(checked.has_value()) << place.path;
    EXPECT_EQ(checked.error().kind, ErrorKind::kUsage) << place.path;
    EXPECT_NE(checked.error().text().find(place.why), std::string::npos) << checked.error().text();
    EXPECT_FALSE(checked.error().hint.empty()) << place.path;
  }
  EXPECT_FALSE(check_output_place("").has_value());
  EXPECT_FALSE(check_output_place(tree.path() + "/" + std::string(254, 'n')).has_value());
  EXPECT_EQ(check_output_place("/dev/null").error().kind, ErrorKind::kUsage);
}

TEST(CheckOutputPlace, leaves_nothing_and_touches_nothing) {
  const FakeTree tree{{"file", "x"}};
  EXPECT_TRUE(check_output_place(tree.path() + "/file").has_value());
  EXPECT_TRUE(check_output_place(tree.path() + "/new").has_value());
  EXPECT_EQ(names_in(tree.path()), std::vector<std::string>{"file"});
  EXPECT_EQ(read_file(tree.path() + "/file", 10).value(), "x");
}

TEST(CheckOutputPlace, sees_a_folder_that_the_caller_may_not_write_to) {
  const FakeTree tree{fake_folder("closed")};
  fs::permissions(tree.path(), fs::perms(0755));
  fs::permissions(tree.path() + "/closed", fs::perms(0555));
  const int code = in_child([&] {
    if (::geteuid() == 0) {
      ::setenv("SUDO_UID", "65534", 1);
      ::setenv("SUDO_GID", "65534", 1);
    }
    const Result<void> checked = check_output_place(tree.path() + "/closed/a.json");
    if (checked.has_value()) return 1;
    return checked.error().kind == ErrorKind::kUsage && checked.error().errno_value == EACCES ? 0 : 2;
  });
  EXPECT_EQ(code, 0);
}

TEST(CreateNewFile, never_takes_over_what_is_there) {
  const FakeTree tree{{"file", "x"}, fake_link("link", "elsewhere")};
  EXPECT_EQ(create_new_file(tree.path() + "/file").error().errno_value, EEXIST);
  EXPECT_EQ(create_new_file(tree.path() + "/link").error().errno_value, EEXIST);
  EXPECT_FALSE(fs::exists(tree.path() + "/elsewhere"));
  EXPECT_TRUE(create_new_file(tree.path() + "/new").has_value());
  EXPECT_TRUE(remove_file(tree.path() + "/new").has_value());
  EXPECT_TRUE(remove_file(tree.path() + "/new").has_value());
}

TEST(ReadFile, reads_no_more_than_its_limit) {
  const FakeTree tree{{"file", "12345"}};
  EXPECT_EQ(read_file(tree.path() + "/file", 5).value(), "12345");
  const auto longer = read_file(tree.path() + "/file", 4);
  ASSERT_FALSE(longer.has_value());
  EXPECT_EQ(longer.error().kind, ErrorKind::kUsage);
  EXPECT_FALSE(read_file("/dev/zero", 100).has_value());
  EXPECT_EQ(read_file(tree.path(), 100).error().errno_value, EISDIR);
  EXPECT_EQ(read_file(tree.path() + "/none", 100).error().kind, ErrorKind::kUsage);
}

TEST(ReadFile, reads_a_pipe_and_does_not_wait_for_one_that_nobody_writes_to) {
  const FakeTree tree{};
  const std::string fifo = tree.path() + "/fifo";
  ASSERT_EQ(::mkfifo(fifo.c_str(), 0600), 0);
  EXPECT_EQ(read_file(fifo, 100).value(), "");
  int ends[2];
  ASSERT_EQ(::pipe2(ends, O_CLOEXEC), 0);
  const UniqueFd out(ends[0]);
  UniqueFd in(ends[1]);
  ASSERT_TRUE(write_all(in.get(), "piped", "pipe").has_value());
  in.reset();
  EXPECT_EQ(read_file("/dev/fd/" + std::to_string(out.get()), 100).value(), "piped");
}

TEST(WriteAll, reports_a_full_disk) {
  const UniqueFd full(::open("/dev/full", O_WRONLY | O_CLOEXEC));
  if (!full.valid()) GTEST_SKIP() << "there is no /dev/full here";
  const Result<void> written = write_all(full.get(), "x", "a.json");
  ASSERT_FALSE(written.has_value());
  EXPECT_EQ(written.error().text(), "cannot write 'a.json': No space left on device");
  EXPECT_EQ(written.error().kind, ErrorKind::kFailed);
}

}  // namespace
}  // namespace umb
