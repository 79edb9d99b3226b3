// SPDX-License-Identifier: Apache-2.0
#include "base/text.h"
#include "result/attribution_json.h"
#include "result/json_events.h"

#include <algorithm>
#include <string_view>
#include <unordered_set>

namespace umb {

namespace {

enum class Nulls { kRefused, kTaken };

/// The columns of one attribution, each checked against the length of `wall_ns`.
class ColumnsReader {
 public:
  ColumnsReader(size_t length, DecodeState& state) : length_(length), state_(state) {}

  void take(const ResultNode& node, const std::string& pointer, Nulls nulls, std::vector<int64_t>& to) {
    const ResultNode::List* list = node.list();
    if (list == nullptr) {
      to.assign(length_, value_of(node, pointer, nulls));
      return;
    }
    if (list->size() != length_) {
      return state_.wrong(node, pointer,
                          "columns of unequal length: it has " + std::to_string(list->size()) + " values, 'wall_ns' " +
                              std::to_string(length_));
    }
    to.reserve(length_);
    for (size_t i = 0; i < list->size() && !state_.failed(); ++i) {
      to.push_back(value_of((*list)[i], pointer + "/" + std::to_string(i), nulls));
    }
  }

 private:
  int64_t value_of(const ResultNode& node, const std::string& pointer, Nulls nulls) {
    if (node.is_null() && nulls == Nulls::kTaken) return kMissing;
    const auto* value = std::get_if<int64_t>(&node.value);
    if (value == nullptr) {
      state_.wrong(node, pointer, std::string("expected a whole number, found ") + node.kind());
    } else if (*value < 0) {
      state_.wrong(node, pointer, std::to_string(*value) + " is negative");
    } else {
      return *value;
    }
    return 0;
  }

  size_t length_;
  DecodeState& state_;
};

void decode_samples(ObjectReader& root, Attribution& one, DecodeState& state) {
  const ResultNode* node = root.need("samples");
  if (node == nullptr) return;
  ObjectReader reader(*node, root.pointer_to("samples"), state);
  const ResultNode* wall = reader.need("wall_ns");
  if (wall == nullptr) return;
  if (wall->list() == nullptr) return reader.wrong("wall_ns", std::string("expected a list, found ") + wall->kind());
  ColumnsReader columns(wall->list()->size(), state);
  columns.take(*wall, reader.pointer_to("wall_ns"), Nulls::kRefused, one.wall_ns);
  const auto if_there = [&](const char* key, Nulls nulls, std::vector<int64_t>& to) {
    if (const ResultNode* column = reader.look(key)) columns.take(*column, reader.pointer_to(key), nulls, to);
  };
  if_there("grace_period_waits", Nulls::kRefused, one.grace_period_waits);
  if_there("deferred_grace_periods", Nulls::kRefused, one.deferred_grace_periods);
  if_there("voluntary_switches", Nulls::kTaken, one.voluntary_switches);
  reader.finish();
}

void decode_causes(ObjectReader& root, Attribution& one, DecodeState& state) {
  ColumnsReader columns(one.wall_ns.size(), state);
  root.each_member("causes_ns", [&](const ResultMember& member, const std::string& pointer) {
    if (std::ranges::find(kCauses, std::string_view(member.key)) == kCauses.end()) {
      return state.notes.add("unknown_key", pointer + " is unknown and left out");
    }
    Column cause{member.key, {}};
    columns.take(member.node, pointer, Nulls::kRefused, cause.values);
    one.causes.push_back(std::move(cause));
  });
}

WaitSeen decode_wait(const ResultNode& node, const std::string& pointer, DecodeState& state) {
  WaitSeen wait;
  ObjectReader reader(node, pointer, state);
  reader.text("function", wait.function);
  reader.text("kind", wait.kind);
  reader.integer("count", wait.count);
  reader.integer("total_ns", wait.total_ns);
  reader.finish();
  return wait;
}

CallSeen decode_call(const ResultNode& node, const std::string& pointer, DecodeState& state) {
  CallSeen call;
  ObjectReader reader(node, pointer, state);
  reader.text("call", call.call);
  reader.integer("count", call.count);
  reader.integer("total_ns", call.total_ns);
  reader.integer("grace_period_ns", call.grace_period_ns);
  reader.integer("grace_period_waits", call.grace_period_waits);
  reader.finish();
  return call;
}

Attribution decode_attribution(const ResultNode& node, const std::string& pointer, DecodeState& state) {
  Attribution one;
  ObjectReader reader(node, pointer, state);
  reader.text("case", one.case_id);
  reader.text_or_null("method", one.method);
  if (!one.method.empty()) reader.word("method", one.method, {"traced", "coarse"});
  reader.text_or_null("reason", one.reason);
  decode_samples(reader, one, state);
  if (state.failed()) return one;
  decode_causes(reader, one, state);
  reader.each("waits", [&](const ResultNode& item, const std::string& where) {
    one.waits.push_back(decode_wait(item, where, state));
  });
  reader.each("calls", [&](const ResultNode& item, const std::string& where) {
    one.calls.push_back(decode_call(item, where, state));
  });
  reader.texts("missing", one.missing);
  reader.integer("dropped_samples", one.dropped_samples);
  reader.integer("lost_events", one.lost_events);
  const ResultNode* floor = reader.need("floor_ns");
  if (floor != nullptr && !floor->is_null()) reader.integer("floor_ns", one.floor_ns);
  reader.finish();
  return one;
}

}  // namespace

void decode_attributions(ObjectReader& root, RunRecord& record, DecodeState& state) {
  if (root.look("attribution") == nullptr) return;
  std::unordered_set<std::string_view> open;
  for (const CaseRecord& one : record.cases) open.insert(one.spec.id);
  root.each("attribution", [&](const ResultNode& item, const std::string& pointer) {
    Attribution one = decode_attribution(item, pointer, state);
    if (state.failed()) return;
    if (open.erase(one.case_id) == 0) {
      return state.wrong(
          item, pointer + "/case",
          "there is no such case, or it is there twice: " + quoted(std::string_view(one.case_id).substr(0, 256)));
    }
    record.attributions.push_back(std::move(one));
  });
}

}  // namespace umb
