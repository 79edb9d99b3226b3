// SPDX-License-Identifier: Apache-2.0
#include "result/baseline_case.h"
#include "result/digest_fault.h"
#include "result/record_decode.h"

#include <tuple>

namespace umb {

namespace {

std::vector<Check> decode_failed_checks(ObjectReader& reader, DecodeState& state) {
  std::vector<Check> checks;
  reader.each("failed_checks", [&](const ResultNode& item, const std::string& pointer) {
    Check check{.name = {}, .outcome = "failed", .message = {}};
    ObjectReader inner(item, pointer, state);
    inner.text("name", check.name);
    inner.text_if_there("message", check.message);
    inner.finish();
    checks.push_back(std::move(check));
  });
  return checks;
}

std::vector<int64_t> decode_grid(ObjectReader& reader, DecodeState& state) {
  std::vector<int64_t> grid;
  reader.each("grid_steps", [&](const ResultNode& item, const std::string& pointer) {
    const auto* step = std::get_if<int64_t>(&item.value);
    int64_t point = 0;
    if (step == nullptr)
      return state.wrong(item, pointer, std::string("expected a whole number, found ") + item.kind());
    if (*step < 0) return state.wrong(item, pointer, std::to_string(*step) + " is negative");
    if (__builtin_add_overflow(grid.empty() ? 0 : grid.back(), *step, &point)) {
      return state.wrong(item, pointer, "the sum is beyond 63 bits");
    }
    grid.push_back(point);
  });
  if (grid.size() != kGridPoints) reader.wrong("grid_steps", "there are " + std::to_string(grid.size()) + ", not 101");
  return grid;
}

MetricDigest decode_metric_digest(const ResultMember& member, const std::string& pointer, size_t worked,
                                  const BaselineTables& tables, DecodeState& state) {
  const MetricInfo usual = tables.info_of(member.key);
  MetricDigest metric{.name = member.key,
                      .unit = usual.unit,
                      .better = usual.better,
                      .count = worked,
                      .minimum = 0,
                      .maximum = 0,
                      .quantiles = {},
                      .grid = {},
                      .missing_reason = usual.missing_reason};
  ObjectReader reader(member.node, pointer, state);
  reader.text_if_there("unit", metric.unit);
  if (reader.look("better") != nullptr) {
    metric.better.clear();
    reader.text_or_null("better", metric.better);
    if (!metric.better.empty()) reader.word("better", metric.better, {"lower", "higher"});
  }
  reader.text_if_there("missing", metric.missing_reason);
  if (reader.look("count") != nullptr) reader.count("count", metric.count);
  if (reader.look("grid_steps") != nullptr) metric.grid = decode_grid(reader, state);
  std::tie(metric.minimum, metric.maximum) = usual_range(metric.grid);
  std::vector<double> numbers;
  if (reader.look("range") != nullptr) {
    reader.numbers("range", numbers);
    if (numbers.size() != 2) return reader.wrong("range", "expected two numbers"), metric;
    metric.minimum = numbers[0];
    metric.maximum = numbers[1];
  }
  numbers.clear();
  if (reader.look("quantiles") != nullptr) reader.numbers("quantiles", numbers);
  if (!numbers.empty() && numbers.size() != tables.quantiles.size()) {
    reader.wrong("quantiles", "expected " + std::to_string(tables.quantiles.size()) + " numbers");
  } else {
    for (size_t i = 0; i < numbers.size(); ++i) metric.quantiles.push_back({tables.quantiles[i], numbers[i]});
  }
  reader.finish();
  return metric;
}

}  // namespace

ReadCase decode_case_digest(const ResultNode& node, const std::string& pointer, size_t round_count,
                            const BaselineTables& tables, LoadBudget& budget, DecodeState& state) {
  ReadCase read;
  CaseDigest& whole = read.whole;
  ObjectReader reader(node, pointer, state);
  std::string id;
  reader.text("id", id);
  whole.spec = tables.spec_of(id);
  reader.text_if_there("scenario", whole.spec.scenario);
  if (const ResultNode* parameters = reader.look("parameters")) {
    whole.spec.parameters = decode_parameters(*parameters, reader.pointer_to("parameters"), state);
  }
  whole.outcome = "measured";
  if (reader.look("outcome") != nullptr) reader.word("outcome", whole.outcome, {"measured", "skipped", "failed"});
  reader.text_if_there("reason", whole.reason);
  reader.count("samples", whole.samples);
  if (const ResultNode* errnos = reader.look("errnos")) {
    whole.errnos = decode_errnos(*errnos, reader.pointer_to("errnos"), state);
  }
  if (reader.look("failed_checks") != nullptr) whole.failed_checks = decode_failed_checks(reader, state);
  if (reader.look("facts") != nullptr) reader.facts("facts", whole.facts);
  reader.each_member("metrics", [&](const ResultMember& member, const std::string& where) {
    whole.metrics.push_back(decode_metric_digest(member, where, worked_of(whole), tables, state));
  });
  if (reader.look("autocorrelation_time") != nullptr) {
    reader.number("autocorrelation_time", whole.shape.autocorrelation_time);
  }
  if (reader.look("trend_ratio") != nullptr) reader.number("trend_ratio", whole.shape.trend_ratio);
  if (const ResultNode* modes = reader.look("modes")) {
    whole.shape.modes = decode_modes(*modes, reader.pointer_to("modes"), state);
  }
  for (const auto& [key, calls] : {std::pair("grace_period_waits", &whole.grace_period_waits),
                                   std::pair("deferred_grace_periods", &whole.deferred_grace_periods)}) {
    if (const ResultNode* counts = reader.look(key))
      *calls = decode_counted_calls(*counts, reader.pointer_to(key), state);
  }
  if (const std::string fault = fault_of(whole); !fault.empty()) state.wrong(node, pointer, fault);
  const ResultNode* by_round = round_count > 0 ? reader.need("by_round") : nullptr;
  const Result<void> fits = budget.take((round_count + 1) * bytes_of(whole));
  if (!fits.has_value()) state.wrong(node, pointer, fits.error().text());
  if (by_round != nullptr && !state.failed()) {
    read.rounds.assign(round_count, without_figures(whole));
    decode_round_columns(*by_round, reader.pointer_to("by_round"), tables.round_quantiles, read.rounds, state);
  }
  reader.finish();
  return read;
}

}  // namespace umb
