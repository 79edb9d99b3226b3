// SPDX-License-Identifier: Apache-2.0
#include "base/text.h"
#include "render/case_tests.h"
#include "render/facts_text.h"
#include "render/figures.h"
#include "render/outside_formats.h"

#include <array>
#include <cstdio>
#include <vector>

namespace umb {

namespace {

struct Label {
  const char* name;
  std::string value;  ///< raw
};
using Labels = std::vector<Label>;

/// GitLab cuts a line at a #, be it inside a label.
std::string label_text(const Label& label) {
  std::string text = std::string(label.name) + "=\"";
  for (const char letter : printable(label.value)) {
    if (letter == '"' || letter == '\\') text += '\\';
    text += letter == '#' ? "\\\\x23" : std::string(1, letter);
  }
  return text + "\"";
}

/// Some readers compare texts, and would see a change in every digit.
std::string rounded(double value) {
  std::array<char, 64> text{};
  std::snprintf(text.data(), text.size(), "%.3g", value);
  return text.data();
}

/// A metric, with its lines together, as the format wants it; none of it without a value.
class Family {
 public:
  Family(const char* name, const char* type, const char* unit, const char* help) : name_(name) {
    head_ = std::string("# HELP ") + name + " " + help + "\n# TYPE " + name + " " + type + "\n";
    if (*unit != '\0') head_ += std::string("# UNIT ") + name + " " + unit + "\n";
  }
  void add(const Labels& labels, std::optional<double> value, const char* suffix = "") {
    if (value = finite(value); value) add_text(labels, rounded(*value), suffix);
  }
  void add_count(const Labels& labels, size_t count, const char* suffix = "") {
    add_text(labels, std::to_string(count), suffix);
  }
  [[nodiscard]] std::string text() const { return lines_.empty() ? "" : head_ + lines_; }

 private:
  void add_text(const Labels& labels, const std::string& value, const char* suffix) {
    std::vector<std::string> texts;
    texts.reserve(labels.size());
    for (const Label& label : labels) {
      if (!label.value.empty()) texts.push_back(label_text(label));
    }
    lines_ += name_ + suffix + "{" + join(texts, ",") + "} " + value + "\n";
  }

