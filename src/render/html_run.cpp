// SPDX-License-Identifier: Apache-2.0
#include "base/text.h"
#include "compare/explained.h"
#include "compare/explained_words.h"
#include "compare/in_words.h"
#include "render/escape.h"
#include "render/facts_text.h"
#include "render/figures.h"
#include "render/html.h"
#include "render/html_page.h"
#include "render/html_parts.h"
#include "render/run_header.h"

#include <algorithm>

namespace umb {

namespace {

using Kind = HtmlCell::Kind;

void add_cases(const RunView& view, HtmlPage& page) {
  double largest = 0;
  for (const CaseSummary& one : view.summaries) largest = std::max(largest, one.p50_ns.value_or(0));
  const TimeUnit unit = time_unit(largest);
  std::vector<HtmlRow> rows;
  for (size_t i = 0; i < std::min(view.record.cases.size(), view.summaries.size()); ++i) {
    const CaseRecord& one = view.record.cases[i];
    const CaseSummary& s = view.summaries[i];
    if (s.counted == 0) continue;
    HtmlRow& row = rows.emplace_back();
    row = {{one.spec.id + (one.outcome == "failed" ? " (failed)" : ""), Kind::kCode},
           {std::to_string(s.counted), Kind::kFigure}};
    for (const auto& ns : {s.min_ns, s.p50_ns, s.p90_ns, s.p99_ns, s.max_ns, s.released_p50_ns}) {
      row.push_back({time_figure(ns, unit), Kind::kFigure});
    }
    row.push_back({mean_figure(s.switches_per_call), Kind::kFigure});
    row.push_back({sparkline(s.histogram, true)});
  }
  if (rows.empty()) page.paragraph("no case was measured");
  page.table({std::string("case (times in ") + unit.name + ")", "n", "min", "p50", "p90", "p99", "max", "released p50",
              "switches/call", "histogram"},
             rows);
}

/// The short form of `explain`.
void add_causes(const RunView& view, HtmlPage& page) {
  std::vector<HtmlRow> rows;
  for (const Explained& explained : explain(view.record, view.summaries)) {
    if (explained.attribution == nullptr) continue;
    rows.push_back({{explained.case_id, Kind::kCode},
                    {explained_verdict(explained), Kind::kLong},
                    {causes_in_words(explained), Kind::kLong}});
  }
  if (rows.empty()) return;
  page.section("Causes");
  page.table({"case", "in words", "causes above 1%"}, rows);
}

void add_environment(const RunView& view, HtmlPage& page) {
  page.section("Environment");
  add_run_facts(view.record, page);
  std::vector<HtmlRow> facts;
  facts.reserve(view.record.environment_before.size());
  for (const Fact& one : view.record.environment_before) {
    facts.push_back({{one.key, Kind::kCode}, {fact(view.record.environment_before, one.key), Kind::kLong}});
  }
  page.open_fold("all " + std::to_string(facts.size()) + " facts of the machine");
  page.table({"fact", "before the run"}, facts);
  page.close_fold();
}

void add_how_to(const RunView& view, HtmlPage& page) {
  constexpr size_t kLongestConfig = 60'000;
  const RunRecord& record = view.record;
  page.section("How to do it again");
  const bool is_long = record.run.config_json.size() > kLongestConfig;
  page.paragraph("With umountbench " + record.tool.version +
                 (record.tool.commit.empty() ? "" : " (" + record.tool.commit + ")") +
                 ", and the plan as it was in effect in config.json" +
                 (is_long ? ", which is too long for a page: it is run.config in the result's file." : ":"));
  if (is_long) {
    const std::string file = view.source.empty() ? "RESULT.json" : view.source;
    const std::string reader = file.ends_with(".gz") ? "zcat" : file.ends_with(".zst") ? "zstdcat" : "cat";
    const bool journal = file.ends_with(".partial");
    if (!journal) page.preformatted({reader + " " + shell_word(printable(file)) + " | jq .run.config > config.json"});
  }
  page.preformatted({"sudo umountbench run --config ./config.json"});
  if (is_long) return;
  page.open_fold("config.json");
  page.preformatted(split(record.run.config_json, '\n'));
  page.close_fold();
}

void add_run(const RunView& view, HtmlPage& page) {
  const RunRecord& record = view.record;
  page.headline("umountbench: " + run_name(view));
  page.list(in_words(record, view.summaries));
  add_warnings(warning_lines(view), page);
  page.section("Cases");
  add_cases(view, page);
  std::vector<std::string> not_measured;
  for (const CaseRecord& one : record.cases) {
    if (one.outcome != "measured") not_measured.push_back(one.outcome + ": " + one.spec.id + ": " + one.reason);
  }
  page.list(not_measured);
}

void add_rest(const RunView& view, HtmlPage& page) {
  add_causes(view, page);
  add_environment(view, page);
  add_how_to(view, page);
}

}  // namespace

std::string html_run(RunViews runs, const RenderOptions& options) {
  const std::string title = runs.size() == 1 ? run_name(runs[0]) : std::to_string(runs.size()) + " results";
  HtmlPage page("umountbench: " + title, options.pictures);
  for (const RunView& view : runs) add_run(view, page);
  page.pictures();
  for (const RunView& view : runs) {
    if (runs.size() > 1) page.headline(run_name(view));
    add_rest(view, page);
  }
  return page.text();
}

}  // namespace umb
