// SPDX-License-Identifier: Apache-2.0
#include "result/versioned_file.h"

#include "base/text.h"
#include "result/object_reader.h"
#include "result/tree_builder.h"

#include <algorithm>

namespace umb {

Result<void> check_version(const ResultNode& node, const std::string& noun, int newest) {
  const auto* version = std::get_if<int64_t>(&node.value);
  if (version == nullptr) return fail_usage(std::string("expected a whole number, found ") + node.kind());
  if (*version >= 1 && *version <= newest) return {};
  if (*version < 1) return fail_usage("there is no " + noun + " " + std::to_string(*version));
  return fail_usage("it has " + noun + " " + std::to_string(*version) + ", and this program knows " + noun +
                        "s up to " + std::to_string(newest),
                    {}, "read it with the umountbench that wrote it, or a newer one");
}

Result<ResultNode> read_versioned(ByteSource& source, const std::string& name, LoadBudget& budget,
                                  const FileVersion& version, uint64_t max_bytes) {
  TextCursor cursor(source, max_bytes);
  if (cursor.at_end()) {
    const std::optional<Error>& error = cursor.error();
    return fail_usage("cannot read " + quoted(name), error ? error->text() : "it is empty");
  }
  UMB_ASSIGN(ResultNode root, read_tree(cursor, name, budget));
  LoadNotes none;
  DecodeState state{name, none};
  ObjectReader reader(root, "", state);
  if (const ResultNode* node = reader.need(version.key)) {
    const Result<void> known = check_version(*node, version.noun, version.newest);
    if (!known.has_value()) reader.wrong(version.key, known.error().text(), known.error().hint);
  }
  if (state.error) return Failure(*state.error);
  return root;
}

bool begins_with_key(ByteSource& source, std::string_view key) {
  TextCursor cursor(source, kMaxTextBytes);
  const auto skip_space = [&] {
    while (!cursor.at_end() && std::string_view(" \t\r\n").find(cursor.peek()) != std::string_view::npos) {
      cursor.advance();
      cursor.mark();
    }
  };
  skip_space();
  if (cursor.at_end() || cursor.peek() != '{') return false;
  cursor.advance();
  skip_space();
  const std::string wanted = json_string(key);
  return cursor.window(wanted.size()).starts_with(wanted);
}

}  // namespace umb
