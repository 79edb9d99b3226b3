// SPDX-License-Identifier: Apache-2.0
#include "result/imported.h"

#include "result/reader.h"
#include "result/writer.h"

#include <cerrno>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace umb {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using Parse = Result<std::vector<ImportedSeries>> (*)(std::string_view text, const std::string& name);

std::string refused(Parse parse, const std::string& text) {
  const auto series = parse(text, "x");
  if (series.has_value()) return "accepted";
  EXPECT_EQ(series.error().kind, ErrorKind::kUsage);
  EXPECT_FALSE(series.error().hint.empty()) << text;
  EXPECT_EQ(series.error().text().find('\n'), std::string::npos) << text;
  return series.error().text();
}

const char* const kTwoCommands = R"({"results": [
  {"command": "umount a", "mean": 0.0015, "stddev": null, "times": [0.001, 0.002, 3], "exit_codes": [0, 32, null]},
  {"command": "umount b", "times": [0.0000000014]}]})";

TEST(Hyperfine, gives_the_time_of_every_run_of_every_command) {
  const auto series = parse_hyperfine(kTwoCommands, "x").value();
  ASSERT_EQ(series.size(), 2U);
  EXPECT_EQ(series[0].command, "umount a");
  EXPECT_THAT(series[0].times_ns, ElementsAre(1'000'000, 2'000'000, 3'000'000'000));
  EXPECT_THAT(series[0].errno_value, ElementsAre(0, EIO, EIO));
  EXPECT_THAT(series[1].times_ns, ElementsAre(1));
  EXPECT_THAT(series[1].errno_value, ElementsAre(0)) << "older versions write no exit codes";
  EXPECT_THAT(series[1].caution, IsEmpty());
}

TEST(Hyperfine, doubts_times_of_0) {
  EXPECT_THAT(parse_hyperfine(R"({"results": [{"command": "a", "times": [0.0, 1]}]})", "x").value()[0].caution,
              HasSubstr("some times are 0"));
}

TEST(Hyperfine, refuses_what_it_does_not_write) {
  const auto of = [](const std::string& result) {
    return refused(parse_hyperfine, R"({"results": [)" + result + "]}");
  };
  EXPECT_THAT(refused(parse_hyperfine, ""), HasSubstr("cannot read 'x'"));
  EXPECT_THAT(refused(parse_hyperfine, "[1]"), HasSubstr("there is no list \"results\""));
  EXPECT_THAT(of(""), HasSubstr("there is no list \"results\" with anything in it"));
  EXPECT_THAT(of("7"), HasSubstr("line 1, /results/0: expected an object, found"));
  EXPECT_THAT(of(R"({"times": [1]})"), HasSubstr("/results/0: no key 'command'"));
  EXPECT_THAT(of(R"({"command": 1, "times": [1]})"), HasSubstr("/results/0/command: expected a text"));
  EXPECT_THAT(of(R"({"command": "a"})"), HasSubstr("no key 'times'"));
  EXPECT_THAT(of(R"({"command": "a", "times": []})"), HasSubstr("/times: expected a list"));
  for (const char* time : {"-1", "\"1\"", "null", "1e7", "1e300", "18446744073709551615", "[1]"}) {
    EXPECT_THAT(of(R"({"command": "a", "times": [)" + std::string(time) + "]}"), HasSubstr("/times: expected seconds"))
        << time;
  }
  for (const char* codes : {"0", "[]", "[0, 0]", "[\"0\"]"}) {
    EXPECT_THAT(of(R"({"command": "a", "times": [1], "exit_codes": )" + std::string(codes) + "}"),
                HasSubstr("/exit_codes: expected"))
        << codes;
  }
  EXPECT_THAT(refused(parse_hyperfine, std::string(100, '[')), HasSubstr("cannot read 'x'"));
}

/// Of the shape that perf writes, with other figures.
std::string table(const std::string& command, const std::string& runs, const std::string& lines) {
  return "# started on Mon Jan  1 00:00:00 2024\n\n\n Performance counter stats for '" + command + "'" + runs +
         ":\n\n              1.25 msec task-clock  #    0.050 CPUs utilized  ( +-  1.00% )\n\n"
         "            # Table of individual measurements:\n" +
         lines + "\n            # Final result:\n            0.0020 +- 0.0001 seconds time elapsed  ( +-  5.00% )\n\n";
}

TEST(PerfStat, gives_every_run_of_a_table_and_says_how_coarse_it_is) {
  const auto series =
      parse_perf(table("umount 'm'", " (2 runs)", "     0.0020 (-0.0001) #\n     12.0022 (+0.0001) ###\n"), "x")
          .value();
  ASSERT_EQ(series.size(), 1U);
  EXPECT_EQ(series[0].command, "umount 'm'");
  EXPECT_THAT(series[0].times_ns, ElementsAre(2'000'000, 12'002'200'000));
  EXPECT_THAT(series[0].errno_value, ElementsAre(0, 0));
  EXPECT_THAT(series[0].caution, HasSubstr("in steps of 100 us"));
}

TEST(PerfStat, takes_appended_tables_of_one_command_together) {
  const std::string a = table("a", " (1 runs)", "  0.1 (+0.0) #\n");
  const std::string b = table("b", " (1 runs)", "  0.2 (+0.0) #\n");
  const auto series = parse_perf(a + b + a, "x").value();
  ASSERT_EQ(series.size(), 2U);
  EXPECT_THAT(series[0].times_ns, ElementsAre(100'000'000, 100'000'000));
  EXPECT_THAT(series[1].times_ns, ElementsAre(200'000'000));
}

TEST(PerfStat, takes_a_line_of_json_for_each_run) {
  const std::string run = R"({"counter-value" : "1234567.000000", "unit" : "ns", "event" : "duration_time"})";
  const std::string other = R"({"counter-value" : "<not counted>", "unit" : "", "event" : "cycles", "variance" : 0.0})";
  const auto series = parse_perf("# started on x\n\n" + run + "\n" + other + "\n" + run + "\n", "x").value();
  ASSERT_EQ(series.size(), 1U);
  EXPECT_EQ(series[0].command, "");
  EXPECT_THAT(series[0].times_ns, ElementsAre(1'234'567, 1'234'567));
}

TEST(PerfStat, refuses_what_hides_the_single_run_or_is_cut) {
  EXPECT_THAT(refused(parse_perf, ""), HasSubstr("there is no table of individual measurements"));
  EXPECT_THAT(refused(parse_perf, R"({"counter-value" : "1.0", "event" : "duration_time", "variance" : 1.5})"),
              HasSubstr("line 1: the mean of several runs (-r)"));
  EXPECT_THAT(refused(parse_perf, R"({"counter-value" : "<not counted>", "event" : "duration_time"})"),
              HasSubstr("without a counter-value in ns"));
  EXPECT_THAT(refused(parse_perf, "{\"event\" : \"dur"), HasSubstr("line 1: no JSON"));
  EXPECT_THAT(refused(parse_perf, table("a", " (3 runs)", "  0.1 (+0.0) #\n")),
              HasSubstr("1 lines in the table of 3 runs"));
  EXPECT_THAT(refused(parse_perf, table("a", "", "")), HasSubstr("an empty table"));
  for (const char* line : {"0,0021 (+0.0) #", "-0.1 (+0.0) #", "nan (+0.0) #", "1e9 (+0.0) #", "x"}) {
    EXPECT_THAT(refused(parse_perf, table("a", "", std::string("  ") + line + "\n")),
                HasSubstr("is no time in seconds"))
        << line;
  }
}

RunRecord imported(std::vector<ImportedSeries> series) {
  std::vector<Case> cases;
  for (size_t i = 0; i < series.size(); ++i) {
    const std::string name = "n" + std::to_string(i);
    cases.push_back({"command/name=" + name + "/rcu=as-found", "command", {{"name", name}, {"rcu", "as-found"}}});
  }
  return imported_record(std::move(series), {.program = "hyperfine",
                                             .cases = std::move(cases),
                                             .label = "mine",
                                             .id = "1",
                                             .now = "2025-04-08T12:00:00.000Z"});
}

TEST(ImportedRecord, is_marked_and_comes_back_from_its_file_the_same) {
  const RunRecord record = imported(parse_hyperfine(kTwoCommands, "x").value());
  std::string text;
  const auto sink = [&](std::string_view piece) -> Result<void> {
    text += piece;
    return {};
  };
  ASSERT_TRUE(write_result(record, sink).has_value());
  const auto loaded = parse_result(text, "x");
  ASSERT_TRUE(loaded.has_value()) << loaded.error().text();
  EXPECT_THAT(loaded->warnings, IsEmpty());
  EXPECT_EQ(loaded->record.run.imported, "hyperfine");
  EXPECT_THAT(loaded->record.environment_before, IsEmpty());
  EXPECT_EQ(loaded->record.boot_id, "");
  EXPECT_THAT(loaded->record.cases.at(0).samples.metric("return_ns")->values,
              ElementsAre(1'000'000, 2'000'000, 3'000'000'000));
  EXPECT_EQ(loaded->record.cases[0].metrics[1].missing_reason, "hyperfine does not tell");
  EXPECT_THAT(loaded->record.warnings.at(0).message, HasSubstr("hyperfine ran 'umount a'"));
}

TEST(ImportedRecord, calls_a_case_failed_only_when_every_run_failed) {
  const RunRecord record = imported({{"a", {1, 2}, {0, EIO}, ""}, {"b", {1}, {EIO}, ""}});
  EXPECT_EQ(record.cases.at(0).outcome, "measured");
  EXPECT_EQ(record.cases[0].checks.at(0).message, "the program failed (1 of 2 runs)");
  EXPECT_EQ(record.cases.at(1).outcome, "failed");
  EXPECT_EQ(record.cases[1].reason, "every run failed");
}

}  // namespace
}  // namespace umb
