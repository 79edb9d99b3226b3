// SPDX-License-Identifier: Apache-2.0
#include "base/text.h"
#include "result/byte_source.h"
#include "result/imported.h"
#include "result/tree_builder.h"

#include <algorithm>
#include <cerrno>
#include <cmath>

namespace umb {

namespace {

constexpr uint64_t kMemoryLimit = uint64_t{1} << 30U;
constexpr const char* kHint = "it must be what hyperfine --export-json FILE writes";

/// One result of the list; what is wrong with it is told with its place.
class OneResult {
 public:
  OneResult(const ResultNode& node, std::string name, size_t index)
      : node_(node), name_(std::move(name)), pointer_("/results/" + std::to_string(index)) {}

  Result<ImportedSeries> read() const {
    if (node_.object() == nullptr) return wrong(node_, "", std::string("expected an object, found ") + node_.kind());
    ImportedSeries series;
    UMB_ASSIGN(const ResultNode* command, need("command"));
    if (command->text() == nullptr) return wrong(*command, "/command", "expected a text");
    series.command = *command->text();
    UMB_ASSIGN(const ResultNode* times, need("times"));
    if (times->list() == nullptr || times->list()->empty()) {
      return wrong(*times, "/times", "expected a list of the runs' seconds");
    }
    for (const ResultNode& time : *times->list()) {
      const std::optional<double> seconds = time.number();
      // False for what is not a number too.
      const bool fits = seconds && *seconds >= 0 && *seconds * 1e9 <= static_cast<double>(kMaxImportedNs);
      if (!fits) {
        return wrong(time, "/times", "expected seconds, from 0 to " + std::to_string(kMaxImportedNs / 1'000'000'000));
      }
      series.times_ns.push_back(std::llround(*seconds * 1e9));
    }
    UMB_TRY(read_exit_codes(series));
    if (std::ranges::find(series.times_ns, 0) != series.times_ns.end()) {
      series.caution =
          "some times are 0: hyperfine takes the start of its shell off, and more than there was (-N runs without one)";
    }
    return series;
  }

 private:
  Failure wrong(const ResultNode& node, const std::string& where, const std::string& what) const {
    return fail_usage("cannot read " + quoted(name_),
                      "line " + std::to_string(node.line) + ", " + pointer_ + where + ": " + what, kHint);
  }

  Result<const ResultNode*> need(const char* key) const {
    const ResultNode* found = node_.find(key);
    if (found == nullptr) return wrong(node_, "", std::string("no key '") + key + "'");
    return found;
  }

  /// null where a signal ended the program.
  Result<void> read_exit_codes(ImportedSeries& series) const {
    series.errno_value.assign(series.times_ns.size(), 0);
    const ResultNode* codes = node_.find("exit_codes");
    if (codes == nullptr) return {};
    if (codes->list() == nullptr || codes->list()->size() != series.times_ns.size()) {
      return wrong(*codes, "/exit_codes", "expected a list as long as the times");
    }
    for (size_t i = 0; i < series.times_ns.size(); ++i) {
      const ResultNode& code = (*codes->list())[i];
      if (!code.is_null() && !code.number()) return wrong(code, "/exit_codes", "expected numbers");
      if (code.number() != 0) series.errno_value[i] = EIO;
    }
    return {};
  }

  const ResultNode& node_;
  std::string name_;
  std::string pointer_;
};

}  // namespace

Result<std::vector<ImportedSeries>> parse_hyperfine(std::string_view text, const std::string& name) {
  LoadBudget budget(kMemoryLimit);
  MemorySource source(text);
  TextCursor cursor(source, kMaxImportBytes);
  Result<ResultNode> root = read_tree(cursor, name, budget);
  if (!root.has_value()) {
    if (root.error().hint.empty()) root.error().hint = kHint;
    return Failure(std::move(root).error());
  }
  const ResultNode* results = root->find("results");
  if (results == nullptr || results->list() == nullptr || results->list()->empty()) {
    return fail_usage("cannot read " + quoted(name), "there is no list \"results\" with anything in it", kHint);
  }
  if (results->list()->size() > kMaxImportedSeries) {
    return fail_usage("cannot read " + quoted(name), std::to_string(results->list()->size()) + " results",
                      "at most " + std::to_string(kMaxImportedSeries));
  }
  std::vector<ImportedSeries> all;
  for (const ResultNode& one : *results->list()) {
    UMB_ASSIGN(ImportedSeries series, OneResult(one, name, all.size()).read());
    all.push_back(std::move(series));
  }
  return all;
}

}  // namespace umb
