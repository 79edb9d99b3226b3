// SPDX-License-Identifier: Apache-2.0
// What users see: the texts are tests/data/golden/run_*.txt; scripts/approve takes over new ones.
#include "base/text.h"
#include "render/terminal.h"
#include "render/text_table.h"
#include "testing/golden.h"
#include "testing/record_builder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace umb {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

std::string rendered(const RunRecord& run, const RenderOptions& options = {}) {
  const std::vector<CaseSummary> summaries = summarise_all(run);
  const RunView view{run, summaries};
  return terminal_run({&view, 1}, options);
}
::testing::AssertionResult is_golden(const std::string& name, const std::string& got) {
  return matches_golden(UMOUNTBENCH_SOURCE_DIR, name, got);
}

/// The fast and the slow mode as they were met: two narrow modes; ticks of 4 ms.
std::vector<MadeSample> fast_samples() {
  std::vector<MadeSample> samples = even_samples(180, 11'000, 13'500, 0);
  const std::vector<MadeSample> second = even_samples(120, 40'000, 47'000, 0);
  samples.insert(samples.end(), second.begin(), second.end());
  samples.back().return_ns = 731'000;
  for (int i = 0; i < 50; ++i) samples.push_back({.return_ns = 90'000, .warmup = true});
  return samples;
}
std::vector<MadeSample> slow_samples() {
  std::vector<MadeSample> samples;
  for (const int64_t mode_ns : {3'600'000, 7'600'000, 7'600'000, 11'600'000, 15'600'000}) {
    const std::vector<MadeSample> part = even_samples(60, mode_ns - 200'000, mode_ns + 200'000, 1);
    samples.insert(samples.end(), part.begin(), part.end());
  }
  return samples;
}

RunRecord umount_run() {
  std::vector<CaseRecord> cases;
  for (const std::string mode : {"plain", "lazy"}) {
    const std::string start = "umount/fs=tmpfs/mode=" + mode + "/method=syscall/rcu=";
    cases.push_back(made_case(start + "default", fast_samples()));
    cases.push_back(made_case(start + "normal", slow_samples()));
  }
  return made_run(std::move(cases));
}

RunRecord mixed_run() {
  RunRecord run = umount_run();
  CaseRecord exec =
      made_case("umount/fs=tmpfs/mode=plain/method=exec/rcu=default", even_samples(80, 1'600'000, 1'900'000, 2));
  exec.checks = {{"released", "failed", "not released within 5.00 s (3 of 200 samples)"}};
  run.cases.push_back(std::move(exec));
  for (const std::string autoclear : {"", "/autoclear=on"}) {
    CaseRecord loop = made_case("loop/fs=ext4" + autoclear + "/rcu=default", even_samples(5, 900'000, 950'000, 9));
    const bool on = !autoclear.empty();
    const int64_t detach = on ? kMissing : 310'000;
    loop.samples.phases = {{"attach_ns", std::vector<int64_t>(5, 52'000)},
                           {"mount_ns", std::vector<int64_t>(5, 1'210'000)},
                           {"umount_ns", std::vector<int64_t>(5, on ? 740'000 : 430'000)},
                           {"detach_ns", std::vector<int64_t>(5, detach)}};
    run.cases.push_back(std::move(loop));
  }
  for (const std::string mode : {"plain", "lazy"}) {
    run.cases.push_back(made_case("umount/fs=xfs/mode=" + mode + "/method=syscall/rcu=default", "skipped",
                                  "mkfs.xfs is not installed"));
  }
  run.cases.push_back(made_case("umount/fs=bind/mode=plain/method=syscall/rcu=default", "failed",
                                "cannot mount: Operation not permitted"));
  run.warnings = {{"rcu_mode_not_confirmed", "the probe saw no change", run.cases[1].spec.id},
                  {"rcu_mode_not_confirmed", "the probe saw no change", run.cases[3].spec.id},
                  {"no_fifo", "SCHED_FIFO was refused: Operation not permitted", ""}};
  run.environment_changed = {"governor"};
  run.run.label = "before the patch";
  return run;
}

TEST(TerminalRun, shows_a_small_run) {
  EXPECT_TRUE(is_golden("run_small", rendered(umount_run())));
}

TEST(TerminalRun, shows_warnings_failures_skipped_cases_and_phases) {
  EXPECT_TRUE(is_golden("run_mixed", rendered(mixed_run(), {.width = 160})));
}

TEST(TerminalRun, puts_what_all_cases_share_above_where_the_terminal_is_narrow) {
  EXPECT_TRUE(is_golden("run_folded", rendered(umount_run(), {.width = 120})));
}

TEST(TerminalRun, gives_each_case_two_lines_on_80_columns_and_does_without_unicode) {
  EXPECT_TRUE(is_golden("run_80_ascii", rendered(mixed_run(), {.width = 80, .unicode = false})));
}

TEST(TerminalRun, stays_within_the_width_but_for_names) {
  for (const size_t width : {80, 100, 120, 160, 200}) {
    for (const std::string& line : split(rendered(mixed_run(), {.width = width}), '\n')) {
      EXPECT_LE(display_width(line), width) << line;
    }
  }
}

TEST(TerminalRun, keeps_whole_ids_where_there_is_room) {
  EXPECT_THAT(rendered(umount_run()), HasSubstr("\numount/fs=tmpfs/mode=lazy/method=syscall/rcu=normal "));
}

TEST(TerminalRun, says_what_makes_it_noisy_before_the_numbers) {
  const std::string text = rendered(mixed_run());
  EXPECT_LT(text.find("warning: "), text.find("case (times in ms)"));
}

TEST(TerminalRun, tells_of_a_disturbed_round_once) {
  const std::string reason = "others used 12 % of the CPU time (above 5 %)";
  RunRecord run = umount_run();
  run.rounds[0].disturbed = true;
  run.rounds[0].reason = reason;
  run.warnings = {{"disturbed_round", "round 1 was disturbed: " + reason, ""}};
  const std::string text = rendered(run);
  ASSERT_NE(text.find(reason), std::string::npos);
  EXPECT_EQ(text.find(reason), text.rfind(reason));
}

TEST(TerminalRun, speaks_of_one_cpu_and_of_several) {
  RunRecord run = umount_run();
  for (Fact& fact : run.environment_before) {
    if (fact.key == "cpus_online") fact.value = int64_t{1};
  }
  EXPECT_THAT(rendered(run), HasSubstr("machine  1 CPU online"));
  EXPECT_THAT(rendered(umount_run()), HasSubstr(" CPUs online"));
}

TEST(TerminalRun, colours_only_when_asked_and_never_instead_of_a_word) {
  EXPECT_THAT(rendered(mixed_run()), Not(HasSubstr("\x1b")));
  const std::string colored = rendered(mixed_run(), {.color = true});
  EXPECT_THAT(colored, AllOf(HasSubstr("\x1b[33mwarning:\x1b[0m "), HasSubstr("\x1b[1mcase")));
  std::string plain = colored;
  for (const std::string code : {"\x1b[33m", "\x1b[1m", "\x1b[0m"}) {
    for (size_t at = plain.find(code); at != std::string::npos; at = plain.find(code)) plain.erase(at, code.size());
  }
  EXPECT_EQ(plain, rendered(mixed_run()));
}

TEST(TerminalRun, lets_no_name_from_a_file_through_to_the_terminal) {
  const std::string evil = "\x1b]0;x\x07\n\r\xc2\x9b\xff";
  RunRecord run = umount_run();
  run.cases[0].spec.id += evil;
  run.cases[0].spec.scenario = evil;
  run.cases[0].samples.phases = {{evil, std::vector<int64_t>(10, 5)}};
  run.cases[0].checks = {{evil, "failed", evil}};
  run.cases.push_back(made_case(evil, "skipped", evil));
  run.warnings = {{evil, evil, evil}};
  run.environment_changed = {evil};
  run.run.label = evil;
  run.run.started_at = evil;
  run.run.config_json = R"({"settle":")" + evil + "\"}";
  run.clock.name = evil;
  run.rounds[0].disturbed = true;
  run.rounds[0].reason = evil;
  for (Fact& fact : run.environment_before) fact.value = evil;
  for (const size_t width : {0, 60}) {
    const std::string text = rendered(run, {.width = width});
    for (const std::string& line : split(text, '\n')) EXPECT_EQ(line, printable(line));
  }
}

TEST(TerminalRun, says_unknown_for_what_is_not_known_never_0) {
  RunRecord run = umount_run();
  run.environment_before.clear();
  run.run.config_json = "no json";
  EXPECT_THAT(rendered(run), AllOf(HasSubstr("found rcu_normal=unknown rcu_expedited=unknown"),
                                   HasSubstr("settle   unknown"), HasSubstr("unknown CPUs online")));
}

TEST(TerminalRun, of_no_cases_says_so) {
  EXPECT_THAT(rendered(made_run({})), HasSubstr("no case was measured"));
  EXPECT_THAT(rendered(made_run({made_case("umount/fs=xfs", "skipped", "no xfs")})),
              AllOf(HasSubstr("no case was measured"), HasSubstr("1 case skipped: no xfs\n  umount/fs=xfs")));
}

TEST(TerminalRun, still_shows_the_figures_of_a_case_that_failed_later) {
  RunRecord run = umount_run();
  run.cases[0].outcome = "failed";
  run.cases[0].reason = "the loop device went away";
  EXPECT_THAT(rendered(run), AllOf(HasSubstr("method=syscall/rcu=default (failed)  300 "),
                                   HasSubstr("1 case failed: the loop device went away")));
}

TEST(TerminalRun, says_how_the_umounts_followed_each_other) {
  RunRecord run = umount_run();
  run.run.config_json = R"({"settle":"none"})";
  EXPECT_THAT(rendered(run), HasSubstr("settle   none: umounts back to back, as in published figures\n"));
}

}  // namespace
}  // namespace umb
