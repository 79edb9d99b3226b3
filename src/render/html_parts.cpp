// SPDX-License-Identifier: Apache-2.0
#include "render/html_parts.h"

#include "render/run_header.h"

namespace umb {

void add_warnings(const std::vector<std::string>& lines, HtmlPage& page) {
  std::vector<std::string> warnings;
  warnings.reserve(lines.size());
  for (const std::string& line : lines) warnings.push_back("warning: " + line);
  page.list(warnings);
}

void add_run_facts(const RunRecord& record, HtmlPage& page) {
  std::vector<HtmlRow> rows;
  for (const RunFact& one : run_facts(record)) rows.push_back({{one.name}, {one.text, HtmlCell::Kind::kLong}});
  page.table({"", ""}, rows);
}

}  // namespace umb
