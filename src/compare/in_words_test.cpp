// SPDX-License-Identifier: Apache-2.0
#include "compare/in_words.h"

#include "testing/record_builder.h"

#include <cerrno>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace umb {
namespace {

using ::testing::AllOf;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

/// Samples around a median, 10% wide.
CaseRecord around(const std::string& id, int64_t median_ns, int64_t switches) {
  return made_case(id, even_samples(301, median_ns - median_ns / 20, median_ns + median_ns / 20, switches));
}
std::string umount(const std::string& rcu, const std::string& rest = "fs=tmpfs/mode=plain/method=syscall") {
  return "umount/" + rest + "/rcu=" + rcu;
}
std::vector<std::string> words(const RunRecord& run) {
  return in_words(run, summarise_all(run));
}
std::vector<std::string> cautions_of(const RunRecord& run) {
  return cautions(run, summarise_all(run));
}

TEST(InWords, says_that_rcu_normal_waits_for_a_grace_period) {
  const RunRecord run = made_run({around(umount("default"), 42'000, 0), around(umount("normal"), 15'900'000, 1)});
  EXPECT_THAT(words(run), ElementsAre("umount of tmpfs (plain, syscall): rcu=normal takes 15.9 ms where rcu=default "
                                      "takes 42.0 us (379 times): with rcu=normal each umount waits for a normal grace "
                                      "period."));
}

TEST(InWords, tells_the_share_of_refused_umounts_as_a_result) {
  CaseRecord record = made_case(umount("default") + "/holder=walk_into",
                                {{.return_ns = 10'000}, {.return_ns = 10'000}, {.return_ns = 10'000}, {}});
  record.samples.phases.push_back({kEbusyColumn, {0, 0, 0, 1}});
  EXPECT_THAT(words(made_run({record})), Contains(HasSubstr("EBUSY in 1 of 4 samples (25%), which is a result here")));
  EXPECT_THAT(words(made_run({record})), Not(Contains(HasSubstr("watched"))));
}

TEST(InWords, says_of_a_lazy_umount_of_what_is_held_that_its_holder_had_let_go) {
  const std::string id = umount("default", "fs=ext4/mode=lazy/method=syscall");
  const std::vector<MadeSample> late{{.return_ns = 10'000, .released_ns = 5'000'000, .released_at_return = false}};
  EXPECT_THAT(words(made_run({made_case(id, late)})), Contains(HasSubstr("not free yet when the call returned")));
  EXPECT_THAT(words(made_run({made_case(id + "/holder=cwd", late)})),
              Contains(HasSubstr("not free yet when its holder had let go")));
}

TEST(InWords, blames_rcu_only_where_the_call_slept_and_the_ratio_is_large) {
  EXPECT_THAT(words(made_run({around(umount("default"), 42'000, 0), around(umount("normal"), 15'900'000, 0)})),
              IsEmpty());
  EXPECT_THAT(words(made_run({around(umount("default"), 4'000'000, 1), around(umount("normal"), 15'900'000, 1)})),
              IsEmpty());
}

TEST(InWords, never_pairs_cases_that_differ_in_more_than_rcu) {
  const RunRecord run = made_run({around(umount("default", "fs=ext4/mode=plain/method=syscall"), 42'000, 0),
                                  around(umount("normal"), 15'900'000, 1)});
  EXPECT_THAT(words(run), IsEmpty());
}

TEST(InWords, tells_one_pair_of_a_kind_and_counts_the_others) {
  std::vector<CaseRecord> cases;
  for (const std::string rest : {"fs=tmpfs/mode=plain", "fs=tmpfs/mode=lazy", "fs=ext4/mode=plain"}) {
    cases.push_back(around(umount("default", rest + "/method=syscall"), 40'000, 0));
    cases.push_back(around(umount("normal", rest + "/method=syscall"), cases.size() > 4 ? 8'000'000 : 16'000'000, 1));
  }
  const std::vector<std::string> lines = words(made_run(cases));
  ASSERT_EQ(lines.size(), 1U);
  EXPECT_THAT(lines[0], HasSubstr("umount of tmpfs (plain, syscall): rcu=normal takes 16.0 ms"));
  EXPECT_THAT(lines[0], HasSubstr(" 2 more pairs of cases are alike (200 to 400 times)."));
}

TEST(InWords, says_that_expedited_changes_nothing_when_it_does_not) {
  EXPECT_THAT(words(made_run({around(umount("default"), 42'000, 0), around(umount("expedited"), 45'000, 0)})),
              Contains(HasSubstr("rcu=expedited takes as long as rcu=default (within 20%): a umount asks")));
  EXPECT_THAT(words(made_run({around(umount("default"), 42'000, 0), around(umount("expedited"), 60'000, 0)})),
              IsEmpty());
}

TEST(InWords, explains_a_slow_machine_as_found) {
  RunRecord run = made_run({around(umount("as-found"), 15'900'000, 1)});
  EXPECT_THAT(words(run), IsEmpty());
  for (Fact& fact : run.environment_before) {
    if (fact.key == "rcu_normal") fact.value = int64_t{1};
  }
  EXPECT_THAT(words(run), Contains(HasSubstr("rcu_normal was 1 here when the run began")));
}

TEST(InWords, warns_that_with_one_cpu_grace_periods_may_be_skipped) {
  RunRecord run = made_run({around(umount("default"), 35'000, 0), around(umount("normal"), 40'000, 0)});
  EXPECT_THAT(words(run), IsEmpty());
  for (Fact& fact : run.environment_before) {
    if (fact.key == "cpus_online") fact.value = int64_t{1};
  }
  EXPECT_THAT(words(run), Contains(HasSubstr("One CPU is online")));
}

TEST(InWords, says_how_much_of_an_exec_figure_is_process_start_when_both_were_measured) {
  const std::string exec = "fs=tmpfs/mode=plain/method=exec";
  EXPECT_THAT(words(made_run({around(umount("default"), 45'000, 0), around(umount("default", exec), 1'700'000, 1)})),
              ElementsAre("umount of tmpfs (plain, rcu=default): 97% of the exec figure (1.70 ms) is fork, exec and "
                          "library start; the system call takes 45.0 us."));
  EXPECT_THAT(words(made_run({around(umount("default", exec), 1'700'000, 1)})), IsEmpty());
  EXPECT_THAT(words(made_run({around(umount("default"), 1'600'000, 0), around(umount("default", exec), 1'700'000, 1)})),
              IsEmpty());
}

TEST(InWords, tells_failures_by_errno_and_failed_checks) {
  CaseRecord busy = around(umount("default"), 42'000, 0);
  busy.samples.errno_value[0] = EBUSY;
  busy.samples.errno_value[1] = EBUSY;
  busy.checks = {{"released", "failed", "not released within 5 s (3 of 200 samples)"},
                 {"call", "failed", "told by the errnos already"},
                 {"mounted", "passed", ""}};
  EXPECT_THAT(
      words(made_run({busy})),
      ElementsAre(umount("default") + ": 2 of 301 failed, not in the figures: Device or resource busy (2).",
                  umount("default") + ": check 'released' failed: not released within 5 s (3 of 200 samples)."));
}

TEST(InWords, gives_the_reason_for_a_missing_release_once) {
  std::vector<CaseRecord> cases;
  for (const std::string mode : {"plain", "lazy"}) {
    cases.push_back(made_case(umount("default", "fs=bind/mode=" + mode + "/method=syscall"),
                              std::vector<MadeSample>(20, {.return_ns = 11'000})));
    cases.back().metrics[1].missing_reason = "a bind mount takes no super block with it";
  }
  EXPECT_THAT(
      words(made_run(cases)),
      ElementsAre("No released p50 (2 cases, umount/fs=bind/mode=plain/method=syscall/rcu=default the first): a "
                  "bind mount takes no super block with it."));
}

TEST(InWords, says_when_the_release_came_later_than_the_return) {
  CaseRecord late = around(umount("default"), 42'000, 0);
  late.samples.metrics[1].values[7] = 20'000'000;
  late.samples.metrics[4].values[7] = 0;
  EXPECT_THAT(words(made_run({late})), Contains(HasSubstr("when the call returned, in 1 of 301 samples")));
}

TEST(InWords, calls_a_release_deferred_that_only_watched_samples_saw) {
  std::vector<MadeSample> samples(20, {.return_ns = 11'000});
  for (int i = 0; i < 4; ++i) samples.push_back({.released_ns = 3'000'000, .released_at_return = false});
  EXPECT_THAT(words(made_run({made_case("tree/mounts=30/rcu=default", samples)})),
              Contains(AllOf(HasSubstr("in 4 of 4 samples"), HasSubstr("its release is deferred"))));
  samples.erase(samples.begin(), samples.begin() + 20);
  EXPECT_THAT(words(made_run({made_case("tree/mounts=30/rcu=default", samples)})), Contains(HasSubstr("deferred")));
}

TEST(InWords, counts_what_is_kept_but_not_counted) {
  std::vector<MadeSample> samples = even_samples(20, 100, 101, 0);
  for (int i = 0; i < 3; ++i) samples.push_back({.return_ns = 9, .warmup = true});
  samples.push_back({.released_ns = 50});
  EXPECT_THAT(words(made_run({made_case(umount("default"), samples)})),
              ElementsAre("Kept in the file, but not counted in n: 3 warm-up and 1 watched samples. Where calls are "
                          "watched, the released times are theirs, and not of the calls of p50."));
}

TEST(Cautions, are_none_for_a_calm_run) {
  EXPECT_THAT(cautions_of(made_run({around(umount("default"), 42'000, 0)})), IsEmpty());
}

TEST(Cautions, tell_of_disturbed_rounds_and_what_was_left_out) {
  std::vector<MadeSample> samples = even_samples(300, 100, 105, 0);
  for (size_t i = 0; i < 40; ++i) samples[i].round = 1;
  RunRecord run = made_run({made_case(umount("default"), samples)});
  run.rounds.resize(2);
  run.rounds[1].disturbed = true;
  run.rounds[1].reason = "others used 12 % of the CPU time (above 5 %)";
  EXPECT_THAT(cautions_of(run),
              ElementsAre("1 of 2 rounds disturbed (others used 12 % of the CPU time (above 5 %)): 40 "
                          "samples kept in the file and left out of these figures."));
  run.rounds[0].disturbed = true;
  EXPECT_THAT(cautions_of(run), Contains(HasSubstr("nothing calm to show")));
}

TEST(Cautions, tell_of_an_interruption_a_changed_machine_and_a_rough_median) {
  RunRecord run = made_run({made_case(umount("normal"), even_samples(12, 4'000'000, 16'000'000, 1))});
  run.run.interrupted = true;
  run.environment_changed = {"governor", "clock_source"};
  EXPECT_THAT(
      cautions_of(run),
      ElementsAre(HasSubstr("interrupted"), "The machine changed while it was measured: governor, clock_source.",
                  HasSubstr("known only roughly in 1 case: " + umount("normal") + ", between ")));
}

TEST(InWords, does_without_summaries_and_with_ids_that_are_none) {
  const RunRecord run = made_run({around("", 42'000, 0), around("///=//rcu=normal", 42'000'000, 1)});
  EXPECT_THAT(in_words(run, {}), IsEmpty());
  EXPECT_THAT(words(run), Not(Contains(HasSubstr("grace period"))));
}

CaseRecord container_by(const std::string& runtime, const std::string& rcu, Facts facts) {
  CaseRecord one = around("container/runtime=" + runtime + "/rcu=" + rcu, 8'000'000, 1);
  one.spec.parameters = {{"runtime", runtime}, {"rcu", rcu}};
  one.facts = std::move(facts);
  return one;
}

TEST(InWords, tells_once_what_a_runtime_is_and_which_path_it_took) {
  const Facts crun{{"container_path", std::string("pivot")}, {"runtime_version", std::string("crun version 1.8.1")}};
  const RunRecord run = made_run({container_by("crun", "default", crun), container_by("crun", "normal", crun),
                                  container_by("builtin", "default", {{"container_path", std::string("pivot")}})});
  EXPECT_THAT(words(run), ElementsAre("runtime=crun started its containers by pivot (crun version 1.8.1)."));
}

TEST(InWords, says_that_a_runtimes_path_is_not_known) {
  const RunRecord run =
      made_run({container_by("runc", "default", {{"container_path", {}}, {"runtime_version", FactValue()}})});
  EXPECT_THAT(words(run), ElementsAre("runtime=runc started its containers by a path that is not known."));
}

}  // namespace
}  // namespace umb
