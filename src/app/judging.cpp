// SPDX-License-Identifier: Apache-2.0
#include "app/judging.h"

#include "app/own_inputs.h"
#include "app/pictures.h"
#include "app/share_option.h"
#include "base/file.h"
#include "base/text.h"
#include "plan/case_filter.h"
#include "render/formats.h"

#include <algorithm>
#include <cstdlib>

#include <unistd.h>

namespace umb {

namespace {

constexpr double kLargestThreshold = 10;
constexpr double kLargestAlpha = 0.5;

Result<std::function<bool(const std::string&)>> filter_of(const std::string& pattern, const std::string& where) {
  Result<CaseFilter> filter = CaseFilter::compile(pattern);
  if (!filter.has_value()) return while_doing(where, filter.error());
  return [filter = *filter](const std::string& id) { return filter.matches(id); };
}

std::vector<Output> all_outputs(const Judging& judging) {
  std::vector<Output> outputs{judging.output};
  outputs.insert(outputs.end(), judging.extra.begin(), judging.extra.end());
  return outputs;
}

Result<std::string> rendered(const Comparison& comparison, const Judging& judging, const std::string& format,
                             const RenderOptions& options) {
  return in_format(*find_format(format), ComparisonView{comparison, judging.all}, options);
}

Result<void> write_one(const Comparison& comparison, const Judging& judging, const Output& output,
                       const Pictures& pictures, const Arguments& arguments) {
  RenderOptions options = output_options(output.place, arguments);
  options.pictures = &pictures;
  UMB_ASSIGN(const std::string text, rendered(comparison, judging, output.format, options));
  return write_text(output.place, text);
}

bool github_runs_this() {
  const char* value = std::getenv("GITHUB_ACTIONS");
  return value != nullptr && std::string(value) == "true";
}

}  // namespace

std::vector<OptionInfo> judging_options() {
  return {{.name = "threshold",
           .value_name = "SHARE",
           .help = "the smallest difference that counts (default: 5%; 10% at least across sessions)"},
          {.name = "alpha", .value_name = "SHARE", .help = "share of false alarms over the gate family (default: 5%)"},
          {.name = "all", .help = "show cases that are the same, and exploratory quantiles, too"},
          {.name = "fail-on",
           .value_name = "WHEN",
           .help = "exit with 1 when slower (default); inconclusive: also with 5 when inconclusive or incomparable; "
                   "never",
           .words = {"slower", "inconclusive", "never"}},
          {.name = "format",
           .value_name = "FORMAT",
           .help = "as --write names them (default: terminal)",
           .words = format_names(Subject::kComparison)},
          write_option(format_names(Subject::kComparison))};
}

Result<Judging> judging_of(const Arguments& arguments, const std::string& place) {
  Judging judging;
  UMB_ASSIGN(judging.options.threshold, share_option(arguments, "threshold", 0.05, kLargestThreshold));
  UMB_ASSIGN(judging.options.alpha, share_option(arguments, "alpha", 0.05, kLargestAlpha));
  judging.options.metric = arguments.value("metric").value_or("return_ns");
  judging.all = arguments.has("all");
  const bool bisect = arguments.value("exit-code") == "bisect";
  judging.fail_on = arguments.value("fail-on").value_or(bisect ? "inconclusive" : "slower");
  judging.output = {arguments.value("format").value_or("terminal"), place};
  if (place != "-") UMB_TRY(check_output_place(place));
  UMB_ASSIGN(judging.extra, extra_outputs(arguments, format_names(Subject::kComparison)));
  std::vector<std::string> places{place};
  for (const Output& output : judging.extra) places.push_back(output.place);
  UMB_TRY(check_apart(places));
  UMB_TRY(keep_inputs(arguments, places));
  return judging;
}

Result<void> use_gate(const Gate& gate, CompareOptions& options) {
  UMB_ASSIGN(options.gated, filter_of(gate.cases, "the plan's gate"));
  options.gate_quantiles = gate.quantiles;
  return {};
}

Result<void> use_gate_of(const std::vector<Side>& sides, CompareOptions& options) {
  const std::optional<Gate>& gate = sides[0].boots[0].plan.gate;
  return gate.has_value() ? use_gate(*gate, options) : Result<void>();
}

bool shows_pictures(const Judging& judging) {
  return wants_pictures(all_outputs(judging));
}

Result<void> write_comparison(const Comparison& comparison, const Judging& judging, const Arguments& arguments) {
  Pictures pictures;
  if (shows_pictures(judging)) pictures = pictures_of(comparison, judging.options.by_parameters);
  // One that can't be written must not cost the others.
  Result<void> written;
  for (const Output& output : all_outputs(judging)) {
    Result<void> one = write_one(comparison, judging, output, pictures, arguments);
    if (written.has_value()) written = std::move(one);
  }
  UMB_TRY(written);
  const bool asked = judging.output.format == "github" ||
                     std::ranges::find(judging.extra, "github", &Output::format) != judging.extra.end();
  if (asked || !github_runs_this()) return {};
  const bool for_people = judging.output.place != "-" || judging.output.format == "terminal";
  const int where = for_people ? STDOUT_FILENO : STDERR_FILENO;
  UMB_ASSIGN(const std::string text, rendered(comparison, judging, "github", {}));
  return write_all(where, text, for_people ? "stdout" : "stderr");
}

int exit_code_of(const Comparison& comparison, const std::string& fail_on) {
  const auto any = [&](Verdict verdict) {
    return std::ranges::any_of(comparison.pairs, [&](const Pair& pair) {
      return std::ranges::any_of(pair.rows, [&](const Row& row) {
        return row.verdict == verdict && (row.gated || verdict == Verdict::kIncomparable);
      });
    });
  };
  if (fail_on == "never") return kExitDone;
  if (comparison.fails) return kExitFailed;
  // What is slower and does not fail is so provisionally: for git bisect that must not be good.
  const bool open = comparison.verdict == Verdict::kInconclusive || any(Verdict::kInconclusive) ||
                    any(Verdict::kIncomparable) || any(Verdict::kSlower);
  if (fail_on == "inconclusive" && open) return kExitInconclusive;
  return comparison.verdict == Verdict::kIncomparable ? kExitUnavailable : kExitDone;
}

}  // namespace umb
