// SPDX-License-Identifier: Apache-2.0
#include "result/attribution_json.h"
#include "result/column_put.h"
#include "result/json_put.h"

#include <algorithm>

namespace umb {

namespace {

void put_optional_column(JsonStream& out, const char* name, const std::vector<int64_t>& values) {
  if (!values.empty()) put_column(out, name, values);
}

void put_waits(JsonStream& out, const std::vector<WaitSeen>& waits) {
  out.key("waits");
  out.begin_array();
  for (const WaitSeen& wait : waits) {
    out.begin_object(JsonStream::kInline);
    put_text(out, "function", wait.function);
    put_text(out, "kind", wait.kind);
    put_integer(out, "count", wait.count);
    put_integer(out, "total_ns", wait.total_ns);
    out.end_object();
  }
  out.end_array();
}

void put_calls(JsonStream& out, const std::vector<CallSeen>& calls) {
  out.key("calls");
  out.begin_array();
  for (const CallSeen& call : calls) {
    out.begin_object(JsonStream::kInline);
    put_text(out, "call", call.call);
    put_integer(out, "count", call.count);
    put_integer(out, "total_ns", call.total_ns);
    put_integer(out, "grace_period_ns", call.grace_period_ns);
    put_integer(out, "grace_period_waits", call.grace_period_waits);
    out.end_object();
  }
  out.end_array();
}

void put_attribution(JsonStream& out, const Attribution& one) {
  out.begin_object();
  put_text(out, "case", one.case_id);
  put_text_or_null(out, "method", one.method);
  put_text_or_null(out, "reason", one.reason);
  out.key("samples");
  out.begin_object();
  // Always an array: something has to say how many samples there are.
  put_column(out, "wall_ns", one.wall_ns, Single::kNever);
  put_optional_column(out, "grace_period_waits", one.grace_period_waits);
  put_optional_column(out, "deferred_grace_periods", one.deferred_grace_periods);
  put_optional_column(out, "voluntary_switches", one.voluntary_switches);
  out.end_object();
  out.key("causes_ns");
  out.begin_object();
  for (const Column& cause : one.causes) put_column(out, cause.name, cause.values);
  out.end_object();
  put_waits(out, one.waits);
  put_calls(out, one.calls);
  put_texts(out, "missing", one.missing);
  put_integer(out, "dropped_samples", one.dropped_samples);
  put_integer(out, "lost_events", one.lost_events);
  out.key("floor_ns");
  put_value(out, one.floor_ns);
  out.end_object();
}

}  // namespace

bool has_one_length(const Attribution& one) {
  const size_t size = one.wall_ns.size();
  const auto fits = [&](const std::vector<int64_t>& values) { return values.empty() || values.size() == size; };
  return fits(one.grace_period_waits) && fits(one.deferred_grace_periods) && fits(one.voluntary_switches) &&
         std::ranges::all_of(one.causes, [&](const Column& cause) { return cause.values.size() == size; });
}

void put_attributions(JsonStream& out, const std::vector<Attribution>& attributions) {
  if (attributions.empty()) return;
  out.key("attribution");
  out.begin_array();
  for (const Attribution& one : attributions) put_attribution(out, one);
  out.end_array();
}

}  // namespace umb
