// SPDX-License-Identifier: Apache-2.0
#include "result/result_node.h"

#include <array>

namespace umb {

namespace {

/// One overload per kind of node.
struct Put {
  JsonStream& out;
  void operator()(std::monostate) const { out.null(); }
  void operator()(bool value) const { out.boolean(value); }
  void operator()(int64_t value) const { out.integer(value); }
  void operator()(uint64_t value) const { out.unsigned_integer(value); }
  void operator()(double value) const { out.real(value); }
  void operator()(const std::string& value) const { out.text(value); }
  void operator()(const ResultNode::List& list) const {
    out.begin_array(JsonStream::kInline);
    for (const ResultNode& item : list) put_node(out, item);
    out.end_array();
  }
  void operator()(const ResultNode::Object& object) const {
    out.begin_object(JsonStream::kInline);
    for (const ResultMember& member : object) {
      out.key(member.key);
      put_node(out, member.node);
    }
    out.end_object();
  }
};

}  // namespace

std::optional<double> ResultNode::number() const {
  if (const auto* real = std::get_if<double>(&value)) return *real;
  if (const auto* whole = std::get_if<int64_t>(&value)) return static_cast<double>(*whole);
  return std::nullopt;
}

const ResultNode* ResultNode::find(std::string_view key) const {
  const Object* members = object();
  if (members == nullptr) return nullptr;
  for (const ResultMember& member : *members) {
    if (member.key == key) return &member.node;
  }
  return nullptr;
}

const char* ResultNode::kind() const {
  constexpr std::array<const char*, std::variant_size_v<decltype(value)>> kKinds{
      "null",   "true or false", "a whole number", "a whole number beyond 63 bits", "a number with a fraction",
      "a text", "a list",        "an object"};
  return kKinds[value.index()];
}

void put_node(JsonStream& out, const ResultNode& node) {
  std::visit(Put{out}, node.value);
}

}  // namespace umb
