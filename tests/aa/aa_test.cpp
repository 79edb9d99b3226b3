// SPDX-License-Identifier: Apache-2.0
#include "base/file.h"
#include "boots.h"
#include "compare/digest.h"
#include "result/baseline_file.h"
#include "result/writer.h"
#include "stats/proportion.h"
#include "tables.h"
#include "testing/record_builder.h"
#include "trials.h"

#include <cmath>
#include <filesystem>
#include <fstream>
#include <random>
#include <string>

#include <gtest/gtest.h>

namespace umb::aa {
namespace {

/// Boots that differ by 10%, with samples that differ by 5% within each.
Set made_set(const std::string& name, size_t boots, uint64_t seed) {
  std::mt19937_64 engine(seed);
  std::normal_distribution<double> normal;
  Collector collector("return_ns");
  for (size_t i = 0; i < boots; ++i) {
    RunRecord boot;
    boot.boot_id = std::to_string(i);
    CaseRecord& one = boot.cases.emplace_back();
    one.spec.id = name;
    one.metrics = {{"return_ns", "ns", "lower", ""}};
    one.samples.metrics = {{"return_ns", {}}};
    const double centre = std::log(40'000.0) + 0.1 * normal(engine);
    for (size_t j = 0; j < 100; ++j) {
      one.samples.round.push_back(0);
      one.samples.metrics[0].values.push_back(std::llround(std::exp(centre + 0.05 * normal(engine))));
    }
    collector.add(boot, {}, "made up", "");
  }
  return collector.take().at(0);
}

std::vector<Set> made_sets() {
  std::vector<Set> sets;
  for (uint64_t i = 0; i < 8; ++i) sets.push_back(made_set("case " + std::to_string(i), 40, i));
  return sets;
}

double mean_alarms(const Tally& tally, size_t size, size_t effect, size_t method, size_t series) {
  double sum = 0;
  for (size_t i = 0; i < series; ++i) sum += tally.count(size, effect, i, method).share(&Count::alarms);
  return sum / static_cast<double>(series);
}

class MadeUpBoots : public ::testing::Test {
 protected:
  std::vector<Set> sets_ = made_sets();
  TrialOptions options_{.sizes = {2, 3, 5, 7, 10}, .effects = {1, 2}, .groups = 100, .seed = 1, .jobs = 2};
};

TEST_F(MadeUpBoots, alarm_the_rule_of_the_program_as_often_as_it_says_and_the_pooled_test_nearly_always) {
  const Tally tally = run_trials(sets_, options_);
  for (size_t size = 0; size < options_.sizes.size(); ++size) {
    const double share = mean_alarms(tally, size, 0, 0, sets_.size());
    const size_t trials = disjoint_pairs(sets_, options_.sizes[size]);
    EXPECT_LE(wilson_interval_of_share(share, trials, 0.95).low, 0.05) << options_.sizes[size] << " boots: " << share;
    EXPECT_LE(share, 0.065) << options_.sizes[size] << " boots";
    EXPECT_GT(mean_alarms(tally, size, 0, 1, sets_.size()), 0.6) << options_.sizes[size] << " boots";
    EXPECT_GE(tally.family(size, true, Adjust::kHolm), 99U);
  }
}

TEST_F(MadeUpBoots, that_are_twice_as_slow_are_found) {
  const Tally tally = run_trials(sets_, options_);
  for (const size_t size : {2U, 3U, 4U}) {
    size_t slower = 0;
    for (size_t i = 0; i < sets_.size(); ++i) slower += tally.verdict(size, 1, i, Verdict::kSlower);
    EXPECT_EQ(slower, sets_.size() * options_.groups) << options_.sizes[size] << " boots";
  }
}

TEST_F(MadeUpBoots, are_counted_the_same_by_any_number_of_jobs) {
  options_.groups = 10;
  const std::string by_two = tables(sets_, options_, run_trials(sets_, options_), "return_ns");
  options_.jobs = 1;
  EXPECT_EQ(by_two, tables(sets_, options_, run_trials(sets_, options_), "return_ns"));
}

TEST_F(MadeUpBoots, without_samples_ask_the_rule_of_the_program_alone) {
  for (Set& set : sets_) {
    for (Boot& boot : set[0].boots) boot.samples.clear();
  }
  options_.groups = 1;
  const Tally tally = run_trials(sets_, options_);
  EXPECT_EQ(tally.count(0, 0, 0, 0).asked, 1U);
  EXPECT_EQ(tally.count(0, 0, 0, 1).asked, 0U);
}

class Files : public ::testing::Test {
 protected:
  void SetUp() override {
    std::string folder = (std::filesystem::temp_directory_path() / "umb-aa-XXXXXX").string();
    ASSERT_NE(::mkdtemp(folder.data()), nullptr);
    folder_ = folder;
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }
  std::string csv(const std::string& text) const {
    const std::string path = folder_ / "kernel.csv";
    std::ofstream(path) << text;
    return path;
  }
  std::filesystem::path folder_;
};

TEST_F(Files, that_are_results_or_baselines_have_the_values_that_compare_takes) {
  const std::string id = "umount/fs=tmpfs";
  std::vector<MadeSample> samples = even_samples(101, 1'000, 11'000, 1);
  samples[0].warmup = true;
  Collector collector("return_ns");
  std::vector<BootDigest> digests;
  for (const char* boot : {"1", "2"}) {
    RunRecord record = made_run({made_case(id, samples)});
    record.run.id = record.boot_id = boot;
    const std::string path = folder_ / (std::string(boot) + ".json");
    Result<OutputFile> file = OutputFile::create(path);
    ASSERT_TRUE(file.has_value() && write_result(record, *file).has_value() && file->commit().has_value());
    ASSERT_TRUE(read_result_file(path, "return_ns", collector).has_value());
    digests.push_back(digest(record, {}, path));
  }
  const std::vector<Set> of_results = collector.take();
  ASSERT_EQ(of_results.size(), 1U);
  EXPECT_EQ(of_results[0][0].name, id);
  ASSERT_EQ(of_results[0][0].boots.size(), 2U);
  EXPECT_EQ(of_results[0][0].boots[0].samples.size(), 100U);
  const double value = std::log(digests[0].whole.cases[0].metric("return_ns")->quantiles[0].value);
  EXPECT_EQ(of_results[0][0].boots[1].log_value, value);

  const std::string path = folder_ / "baseline.json";
  Result<OutputFile> file = OutputFile::create(path);
  ASSERT_TRUE(file.has_value() && write_baseline(digests, *file).has_value() && file->commit().has_value());
  ASSERT_TRUE(read_result_file(path, "return_ns", collector).has_value());
  const std::vector<Set> of_baseline = collector.take();
  ASSERT_EQ(of_baseline.at(0).at(0).boots.size(), 2U);
  EXPECT_DOUBLE_EQ(of_baseline[0][0].boots[1].log_value, value);
  EXPECT_FALSE(of_baseline[0][0].has_samples());
}

TEST_F(Files, of_samples_are_taken_apart_by_boot_mode_and_flag_without_the_warm_up) {
  std::string text = "boot,mode,flag,pos,umount_ns,mount_ns\n";
  for (const char* boot : {"1", "2"}) {
    for (int i = 0; i < 20; ++i) {
      text += std::string(boot) + ",fast,0," + std::to_string(i) + "," + (i < 2 ? "9000" : "1000") + ",500\n";
    }
    text += std::string(boot) + ",slow,2,0,7000,500\n";
  }
  Collector collector("return_ns");
  ASSERT_TRUE(read_csv_file(csv(text), "return_ns", collector).has_value());
  const std::vector<Set> sets = collector.take();
  ASSERT_EQ(sets.size(), 1U);
  ASSERT_EQ(sets[0].size(), 2U);
  EXPECT_EQ(sets[0][0].name, "kernel/mode=fast/flag=0");
  EXPECT_EQ(sets[0][0].boots.size(), 2U);
  EXPECT_EQ(sets[0][0].boots[0].samples, std::vector<double>(18, 1000.0));
  EXPECT_NEAR(sets[0][0].boots[0].log_value, std::log(1000), 1e-12);
  EXPECT_EQ(sets[0][1].boots[1].samples, std::vector<double>{7000.0});

  Collector of_mounts("mount_ns");
  ASSERT_TRUE(read_csv_file(csv(text), "mount_ns", of_mounts).has_value());
  EXPECT_NEAR(of_mounts.take()[0][0].boots[0].log_value, std::log(500), 1e-12);
}

TEST_F(Files, that_are_no_table_are_told_with_their_line) {
  Collector collector("return_ns");
  const auto why = [&](const std::string& text) {
    const Result<void> read = read_csv_file(csv(text), "return_ns", collector);
    return read.has_value() ? "" : read.error().text();
  };
  EXPECT_NE(why("").find("it is empty"), std::string::npos);
  EXPECT_NE(why("boot,mode,flag\n").find("no column 'umount_ns'"), std::string::npos);
  EXPECT_NE(why("boot,mode,flag,umount_ns\n1,fast,0,5\n1,fast,0\n").find("line 3"), std::string::npos);
  EXPECT_NE(why("boot,mode,flag,umount_ns\n1,fast,0,x\n").find("line 2"), std::string::npos);
}

}  // namespace
}  // namespace umb::aa
