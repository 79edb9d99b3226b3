// SPDX-License-Identifier: Apache-2.0
#include "render/case_table.h"

#include "base/text.h"
#include "compare/case_ids.h"
#include "render/figures.h"
#include "render/text_table.h"

#include <algorithm>
#include <string>
#include <vector>

namespace umb {

namespace {

struct Row {
  const Case* spec;
  const CaseSummary* summary;
  const char* mark;  ///< behind its id
};
using Rows = std::vector<Row>;

/// Measured, or failed with figures that there were before.
Rows measured(const RunView& view) {
  Rows rows;
  for (size_t i = 0; i < std::min(view.record.cases.size(), view.summaries.size()); ++i) {
    const CaseRecord& one = view.record.cases[i];
    if (one.outcome == "measured" || view.summaries[i].counted > 0) {
      rows.push_back({&one.spec, &view.summaries[i], one.outcome == "failed" ? " (failed)" : ""});
    }
  }
  return rows;
}

std::vector<std::string> ids_of(const Rows& rows) {
  std::vector<std::string> ids;
  for (const Row& row : rows) ids.push_back(row.spec->id);
  return ids;
}

TimeUnit unit_for(const Rows& rows) {
  double largest = 0;
  for (const Row& row : rows) largest = std::max(largest, row.summary->p50_ns.value_or(0));
  return time_unit(largest);
}

/// How a table is laid out to fit.
struct Layout {
  bool fold = false;       ///< common parts of the ids above the table
  bool two_lines = false;  ///< the id on a line of its own
  bool histogram = true;
};

std::vector<std::string> case_lines(const Rows& rows, const Layout& layout, bool unicode) {
  const TimeUnit unit = unit_for(rows);
  const std::vector<std::string> common = layout.fold ? common_parts(ids_of(rows)) : std::vector<std::string>();
  const std::string title = std::string("case (times in ") + unit.name + ")";
  std::vector<TableColumn> columns{{layout.two_lines ? "" : title, Align::kLeft},
                                   {"n", Align::kRight},
                                   {"min", Align::kPoint},
                                   {"p50", Align::kPoint},
                                   {"p90", Align::kPoint},
                                   {"p99", Align::kPoint},
                                   {"max", Align::kPoint},
                                   {"released p50", Align::kPoint},
                                   {"switches/call", Align::kPoint}};
  if (layout.histogram) columns.push_back({"histogram", Align::kLeft});
  TextTable table(columns);
  for (const Row& row : rows) {
    const CaseSummary& s = *row.summary;
    std::vector<std::string> cells{layout.two_lines ? "" : printable(without_parts(row.spec->id, common)) + row.mark,
                                   std::to_string(s.counted)};
    for (const auto& ns : {s.min_ns, s.p50_ns, s.p90_ns, s.p99_ns, s.max_ns, s.released_p50_ns}) {
      cells.push_back(time_figure(ns, unit));
    }
    cells.push_back(mean_figure(s.switches_per_call));
    if (layout.histogram) cells.push_back(sparkline(s.histogram, unicode));
    table.add(std::move(cells));
  }
  std::vector<std::string> lines = table.lines();
  if (!layout.two_lines) return lines;
  lines[0].replace(0, 0, title + "\n");
  for (size_t i = 0; i < rows.size(); ++i)
    lines[i + 1].replace(0, 0, printable(rows[i].spec->id) + rows[i].mark + "\n");
  return lines;
}

bool fits(const std::vector<std::string>& lines, size_t width) {
  return std::all_of(lines.begin(), lines.end(), [&](const std::string& line) {
    const std::vector<std::string> parts = split(line, '\n');
    return std::all_of(parts.begin(), parts.end(),
                       [&](const std::string& part) { return display_width(part) <= width; });
  });
}

/// Others are counts or rates: their names tell the unit.
bool is_time(const PhaseSummary& phase) {
  return phase.name.ends_with("_ns");
}

std::string phase_title(const std::string& name) {
  return name.ends_with("_ns") ? name.substr(0, name.size() - 3) : name;
}

void add_phase_table(const std::string& scenario, const Rows& rows, Page& page) {
  double largest = 0;
  for (const Row& row : rows) {
    for (const PhaseSummary& phase : row.summary->phases) {
      if (is_time(phase)) largest = std::max(largest, phase.p50_ns.value_or(0));
    }
  }
  const TimeUnit unit = time_unit(largest);
  const std::vector<PhaseSummary>& phases = rows[0].summary->phases;
  const std::string in_unit = std::ranges::any_of(phases, is_time) ? std::string(", in ") + unit.name : "";
  std::vector<TableColumn> columns{{"phases of " + scenario + " (p50" + in_unit + ")", Align::kLeft}};
  for (const PhaseSummary& phase : phases) columns.push_back({printable(phase_title(phase.name)), Align::kPoint});
  TextTable table(columns);
  for (const Row& row : rows) {
    std::vector<std::string> cells{printable(row.spec->id)};
    for (const PhaseSummary& wanted : phases) {
      const auto& own = row.summary->phases;
      const auto found =
          std::find_if(own.begin(), own.end(), [&](const PhaseSummary& phase) { return phase.name == wanted.name; });
      const std::optional<double> p50 = found == own.end() ? std::nullopt : found->p50_ns;
      cells.push_back(is_time(wanted) ? time_figure(p50, unit) : three_digits(p50));
    }
    table.add(std::move(cells));
  }
  const std::vector<std::string> lines = table.lines();
  page.gap();
  page.heading(lines[0]);
  for (size_t i = 1; i < lines.size(); ++i) page.line(lines[i]);
}

}  // namespace

void add_case_table(const RunView& view, const RenderOptions& options, Page& page) {
  const Rows rows = measured(view);
  if (rows.empty()) {
    page.line("no case was measured");
    return;
  }
  constexpr Layout kLayouts[] = {{false, false, true}, {true, false, true}, {false, true, true}, {false, true, false}};
  Layout layout = kLayouts[0];
  std::vector<std::string> lines;
  for (const Layout& one : kLayouts) {
    layout = one;
    lines = case_lines(rows, layout, options.unicode);
    if (options.width == 0 || fits(lines, options.width)) break;
  }
  if (layout.fold && !common_parts(ids_of(rows)).empty())
    page.paragraph("in all cases: ", join(common_parts(ids_of(rows)), ", "));
  for (size_t i = 0; i < lines.size(); ++i) {
    for (const std::string& part : split(lines[i], '\n')) i == 0 ? page.heading(part) : page.line(part);
  }
}

void add_phase_tables(const RunView& view, Page& page) {
  std::vector<std::string> done;
  const Rows rows = measured(view);
  for (const Row& first : rows) {
    const std::string& scenario = first.spec->scenario;
    if (first.summary->phases.empty() || std::find(done.begin(), done.end(), scenario) != done.end()) continue;
    done.push_back(scenario);
    Rows own;
    for (const Row& row : rows) {
      if (row.spec->scenario == scenario && !row.summary->phases.empty()) own.push_back(row);
    }
    add_phase_table(scenario, own, page);
  }
}

}  // namespace umb
