// SPDX-License-Identifier: Apache-2.0
#include "result/recovery.h"

#include "base/file.h"
#include "result/journal.h"
#include "result/reader.h"
#include "result/writer.h"
#include "testing/fake_tree.h"
#include "testing/full_record.h"

#include <filesystem>

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

namespace umb {
namespace {

namespace fs = std::filesystem;

/// What a killed run leaves: a journal with one block of three samples, beside "a.json".
std::string leave_journal(const FakeTree& tree) {
  auto journal = Journal::create(tree.path() + "/a.json", full_record());
  EXPECT_TRUE(journal.has_value()) << journal.error().text();
  Block block;
  block.samples.resize(3);
  EXPECT_TRUE(journal->append_block(block, {}).has_value());
  return journal->path();
}

void write_record(const std::string& path, const RunRecord& record) {
  auto file = OutputFile::create(path);
  ASSERT_TRUE(file.has_value() && write_result(record, *file).has_value() && file->commit().has_value());
}

std::vector<std::string> names_in(const FakeTree& tree) {
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator(tree.path())) names.push_back(entry.path().filename());
  return names;
}

TEST(IsOnlyBegun, is_a_journal_without_its_whole_first_line_and_no_other_file) {
  const FakeTree tree{};
  const std::string whole = read_file(leave_journal(tree), 1'000'000).value();
  const std::string path = tree.path() + "/b.json.partial";
  for (const size_t size : {size_t{0}, size_t{20}, whole.find('\n')}) {
    tree.set({"b.json.partial", whole.substr(0, size)});
    EXPECT_TRUE(is_only_begun(path)) << size;
  }
  for (const std::string& other :
       {whole, whole.substr(0, whole.find('\n') + 1), std::string("2026"), std::string("{"),
        std::string("12 0123abcX {"), "100000 0123abcd {" + std::string(100'000, 'x') + "\n"}) {
    tree.set({"b.json.partial", other});
    EXPECT_FALSE(is_only_begun(path)) << other.substr(0, 20);
  }
  tree.set({"b.json.partial", ""});
  fs::create_symlink(path, tree.path() + "/c.json.partial");
  EXPECT_FALSE(is_only_begun(tree.path() + "/c.json.partial"));
  EXPECT_FALSE(is_only_begun(tree.path() + "/nothing"));
}

TEST(RecoverJournal, makes_a_result_of_what_a_killed_run_left) {
  const FakeTree tree{};
  const std::string journal = leave_journal(tree);
  EXPECT_EQ(recover_journal(journal).value(), tree.path() + "/a.json");
  const Result<Loaded> loaded = load_result(tree.path() + "/a.json");
  ASSERT_TRUE(loaded.has_value()) << loaded.error().text();
  EXPECT_FALSE(loaded->from_journal);
  EXPECT_TRUE(loaded->record.run.interrupted);
  EXPECT_EQ(loaded->record.cases[0].samples.size(), 3U);
  EXPECT_EQ(names_in(tree), std::vector<std::string>{"a.json"});
}

TEST(RecoverJournal, says_in_the_result_what_was_lost) {
  const FakeTree tree{};
  const std::string journal = leave_journal(tree);
  tree.set({"a.json.partial", read_file(journal, 1'000'000).value() + "100 0000"});
  ASSERT_TRUE(recover_journal(journal).has_value());
  const Result<Loaded> loaded = load_result(tree.path() + "/a.json");
  ASSERT_TRUE(loaded.has_value());
  EXPECT_EQ(loaded->record.warnings.back().code, "journal_cut");
}

TEST(RecoverJournal, never_overwrites_another_run_s_result) {
  const FakeTree tree{{"a.json", "mine"}};
  const std::string journal = leave_journal(tree);
  const Result<std::string> recovered = recover_journal(journal);
  ASSERT_FALSE(recovered.has_value());
  EXPECT_EQ(recovered.error().kind, ErrorKind::kUsage);
  EXPECT_EQ(read_file(tree.path() + "/a.json", 100).value(), "mine");
  EXPECT_EQ(names_in(tree).size(), 2U);
}

TEST(RecoverJournal, only_clears_away_behind_a_run_killed_after_it_had_written_its_result) {
  const FakeTree tree{};
  const std::string journal = leave_journal(tree);
  write_record(tree.path() + "/a.json", full_record());
  const std::string before = read_file(tree.path() + "/a.json", 1'000'000).value();
  EXPECT_TRUE(recover_journal(journal).has_value());
  EXPECT_EQ(read_file(tree.path() + "/a.json", 1'000'000).value(), before);
  EXPECT_EQ(names_in(tree), std::vector<std::string>{"a.json"});
}

TEST(RecoverJournal, leaves_a_living_run_s_journal_alone) {
  const FakeTree tree{};
  auto journal = Journal::create(tree.path() + "/a.json", full_record());
  ASSERT_TRUE(journal.has_value());
  const Result<std::string> recovered = recover_journal(journal->path());
  ASSERT_FALSE(recovered.has_value());
  EXPECT_EQ(recovered.error().kind, ErrorKind::kUnavailable);
  EXPECT_EQ(names_in(tree), std::vector<std::string>{"a.json.partial"});
}

TEST(RecoverJournal, takes_no_link_and_nothing_that_is_no_journal) {
  const FakeTree tree{{"b.json.partial", "{}"}, {"c.json.partial", ""}};
  const std::string journal = leave_journal(tree);
  fs::create_symlink(journal, tree.path() + "/l.json.partial");
  write_record(tree.path() + "/r.json.partial", full_record());
  for (const char* name :
       {"/b.json.partial", "/c.json.partial", "/l.json.partial", "/r.json.partial", "/none.partial", "/a.json", ""}) {
    EXPECT_FALSE(recover_journal(tree.path() + name).has_value()) << name;
  }
  EXPECT_EQ(names_in(tree).size(), 5U);
}

void set_age(const std::string& path, int seconds) {
  const timespec changed{1'700'000'000 - seconds, 0};
  const timespec both[2]{changed, changed};
  ASSERT_EQ(::utimensat(AT_FDCWD, path.c_str(), both, 0), 0);
}

TEST(FindNewestResult, is_the_plain_file_that_changed_last) {
  const FakeTree tree{{"old.json", "{\n  \"schema_version\": 1"},
                      {"new.json.partial", "700 0123abcd {"},
                      {"note.txt", ""},
                      fake_folder("folder.json"),
                      fake_link("link.json", "old.json")};
  ASSERT_EQ(::mkfifo((tree.path() + "/fifo.json").c_str(), 0600), 0);
  set_age(tree.path() + "/old.json", 20);
  set_age(tree.path() + "/new.json.partial", 10);
  EXPECT_EQ(find_newest_result(tree.path()).value(), tree.path() + "/new.json.partial");
  set_age(tree.path() + "/old.json", 5);
  EXPECT_EQ(find_newest_result(tree.path() + "/").value(), tree.path() + "/old.json");
}

TEST(FindNewestResult, passes_over_json_that_is_no_result_and_a_journal_without_its_first_line) {
  const FakeTree tree{{"old.json", R"({"schema_version": 1})"},
                      {"CMakePresets.json", R"({"version": 6})"},
                      {"text.json.partial", "{}"},
                      {"killed.json.partial", ""}};
  set_age(tree.path() + "/old.json", 20);
  EXPECT_EQ(find_newest_result(tree.path()).value(), tree.path() + "/old.json");
}

TEST(FindNewestResult, says_when_there_is_none) {
  const FakeTree tree{{"note.txt", ""}};
  EXPECT_EQ(find_newest_result(tree.path()).error().kind, ErrorKind::kUsage);
  EXPECT_EQ(find_newest_result(tree.path() + "/none").error().kind, ErrorKind::kUsage);
}

}  // namespace
}  // namespace umb
