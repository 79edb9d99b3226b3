// SPDX-License-Identifier: Apache-2.0
#include "render/github.h"

#include "base/text.h"
#include "render/comparison_rows.h"
#include "render/comparison_text.h"
#include "render/escape.h"

#include <array>
#include <vector>

namespace umb {

namespace {

constexpr size_t kMostOfAKind = 10;

enum Kind { kError, kWarning, kNotice };
constexpr std::array<const char*, 3> kCommands{"error", "warning", "notice"};

struct Annotation {
  Kind kind;
  std::string title;
  std::vector<std::string> lines;
};

std::string command(const Annotation& one) {
  std::vector<std::string> lines;
  lines.reserve(one.lines.size());
  for (const std::string& line : one.lines) lines.push_back(github_data(line));
  return std::string("::") + kCommands[one.kind] + " title=" + github_property(one.title) + "::" + join(lines, "%0A") +
         "\n";
}

Kind kind_of(bool fails, Verdict verdict) {
  if (fails) return kError;
  return verdict == Verdict::kSlower || verdict == Verdict::kIncomparable ? kWarning : kNotice;
}

void add_rows(const ComparisonView& view, const Pair& pair, std::vector<Annotation>& all) {
  for (const Row* row : shown_rows(pair, {view.comparison, false}).rows) {
    Annotation made{kind_of(row->fails, row->verdict), row->id + ": " + verdict_text(*row, false), sentences(*row)};
    for (const QuantileResult* result : shown_quantiles(*row, {view.comparison, false})) {
      if (result->ratio) made.lines.push_back(figures_text(*row, *result, side_letter(pair.candidate)));
    }
    made.lines.push_back(pair_title(view.comparison, pair));
    all.push_back(std::move(made));
  }
}

}  // namespace

std::string github_comparison(const ComparisonView& view, const RenderOptions&) {
  const Comparison& comparison = view.comparison;
  const Annotation verdict{kind_of(comparison.fails, comparison.verdict), "umountbench", {comparison.headline}};
  std::vector<Annotation> all;
  for (const Pair& pair : comparison.pairs) add_rows(view, pair, all);
  for (const std::string& line : comparison.warnings) all.push_back({kWarning, "umountbench", {line}});
  for (const Pair& pair : comparison.pairs) {
    for (const auto* lines : {&pair.differences, &pair.warnings}) {
      for (const std::string& line : *lines) all.push_back({kWarning, "umountbench", {line}});
    }
  }

  std::string text = command(verdict);
  for (const Kind kind : {kError, kWarning, kNotice}) {
    std::vector<std::string> commands;
    for (const Annotation& one : all) {
      if (one.kind == kind) commands.push_back(command(one));
    }
    const size_t room = kMostOfAKind - (kind == verdict.kind ? 1 : 0);
    if (commands.size() > room) {
      const size_t left_out = commands.size() - (room - 1);
      commands.resize(room - 1);
      commands.push_back(command({kind, "umountbench", {std::to_string(left_out) + " more are in the report"}}));
    }
    text += join(commands, "");
  }
  return text;
}

}  // namespace umb
