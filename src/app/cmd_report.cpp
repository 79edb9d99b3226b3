// SPDX-License-Identifier: Apache-2.0
#include "app/cmd.h"
#include "app/outputs.h"
#include "app/own_inputs.h"
#include "app/pictures.h"
#include "app/side_files.h"
#include "base/file.h"
#include "base/log.h"
#include "base/text.h"
#include "compare/summary.h"
#include "plan/case_filter.h"
#include "render/formats.h"
#include "result/reader.h"

#include <deque>
#include <map>
#include <optional>
#include <utility>

namespace umb {

namespace {

struct Results {
  std::deque<RunRecord> records;  ///< views point into them
  std::deque<std::vector<CaseSummary>> summaries;
  std::vector<RunView> views;
  std::map<std::pair<std::string, std::string>, std::string> file_of;  ///< by the ids of run and boot
};

/// A copy is no further measurement, and programs that count samples would count each twice.
Result<void> refuse_twice(const RunRecord& record, const std::string& path, Results& results) {
  const auto [known, is_new] = results.file_of.try_emplace({record.run.id, record.boot_id}, path);
  if (is_new) return {};
  const std::string& other = known->second;
  return fail_usage("one result is named twice",
                    path == other ? quoted(path) : quoted(path) + " is the same run as " + quoted(other),
                    "name each once; umountbench compare holds results against each other");
}

/// All, or those that `--filter` asks for.
Result<std::optional<CaseFilter>> filter_of(const Arguments& arguments) {
  const std::optional<std::string> pattern = arguments.value("filter");
  if (!pattern.has_value()) return std::nullopt;
  Result<CaseFilter> filter = CaseFilter::compile(*pattern);
  if (!filter.has_value()) return while_doing("--filter", filter.error());
  return *filter;
}

void keep_only(const CaseFilter& filter, RunRecord& record) {
  const auto left_out = [&](const std::string& id) { return !filter.matches(id); };
  std::erase_if(record.cases, [&](const CaseRecord& one) { return left_out(one.spec.id); });
  std::erase_if(record.attributions, [&](const Attribution& one) { return left_out(one.case_id); });
  std::erase_if(record.warnings, [&](const Warning& one) { return !one.case_id.empty() && left_out(one.case_id); });
}

Result<void> load(const std::string& path, const std::optional<CaseFilter>& filter, Results& results) {
  UMB_TRY(refuse_baseline(path));
  UMB_ASSIGN(Loaded loaded, load_result(path));
  for (const Warning& warning : loaded.warnings) {
    const bool shown = !filter.has_value() || warning.case_id.empty() || filter->matches(warning.case_id);
    if (shown) log_warning(warning.code, warning.message, "", warning.case_id);
  }
  UMB_TRY(refuse_twice(loaded.record, path, results));
  if (filter.has_value()) {
    keep_only(*filter, loaded.record);
    if (loaded.record.cases.empty()) return {};  // as if it were not named: it says nothing of these cases
  }
  const RunRecord& record = results.records.emplace_back(std::move(loaded.record));
  const std::vector<CaseSummary>& summaries = results.summaries.emplace_back(summarise_all(record));
  results.views.push_back({record, summaries, path});
  return {};
}

Result<void> write_views(const Results& results, const Output& output, const Pictures& pictures,
                         const Arguments& arguments) {
  RenderOptions options = output_options(output.place, arguments);
  options.pictures = &pictures;
  UMB_ASSIGN(const std::string text, in_format(*find_format(output.format), results.views, options));
  return write_text(output.place, text);
}

Result<int> report(const Arguments& arguments) {
  const std::string place = arguments.value("output").value_or("-");
  if (place != "-") UMB_TRY(check_output_place(place));
  UMB_ASSIGN(std::vector<Output> outputs, extra_outputs(arguments, format_names(Subject::kRun)));
  outputs.insert(outputs.begin(), {arguments.value("format").value_or("terminal"), place});
  std::vector<std::string> places;
  for (const Output& output : outputs) places.push_back(output.place);
  UMB_TRY(check_apart(places));
  UMB_TRY(keep_inputs(arguments, places));
  UMB_ASSIGN(const std::optional<CaseFilter> filter, filter_of(arguments));
  Results results;
  for (const std::string& word : arguments.positional()) {
    UMB_ASSIGN(const SideWords words, parse_side(word));
    for (const std::string& file : words.files) UMB_TRY(load(file, filter, results));
  }
  if (filter.has_value() && results.views.empty()) {
    return fail_usage("--filter " + quoted(*arguments.value("filter")) + " matches no case of these results");
  }
  Pictures pictures;
  if (wants_pictures(outputs)) pictures = pictures_of(results.views);
  for (const Output& output : outputs) UMB_TRY(write_views(results, output, pictures, arguments));
  return kExitDone;
}

}  // namespace

Command report_command() {
  return {
      .name = "report",
      .summary = "results in a format for people or machines, without judging",
      .description =
          "Needs no root. Each RESULT is a result file or a folder of them. To judge: umountbench compare.\n",
      .examples = {"umountbench report a.json --format markdown", "umountbench report boots/ --format csv -o all.csv",
                   "umountbench report a.json --filter 'fs=tmpfs/' --format lkml"},
      .positional = {.name = "RESULT", .help = "a result file, or a folder", .minimum = 1, .maximum = 100'000},
      .options = {{.name = "filter", .letter = 'f', .value_name = "REGEX", .help = "show only cases whose id matches"},
                  {.name = "format",
                   .value_name = "FORMAT",
                   .help = "as --write names them (default: terminal)",
                   .words = format_names(Subject::kRun)},
                  {.name = "output", .letter = 'o', .value_name = "FILE", .help = "where to (default: -, stdout)"},
                  write_option(format_names(Subject::kRun))},
      .run = report};
}

}  // namespace umb
