// SPDX-License-Identifier: Apache-2.0
#include "compare/in_words.h"
#include "render/figures.h"
#include "render/lkml.h"
#include "render/mail.h"
#include "render/run_header.h"
#include "render/text_table.h"

#include <algorithm>

namespace umb {

namespace {

void add_cases(const RunView& view, Mail& mail) {
  std::vector<std::string> ids;
  double largest = 0;
  const size_t count = std::min(view.record.cases.size(), view.summaries.size());
  for (const CaseSummary& one : view.summaries) largest = std::max(largest, one.p50_ns.value_or(0));
  const TimeUnit unit = time_unit(largest);
  TextTable table({{"", Align::kLeft},
                   {"N"},
                   {"p50", Align::kPoint},
                   {"p90", Align::kPoint},
                   {"p99", Align::kPoint},
                   {"max", Align::kPoint},
                   {"p50 95% interval", Align::kLeft}});
  for (size_t i = 0; i < count; ++i) {
    const CaseSummary& s = view.summaries[i];
    if (s.counted == 0) continue;
    ids.push_back(view.record.cases[i].spec.id);
    const auto& interval = s.p50_interval_ns;
    table.add(
        {" ", std::to_string(s.counted), time_figure(s.p50_ns, unit), time_figure(s.p90_ns, unit),
         time_figure(s.p99_ns, unit), time_figure(s.max_ns, unit),
         interval ? "[" + time_figure(interval->low, unit) + ", " + time_figure(interval->high, unit) + "]" : "-"});
  }
  const std::vector<std::string> lines = table.lines();
  if (ids.empty()) {
    mail.line("no case was measured");
    return;
  }
  mail.line(std::string("case (times in ") + unit.name + ")");
  mail.line(lines[0]);
  for (size_t i = 0; i < ids.size(); ++i) {
    mail.line(ids[i]);
    mail.line(lines[i + 1]);
  }
}

void add_run(const RunView& view, Mail& mail) {
  const RunRecord& record = view.record;
  mail.paragraph("", "umountbench " + record.tool.version + ", " + record.run.started_at +
                         (view.source.empty() ? "" : ", " + view.source));
  for (const std::string& line : warning_lines(view)) mail.paragraph("warning: ", line);
  for (const RunFact& fact : run_facts(record)) mail.paragraph(fact.name + ": ", fact.text);
  mail.gap();
  add_cases(view, mail);
  for (const CaseRecord& one : record.cases) {
    if (one.outcome != "measured") mail.paragraph("", one.outcome + ": " + one.spec.id + ": " + one.reason);
  }
  mail.gap();
  for (const std::string& line : in_words(record, view.summaries)) mail.paragraph("- ", line);
}

}  // namespace

std::string lkml_run(RunViews runs, const RenderOptions&) {
  Mail mail;
  for (const RunView& view : runs) {
    mail.gap();
    add_run(view, mail);
  }
  return mail.text();
}

}  // namespace umb
