// SPDX-License-Identifier: Apache-2.0
#include "result/object_reader.h"

#include "base/text.h"
#include "result/json_events.h"

#include <algorithm>
#include <limits>

namespace umb {

void DecodeState::wrong(const ResultNode& node, const std::string& pointer, const std::string& what,
                        const std::string& hint) {
  if (error) return;
  error =
      fail_usage("cannot read " + quoted(name),
                 "line " + std::to_string(node.line) + (pointer.empty() ? "" : ", " + printable(pointer)) + ": " + what,
                 hint)
          .value();
}

ObjectReader::ObjectReader(const ResultNode& node, std::string pointer, DecodeState& state)
    : node_(node), pointer_(std::move(pointer)), state_(state) {
  if (node.object() == nullptr) state_.wrong(node, pointer_, std::string("expected an object, found ") + node.kind());
}

std::string ObjectReader::pointer_to(std::string_view key) const {
  return pointer_ + json_pointer({{.key = std::string(key)}});
}

void ObjectReader::wrong(const char* key, const std::string& what, const std::string& hint) {
  const ResultNode* value = node_.find(key);
  state_.wrong(value != nullptr ? *value : node_, pointer_to(key), what, hint);
}

const ResultNode* ObjectReader::look(const char* key) {
  asked_.emplace_back(key);
  return node_.find(key);
}

const ResultNode* ObjectReader::need(const char* key) {
  const ResultNode* value = look(key);
  if (value == nullptr) wrong(key, "this key is missing");
  return value;
}

template <typename T>
const T* ObjectReader::get(const char* key, const char* wanted) {
  const ResultNode* value = need(key);
  if (value == nullptr) return nullptr;
  const T* found = std::get_if<T>(&value->value);
  if (found == nullptr) wrong(key, std::string("expected ") + wanted + ", found " + value->kind());
  return found;
}

void ObjectReader::text(const char* key, std::string& to) {
  if (const auto* value = get<std::string>(key, "a text")) to = *value;
}

void ObjectReader::text_or_null(const char* key, std::string& to) {
  const ResultNode* value = need(key);
  if (value == nullptr || value->is_null()) return;
  if (value->text() == nullptr) return wrong(key, std::string("expected a text or null, found ") + value->kind());
  to = *value->text();
}

void ObjectReader::text_if_there(const char* key, std::string& to) {
  if (look(key) != nullptr) text(key, to);
}

void ObjectReader::word(const char* key, std::string& to, const std::vector<std::string_view>& words) {
  text(key, to);
  if (state_.failed() || std::ranges::find(words, to) != words.end()) return;
  std::string list;
  for (const std::string_view word : words) list += (list.empty() ? "" : ", ") + std::string(word);
  wrong(key, "expected one of " + list + ", found " + quoted(std::string_view(to).substr(0, 64)));
}

void ObjectReader::boolean(const char* key, bool& to) {
  if (const auto* value = get<bool>(key, "true or false")) to = *value;
}

void ObjectReader::boolean_if_there(const char* key, bool& to) {
  if (look(key) != nullptr) boolean(key, to);
}

void ObjectReader::integer(const char* key, int64_t& to, int64_t minimum, int64_t maximum) {
  const auto* value = get<int64_t>(key, "a whole number");
  if (value == nullptr) return;
  if (*value < 0 && minimum == 0) return wrong(key, std::to_string(*value) + " is negative");
  if (*value < minimum || *value > maximum) return wrong(key, std::to_string(*value) + " is out of range");
  to = *value;
}

void ObjectReader::unsigned_integer(const char* key, uint64_t& to) {
  const ResultNode* value = need(key);
  if (value == nullptr) return;
  if (const auto* large = std::get_if<uint64_t>(&value->value)) {
    to = *large;
  } else {
    int64_t number = 0;
    integer(key, number);
    to = static_cast<uint64_t>(number);
  }
}

void ObjectReader::count(const char* key, size_t& to) {
  int64_t number = 0;
  integer(key, number);
  to = static_cast<size_t>(number);
}

void ObjectReader::number(const char* key, double& to) {
  const ResultNode* value = need(key);
  if (value == nullptr) return;
  const std::optional<double> found = value->number();
  if (!found) return wrong(key, std::string("expected a number, found ") + value->kind());
  to = *found;
}

void ObjectReader::share(const char* key, std::optional<double>& to) {
  const ResultNode* value = need(key);
  if (value == nullptr || value->is_null()) return;
  to = value->number();
  if (!to) return wrong(key, std::string("expected a number or null, found ") + value->kind());
  if (*to < 0) wrong(key, "it is negative");
}

void ObjectReader::each(const char* key, const Take& take) {
  const auto* list = get<ResultNode::List>(key, "a list");
  if (list == nullptr) return;
  for (size_t i = 0; i < list->size() && !state_.failed(); ++i) {
    take((*list)[i], pointer_to(key) + "/" + std::to_string(i));
  }
}

void ObjectReader::each_member(const char* key, const TakeMember& take) {
  const auto* object = get<ResultNode::Object>(key, "an object");
  if (object == nullptr) return;
  for (const ResultMember& member : *object) {
    if (state_.failed()) return;
    take(member, pointer_to(key) + json_pointer({{.key = member.key}}));
  }
}

void ObjectReader::texts(const char* key, std::vector<std::string>& to) {
  each(key, [&](const ResultNode& item, const std::string& pointer) {
    if (item.text() == nullptr)
      return state_.wrong(item, pointer, std::string("expected a text, found ") + item.kind());
    to.push_back(*item.text());
  });
}

void ObjectReader::numbers(const char* key, std::vector<double>& to) {
  each(key, [&](const ResultNode& item, const std::string& pointer) {
    const std::optional<double> number = item.number();
    if (!number) return state_.wrong(item, pointer, std::string("expected a number, found ") + item.kind());
    to.push_back(*number);
  });
}

void ObjectReader::facts(const char* key, Facts& to) {
  each_member(key, [&](const ResultMember& member, const std::string& pointer) {
    const ResultNode& node = member.node;
    FactValue value;
    if (const auto* truth = std::get_if<bool>(&node.value)) value = *truth;
    if (const auto* whole = std::get_if<int64_t>(&node.value)) value = *whole;
    if (const auto* real = std::get_if<double>(&node.value)) value = *real;
    if (node.text() != nullptr) value = *node.text();
    if (node.list() != nullptr) {
      std::vector<std::string> texts;
      for (const ResultNode& item : *node.list()) {
        if (item.text() == nullptr) return state_.wrong(item, pointer, "expected a list of texts");
        texts.push_back(*item.text());
      }
      value = std::move(texts);
    }
    if (value.index() == 0 && !node.is_null()) {
      return state_.wrong(node, pointer, std::string("expected a plain value, found ") + node.kind());
    }
    to.push_back({member.key, std::move(value)});
  });
}

void ObjectReader::finish() {
  if (state_.failed()) return;
  for (const ResultMember& member : *node_.object()) {
    if (std::ranges::find(asked_, member.key) != asked_.end()) continue;
    state_.notes.add("unknown_key", pointer_to(member.key) + " is unknown and left out");
  }
}

}  // namespace umb
