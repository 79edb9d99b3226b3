// SPDX-License-Identifier: Apache-2.0
// What others' programs read of the formats for programs, with friendly and hostile names.
#include "render/formats.h"
#include "testing/comparison_builder.h"
#include "testing/outside_reader.h"
#include "testing/record_builder.h"

#include <filesystem>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace umb {
namespace {

using ::testing::HasSubstr;

const std::string kTop = UMOUNTBENCH_SOURCE_DIR;
const std::string kEvil = "\x1b]0;x\x07\n\r\t\xc2\x9b\xff\xef\xbf\xbf]]>\"'&<x a=\"b\"/>,=1+1;|";

std::vector<Comparison> comparisons() {
  return {all_same(),        one_slower(),      all_inconclusive(), mixed_verdicts(),
          one_boot_a_side(), across_sessions(), hostile(kEvil),     made_comparison({}, "Nothing to compare.")};
}

std::string shown(const Comparison& comparison, const char* format) {
  return find_format(format)->comparison({comparison}, {});
}

/// Two results with measured, failed and skipped cases.
std::string shown_runs(const char* format, const std::string& name) {
  CaseRecord checked = made_case("umount/fs=tmpfs", even_samples(200, 30'000, 40'000, 0));
  checked.checks = {{"released", "failed", name}, {"outcome", "passed", ""}};
  RunRecord run = made_run({checked, made_case(name, even_samples(3, 1'000, 2'000, 0)),
                            made_case("umount/fs=xfs", "skipped", name), made_case("loop/fs=ext4", "failed", name)});
  run.run.label = run.boot_id = run.run.started_at = name;
  const std::vector<CaseSummary> summaries = summarise_all(run);
  const std::vector<RunView> views{{run, summaries, name}, {run, summaries, "other"}};
  return find_format(format)->run(views, {});
}

TEST(JUnit, is_valid_for_jenkins) {
  const std::string schema = kTop + "/../shared/third_party/junit-10.xsd";
  if (!std::filesystem::exists(schema)) GTEST_SKIP() << "no " << schema;
  if (!works_here("xmllint --version")) GTEST_SKIP() << "xmllint is not installed (libxml2-utils)";
  const std::string command = "xmllint --noout --schema '" + schema + "' FILE";
  for (const Comparison& one : comparisons()) {
    const ReaderAnswer answer = ask_reader(shown(one, "junit"), command);
    EXPECT_EQ(answer.exit_code, 0) << answer.output << shown(one, "junit");
  }
  for (const std::string& name : {std::string("umount/fs=ext4"), kEvil}) {
    const ReaderAnswer answer = ask_reader(shown_runs("junit", name), command);
    EXPECT_EQ(answer.exit_code, 0) << answer.output << shown_runs("junit", name);
  }
}

TEST(JUnit, is_well_formed) {
  const std::string command = "/usr/bin/python3 -c \"import sys, xml.dom.minidom as m; m.parse(sys.argv[1])\" FILE";
  if (!works_here("/usr/bin/python3 -c ''")) GTEST_SKIP() << "python3 is not installed";
  EXPECT_NE(ask_reader("<a>", command).exit_code, 0);
  for (const Comparison& one : comparisons()) {
    const ReaderAnswer answer = ask_reader(shown(one, "junit"), command);
    EXPECT_EQ(answer.exit_code, 0) << answer.output;
  }
  EXPECT_EQ(ask_reader(shown_runs("junit", kEvil), command).exit_code, 0);
}

TEST(Json, of_a_comparison_is_as_the_schema_says) {
  if (!works_here("/usr/bin/python3 -c 'import jsonschema'")) GTEST_SKIP() << "python3-jsonschema is not installed";
  const std::string command = "/usr/bin/python3 -m jsonschema -i FILE '" + kTop + "/docs/comparison.schema.json'";
  EXPECT_NE(ask_reader(R"({"kind":"comparison"})", command).exit_code, 0);
  for (const Comparison& one : comparisons()) {
    const ReaderAnswer answer = ask_reader(shown(one, "json"), command);
    EXPECT_EQ(answer.exit_code, 0) << answer.output;
  }
}

TEST(Json, of_runs_can_be_read) {
  if (!works_here("/usr/bin/python3 -c ''")) GTEST_SKIP() << "python3 is not installed";
  const std::string code =
      "import json, sys; d = json.load(open(sys.argv[1])); print(d['kind'], len(d['runs']), "
      "d['runs'][0]['cases'][0]['counted'], d['runs'][0]['cases'][1]['p99_ns'])";
  const ReaderAnswer answer = ask_reader(shown_runs("json", kEvil), "/usr/bin/python3 -c \"" + code + "\" FILE");
  EXPECT_EQ(answer.output, "runs 2 200 None\n");
}

TEST(Csv, has_the_same_columns_in_every_row_and_no_formula) {
  if (!works_here("/usr/bin/python3 -c ''")) GTEST_SKIP() << "python3 is not installed";
  const std::string code =
      "import csv, sys; rows = list(csv.reader(open(sys.argv[1], newline=''))); "
      "assert len({len(row) for row in rows}) == 1, rows; "
      "assert not [cell for row in rows for cell in row if cell[:1] in tuple('=+-@')], rows; print(len(rows))";
  const std::string command = "/usr/bin/python3 -c \"" + code + "\" FILE";
  for (const Comparison& one : comparisons()) {
    const ReaderAnswer answer = ask_reader(shown(one, "csv"), command);
    EXPECT_EQ(answer.exit_code, 0) << answer.output;
  }
  EXPECT_EQ(ask_reader(shown(all_same(), "csv"), command).output, "25\n");
  EXPECT_EQ(ask_reader(shown(hostile("=cmd|x"), "csv"), command).output, "25\n");
  EXPECT_EQ(ask_reader(shown_runs("csv", "@evil"), command).output, "9\n");
}

}  // namespace
}  // namespace umb
