// SPDX-License-Identifier: Apache-2.0
#include "result/baseline_case.h"

#include "result/json_put.h"

#include <algorithm>

namespace umb {

namespace {

/// The two numbers of each item of a list of pairs.
void each_pair(const ResultNode& node, const std::string& pointer, DecodeState& state,
               const std::function<void(const ResultNode& first, const ResultNode& second)>& take) {
  const ResultNode::List* list = node.list();
  if (list == nullptr) return state.wrong(node, pointer, std::string("expected a list, found ") + node.kind());
  for (const ResultNode& item : *list) {
    const ResultNode::List* pair = item.list();
    const bool fits = pair != nullptr && pair->size() == 2 && (*pair)[0].number() && (*pair)[1].number();
    if (!fits) return state.wrong(item, pointer, "expected pairs of numbers");
    take((*pair)[0], (*pair)[1]);
  }
}

}  // namespace

size_t worked_of(const CaseDigest& one) {
  size_t worked = one.samples;
  for (const ErrnoCount& failed : one.errnos) worked -= std::min(worked, failed.count);
  return worked;
}

std::pair<double, double> usual_range(const std::vector<int64_t>& grid) {
  if (grid.empty()) return {0, 0};
  return {static_cast<double>(grid.front()), static_cast<double>(grid.back())};
}

void put_errnos(JsonStream& out, const std::vector<ErrnoCount>& errnos) {
  out.begin_array(JsonStream::kInline);
  for (const ErrnoCount& one : errnos) {
    out.begin_array();
    out.integer(one.errno_value);
    out.unsigned_integer(one.count);
    out.end_array();
  }
  out.end_array();
}

std::vector<ErrnoCount> decode_errnos(const ResultNode& node, const std::string& pointer, DecodeState& state) {
  std::vector<ErrnoCount> errnos;
  each_pair(node, pointer, state, [&](const ResultNode& first, const ResultNode& second) {
    const auto* value = std::get_if<int64_t>(&first.value);
    const auto* count = std::get_if<int64_t>(&second.value);
    const bool fits = value != nullptr && *value > 0 && *value <= INT32_MAX && count != nullptr && *count > 0;
    if (!fits) return state.wrong(first, pointer, "expected an errno and how often it came");
    errnos.push_back({static_cast<int32_t>(*value), static_cast<size_t>(*count)});
  });
  return errnos;
}

void put_counted_calls(JsonStream& out, const std::vector<CountedCalls>& calls) {
  out.begin_array(JsonStream::kInline);
  for (const CountedCalls& one : calls) {
    out.begin_array();
    out.integer(one.value);
    out.unsigned_integer(one.calls);
    out.end_array();
  }
  out.end_array();
}

std::vector<CountedCalls> decode_counted_calls(const ResultNode& node, const std::string& pointer, DecodeState& state) {
  std::vector<CountedCalls> calls;
  each_pair(node, pointer, state, [&](const ResultNode& first, const ResultNode& second) {
    const auto* value = std::get_if<int64_t>(&first.value);
    const auto* count = std::get_if<int64_t>(&second.value);
    const bool fits = value != nullptr && *value >= 0 && count != nullptr && *count > 0;
    if (!fits) return state.wrong(first, pointer, "expected a count and in how many calls it came");
    calls.push_back({*value, static_cast<size_t>(*count)});
  });
  return calls;
}

void put_modes(JsonStream& out, const std::vector<Mode>& modes) {
  out.begin_array(JsonStream::kInline);
  for (const Mode& mode : modes) {
    out.begin_array();
    put_number(out, mode.share);
    put_number(out, mode.centre);
    out.end_array();
  }
  out.end_array();
}

std::vector<Mode> decode_modes(const ResultNode& node, const std::string& pointer, DecodeState& state) {
  std::vector<Mode> modes;
  each_pair(node, pointer, state, [&](const ResultNode& share, const ResultNode& centre) {
    modes.push_back({*share.number(), *centre.number()});
  });
  return modes;
}

CaseDigest without_figures(CaseDigest one) {
  one.samples = 0;
  one.errnos.clear();
  one.shape = {};
  one.grace_period_waits.clear();
  one.deferred_grace_periods.clear();
  for (MetricDigest& metric : one.metrics) {
    metric = {.name = std::move(metric.name),
              .unit = std::move(metric.unit),
              .better = std::move(metric.better),
              .count = 0,
              .minimum = 0,
              .maximum = 0,
              .quantiles = {},
              .grid = {},
              .missing_reason = std::move(metric.missing_reason)};
  }
  return one;
}

uint64_t bytes_of(const CaseDigest& one) {
  uint64_t bytes = sizeof(one) +
                   (one.grace_period_waits.size() + one.deferred_grace_periods.size()) * sizeof(CountedCalls) +
                   one.spec.id.size() + one.spec.scenario.size() + one.reason.size();
  for (const Parameter& parameter : one.spec.parameters) {
    bytes += sizeof(parameter) + parameter.name.size() + parameter.value.size();
  }
  for (const Fact& fact : one.facts) bytes += sizeof(fact) + fact.key.size() + fact_text(one.facts, fact.key).size();
  for (const Check& check : one.failed_checks) bytes += sizeof(check) + check.name.size() + check.message.size();
  for (const MetricDigest& metric : one.metrics) {
    bytes += sizeof(metric) + metric.name.size() + metric.unit.size() + metric.missing_reason.size() +
             metric.quantiles.size() * sizeof(QuantileValue);
  }
  return bytes;
}

}  // namespace umb
