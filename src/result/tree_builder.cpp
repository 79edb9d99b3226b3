// SPDX-License-Identifier: Apache-2.0
#include "result/tree_builder.h"

namespace umb {

namespace {

/// A node, its place in a list and the memory manager's own share.
constexpr uint64_t kNodeBytes = 2 * sizeof(ResultMember) + 64;

class TreeListener final : public JsonListener {
 public:
  explicit TreeListener(TreeBuilder& tree) : tree_(tree) {}
  [[nodiscard]] Result<void> value(const JsonPath& path, ResultNode&& node) override {
    return tree_.value(path, std::move(node));
  }
  [[nodiscard]] Result<void> begin_object(const JsonPath& path, uint64_t line) override {
    return tree_.begin_object(path, line);
  }
  [[nodiscard]] Result<ColumnSink*> begin_array(const JsonPath& path, uint64_t line) override {
    UMB_TRY(tree_.begin_array(path, line));
    return nullptr;
  }
  [[nodiscard]] Result<void> end(const JsonPath& /*path*/) override {
    tree_.end();
    return {};
  }

 private:
  TreeBuilder& tree_;
};

}  // namespace

Result<ResultNode*> TreeBuilder::add(const JsonPath& path, ResultNode&& node) {
  const auto* text = node.text();
  UMB_TRY(budget_.take(kNodeBytes + (text != nullptr ? text->size() : 0)));
  if (open_.empty()) {
    root_ = std::move(node);
    return &root_;
  }
  Level& level = open_.back();
  if (auto* list = std::get_if<ResultNode::List>(&level.node->value)) return &list->emplace_back(std::move(node));
  const std::string& key = path.back().key;
  UMB_TRY(budget_.take(2 * key.size() + 64));
  if (!level.keys.insert(key).second) return fail_usage("this key is there twice");
  auto& members = std::get<ResultNode::Object>(level.node->value);
  return &members.emplace_back(key, std::move(node)).node;
}

Result<void> TreeBuilder::value(const JsonPath& path, ResultNode&& node) {
  UMB_TRY(add(path, std::move(node)));
  return {};
}

Result<void> TreeBuilder::begin_object(const JsonPath& path, uint64_t line) {
  UMB_ASSIGN(ResultNode * node, add(path, {ResultNode::Object{}, line}));
  open_.push_back({node, {}});
  return {};
}

Result<void> TreeBuilder::begin_array(const JsonPath& path, uint64_t line) {
  UMB_ASSIGN(ResultNode * node, add(path, {ResultNode::List{}, line}));
  open_.push_back({node, {}});
  return {};
}

void TreeBuilder::end() {
  open_.pop_back();
}

Result<ResultNode> read_tree(TextCursor& cursor, const std::string& name, LoadBudget& budget) {
  TreeBuilder tree(budget);
  TreeListener listener(tree);
  UMB_TRY(read_json(cursor, name, listener));
  return std::move(tree.root());
}

Result<ResultNode> read_node(std::string_view json, const std::string& name) {
  constexpr uint64_t kFactor = 1024;
  LoadBudget budget(json.size() * kFactor);
  MemorySource source(json);
  TextCursor cursor(source, json.size());
  return read_tree(cursor, name, budget);
}

}  // namespace umb
