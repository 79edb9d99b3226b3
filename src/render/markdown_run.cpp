// SPDX-License-Identifier: Apache-2.0
#include "compare/explained.h"
#include "compare/explained_words.h"
#include "compare/in_words.h"
#include "render/figures.h"
#include "render/markdown.h"
#include "render/markdown_page.h"
#include "render/run_header.h"

#include <algorithm>

namespace umb {

namespace {

void add_cases(const RunView& view, MarkdownPage& page) {
  double largest = 0;
  for (const CaseSummary& one : view.summaries) largest = std::max(largest, one.p50_ns.value_or(0));
  const TimeUnit unit = time_unit(largest);
  std::vector<std::vector<std::string>> rows;
  for (size_t i = 0; i < std::min(view.record.cases.size(), view.summaries.size()); ++i) {
    const CaseSummary& s = view.summaries[i];
    if (s.counted == 0) continue;
    rows.push_back({markdown_code_cell(view.record.cases[i].spec.id), std::to_string(s.counted)});
    for (const auto& ns : {s.min_ns, s.p50_ns, s.p90_ns, s.p99_ns, s.max_ns, s.released_p50_ns}) {
      rows.back().push_back(time_figure(ns, unit));
    }
    rows.back().push_back(mean_figure(s.switches_per_call));
  }
  if (rows.empty()) {
    page.paragraph("no case was measured");
    return;
  }
  page.table({std::string("case (times in ") + unit.name + ")", "n", "min", "p50", "p90", "p99", "max", "released p50",
              "switches/call"},
             rows, "cases");
}

/// The short form of `explain`.
void add_causes(const RunView& view, MarkdownPage& page) {
  if (view.record.attributions.empty()) return;
  std::vector<std::vector<std::string>> rows;
  for (const Explained& explained : explain(view.record, view.summaries)) {
    if (explained.attribution == nullptr) continue;
    rows.push_back({markdown_code_cell(explained.case_id), markdown_cell(explained_verdict(explained)),
                    markdown_cell(causes_in_words(explained))});
  }
  page.gap();
  page.table({"where the time went", "in words", "causes above 1%"}, rows, "cases");
}

void add_run(const RunView& view, MarkdownPage& page) {
  const RunRecord& record = view.record;
  page.heading("umountbench: " + run_name(view));
  for (const std::string& line : warning_lines(view)) page.bullet("warning: " + line);
  for (const RunFact& fact : run_facts(record)) page.bullet(fact.name + ": " + fact.text);
  page.gap();
  add_cases(view, page);
  page.gap();
  for (const CaseRecord& one : record.cases) {
    if (one.outcome != "measured") page.bullet(one.outcome + ": " + one.spec.id + ": " + one.reason);
  }
  for (const std::string& line : in_words(record, view.summaries)) page.bullet(line);
  add_causes(view, page);
}

}  // namespace

std::string markdown_run(RunViews runs, const RenderOptions&) {
  MarkdownPage page;
  for (const RunView& view : runs) add_run(view, page);
  return page.text();
}

}  // namespace umb
