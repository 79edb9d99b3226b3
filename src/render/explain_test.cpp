// SPDX-License-Identifier: Apache-2.0
#include "base/text.h"
#include "render/figures.h"
#include "render/formats.h"
#include "render/text_table.h"
#include "testing/attribution_builder.h"
#include "testing/golden.h"
#include "testing/record_builder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace umb {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

const std::string kSource = UMOUNTBENCH_SOURCE_DIR;
const std::string kTmpfs = "umount/fs=tmpfs/mode=lazy/method=syscall/";
const std::string kEvil = "\x1b[31m<b>|`@all`|[x](http://y)\n# ";

/// One of each kind: traced, deferring, coarse, not explained, and an RCU share without attribution.
RunRecord mixed_run() {
  RunRecord record = made_run(
      {made_case(kTmpfs + "rcu=as-found", even_samples(101, 12'000'000, 14'000'000, 1)),
       made_case(kTmpfs + "rcu=normal", even_samples(101, 12'000'000, 14'000'000, 1)),
       made_case(kTmpfs + "rcu=default", even_samples(101, 90'000, 110'000, 0)),
       made_case("umount/fs=ext4/mode=plain/method=syscall/rcu=as-found", even_samples(101, 7'000'000, 8'000'000, 1)),
       made_case("container/runtime=builtin/rcu=as-found", even_samples(101, 15'000'000, 17'000'000, 1))});
  record.attributions = {traced_attribution(record.cases[0].spec.id), deferring_attribution(record.cases[2].spec.id),
                         coarse_attribution(record.cases[3].spec.id)};
  Attribution none;
  none.case_id = record.cases[4].spec.id;
  none.reason = "the runtime's processes could not be followed";
  record.attributions.push_back(none);
  return record;
}

std::string shown(const RunRecord& record, const char* format, const RenderOptions& options) {
  const std::vector<CaseSummary> summaries = summarise_all(record);
  const std::vector<Explained> cases = explain(record, summaries);
  return find_format(format)->explanation({{record, summaries, "results/a.json"}, cases}, options);
}

TEST(Explanation, looks_as_agreed) {
  EXPECT_TRUE(matches_golden(kSource, "explain_terminal", shown(mixed_run(), "terminal", {})));
  EXPECT_TRUE(matches_golden(kSource, "explain_80_ascii", shown(mixed_run(), "terminal", {80, false, false})));
  EXPECT_TRUE(matches_golden(kSource, "explain_markdown", shown(mixed_run(), "markdown", {})));
}

TEST(Explanation, fits_a_terminal_of_80_columns_but_for_what_has_no_space) {
  for (const std::string& line : split(shown(mixed_run(), "terminal", {80, false, true}), '\n')) {
    EXPECT_LE(display_width(line), 80U) << line;
  }
}

TEST(Explanation, is_not_broken_by_names_from_the_file) {
  RunRecord record = mixed_run();
  record.attributions[0].waits[0].function = kEvil;
  record.attributions[0].waits[0].kind = kEvil;
  record.attributions[0].calls[0].call = kEvil;
  record.attributions[0].missing[0] = kEvil;
  record.attributions[2].reason = kEvil;
  const std::string terminal = shown(record, "terminal", {});
  EXPECT_THAT(terminal, Not(HasSubstr("\x1b")));
  const std::string markdown = shown(record, "markdown", {});
  EXPECT_THAT(markdown, Not(HasSubstr("\x1b")));
  EXPECT_THAT(markdown, Not(HasSubstr("<b>")));
  EXPECT_THAT(markdown, Not(HasSubstr("\n# ")));
  EXPECT_THAT(markdown, Not(HasSubstr("](http")));
}

TEST(Explanation, of_thousands_of_cases_stays_under_the_limit_of_a_comment) {
  std::vector<CaseRecord> cases;
  for (int i = 0; i < 500; ++i) cases.push_back(made_case("umount/n=" + std::to_string(i), even_samples(20, 1, 9, 1)));
  RunRecord record = made_run(std::move(cases));
  for (const CaseRecord& one : record.cases) record.attributions.push_back(traced_attribution(one.spec.id));
  EXPECT_LT(shown(record, "markdown", {}).size(), 64U * 1024);
}

TEST(RunReport, has_the_causes_in_short) {
  const RunRecord record = mixed_run();
  const std::vector<CaseSummary> summaries = summarise_all(record);
  const RunView view{record, summaries};
  const std::string markdown = find_format("markdown")->run({&view, 1}, {});
  EXPECT_TRUE(matches_golden(kSource, "run_with_causes_markdown", markdown));
  EXPECT_THAT(markdown, HasSubstr("1 normal grace period, 99.3%"));
}

TEST(RunReport, tells_where_the_causes_are_where_there_are_some) {
  RunRecord record = mixed_run();
  const std::vector<CaseSummary> summaries = summarise_all(record);
  const auto terminal = [&](const std::string& source) {
    const RunView view{record, summaries, source};
    return find_format("terminal")->run({&view, 1}, {});
  };
  EXPECT_THAT(terminal("results/a b.json"), HasSubstr("- causes: umountbench explain 'results/a b.json'\n"));
  EXPECT_THAT(terminal(""), HasSubstr("- causes: umountbench explain\n"));
  record.attributions.clear();
  EXPECT_THAT(terminal("a.json"), Not(HasSubstr("causes:")));
}

TEST(ShareBar, shows_what_is_there_and_never_more_than_all) {
  EXPECT_EQ(share_bar(0, 10, false), "");
  EXPECT_EQ(share_bar(0.001, 10, false), ".");
  EXPECT_EQ(share_bar(0.5, 10, false), "#####");
  EXPECT_EQ(share_bar(7, 10, false), "##########");
  EXPECT_EQ(share_bar(0.1, 10, true), "█");
}

}  // namespace
}  // namespace umb
