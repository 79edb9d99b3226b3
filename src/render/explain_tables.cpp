// SPDX-License-Identifier: Apache-2.0
#include "render/explain_tables.h"

#include "base/text.h"
#include "compare/explained_words.h"
#include "render/figures.h"

#include <cmath>
#include <optional>

namespace umb {

namespace {

constexpr size_t kBarWidth = 12;

/// Of `total` over `count`; nothing where there were none.
std::optional<double> each(int64_t total, int64_t count) {
  if (count <= 0) return std::nullopt;
  return static_cast<double>(total) / static_cast<double>(count);
}

/// In a unit of its own: what is beside each other here may be a million times apart.
std::string time_cell(std::optional<double> ns) {
  return ns ? human_duration(std::llround(*ns)) : "-";
}

std::string a_call(int64_t count, size_t samples) {
  return mean_figure(each(count, static_cast<int64_t>(samples)));
}

}  // namespace

ExplainTable causes_table(const Explained& explained, bool unicode) {
  ExplainTable table{{{"time a call", Align::kLeft},
                      {"mean", Align::kRight},
                      {"least", Align::kRight},
                      {"most", Align::kRight},
                      {"share", Align::kRight},
                      {"", Align::kLeft}},
                     {}};
  for (const CauseTime& cause : explained.causes) {
    table.rows.push_back({cause_in_words(cause.name), time_cell(cause.mean_ns), time_cell(cause.least_ns),
                          time_cell(cause.most_ns), cause.share_text, share_bar(cause.share, kBarWidth, unicode)});
  }
  return table;
}

ExplainTable waits_table(const Explained& explained) {
  const bool traced = explained.attribution != nullptr && explained.attribution->method == "traced";
  ExplainTable table;
  if (traced) {
    table.columns = {{"waited in", Align::kLeft},
                     {"kind", Align::kLeft},
                     {"times", Align::kRight},
                     {"a call", Align::kPoint},
                     {"each", Align::kRight}};
  } else {
    table.columns = {{"seen asleep in", Align::kLeft}, {"cause", Align::kLeft}, {"looks", Align::kRight}};
  }
  for (const WaitSeen& wait : explained.waits_seen) {
    std::vector<std::string> row{wait.function, traced ? wait.kind : cause_in_words(wait.kind),
                                 std::to_string(wait.count)};
    if (traced) {
      row.push_back(a_call(wait.count, explained.samples));
      row.push_back(time_cell(each(wait.total_ns, wait.count)));
    }
    table.rows.push_back(std::move(row));
  }
  return table;
}

ExplainTable calls_table(const Explained& explained) {
  static const std::vector<CallSeen> kNone;
  const std::vector<CallSeen>& calls = explained.attribution != nullptr ? explained.attribution->calls : kNone;
  ExplainTable table{{{"mount-related call", Align::kLeft},
                      {"times", Align::kRight},
                      {"a sample", Align::kPoint},
                      {"each", Align::kRight},
                      {"of it grace periods", Align::kRight},
                      {"waits each", Align::kPoint}},
                     {}};
  for (const CallSeen& call : calls) {
    table.rows.push_back({call.call, std::to_string(call.count), a_call(call.count, explained.samples),
                          time_cell(each(call.total_ns, call.count)), time_cell(each(call.grace_period_ns, call.count)),
                          mean_figure(each(call.grace_period_waits, call.count))});
  }
  return table;
}

}  // namespace umb
