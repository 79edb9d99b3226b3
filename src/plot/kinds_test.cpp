// SPDX-License-Identifier: Apache-2.0
#include "plot/kinds.h"

#include "compare/digest.h"
#include "testing/attribution_builder.h"
#include "testing/record_builder.h"

#include <algorithm>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace umb {
namespace {

using ::testing::Each;
using ::testing::Ge;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::SizeIs;

BootDigest boot_of(const std::vector<std::string>& modes, size_t samples, int64_t high_ns = 90'000) {
  std::vector<CaseRecord> cases;
  for (const std::string& mode : modes) {
    cases.push_back(made_case("umount/fs=tmpfs/rcu=" + mode, even_samples(samples, 10'000, high_ns, 1)));
  }
  DigestOptions options;
  options.curve_points = kMostOfOneCurve;
  return digest(made_run(std::move(cases)), {}, "", options);
}

Side side_of(const std::string& name, std::vector<BootDigest> boots) {
  const size_t count = boots.size();
  return {name, std::move(boots), count};
}

Figure figure_of(const std::string& kind, const std::vector<Side>& sides) {
  return make_figure(*find_plot_kind(kind), {.sides = sides, .shown = {}});
}

TEST(MatrixFigure, has_a_cell_for_each_kernel_and_mode_however_many) {
  for (const size_t kernels : {size_t{3}, size_t{6}, size_t{12}}) {
    std::vector<Side> sides;
    for (size_t i = 0; i < kernels; ++i) {
      sides.push_back(side_of("6." + std::to_string(i), {boot_of({"default", "normal", "expedited"}, 20)}));
    }
    const Figure figure = figure_of("matrix", sides);
    ASSERT_THAT(figure.panels, SizeIs(1));
    EXPECT_THAT(figure.panels[0].curves.at(0).points, SizeIs(kernels * 3));
    EXPECT_THAT(figure.panels[0].y.ticks, SizeIs(kernels));
    EXPECT_THAT(figure.panels[0].curves[0].marks, SizeIs(0));
    for (const std::string& note : figure.notes) EXPECT_THAT(note, Not(HasSubstr("Left out")));
  }
}

TEST(MatrixFigure, marks_a_cell_that_was_not_measured) {
  const std::vector<Side> sides{side_of("6.1", {boot_of({"default", "normal"}, 20)}),
                                side_of("6.2", {boot_of({"normal"}, 20)})};
  const Figure figure = figure_of("matrix", sides);
  ASSERT_THAT(figure.panels, SizeIs(1));
  EXPECT_THAT(figure.panels[0].curves.at(0).points, SizeIs(3));
  EXPECT_EQ(figure.panels[0].curves[0].marks, (std::vector<std::vector<double>>{{0, 1}}));
}

TEST(DistributionFigure, marks_only_quantiles_for_which_there_are_calls_enough) {
  for (const auto& [samples, marks] : std::vector<std::pair<size_t, size_t>>{{9, 1}, {10, 2}, {99, 2}, {100, 3}}) {
    const std::vector<Side> sides{side_of("6.1", {boot_of({"normal"}, samples)})};
    EXPECT_THAT(figure_of("distribution", sides).panels.at(0).curves.at(0).marks, SizeIs(marks)) << samples;
  }
}

TEST(DistributionFigure, of_few_calls_goes_up_at_measured_values_alone) {
  const std::vector<Side> sides{side_of("6.1", {boot_of({"normal"}, 5)})};
  const Figure figure = figure_of("distribution", sides);
  const std::vector<std::vector<double>>& points = figure.panels.at(0).curves.at(0).points;
  ASSERT_THAT(points, SizeIs(10));
  EXPECT_EQ(points.front()[1], 0);
  for (size_t i = 1; i < points.size(); ++i) {
    EXPECT_TRUE(points[i][0] == points[i - 1][0] || points[i][1] == points[i - 1][1]) << "no diagonal at " << i;
  }
}

TEST(DriftFigure, gives_the_curves_that_are_drawn_all_the_room) {
  // Of eight cases in panels of their own six are drawn.
  std::vector<CaseRecord> cases;
  for (size_t i = 0; i < 8; ++i) {
    cases.push_back(
        made_case("umount/fs=tmpfs/mounts=" + std::to_string(i + 1), even_samples(9'000, 10'000, 90'000, 1)));
  }
  DigestOptions options;
  options.curve_points = kMostOfOneCurve;
  const std::vector<Side> sides{side_of("6.1", {digest(made_run(std::move(cases)), {}, "", options)})};
  const Figure figure = figure_of("drift", sides);
  ASSERT_THAT(figure.panels, SizeIs(kMostPanels));
  EXPECT_THAT(figure.panels[0].curves[0].points, SizeIs(vertices_of_a_curve(kMostPanels) / 3));
}

TEST(BootsFigure, of_many_boots_shows_some_with_both_extremes_and_the_median_of_all) {
  std::vector<BootDigest> boots;
  for (int64_t i = 0; i < 1'500; ++i) boots.push_back(boot_of({"normal"}, 3, 90'000 + 100 * ((i * 7) % 1'500)));
  const std::vector<Side> sides{side_of("6.1", std::move(boots))};
  const Figure figure = figure_of("boots", sides);
  const Curve& curve = figure.panels.at(0).curves.at(0);
  EXPECT_LE(curve.points.size(), kMostPoints);
  EXPECT_THAT(curve.points, Each(SizeIs(Ge(2U))));
  const auto by_time = [](const std::vector<double>& one, const std::vector<double>& other) {
    return one[1] < other[1];
  };
  const auto [fastest, slowest] = std::ranges::minmax_element(curve.points, by_time);
  EXPECT_LT((*fastest)[1], 50.01e-6);
  EXPECT_GT((*slowest)[1], 124.9e-6);
  EXPECT_NEAR(curve.marks.at(0)[1], 87.5e-6, 0.2e-6);
}

TEST(CausesFigure, numbers_what_it_tells_by_colour) {
  RunRecord run = made_run({made_case("umount/fs=tmpfs", even_samples(20, 10'000, 90'000, 1))});
  run.attributions = {traced_attribution("umount/fs=tmpfs")};
  DigestOptions options;
  options.curve_points = kMostOfOneCurve;
  const std::vector<Side> sides{side_of("6.1", {digest(run, {}, "", options)})};
  const Figure figure = figure_of("causes", sides);
  ASSERT_FALSE(figure.legend.empty());
  for (size_t i = 0; i < figure.legend.size(); ++i) {
    EXPECT_TRUE(figure.legend[i].starts_with(std::to_string(i + 1) + "  ")) << figure.legend[i];
  }
}

TEST(Labels, tell_long_kernel_names_apart_and_keep_the_mode) {
  const std::string start = "6.17.0-rc4-00013-gabcdef012345-with-what-somebody-works-on";
  const std::vector<Side> sides{side_of(start + "-a", {boot_of({"default", "normal"}, 20)}),
                                side_of(start + "-b", {boot_of({"default", "normal"}, 20)})};
  const Figure figure = figure_of("distribution", sides);
  ASSERT_THAT(figure.legend, SizeIs(4));
  for (const std::string& entry : figure.legend) {
    EXPECT_TRUE(entry.ends_with(", rcu=default") || entry.ends_with(", rcu=normal")) << entry;
    EXPECT_EQ(std::ranges::count(figure.legend, entry), 1);
  }
}

}  // namespace
}  // namespace umb
