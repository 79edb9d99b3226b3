// SPDX-License-Identifier: Apache-2.0
// The figures of single rounds, a column for each: one value per round, or one for all of them.
#include "result/baseline_case.h"
#include "result/digest_fault.h"

#include <cmath>
#include <functional>

namespace umb {

namespace {

using Figures = std::vector<std::optional<double>>;

class ColumnReader {
 public:
  ColumnReader(const ResultNode& node, std::string pointer, std::vector<CaseDigest>& rounds, DecodeState& state)
      : rounds_(rounds), state_(state), reader_(node, std::move(pointer), state) {}

  using PutFigure = std::function<void(CaseDigest& round, double figure)>;
  void column(const char* key, const PutFigure& put) {
    const ResultNode* node = reader_.need(key);
    if (node != nullptr) fill(*node, reader_.pointer_to(key), put);
  }
  void column_if_there(const char* key, const PutFigure& put) {
    if (reader_.look(key) != nullptr) column(key, put);
  }
  using PutCount = std::function<void(CaseDigest& round, size_t count)>;
  void counts(const char* key, const PutCount& put) {
    column(key, [&](CaseDigest& round, double figure) {
      constexpr double kExactBelow = 9'007'199'254'740'992;  // 2^53
      const bool fits = figure >= 0 && figure < kExactBelow && figure == std::trunc(figure);
      fits ? put(round, static_cast<size_t>(figure))
           : reader_.wrong(key, "expected whole numbers that are not negative");
    });
  }
  using PutList = std::function<void(CaseDigest& round, const ResultNode& list, const std::string& pointer)>;
  void lists_if_there(const char* key, const PutList& put) {
    if (reader_.look(key) == nullptr) return;
    size_t count = 0;
    reader_.each(key, [&](const ResultNode& list, const std::string& pointer) {
      if (count < rounds_.size()) put(rounds_[count], list, pointer);
      ++count;
    });
    if (count != rounds_.size()) reader_.wrong(key, wanted("a list"));
  }
  /// A column for each place, in which null is "not known".
  void quantiles_if_there(const char* key, const std::vector<double>& places, size_t metric) {
    if (reader_.look(key) == nullptr) return;
    size_t count = 0;
    reader_.each(key, [&](const ResultNode& column, const std::string& pointer) {
      if (count < places.size()) {
        fill(
            column, pointer,
            [&](CaseDigest& round, double figure) {
              round.metrics[metric].quantiles.push_back({places[count], figure});
            },
            Nulls::kAllowed);
      }
      ++count;
    });
    if (count != places.size()) reader_.wrong(key, "expected " + std::to_string(places.size()) + " columns");
  }
  ObjectReader& object() { return reader_; }

 private:
  enum class Nulls { kAllowed, kRefused };
  void fill(const ResultNode& node, const std::string& pointer, const PutFigure& put, Nulls nulls = Nulls::kRefused) {
    if (const std::optional<double> one_for_all = node.number()) {
      for (CaseDigest& round : rounds_) put(round, *one_for_all);
      return;
    }
    const ResultNode::List* list = node.list();
    if (list == nullptr || list->size() != rounds_.size()) return state_.wrong(node, pointer, wanted("a number"));
    for (size_t i = 0; i < list->size(); ++i) {
      const ResultNode& item = (*list)[i];
      if (const std::optional<double> figure = item.number()) {
        put(rounds_[i], *figure);
      } else if (nulls == Nulls::kRefused || !item.is_null()) {
        return state_.wrong(item, pointer + "/" + std::to_string(i),
                            std::string("expected a number, found ") + item.kind());
      }
    }
  }
  [[nodiscard]] std::string wanted(const char* what) const {
    return std::string("expected ") + what + " for each of the " + std::to_string(rounds_.size()) + " rounds";
  }

  std::vector<CaseDigest>& rounds_;
  DecodeState& state_;
  ObjectReader reader_;
};

void decode_metric_columns(const ResultNode& node, const std::string& pointer, size_t metric,
                           const std::vector<double>& places, std::vector<CaseDigest>& rounds, DecodeState& state) {
  ColumnReader reader(node, pointer, rounds, state);
  for (CaseDigest& round : rounds) round.metrics[metric].count = worked_of(round);
  if (reader.object().look("count") != nullptr) {
    reader.counts("count", [&](CaseDigest& round, size_t count) { round.metrics[metric].count = count; });
  }
  reader.column_if_there("minimum", [&](CaseDigest& round, double figure) { round.metrics[metric].minimum = figure; });
  reader.column_if_there("maximum", [&](CaseDigest& round, double figure) { round.metrics[metric].maximum = figure; });
  reader.quantiles_if_there("quantiles", places, metric);
  reader.object().finish();
}

}  // namespace

void decode_round_columns(const ResultNode& node, const std::string& pointer, const std::vector<double>& places,
                          std::vector<CaseDigest>& rounds, DecodeState& state) {
  ColumnReader reader(node, pointer, rounds, state);
  reader.counts("samples", [](CaseDigest& round, size_t count) { round.samples = count; });
  reader.lists_if_there("errnos", [&](CaseDigest& round, const ResultNode& list, const std::string& where) {
    round.errnos = decode_errnos(list, where, state);
  });
  if (const ResultNode* columns = reader.object().need("metrics")) {
    ObjectReader metrics(*columns, reader.object().pointer_to("metrics"), state);
    for (size_t i = 0; i < rounds.front().metrics.size() && !state.failed(); ++i) {
      const std::string& name = rounds.front().metrics[i].name;
      const ResultNode* metric = metrics.need(name.c_str());
      if (metric != nullptr) decode_metric_columns(*metric, metrics.pointer_to(name), i, places, rounds, state);
    }
    metrics.finish();
  }
  reader.column_if_there("autocorrelation_time",
                         [](CaseDigest& round, double figure) { round.shape.autocorrelation_time = figure; });
  reader.column_if_there("trend_ratio", [](CaseDigest& round, double figure) { round.shape.trend_ratio = figure; });
  reader.lists_if_there("modes", [&](CaseDigest& round, const ResultNode& list, const std::string& where) {
    round.shape.modes = decode_modes(list, where, state);
  });
  for (const CaseDigest& round : rounds) {
    if (const std::string fault = fault_of(round); !fault.empty()) state.wrong(node, pointer, fault);
  }
  reader.object().finish();
}

}  // namespace umb
