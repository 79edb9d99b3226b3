// SPDX-License-Identifier: Apache-2.0
#include "render/history_formats.h"
#include "render/json_text.h"

#include <optional>

#include <nlohmann/json.hpp>

namespace umb {

namespace {

using Json = nlohmann::ordered_json;

constexpr int kHistorySchemaVersion = 1;

constexpr auto number = json_number<Json>;

Json text_or_null(const std::string& text) {
  return text.empty() ? Json(nullptr) : Json(text);
}

Json series_json(const History& history, const HistorySeries& series) {
  Json values = Json::array();
  for (const std::optional<double>& value : series.values) values.push_back(number(value));
  Json changes = Json::array();
  for (const HistoryChange& change : series.changes) {
    changes.push_back({{"build", change.at},
                       {"last_before", change.last_before},
                       {"until", change.until.has_value() ? Json(*change.until) : Json(nullptr)},
                       {"kind", history_kind_name(change.kind)},
                       {"before", number(change.before)},
                       {"after", number(change.after)},
                       {"ratio", number(change.after / change.before)},
                       {"p_value", number(change.p_value)},
                       {"words", change_in_words(history, series, change)}});
  }
  Json levels = Json::array();
  for (const HistoryLevel& level : series.levels) {
    levels.push_back({{"first", level.first}, {"last", level.last}, {"value", number(level.value)}});
  }
  return {{"case", series.plain_id},
          {"setting", text_or_null(series.setting)},
          {"unit", text_or_null(series.unit)},
          {"better", text_or_null(series.better)},
          {"values", values},
          {"levels", levels},
          {"changes", changes}};
}

}  // namespace

std::string json_history(const History& history, const RenderOptions&) {
  Json builds = Json::array();
  for (const HistoryBuild& build : history.builds) {
    builds.push_back({{"name", build.name},
                      {"commit", text_or_null(build.commit)},
                      {"kernel_release", text_or_null(build.kernel_release)},
                      {"started_at", text_or_null(build.started_at)},
                      {"boots", build.boots}});
  }
  Json series = Json::array();
  for (const HistorySeries& one : history.series) series.push_back(series_json(history, one));
  const Json document = {{"schema_version", kHistorySchemaVersion},
                         {"kind", "history"},
                         {"metric", history.metric},
                         {"quantile", history.quantile},
                         {"alpha", history.alpha},
                         {"threshold", history.threshold},
                         {"cautions", history.cautions},
                         {"builds", builds},
                         {"series", series}};
  return json_document(document);
}

}  // namespace umb
