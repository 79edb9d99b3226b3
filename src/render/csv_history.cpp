// SPDX-License-Identifier: Apache-2.0
#include "base/text.h"
#include "render/escape.h"
#include "render/history_formats.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace umb {

namespace {

std::string exact(double value) {
  std::array<char, 64> text{};
  return {text.data(), std::to_chars(text.data(), text.data() + text.size(), value).ptr};
}

}  // namespace

std::string csv_history(const History& history, const RenderOptions&) {
  std::string text =
      "case,metric,unit,quantile,build,commit,kernel_release,started_at,boots,value,change,ratio,p_value\n";
  for (const HistorySeries& series : history.series) {
    for (size_t i = 0; i < history.builds.size(); ++i) {
      const HistoryBuild& build = history.builds[i];
      const auto change = std::ranges::find(series.changes, i, &HistoryChange::at);
      const bool changed = change != series.changes.end();
      std::vector<std::string> cells{series.case_id,          history.metric,   series.unit,
                                     exact(history.quantile), build.name,       build.commit,
                                     build.kernel_release,    build.started_at, std::to_string(build.boots)};
      cells.push_back(series.values[i].has_value() ? exact(*series.values[i]) : "");
      cells.emplace_back(changed ? "true" : "false");
      cells.push_back(changed ? exact(change->after / change->before) : "");
      cells.push_back(changed ? exact(change->p_value) : "");
      for (std::string& cell : cells) cell = csv_cell(cell);
      text += join(cells, ",") + "\n";
    }
  }
  return text;
}

}  // namespace umb