  std::string name_;
  std::string head_;
  std::string lines_;
};

Labels with(Labels labels, Label label) {
  labels.push_back(std::move(label));
  return labels;
}

std::optional<double> seconds(std::optional<double> ns) {
  if (ns) *ns /= kNsPerSecond;
  return ns;
}

/// The smallest and the largest are the quantiles 0 and 1.
void add_times(Family& family, const Labels& labels, const TestFigures& figures) {
  if (!figures.p50) return;
  family.add(with(labels, {"quantile", "0"}), seconds(figures.minimum));
  family.add(with(labels, {"quantile", "0.5"}), seconds(figures.p50));
  family.add(with(labels, {"quantile", "0.9"}), seconds(figures.p90));
  family.add(with(labels, {"quantile", "0.99"}), seconds(figures.p99));
  family.add(with(labels, {"quantile", "1"}), seconds(figures.maximum));
  family.add_count(labels, figures.samples, "_count");
}

bool is_bad(const TestCase& one) {
  return one.outcome == TestOutcome::kFailure || one.outcome == TestOutcome::kError;
}

Labels labels_of(const RunView& view) {
  return {{"kernel", known_fact(view.record.environment_before, "kernel_release")},
          {"label", view.record.run.label},
          {"source", same_run_name(view)}};
}

Labels labels_of(const TestCase& one, const Row& row, const Comparison& comparison) {
  return {{"case", one.id},
          {"metric", row.metric},
          {"baseline", comparison.sides[0].name},
          {"candidate", comparison.sides[one.of].name},
          {"side", one.of_value}};
}

/// The verdict, or what fails the run in spite of it.
const char* deciding_word(const Row& row) {
  if (!row.fails || row.verdict == Verdict::kSlower) return verdict_name(row.verdict);
  return row.fails_by_waits ? "more-waits" : "failed";
}

const char* deciding_word(const Comparison& comparison) {
  if (!comparison.fails || comparison.verdict == Verdict::kSlower) return verdict_name(comparison.verdict);
  bool by_waits = true;
  for (const Pair& pair : comparison.pairs) {
    for (const Row& row : pair.rows) by_waits = by_waits && (!row.fails || row.fails_by_waits);
  }
  return by_waits ? "more-waits" : "failed";
}

}  // namespace

/// A line's text before its value is a metric's name to GitLab, which calls a new one new: of a single result it has
/// nothing that another one has not.
std::string openmetrics_run(RunViews runs, const RenderOptions&) {
  Family returned("umountbench_return_seconds", "summary", "seconds", "Time until the call returned.");
  Family released("umountbench_released_p50_seconds", "gauge", "seconds",
                  "Median time until what the call took off was free again.");
  Family failed("umountbench_failed_samples", "gauge", "", "Calls that failed.");
  Family bad("umountbench_case_bad", "gauge", "", "1 where a check failed or the case could not be measured.");
  Family whose("umountbench_run_info", "gauge", "", "1, and whose figures these are.");
  for (const RunView& view : runs) whose.add_count(labels_of(view), 1);
  const std::vector<TestCase> cases = test_cases(runs);
  size_t of_first = 0;
  for (size_t i = 0; i < cases.size(); ++i) {
    if (i > 0 && cases[i].of != cases[i - 1].of) of_first = i;
    const RunView& view = runs[cases[i].of];
    const CaseSummary& summary = view.summaries[i - of_first];
    Labels labels{{"case", cases[i].id}};
    if (runs.size() > 1) {
      const Labels further = labels_of(view);
      labels.insert(labels.end(), further.begin(), further.end());
    }
    if (cases[i].outcome == TestOutcome::kSkipped) continue;
    bad.add_count(labels, is_bad(cases[i]) ? 1 : 0);
    if (summary.kept == 0) continue;
    add_times(returned, labels, cases[i].figures);
    if (!is_bad(cases[i])) released.add(labels, seconds(summary.released_p50_ns));
    failed.add_count(labels, summary.failed);
  }
  return whose.text() + returned.text() + released.text() + failed.text() + bad.text() + "# EOF\n";
}

std::string openmetrics_comparison(const ComparisonView& view, const RenderOptions&) {
  Family times("umountbench_candidate_seconds", "summary", "seconds", "The candidate's times, the mean of its boots.");
  Family ratio("umountbench_ratio", "gauge", "", "The candidate's quantile over the baseline's.");
  Family low("umountbench_ratio_low", "gauge", "", "The lower end of the ratio's interval.");
  Family high("umountbench_ratio_high", "gauge", "", "The upper end of the ratio's interval.");
  Family fails("umountbench_case_fails", "gauge", "", "1 where the case fails the comparison.");
  Family verdict("umountbench_verdict", "gauge", "", "1 for the verdict of the case.");
  Family whole("umountbench_comparison_fails", "gauge", "", "1 where anything does.");
  for (const TestCase& one : test_cases(view.comparison)) {
    if (one.row == nullptr) continue;
    const Labels labels = labels_of(one, *one.row, view.comparison);
    if (one.row->unit == "ns") add_times(times, labels, one.figures);
    fails.add_count(labels, one.row->fails ? 1 : 0);
    verdict.add_count(with(labels, {"verdict", deciding_word(*one.row)}), 1);
    if (deciding_figure(one) == nullptr) continue;
    for (const QuantileResult& result : one.row->quantiles) {
      const Labels of_quantile = with(labels, {"p", exact_figure(result.p)});
      ratio.add(of_quantile, result.ratio);
      low.add(of_quantile, result.low);
      high.add(of_quantile, result.high);
    }
  }
  whole.add_count({{"verdict", deciding_word(view.comparison)}}, view.comparison.fails ? 1 : 0);
  return times.text() + ratio.text() + low.text() + high.text() + fails.text() + verdict.text() + whole.text() +
         "# EOF\n";
}

}  // namespace umb
