// SPDX-License-Identifier: Apache-2.0
#include "plot/history.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace umb {
namespace {

using ::testing::DoubleEq;
using ::testing::ElementsAre;
using ::testing::Field;
using ::testing::SizeIs;

History made(std::vector<HistorySeries> series) {
  History history{.metric = "return_ns", .builds = {}, .series = std::move(series), .cautions = {}};
  for (const char* name : {"6.1", "6.2", "6.3", "6.4"}) history.builds.push_back({.name = name});
  return history;
}

HistorySeries series(const std::string& id, std::vector<HistoryChange> changes, const std::string& unit = "ns") {
  return {
      .case_id = id, .unit = unit, .better = "lower", .values = {1000, 1000, 2000, std::nullopt}, .changes = changes};
}

TEST(HistoryFigure, has_a_point_a_build_and_a_line_a_level) {
  HistorySeries changed = series("a", {{.at = 2, .before = 1000, .after = 2000}});
  changed.levels = {{0, 1, 1000}, {2, 2, 2000}};
  const Figure figure = history_figure(made({changed}));
  ASSERT_THAT(figure.panels, SizeIs(1));
  const Curve& curve = figure.panels[0].curves.at(0);
  EXPECT_THAT(curve.points, ElementsAre(ElementsAre(1, DoubleEq(1e-6)), ElementsAre(2, DoubleEq(1e-6)),
                                        ElementsAre(3, DoubleEq(2e-6))));
  EXPECT_THAT(curve.marks, ElementsAre(ElementsAre(0.5, 2.5, DoubleEq(1e-6)), ElementsAre(2.5, 3.5, DoubleEq(2e-6))))
      << "a line ends at its last value";
  EXPECT_THAT(figure.panels[0].x.ticks, ElementsAre(Field(&Tick::name, "6.1"), Field(&Tick::name, "6.3")))
      << "the newest is too near";
}

TEST(HistoryFigure, shows_cases_that_changed_first_and_says_how_many_are_left_out) {
  std::vector<HistorySeries> all;
  for (size_t i = 0; i < kMostPanels + 1; ++i) all.push_back(series("steady", {}));
  all.push_back(series("changed", {{.at = 1, .before = 1, .after = 2}}));
  const Figure figure = history_figure(made(all));
  ASSERT_THAT(figure.panels, SizeIs(kMostPanels));
  EXPECT_EQ(figure.panels[0].title, "changed");
  EXPECT_EQ(figure.notes.back(), "2 more cases are not drawn: --case chooses.");
}

TEST(HistoryFigure, draws_no_zero_on_its_logarithmic_axis) {
  HistorySeries some = series("some", {});
  some.values[0] = 0;
  HistorySeries none = series("none", {});
  for (auto& value : none.values) value = 0;
  const Figure figure = history_figure(made({none, some}));
  ASSERT_THAT(figure.panels, SizeIs(1));
  EXPECT_EQ(figure.panels[0].title, "some");
  for (const auto& point : figure.panels[0].curves[0].points) EXPECT_GT(point[1], 0);
}

TEST(HistoryFigure, is_of_times_alone) {
  EXPECT_THAT(history_figure(made({series("a", {}, "per_s")})).panels, SizeIs(0));
}

}  // namespace
}  // namespace umb
