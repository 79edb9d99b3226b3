// SPDX-License-Identifier: Apache-2.0
#include "base/text.h"
#include "render/escape.h"
#include "render/figures.h"
#include "render/history_formats.h"

#include <algorithm>

namespace umb {

std::string csv_history(const History& history, const RenderOptions&) {
  std::string text =
      "case,setting,metric,unit,quantile,build,commit,kernel_release,started_at,boots,value,change,ratio,p_value,kind,"
      "until\n";
  for (const HistorySeries& series : history.series) {
    for (size_t i = 0; i < history.builds.size(); ++i) {
      const HistoryBuild& build = history.builds[i];
      const auto change = std::ranges::find(series.changes, i, &HistoryChange::at);
      const bool changed = change != series.changes.end();
      std::vector<std::string> cells{
          series.plain_id, series.setting, history.metric,       series.unit,      exact_figure(history.quantile),
          build.name,      build.commit,   build.kernel_release, build.started_at, std::to_string(build.boots)};
      cells.push_back(exact_figure(series.values[i]));
      cells.emplace_back(changed ? "true" : "false");
      cells.push_back(changed && change->before > 0 ? exact_figure(change->after / change->before) : "");
      cells.push_back(changed ? exact_figure(change->p_value) : "");
      cells.emplace_back(changed ? history_kind_name(change->kind) : "");
      cells.push_back(changed && change->until.has_value() ? history.builds[*change->until].name : "");
      for (std::string& cell : cells) cell = csv_cell(cell);
      text += join(cells, ",") + "\n";
    }
  }
  return text;
}

}  // namespace umb
