// SPDX-License-Identifier: Apache-2.0
// A table for Apache Otava: a row a run in the order of time, a column a case that every run has, for it takes no empty
// cell.
#include "base/text.h"
#include "render/escape.h"
#include "render/facts_text.h"
#include "render/figures.h"
#include "render/history_formats.h"
#include "render/outside_formats.h"
#include "render/outside_names.h"

#include <algorithm>
#include <map>

namespace umb {

namespace {

struct Line {
  std::string time, kernel, label, source;
  std::string key;                        ///< tells runs apart
  std::map<std::string, double> figures;  ///< by case id
};

std::vector<Line> by_time(std::vector<Line> lines) {
  std::ranges::stable_sort(lines, {}, &Line::time);
  return lines;
}

bool all_have(const std::vector<Line>& lines, const std::string& id) {
  return std::ranges::all_of(lines, [&](const Line& line) { return line.figures.contains(id); });
}

/// `figure`: which one of each case, behind its name: "return_ns", "return_ns.p99".
std::string document(const std::vector<Line>& lines, const std::string& figure) {
  std::vector<std::string> ids;
  if (!lines.empty()) {
    for (const auto& [id, value] : lines[0].figures) {
      if (all_have(lines, id)) ids.push_back(id);
    }
  }
  std::string text = "time,kernel,label,source";
  for (const std::string& name : outside_names(ids, kDotted)) text += "," + name + "." + figure;
  text += "\n";
  for (const Line& line : lines) {
    text += join({csv_cell(line.time), csv_cell(line.kernel), csv_cell(line.label), csv_cell(line.source)}, ",");
    for (const std::string& id : ids) text += "," + exact_figure(line.figures.at(id));
    text += "\n";
  }
  return text;
}

Line line_of(const BootDigest& boot) {
  return {boot.started_at,
          known_fact(boot.environment, "kernel_release"),
          boot.label,
          boot.source,
          boot.run_id + boot.source,
          {}};
}

void add_figures(const BootDigest& boot, const std::string& metric, Line& line) {
  for (const CaseDigest& one : boot.whole.cases) {
    const MetricDigest* digest = one.metric(metric);
    if (digest == nullptr || one.outcome != "measured" || !one.failed_checks.empty()) continue;
    for (const QuantileValue& quantile : digest->quantiles) {
      if (quantile.p == 0.5) line.figures[one.spec.id] = quantile.value;
    }
  }
}

}  // namespace

std::string otava_run(RunViews runs, const RenderOptions&) {
  std::vector<Line> lines;
  lines.reserve(runs.size());
  for (const RunView& view : runs) {
    const RunRecord& record = view.record;
    Line line{record.run.started_at,
              known_fact(record.environment_before, "kernel_release"),
              record.run.label,
              run_name(view),
              {},
              {}};
    for (size_t i = 0; i < std::min(record.cases.size(), view.summaries.size()); ++i) {
      if (!is_sound(record.cases[i])) continue;
      if (const auto& p50 = view.summaries[i].p50_ns) line.figures[record.cases[i].spec.id] = *p50;
    }
    lines.push_back(std::move(line));
  }
  return document(by_time(std::move(lines)), "return_ns");
}

/// Sides that share their runs have different cases of them.
std::string otava_comparison(const ComparisonView& view, const RenderOptions&) {
  std::vector<Line> lines;
  for (const Side& side : view.comparison.sides) {
    for (const BootDigest& boot : side.boots) {
      const Line made = line_of(boot);
      const auto found = std::ranges::find(lines, made.key, &Line::key);
      add_figures(boot, view.comparison.metric, found != lines.end() ? *found : lines.emplace_back(made));
    }
  }
  return document(by_time(std::move(lines)), outside_name(view.comparison.metric, kDotted));
}

/// In the order of the builds, whose time may go another way where commits say it.
std::string otava_history(const History& history, const RenderOptions&) {
  std::vector<Line> lines;
  lines.reserve(history.builds.size());
  for (size_t i = 0; i < history.builds.size(); ++i) {
    const HistoryBuild& build = history.builds[i];
    Line line{build.started_at, build.kernel_release, build.name, build.commit, {}, {}};
    for (const HistorySeries& series : history.series) {
      if (series.values[i].has_value()) line.figures[series.case_id] = *series.values[i];
    }
    lines.push_back(std::move(line));
  }
  const std::string metric = outside_name(history.metric, kDotted);
  return document(lines, history.quantile == 0.5 ? metric : metric + "." + quantile_name(history.quantile));
}

}  // namespace umb
