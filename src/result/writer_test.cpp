// SPDX-License-Identifier: Apache-2.0
#include "result/writer.h"

#include "result/reader.h"
#include "result/test_text.h"
#include "testing/fake_tree.h"
#include "testing/full_record.h"
#include "testing/sanitized.h"

#include <fstream>
#include <limits>

#include <fcntl.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>
#include <sys/wait.h>
#include <unistd.h>

namespace umb {
namespace {

std::vector<std::string> keys_of(const nlohmann::ordered_json& object) {
  std::vector<std::string> keys;
  for (const auto& [key, value] : object.items()) keys.push_back(key);
  return keys;
}

TEST(WriteResult, writes_the_keys_in_the_contract_s_order) {
  const auto json = nlohmann::ordered_json::parse(as_text(full_record()));
  EXPECT_EQ(keys_of(json), (std::vector<std::string>{"schema_version", "tool", "run", "clock", "environment", "boot_id",
                                                     "rounds", "cases", "attribution", "warnings"}));
  EXPECT_EQ(keys_of(json["run"]), (std::vector<std::string>{"id", "started_at", "finished_at", "interrupted", "seed",
                                                            "label", "config", "session"}));
  EXPECT_EQ(keys_of(json["cases"][0]),
            (std::vector<std::string>{"id", "scenario", "parameters", "outcome", "reason", "stop_reason", "metrics",
                                      "checks", "facts", "samples", "phases"}));
  EXPECT_EQ(keys_of(json["cases"][0]["samples"]),
            (std::vector<std::string>{"round", "sequence", "repetition", "warmup", "started_at_ns", "errno",
                                      "return_ns", "released_ns", "thread_cpu_ns"}));
  EXPECT_EQ(json["run"]["config"]["cases"][0]["fs"][0], "tmpfs");
  EXPECT_EQ(json["run"]["seed"], UINT64_MAX);
}

TEST(WriteResult, writes_a_column_that_never_varies_as_one_value) {
  const auto json = nlohmann::ordered_json::parse(as_text(full_record()));
  const auto& samples = json["cases"][0]["samples"];
  EXPECT_EQ(samples["thread_cpu_ns"], 5'000);
  EXPECT_TRUE(samples["released_ns"].is_null());
  EXPECT_EQ(samples["return_ns"].dump(), "[41000,40123,null,39999]");
  EXPECT_EQ(samples["warmup"].dump(), "[true,false,false,false]");
  EXPECT_EQ(json["cases"][1]["samples"]["round"].dump(), "[]");
}

TEST(WriteResult, still_tells_how_many_samples_there_are_when_nothing_varies) {
  RunRecord record = full_record();
  Series one;
  one.round = {0};
  one.sequence = one.repetition = {0};
  one.warmup = {0};
  one.started_at_ns = {5};
  one.errno_value = {0};
  record.cases[0].samples = one;
  const std::string text = as_text(record);
  EXPECT_EQ(nlohmann::json::parse(text)["cases"][0]["samples"]["started_at_ns"].dump(), "[5]");
  EXPECT_EQ(parse_result(text, "x").value().record.cases[0].samples.size(), 1U);
}

TEST(WriteResult, writes_null_for_what_is_not_finite_and_for_a_config_that_is_none) {
  RunRecord record = full_record();
  record.environment_before = {{"load", std::numeric_limits<double>::quiet_NaN()},
                               {"more", std::numeric_limits<double>::infinity()}};
  for (const char* config : {"", "[1]", "{\"a\":", "7"}) {
    record.run.config_json = config;
    const std::string text = as_text(record);
    const auto json = nlohmann::json::parse(text);
    EXPECT_TRUE(json["environment"]["before"]["load"].is_null());
    EXPECT_TRUE(json["environment"]["before"]["more"].is_null());
    EXPECT_TRUE(json["run"]["config"].is_null()) << config;
    EXPECT_EQ(text.back(), '\n');
  }
}

TEST(WriteResult, refuses_columns_of_different_lengths_before_it_writes) {
  RunRecord record = full_record();
  record.cases[0].samples.metrics[0].values.pop_back();
  size_t pieces = 0;
  const Result<void> written = write_result(record, [&](std::string_view) -> Result<void> {
    ++pieces;
    return {};
  });
  EXPECT_FALSE(written.has_value());
  EXPECT_EQ(pieces, 0U);
}

TEST(WriteResult, reports_a_full_disk) {
  const UniqueFd full(::open("/dev/full", O_WRONLY | O_CLOEXEC));
  if (!full.valid()) GTEST_SKIP() << "there is no /dev/full here";
  const Result<void> written = write_result(full_record(), full.get(), "a.json");
  ASSERT_FALSE(written.has_value());
  EXPECT_EQ(written.error().errno_value, ENOSPC);
  EXPECT_EQ(written.error().kind, ErrorKind::kFailed);
}

TEST(WriteResult, comes_back_as_it_was) {
  const RunRecord record = full_record();
  const std::string text = as_text(record);
  const Result<Loaded> loaded = parse_result(text, "x");
  ASSERT_TRUE(loaded.has_value()) << loaded.error().text();
  EXPECT_TRUE(loaded->warnings.empty()) << loaded->warnings[0].message;
  EXPECT_EQ(as_text(loaded->record), text);
  const RunRecord& back = loaded->record;
  EXPECT_EQ(back.run.label, record.run.label);
  EXPECT_EQ(back.run.seed, record.run.seed);
  EXPECT_EQ(back.run.config_json, record.run.config_json);
  EXPECT_EQ(back.environment_before, record.environment_before);
  EXPECT_EQ(back.tool.libraries, record.tool.libraries);
  EXPECT_EQ(back.rounds[0].order, record.rounds[0].order);
  EXPECT_EQ(back.rounds[0].foreign_cpu_share, record.rounds[0].foreign_cpu_share);
  EXPECT_TRUE(back.rounds[1].repeats_disturbed);
  EXPECT_EQ(back.cases[2].spec.id, record.cases[2].spec.id);
  const Series series = full_series();
  const Series& got = back.cases[0].samples;
  EXPECT_EQ(got.round, series.round);
  EXPECT_EQ(got.sequence, series.sequence);
  EXPECT_EQ(got.repetition, series.repetition);
  EXPECT_EQ(got.warmup, series.warmup);
  EXPECT_EQ(got.started_at_ns, series.started_at_ns);
  EXPECT_EQ(got.errno_value, series.errno_value);
  ASSERT_EQ(got.metrics.size(), series.metrics.size());
  for (size_t i = 0; i < got.metrics.size(); ++i) EXPECT_EQ(got.metrics[i].values, series.metrics[i].values);
  ASSERT_EQ(got.phases.size(), 1U);
  EXPECT_EQ(got.phases[0].values, series.phases[0].values);
}

int64_t peak_memory_bytes() {
  std::ifstream status("/proc/self/status");
  std::string line;
  while (std::getline(status, line)) {
    if (line.starts_with("VmHWM:")) return std::stoll(line.substr(6)) * 1024;
  }
  return -1;
}

RunRecord record_of(size_t count) {
  RunRecord record = full_record();
  Series series;
  series.round.assign(count, 0);
  series.repetition.assign(count, 0);
  series.warmup.assign(count, 0);
  series.errno_value.assign(count, 0);
  series.sequence.resize(count);
  series.started_at_ns.resize(count);
  series.metrics = {{"return_ns", std::vector<int64_t>(count)}, {"released_ns", std::vector<int64_t>(count)}};
  for (size_t i = 0; i < count; ++i) {
    series.sequence[i] = static_cast<uint32_t>(i);
    series.started_at_ns[i] = 1'000'000'000'000 + static_cast<int64_t>(i) * 36'017;
    series.metrics[0].values[i] = 30'000 + static_cast<int64_t>(i * 7919 % 5000);
    series.metrics[1].values[i] = 31'000 + static_cast<int64_t>(i * 104'729 % 9000);
  }
  record.cases[0].samples = std::move(series);
  return record;
}

TEST(WriteResult, adds_only_a_few_MB_for_a_million_samples) {
  if (kSanitized) GTEST_SKIP() << "a sanitizer keeps freed memory: what the writer adds can't be seen";
  const FakeTree tree{};
  const std::string path = tree.path() + "/a.json";
  const pid_t child = ::fork();
  if (child == 0) {
    const RunRecord record = record_of(1'000'000);
    const int64_t before = peak_memory_bytes();
    auto file = OutputFile::create(path);
    if (!file.has_value() || !write_result(record, *file).has_value() || !file->commit().has_value()) ::_exit(1);
    ::_exit(peak_memory_bytes() - before < 4'000'000 ? 0 : 2);
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  ASSERT_EQ(WIFEXITED(status) ? WEXITSTATUS(status) : -1, 0);

  const Result<Loaded> loaded = load_result(path, {.columns = {"return_ns"}});
  ASSERT_TRUE(loaded.has_value()) << loaded.error().text();
  EXPECT_EQ(loaded->record.cases[0].samples.size(), 1'000'000U);
  ASSERT_EQ(loaded->record.cases[0].samples.metrics.size(), 1U);
  EXPECT_EQ(loaded->record.cases[0].samples.metrics[0].values[999'999], 30'000 + 999'999LL * 7919 % 5000);
  EXPECT_TRUE(loaded->record.cases[0].samples.started_at_ns.empty());
  EXPECT_TRUE(loaded->record.cases[0].samples.sequence.empty());
  EXPECT_EQ(loaded->record.cases[0].samples.warmup.size(), 1'000'000U);
  auto again = OutputFile::create(path + ".again");
  EXPECT_FALSE(write_result(loaded->record, *again).has_value()) << "what is half kept must not be written";
}

}  // namespace
}  // namespace umb
