// SPDX-License-Identifier: Apache-2.0
#include "result/plan_facts.h"

#include "result/tree_builder.h"

namespace umb {

namespace {

std::vector<std::string> texts_of(const ResultNode& node) {
  std::vector<std::string> texts;
  if (node.list() == nullptr) return texts;
  for (const ResultNode& item : *node.list()) {
    if (item.text() != nullptr) texts.push_back(*item.text());
  }
  return texts;
}

std::optional<Gate> gate_of(const ResultNode& node) {
  const ResultNode* cases = node.find("cases");
  const ResultNode* quantiles = node.find("quantiles");
  if (cases == nullptr || cases->text() == nullptr || quantiles == nullptr || quantiles->list() == nullptr) return {};
  Gate gate{.cases = *cases->text(), .quantiles = {}};
  for (const ResultNode& item : *quantiles->list()) {
    const std::optional<double> p = item.number();
    if (p.has_value() && *p > 0 && *p < 1) gate.quantiles.push_back(*p);
  }
  if (gate.quantiles.empty()) return {};
  return gate;
}

std::optional<FactValue> plain_value(const ResultNode& node) {
  if (const auto* truth = std::get_if<bool>(&node.value)) return FactValue(*truth);
  if (const auto* whole = std::get_if<int64_t>(&node.value)) return FactValue(*whole);
  if (const auto* real = std::get_if<double>(&node.value)) return FactValue(*real);
  if (node.text() != nullptr) return FactValue(*node.text());
  return std::nullopt;
}

}  // namespace

PlanFacts plan_facts(const std::string& config_json) {
  PlanFacts facts;
  const Result<ResultNode> root = read_node(config_json, "config");
  if (!root.has_value() || root->object() == nullptr) return facts;
  for (const ResultMember& member : *root->object()) {
    if (member.key == "name" && member.node.text() != nullptr) {
      facts.name = *member.node.text();
    } else if (member.key == "gate") {
      facts.gate = gate_of(member.node);
    } else if (member.key == "cases") {
      facts.cases = texts_of(member.node);
    } else if (const std::optional<FactValue> value = plain_value(member.node)) {
      facts.settings.push_back({member.key, *value});
    }
  }
  return facts;
}

}  // namespace umb
