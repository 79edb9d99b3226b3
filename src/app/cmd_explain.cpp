// SPDX-License-Identifier: Apache-2.0
#include "app/cmd.h"
#include "app/given_result.h"
#include "app/outputs.h"
#include "app/pictures.h"
#include "base/file.h"
#include "base/log.h"
#include "base/text.h"
#include "compare/explained.h"
#include "plan/case_filter.h"
#include "render/formats.h"
#include "result/reader.h"

namespace umb {

namespace {

Result<std::vector<Explained>> chosen(std::vector<Explained> cases, const std::optional<std::string>& pattern) {
  if (!pattern.has_value()) return cases;
  const Result<CaseFilter> filter = CaseFilter::compile(*pattern);
  if (!filter.has_value()) return while_doing("--case", filter.error());
  std::erase_if(cases, [&](const Explained& one) { return !filter->matches(one.case_id); });
  if (!cases.empty()) return cases;
  return fail_usage("--case " + quoted(*pattern) + " matches no case that was explained");
}

Result<void> write_explanation(const ExplainView& view, const Output& output, const Pictures& pictures,
                               const Arguments& arguments) {
  const Format* format = find_format(output.format);
  RenderOptions options = output_options(output.place, arguments);
  options.pictures = &pictures;
  return write_text(output.place, format->explanation(view, options));
}

Result<int> run_explain(const Arguments& arguments) {
  UMB_ASSIGN(const std::string path, given_or_newest_result(arguments));
  UMB_ASSIGN(std::vector<Output> outputs, extra_outputs(arguments, format_names(Subject::kExplanation)));
  const std::string place = arguments.value("output").value_or("-");
  if (place != "-") UMB_TRY(check_output_place(place));
  outputs.insert(outputs.begin(), {arguments.value("format").value_or("terminal"), place});
  std::vector<std::string> places{path};
  for (const Output& output : outputs) places.push_back(output.place);
  UMB_TRY(check_apart(places));
  UMB_TRY(refuse_baseline(path));
  UMB_ASSIGN(const Loaded loaded, load_result(path));
  for (const Warning& warning : loaded.warnings) log_warning(warning.code, warning.message, "", warning.case_id);
  const std::vector<CaseSummary> summaries = summarise_all(loaded.record);
  std::vector<Explained> all = explain(loaded.record, summaries);
  if (all.empty()) {
    return fail("cannot explain " + quoted(path),
                "no pass looked at where the time goes, and no case was measured in two RCU modes",
                "measure with 'sudo umountbench run --explain'", ErrorKind::kUnavailable);
  }
  UMB_ASSIGN(const std::vector<Explained> cases, chosen(std::move(all), arguments.value("case")));
  const ExplainView view{{loaded.record, summaries, path}, cases};
  Pictures pictures;
  if (wants_pictures(outputs)) pictures = pictures_of(view);
  for (const Output& output : outputs) UMB_TRY(write_explanation(view, output, pictures, arguments));
  return kExitDone;
}

}  // namespace

Command explain_command() {
  return {
      .name = "explain",
      .summary = "where the time went: grace periods counted, each case's time by cause",
      .description =
          "Needs no root. Tells what the second pass of 'run --explain' found: the waits for grace periods, the time "
          "of\n"
          "each cause, the slowest samples. Without such a pass: the share of RCU, by the difference of the modes.\n"
          "Exit code: 4 when the result has neither.\n",
      .examples = {"umountbench explain", "umountbench explain results/before.json --case 'fs=tmpfs/'",
                   "umountbench explain a.json --format markdown -o causes.md"},
      .positional = {.name = "RESULT", .help = "a result file (default: the newest in results/ or here)", .maximum = 1},
      .options = {{.name = "case", .value_name = "REGEX", .help = "only cases whose id matches"},
                  {.name = "format",
                   .value_name = "FORMAT",
                   .help = "as --write names them (default: terminal)",
                   .words = format_names(Subject::kExplanation)},
                  {.name = "output", .letter = 'o', .value_name = "FILE", .help = "where to (default: -, stdout)"},
                  write_option(format_names(Subject::kExplanation))},
      .run = run_explain};
}

}  // namespace umb
