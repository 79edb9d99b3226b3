// SPDX-License-Identifier: Apache-2.0
#include "base/text.h"
#include "compare/in_words.h"
#include "render/case_table.h"
#include "render/escape.h"
#include "render/page.h"
#include "render/run_header.h"
#include "render/terminal.h"
#include "render/text_groups.h"

#include <algorithm>

namespace umb {

namespace {

constexpr size_t kIdsPerReason = 5;
constexpr size_t kFactColumn = 9;

void add_unmeasured(const RunRecord& record, const std::string& outcome, Page& page) {
  TextGroups reasons;
  for (const CaseRecord& one : record.cases) {
    if (one.outcome == outcome) reasons.add(one.reason, one.spec.id);
  }
  for (const TextGroups::Group& reason : reasons.all()) {
    const size_t count = reason.ids.size();
    page.gap();
    page.paragraph("", std::to_string(count) + (count == 1 ? " case " : " cases ") + outcome + ": " + reason.text);
    for (size_t i = 0; i < std::min(count, kIdsPerReason); ++i) page.line("  " + reason.ids[i]);
    if (count > kIdsPerReason) page.line("  and " + std::to_string(count - kIdsPerReason) + " more");
  }
}

void add_run(const RunView& view, const RenderOptions& options, Page& page) {
  for (const std::string& line : warning_lines(view)) page.warning(line);
  page.gap();
  for (const RunFact& fact : run_facts(view.record)) {
    page.paragraph(fact.name + std::string(kFactColumn - fact.name.size(), ' '), fact.text);
  }
  page.gap();
  add_case_table(view, options, page);
  for (const char* outcome : {"failed", "skipped"}) add_unmeasured(view.record, outcome, page);
  page.gap();
  for (const std::string& line : in_words(view.record, view.summaries)) page.paragraph("- ", line);
  if (!view.record.attributions.empty()) {
    page.paragraph(
        "- ", "causes: umountbench explain" + (view.source.empty() ? "" : " " + shell_word(printable(view.source))));
  }
  add_phase_tables(view, page);
}

}  // namespace

std::string terminal_run(RunViews runs, const RenderOptions& options) {
  Page page(options);
  for (const RunView& view : runs) {
    page.gap();
    if (runs.size() > 1) {
      page.heading(run_name(view));
      page.gap();
    }
    add_run(view, options, page);
  }
  return page.text();
}

}  // namespace umb
