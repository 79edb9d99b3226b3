// SPDX-License-Identifier: Apache-2.0
#include "result/journal.h"

#include "base/file.h"
#include "result/journal_line.h"
#include "result/reader.h"
#include "testing/fake_tree.h"
#include "testing/full_record.h"

#include <csignal>

#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

namespace umb {
namespace {

/// A run of two cases that has only begun.
RunRecord begun_record() {
  RunRecord record = full_record();
  record.run.interrupted = false;
  record.run.finished_at.clear();
  record.rounds.clear();
  record.warnings.clear();
  record.cases.resize(2);
  for (CaseRecord& one : record.cases) {
    one.outcome = "measured";
    one.reason.clear();
    one.stop_reason.clear();
    one.checks.clear();
    one.samples = {};
  }
  return record;
}

Block made_block(uint32_t case_index, uint32_t repetition, size_t count, bool warmup = false) {
  Block block{.case_index = case_index, .repetition = repetition, .first_sequence = repetition * 10, .warmup = warmup};
  for (size_t i = 0; i < count; ++i) {
    Sample sample;
    sample.started_at_ns = 1'000'000 * (repetition + 1) + static_cast<int64_t>(i);
    sample.return_ns = i == 1 ? kMissing : 40'000 + static_cast<int64_t>(i);
    sample.thread_cpu_ns = 5'000;
    sample.errno_value = i == 2 ? 16 : 0;
    sample.phases[0] = 7;
    sample.phases[1] = static_cast<int64_t>(i);
    block.samples.push_back(sample);
  }
  return block;
}

const std::vector<std::string> kPhases{"attach_ns", "mount_ns"};

/// The journal of two rounds' beginnings, three blocks, a finished case and a warning; returns its path.
std::string write_journal(const FakeTree& tree) {
  auto journal = Journal::create(tree.path() + "/a.json", begun_record());
  EXPECT_TRUE(journal.has_value());
  EXPECT_TRUE(journal->append_round(full_record().rounds[0]).has_value());
  EXPECT_TRUE(journal->append_block(made_block(0, 0, 3, true), {}).has_value());
  EXPECT_TRUE(journal->append_block(made_block(0, 1, 4), {}).has_value());
  EXPECT_TRUE(journal->append_block(made_block(1, 2, 3), kPhases).has_value());
  EXPECT_TRUE(journal->append_warning({"load", "busy", ""}).has_value());
  CaseRecord done = begun_record().cases[0];
  done.stop_reason = "interval";
  EXPECT_TRUE(journal->append_case(done).has_value());
  return journal->path();
}

std::string text_of(const std::string& path) {
  return read_file(path, 10'000'000).value_or("");
}

size_t sample_count(const RunRecord& record) {
  size_t count = 0;
  for (const CaseRecord& one : record.cases) count += one.samples.size();
  return count;
}

TEST(Journal, gives_back_what_was_measured_and_marks_it_interrupted) {
  const FakeTree tree{};
  const std::string path = write_journal(tree);
  EXPECT_EQ(path, tree.path() + "/a.json.partial");
  const Result<Loaded> loaded = load_result(path);
  ASSERT_TRUE(loaded.has_value()) << loaded.error().text();
  EXPECT_TRUE(loaded->from_journal);
  EXPECT_TRUE(loaded->warnings.empty());
  const RunRecord& record = loaded->record;
  EXPECT_TRUE(record.run.interrupted);
  EXPECT_EQ(record.run.label, full_record().run.label);
  ASSERT_EQ(record.rounds.size(), 1U);
  EXPECT_EQ(record.rounds[0].pid, 4711);
  EXPECT_EQ(record.warnings.size(), 1U);
  const Series& first = record.cases[0].samples;
  EXPECT_EQ(first.sequence, (std::vector<uint32_t>{0, 1, 2, 10, 11, 12, 13}));
  EXPECT_EQ(first.repetition, (std::vector<uint32_t>{0, 0, 0, 1, 1, 1, 1}));
  EXPECT_EQ(first.warmup, (std::vector<uint8_t>{1, 1, 1, 0, 0, 0, 0}));
  EXPECT_EQ(first.errno_value, (std::vector<int32_t>{0, 0, 16, 0, 0, 16, 0}));
  EXPECT_EQ(first.metric("return_ns")->values,
            (std::vector<int64_t>{40'000, kMissing, 40'002, 40'000, kMissing, 40'002, 40'003}));
  EXPECT_EQ(first.metric("released_ns")->values, (std::vector<int64_t>(7, kMissing)));
  const Series& second = record.cases[1].samples;
  ASSERT_EQ(second.phases.size(), 2U);
  EXPECT_EQ(second.phases[1].name, "mount_ns");
  EXPECT_EQ(second.phases[1].values, (std::vector<int64_t>{0, 1, 2}));
  EXPECT_EQ(record.cases[0].stop_reason, "interval");
  EXPECT_EQ(record.cases[1].stop_reason, "interrupted");
}

TEST(Journal, calls_a_case_that_was_not_reached_skipped) {
  const FakeTree tree{};
  { ASSERT_TRUE(Journal::create(tree.path() + "/a.json", begun_record()).has_value()); }
  const Result<Loaded> loaded = load_result(tree.path() + "/a.json.partial");
  ASSERT_TRUE(loaded.has_value()) << loaded.error().text();
  EXPECT_EQ(loaded->record.cases[0].outcome, "skipped");
  EXPECT_EQ(loaded->record.cases[0].reason, "the run was interrupted before");
}

TEST(Journal, takes_the_later_word_on_a_round) {
  const FakeTree tree{};
  auto journal = Journal::create(tree.path() + "/a.json", begun_record());
  ASSERT_TRUE(journal.has_value());
  Round round = full_record().rounds[0];
  round.disturbed = false;
  ASSERT_TRUE(journal->append_round(round).has_value());
  ASSERT_TRUE(journal->append_round(full_record().rounds[0]).has_value());
  const Result<Loaded> loaded = load_result(journal->path());
  ASSERT_TRUE(loaded.has_value());
  ASSERT_EQ(loaded->record.rounds.size(), 1U);
  EXPECT_TRUE(loaded->record.rounds[0].disturbed);
}

TEST(Journal, can_be_read_when_a_kill_cut_it_anywhere_behind_its_first_line) {
  const FakeTree tree{};
  const std::string text = text_of(write_journal(tree));
  size_t complete = 0;  // samples in the complete lines
  size_t behind_lines = text.find('\n') + 1;
  for (size_t size = behind_lines; size <= text.size(); ++size) {
    if (text[size - 1] == '\n') {
      behind_lines = size;
      complete = sample_count(parse_result(text.substr(0, size), "j").value().record);
    }
    const Result<Loaded> loaded = parse_result(text.substr(0, size), "j");
    ASSERT_TRUE(loaded.has_value()) << size << ": " << loaded.error().text();
    ASSERT_EQ(sample_count(loaded->record), complete) << size;
    ASSERT_TRUE(loaded->record.run.interrupted);
    ASSERT_EQ(loaded->warnings.size(), size == behind_lines ? 0U : 1U) << size;
  }
  EXPECT_EQ(complete, 10U);
  for (size_t size = 0; size < text.find('\n'); size += 5) {
    ASSERT_FALSE(parse_result(text.substr(0, size), "j").has_value()) << size;
  }
}

TEST(Journal, says_from_where_on_it_is_damaged) {
  const FakeTree tree{};
  std::string text = text_of(write_journal(tree));
  size_t third = text.find('\n', text.find('\n') + 1) + 1;
  text[third + 60] ^= 1;
  const Result<Loaded> loaded = parse_result(text, "j");
  ASSERT_TRUE(loaded.has_value()) << loaded.error().text();
  EXPECT_EQ(sample_count(loaded->record), 0U);
  ASSERT_EQ(loaded->warnings.size(), 1U);
  EXPECT_EQ(loaded->warnings[0].code, "journal_cut");
  EXPECT_EQ(loaded->warnings[0].message,
            "line 3 (from byte " + std::to_string(third) + ") is damaged: it and what follows it are left out");
}

TEST(Journal, is_never_written_over) {
  const FakeTree tree{};
  const std::string path = write_journal(tree);
  const std::string before = text_of(path);
  const Result<Journal> second = Journal::create(tree.path() + "/a.json", begun_record());
  ASSERT_FALSE(second.has_value());
  EXPECT_EQ(second.error().kind, ErrorKind::kUsage);
  EXPECT_NE(second.error().hint.find("umountbench show"), std::string::npos);
  EXPECT_EQ(text_of(path), before);
}

TEST(Journal, refuses_a_block_that_no_reader_could_place) {
  const FakeTree tree{};
  auto journal = Journal::create(tree.path() + "/a.json", begun_record());
  ASSERT_TRUE(journal.has_value());
  EXPECT_FALSE(journal->append_block(made_block(0, 0, 3), {}).has_value());
  ASSERT_TRUE(journal->append_round(full_record().rounds[0]).has_value());
  EXPECT_FALSE(journal->append_block(made_block(2, 0, 3), {}).has_value());
  EXPECT_TRUE(journal->append_block(made_block(1, 0, 3), {}).has_value());
  EXPECT_EQ(sample_count(load_result(journal->path()).value().record), 3U);
}

TEST(Journal, goes_away_when_the_result_is_complete) {
  const FakeTree tree{};
  auto journal = Journal::create(tree.path() + "/a.json", begun_record());
  ASSERT_TRUE(journal.has_value());
  EXPECT_TRUE(journal->sync().has_value());
  EXPECT_TRUE(journal->remove().has_value());
  EXPECT_NE(::access(journal->path().c_str(), F_OK), 0);
}

TEST(Journal, stays_readable_when_the_disk_is_full_and_goes_on_when_there_is_room_again) {
  const FakeTree tree{};
  const pid_t child = ::fork();
  if (child == 0) {
    ::signal(SIGXFSZ, SIG_IGN);
    auto journal = Journal::create(tree.path() + "/a.json", begun_record());
    if (!journal.has_value() || !journal->append_round(full_record().rounds[0]).has_value()) ::_exit(1);
    if (!journal->append_block(made_block(0, 0, 3), {}).has_value()) ::_exit(2);
    const size_t size = text_of(journal->path()).size();
    const rlimit limit{size + 100, RLIM_INFINITY};
    ::setrlimit(RLIMIT_FSIZE, &limit);
    const Result<void> full = journal->append_block(made_block(0, 1, 100), {});
    if (full.has_value() || full.error().errno_value != EFBIG || full.error().kind != ErrorKind::kFailed) ::_exit(3);
    const Result<Loaded> loaded = load_result(journal->path());
    if (!loaded.has_value() || sample_count(loaded->record) != 3 || !loaded->warnings.empty()) ::_exit(4);
    const rlimit none{RLIM_INFINITY, RLIM_INFINITY};
    ::setrlimit(RLIMIT_FSIZE, &none);
    if (!journal->append_block(made_block(0, 1, 100), {}).has_value()) ::_exit(5);
    ::_exit(sample_count(load_result(journal->path()).value().record) == 103 ? 0 : 6);
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  EXPECT_EQ(WIFEXITED(status) ? WEXITSTATUS(status) : -1, 0);
}

TEST(Journal, refuses_whole_lines_that_make_no_sense) {
  const FakeTree tree{};
  const std::string text = text_of(write_journal(tree));
  const std::string samples =
      R"("samples":{"round":0,"sequence":0,"repetition":0,"warmup":false,"started_at_ns":[1],"errno":0})";
  const std::vector<std::pair<std::string, std::string>> lines{
      {"[]", "expected an object"},
      {"{", "ends in the middle"},
      {R"({"block":{"case":7,)" + samples + "}}", "/block/case: 7 is out of range"},
      {R"({"block":{"case":-1,)" + samples + "}}", "/block/case: -1 is negative"},
      {R"({"block":{)" + samples + "}}", "/block/case: this key is missing"},
      {R"({"block":{"case":0,"samples":{"round":9,"sequence":0,"repetition":0,"warmup":false,"started_at_ns":[1],)"
       R"("errno":0}}})",
       "no such round"},
      {R"({"block":{"case":0,"samples":{"round":[0],"started_at_ns":[1,2]}}})", "unequal length"},
      {R"({"case":{"id":"x","scenario":"umount","parameters":{},"outcome":"failed","reason":null,)"
       R"("stop_reason":null,"metrics":{},"checks":[]}})",
       "/case/id: there is no such case"},
      {R"({"round":{}})", "/round/index: this key is missing"},
      {R"({"warning":7})", "/warning: expected an object"},
  };
  for (const auto& [json, says] : lines) {
    const Result<Loaded> loaded = parse_result(text + journal_line(json), "j");
    ASSERT_FALSE(loaded.has_value()) << json;
    EXPECT_EQ(loaded.error().kind, ErrorKind::kUsage);
    EXPECT_NE(loaded.error().text().find("line 8"), std::string::npos) << loaded.error().text();
    EXPECT_NE(loaded.error().text().find(says), std::string::npos) << loaded.error().text() << "\nwithout: " << says;
  }
  const Result<Loaded> later = parse_result(text + journal_line(R"({"later":{"a":[1,2]}})"), "j");
  ASSERT_TRUE(later.has_value());
  EXPECT_EQ(later->warnings.size(), 1U);
}

/// A block of `count` samples, with a column of a name of its own.
std::string block_line(size_t count, const std::string& column) {
  std::string times = "1";
  for (size_t i = 1; i < count; ++i) times += ",1";
  return journal_line(R"({"block":{"case":0,"samples":{"round":0,"sequence":0,"repetition":0,"warmup":false,)"
                      R"("started_at_ns":[)" +
                      times + R"(],"errno":0,")" + column + R"(":1}}})");
}

TEST(Journal, cannot_fill_memory_with_columns_that_its_other_blocks_do_not_have) {
  const FakeTree tree{};
  std::string text = text_of(write_journal(tree)) + block_line(100'000, "first_ns");
  for (int i = 0; i < 50; ++i) text += block_line(1, "c" + std::to_string(i));
  EXPECT_TRUE(parse_result(text, "j").has_value());
  const Result<Loaded> loaded = parse_result(text, "j", {.max_memory_bytes = 20'000'000});
  ASSERT_FALSE(loaded.has_value());
  EXPECT_NE(loaded.error().text().find("memory limit"), std::string::npos) << loaded.error().text();
}

}  // namespace
}  // namespace umb
