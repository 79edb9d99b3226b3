// SPDX-License-Identifier: Apache-2.0
// What a history looks like in each format: the texts are tests/data/golden/history_*.txt; scripts/approve takes over
// new ones.
#include "render/formats.h"
#include "render/text_table.h"
#include "testing/golden.h"

#include <algorithm>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace umb {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

constexpr const char* kPlain = "umount/fs=tmpfs/mode=plain/method=syscall/rcu=default";
constexpr const char* kLazy = "umount/fs=tmpfs/mode=lazy/method=syscall/rcu=default";
constexpr size_t kBuilds = 16;

History empty_history(size_t builds) {
  History made{.metric = "return_ns", .builds = {}, .series = {}, .cautions = {}};
  for (size_t i = 0; i < builds; ++i) {
    const std::string number = std::to_string(10 + i);
    made.builds.push_back({.name = "6.13.0-rc1-000" + number + "-gabcdef0" + number,
                           .commit = "abcdef0" + number,
                           .kernel_release = "6.13.0-rc1-000" + number + "-gabcdef0" + number,
                           .started_at = "2026-03-" + number + "T09:00:00.000Z",
                           .boots = 3});
  }
  return made;
}

HistorySeries series_of(const std::string& id, const std::string& setting, double before, double after,
                        size_t changed_at) {
  HistorySeries series{.case_id = setting.empty() ? id : id + " (" + setting + ")",
                       .unit = "ns",
                       .better = "lower",
                       .values = {},
                       .setting = setting,
                       .plain_id = id};
  for (size_t i = 0; i < kBuilds; ++i) {
    const double level = i < changed_at ? before : after;
    series.values.emplace_back(level + level / 200 * static_cast<double>(i % 3));
  }
  return series;
}

HistoryChange change_of(HistorySeries& series, size_t at, double before, double after) {
  series.levels = {{0, at - 1, before}, {at, kBuilds - 1, after}};
  return {.at = at, .last_before = at - 1, .before = before, .after = after, .p_value = 0.00199};
}

/// A series of each kind that there is.
History of_all_kinds() {
  History made = empty_history(kBuilds);
  made.cautions = {"30 older builds are left out (--last)"};
  made.series.push_back(series_of(kPlain, "", 40'000, 40'000, 0));
  made.series.push_back(series_of(kPlain, "rcu_normal=1", 15'000'000, 19'500'000, 9));
  made.series.back().changes = {change_of(made.series.back(), 9, 15'000'000, 19'500'000)};

  HistorySeries over = series_of(kLazy, "", 40'000, 40'000, 0);
  for (size_t i = 8; i < 13; ++i) *over.values[i] *= 2;
  over.changes = {change_of(over, 8, 40'000, 80'000)};
  over.changes[0].until = 13;
  over.levels = {{0, 7, 40'000}, {8, 12, 80'000}, {13, 15, 40'000}};
  made.series.push_back(std::move(over));

  HistorySeries lacking = series_of(kLazy, "rcu_normal=1", 20'000, 10'000, 9);
  lacking.values[7].reset();
  lacking.values[8].reset();
  lacking.changes = {change_of(lacking, 9, 20'000, 10'000)};
  lacking.changes[0].last_before = 6;
  lacking.changes[0].kind = HistoryKind::kUnjudged;
  lacking.changes[0].with = "the machine changed there too: cpu_model (Old CPU -> New CPU)";
  made.series.push_back(std::move(lacking));

  HistorySeries wide = series_of("umount/fs=ext4/mode=plain/method=syscall/rcu=default", "", 126'000, 126'000, 0);
  for (size_t i = 8; i < kBuilds; ++i) *wide.values[i] *= i % 2 == 0 ? 1.25 : 0.75;
  wide.changes = {change_of(wide, 8, 126'000, 126'000)};
  wide.changes[0].kind = HistoryKind::kSpread;
  wide.changes[0].spread_before = 0.005;
  wide.changes[0].spread_after = 0.2;
  made.series.push_back(std::move(wide));
  return made;
}

::testing::AssertionResult is_golden(const std::string& name, const History& made, const std::string& format,
                                     const RenderOptions& options = {}) {
  return matches_golden(UMOUNTBENCH_SOURCE_DIR, "history_" + name, find_format(format)->history(made, options));
}

TEST(HistoryFormats, have_their_shape) {
  for (const char* format : {"terminal", "markdown", "otava"}) EXPECT_TRUE(is_golden(format, of_all_kinds(), format));
  History two = of_all_kinds();
  two.series = {two.series[2], two.series[3]};
  for (const char* format : {"json", "csv"}) EXPECT_TRUE(is_golden(format, two, format));
  EXPECT_TRUE(is_golden("terminal_80_ascii", of_all_kinds(), "terminal", {.width = 80, .unicode = false}));
}

TEST(HistoryFormats, have_no_unit_behind_counts_and_no_ratio_of_nothing) {
  History made = empty_history(kBuilds);
  made.metric = "voluntary_switches";
  HistorySeries counts = series_of(kPlain, "", 0, 4, 9);
  counts.unit = "";
  counts.linear = true;
  counts.changes = {change_of(counts, 9, 0, 4)};
  made.series.push_back(std::move(counts));
  EXPECT_TRUE(is_golden("counts_terminal", made, "terminal"));
  EXPECT_TRUE(is_golden("counts_csv", made, "csv"));
}

TEST(HistoryFormats, stay_within_the_width_however_many_builds_there_are) {
  History made = empty_history(160);
  HistorySeries series = series_of(kPlain, "", 40'000, 40'000, 0);
  series.values.assign(160, 40'000);
  series.values[77] = 90'000;
  made.series.push_back(std::move(series));
  const std::string text = find_format("terminal")->history(made, {.width = 80});
  size_t begin = 0;
  for (size_t end = text.find('\n'); end != std::string::npos; begin = end + 1, end = text.find('\n', begin)) {
    EXPECT_LE(display_width(text.substr(begin, end - begin)), 80U) << text.substr(begin, end - begin);
  }
  EXPECT_THAT(text, HasSubstr("▁█▁")) << "an odd one must not vanish";
  EXPECT_THAT(text, HasSubstr("; the highest of 3 builds a letter"));
  EXPECT_THAT(find_format("terminal")->history(made, {}), Not(HasSubstr("a letter")));
}

TEST(HistoryFormats, of_what_is_not_judged_have_no_sign_of_worse) {
  History made = of_all_kinds();
  std::erase_if(made.series, [](const HistorySeries& one) {
    return std::ranges::none_of(one.changes, [](const auto& it) { return it.kind != HistoryKind::kLevel; });
  });
  const std::string text = find_format("terminal")->history(made, {});
  EXPECT_THAT(text, Not(HasSubstr("▲")));
  EXPECT_THAT(text, Not(HasSubstr("▼")));
  EXPECT_THAT(text, Not(HasSubstr("slower")));
}

}  // namespace
}  // namespace umb
