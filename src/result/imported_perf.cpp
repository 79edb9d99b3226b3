// SPDX-License-Identifier: Apache-2.0
#include "base/text.h"
#include "result/byte_source.h"
#include "result/imported.h"
#include "result/tree_builder.h"

#include <algorithm>
#include <charconv>
#include <cmath>

namespace umb {

namespace {

constexpr uint64_t kLineMemoryLimit = uint64_t{1} << 20U;
constexpr std::string_view kHeader = "Performance counter stats for '";
constexpr std::string_view kTable = "# Table of individual measurements:";
constexpr const char* kHint =
    "perf stat -r 30 --table -o FILE COMMAND; or, one line a run: perf stat -j -e duration_time --append -o FILE "
    "COMMAND";

class PerfText {
 public:
  explicit PerfText(std::string name) : name_(std::move(name)) {}

  Result<std::vector<ImportedSeries>> read(std::string_view text) {
    for (const std::string& line : split(text, '\n')) {
      ++line_;
      UMB_TRY(take(trimmed(line)));
    }
    UMB_TRY(end_table());
    if (all_.empty()) return wrong("there is no table of individual measurements, nor an event duration_time");
    return std::move(all_);
  }

 private:
  Failure wrong(const std::string& what) const {
    const std::string place = line_ == 0 ? "" : "line " + std::to_string(line_) + ": ";
    return fail_usage("cannot read " + quoted(name_), place + what, kHint);
  }

  Result<void> take(std::string_view line) {
    if (line.starts_with('{')) return take_json(line);
    if (line.starts_with(kHeader)) return take_header(line.substr(kHeader.size()));
    if (line == kTable) {
      in_table_ = true;
      table_.clear();
      return {};
    }
    if (!in_table_) return {};
    if (line.empty()) return end_table();
    return take_run(line);
  }

  /// "COMMAND' (5 runs):"; without -r there is no number of runs.
  Result<void> take_header(std::string_view rest) {
    UMB_TRY(end_table());
    command_ = std::string(rest.substr(0, rest.rfind('\'')));
    runs_ = 0;
    const size_t open = rest.rfind('(');
    if (open != std::string_view::npos) std::from_chars(rest.data() + open + 1, rest.data() + rest.size(), runs_);
    return {};
  }

  /// "0.0721 (-0.0045) ##"
  Result<void> take_run(std::string_view line) {
    const std::string_view number = line.substr(0, line.find(' '));
    double seconds = 0;
    const auto [rest, error] = std::from_chars(number.data(), number.data() + number.size(), seconds);
    if (error != std::errc() || rest != number.data() + number.size() || !is_time(seconds * 1e9)) {
      return wrong(quoted(number.substr(0, 40)) + " is no time in seconds");
    }
    const size_t point = number.find('.');
    decimals_ = point == std::string_view::npos ? 0 : number.size() - point - 1;
    table_.push_back(std::llround(seconds * 1e9));
    return {};
  }

  Result<void> end_table() {
    if (!in_table_) return {};
    in_table_ = false;
    if (table_.empty()) return wrong("an empty table");
    if (runs_ != 0 && runs_ != table_.size()) {
      return wrong(std::to_string(table_.size()) + " lines in the table of " + std::to_string(runs_) + " runs");
    }
    UMB_ASSIGN(ImportedSeries * series, series_of(command_));
    series->times_ns.insert(series->times_ns.end(), table_.begin(), table_.end());
    const auto step_ns = static_cast<int64_t>(std::llround(1e9 * std::pow(10.0, -static_cast<double>(decimals_))));
    if (step_ns > 1) series->caution = "perf printed the times in steps of " + human_duration(step_ns) + "; ";
    return {};
  }

  Result<void> take_json(std::string_view line) {
    LoadBudget budget(kLineMemoryLimit);
    MemorySource source(line);
    TextCursor cursor(source, line.size());
    const Result<ResultNode> node = read_tree(cursor, name_, budget);
    if (!node.has_value()) return wrong("no JSON: " + node.error().why);
    const ResultNode* event = node->find("event");
    if (event == nullptr || event->text() == nullptr || !event->text()->starts_with("duration_time")) return {};
    if (node->find("variance") != nullptr) return wrong("the mean of several runs (-r), which hides each of them");
    const ResultNode* value = node->find("counter-value");
    double ns = -1;
    if (value != nullptr && value->text() != nullptr) {
      const std::string& text = *value->text();
      std::from_chars(text.data(), text.data() + text.size(), ns);
    }
    if (!is_time(ns)) return wrong("a duration_time without a counter-value in ns");
    UMB_ASSIGN(ImportedSeries * series, series_of(""));
    series->times_ns.push_back(std::llround(ns));
    return {};
  }

  /// False for what is not a number too.
  static bool is_time(double ns) { return ns >= 0 && ns <= static_cast<double>(kMaxImportedNs); }

  Result<ImportedSeries*> series_of(const std::string& command) {
    const auto found = std::ranges::find(all_, command, &ImportedSeries::command);
    if (found != all_.end()) return &*found;
    if (all_.size() == kMaxImportedSeries)
      return wrong("more than " + std::to_string(kMaxImportedSeries) + " commands");
    all_.push_back({.command = command});
    return &all_.back();
  }

  std::string name_;
  size_t line_ = 0;
  std::string command_;
  size_t runs_ = 0;  ///< 0: not said
  bool in_table_ = false;
  std::vector<int64_t> table_;
  size_t decimals_ = 0;
  std::vector<ImportedSeries> all_;
};

}  // namespace

Result<std::vector<ImportedSeries>> parse_perf(std::string_view text, const std::string& name) {
  UMB_ASSIGN(std::vector<ImportedSeries> all, PerfText(name).read(text));
  for (ImportedSeries& series : all) {
    series.errno_value.assign(series.times_ns.size(), 0);
    series.caution += "perf does not tell a run that failed from one that worked";
  }
  return all;
}

}  // namespace umb
