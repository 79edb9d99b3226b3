// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "result/json_events.h"
#include "result/load_budget.h"
#include "result/result_node.h"

#include <string>
#include <unordered_set>
#include <vector>

namespace umb {

/// Puts a ResultNode together from what a JsonListener is told. A key that comes twice in an object is an error, and so
/// is more than the budget allows.
class TreeBuilder {
 public:
  explicit TreeBuilder(LoadBudget& budget) : budget_(budget) {}

  [[nodiscard]] Result<void> value(const JsonPath& path, ResultNode&& node);
  [[nodiscard]] Result<void> begin_object(const JsonPath& path, uint64_t line);
  [[nodiscard]] Result<void> begin_array(const JsonPath& path, uint64_t line);
  void end();

  [[nodiscard]] ResultNode& root() { return root_; }

 private:
  struct Level {
    ResultNode* node;
    std::unordered_set<std::string> keys;
  };
  Result<ResultNode*> add(const JsonPath& path, ResultNode&& node);

  LoadBudget& budget_;
  ResultNode root_;
  std::vector<Level> open_;  ///< each the last item of the one before, so that none of them moves while it is open
};

/// One JSON text, all of it, in no more memory than the budget has. Errors as in read_json.
[[nodiscard]] Result<ResultNode> read_tree(TextCursor& cursor, const std::string& name, LoadBudget& budget);
/// The same for a text in memory.
[[nodiscard]] Result<ResultNode> read_node(std::string_view json, const std::string& name);

}  // namespace umb
