// SPDX-License-Identifier: Apache-2.0
#include "app/cmd.h"
#include "app/outputs.h"
#include "app/own_inputs.h"
#include "app/pictures.h"
#include "app/share_option.h"
#include "app/side_files.h"
#include "base/file.h"
#include "base/text.h"
#include "compare/history.h"
#include "plan/case_filter.h"
#include "plot/history.h"
#include "render/formats.h"

#include <algorithm>

namespace umb {

namespace {

constexpr size_t kCommitsLimit = 64UL << 20;
constexpr int64_t kMostBuilds = 2000;
constexpr double kLargestAlpha = 0.2;

/// One a line; what stands behind a space is passed over, so that `git log --oneline` will do too.
Result<std::vector<std::string>> commits_in(const std::string& path) {
  UMB_ASSIGN(const std::string text, read_file(path, kCommitsLimit));
  std::vector<std::string> commits;
  for (const std::string& line : split(text, '\n')) {
    std::string commit(trimmed(line));
    commit = commit.substr(0, commit.find(' '));
    if (!commit.empty()) commits.push_back(std::move(commit));
  }
  if (commits.empty()) return fail_usage("there is no commit in " + quoted(path));
  return commits;
}

Result<HistoryOptions> history_options(const Arguments& arguments) {
  HistoryOptions options;
  options.metric = arguments.value("metric").value_or(options.metric);
  UMB_ASSIGN(options.quantile, share_option(arguments, "quantile", options.quantile, 1));
  UMB_ASSIGN(options.alpha, share_option(arguments, "alpha", options.alpha, kLargestAlpha));
  if (const auto last = arguments.value("last")) {
    const Result<int64_t> number = parse_integer(*last, 1, kMostBuilds);
    if (!number.has_value()) return while_doing("--last", number.error());
    options.last = static_cast<size_t>(*number);
  }
  if (const auto path = arguments.value("commits")) {
    UMB_ASSIGN(options.commits, commits_in(*path));
  }
  if (const auto pattern = arguments.value("case")) {
    Result<CaseFilter> filter = CaseFilter::compile(*pattern);
    if (!filter.has_value()) return while_doing("--case", filter.error());
    options.shown = [filter = *filter](const std::string& id) { return filter.matches(id); };
  }
  return options;
}

Result<void> write_history(const History& made, const Output& output, const Arguments& arguments) {
  UMB_ASSIGN(const std::string text,
             in_format(*find_format(output.format), made, output_options(output.place, arguments)));
  return write_text(output.place, text);
}

Result<void> write_plot(const History& made, const Gnuplot& gnuplot, const std::string& place) {
  UMB_ASSIGN(const PictureType type, picture_type_of("--plot", place));
  const Figure figure = history_figure(made);
  if (figure.panels.empty()) return fail("there is nothing to draw", "no case has times", "", ErrorKind::kUnavailable);
  return write_picture(gnuplot, figure, type, place);
}

Result<int> run_history(const Arguments& arguments) {
  const std::string place = arguments.value("output").value_or("-");
  if (place != "-") UMB_TRY(check_output_place(place));
  UMB_ASSIGN(std::vector<Output> outputs, extra_outputs(arguments, format_names(Subject::kHistory)));
  outputs.insert(outputs.begin(), {arguments.value("format").value_or("terminal"), place});
  std::vector<std::string> places;
  places.reserve(outputs.size());
  for (const Output& output : outputs) places.push_back(output.place);
  std::optional<Gnuplot> gnuplot;
  const std::optional<std::string> plot = arguments.value("plot");
  if (plot.has_value()) {
    places.push_back(*plot);
    UMB_TRY(check_output_place(*plot));
    UMB_TRY(picture_type_of("--plot", *plot));
    UMB_ASSIGN(gnuplot, gnuplot_here());
  }
  UMB_TRY(check_apart(places));
  UMB_TRY(keep_inputs(arguments, places));
  UMB_ASSIGN(const HistoryOptions options, history_options(arguments));
  DigestOptions digests;
  if (std::ranges::find(digests.metrics, options.metric) == digests.metrics.end()) {
    digests.metrics.push_back(options.metric);
  }
  digests.quantiles = {options.quantile};
  UMB_ASSIGN(const std::vector<BootDigest> boots, load_boots(arguments.positional(), options.metric, digests));
  UMB_ASSIGN(const History made, history(boots, options));
  for (const Output& output : outputs) UMB_TRY(write_history(made, output, arguments));
  if (gnuplot.has_value()) UMB_TRY(write_plot(made, *gnuplot, *plot));
  return kExitDone;
}

}  // namespace

Command history_command() {
  const std::vector<std::string> formats = format_names(Subject::kHistory);
  return {
      .name = "history",
      .summary = "a case over many builds, and at which of them it changed",
      .description =
          "Needs no root. Boots that are alike in kernel, RCU parameters, command line and label are one build, and a\n"
          "build is one value. Builds go by time, or as --commits says: a build's commit is in its kernel's release\n"
          "(-gCOMMIT, as CONFIG_LOCALVERSION_AUTO makes it) or is its label.\n",
      .examples = {"umountbench history nightly/", "umountbench history nightly/ --case 'fs=tmpfs/' --quantile 0.99",
                   "git rev-list --reverse v6.12..v6.13 > commits; umountbench history nightly/ --commits commits",
                   "umountbench history nightly/ --format otava -o umount.csv"},
      .positional = {.name = "RESULT",
                     .help = "a result file, a baseline, or a folder",
                     .minimum = 1,
                     .maximum = 100'000},
      .options = {{.name = "case", .value_name = "REGEX", .help = "only cases whose id matches"},
                  {.name = "metric", .value_name = "METRIC", .help = "default: return_ns"},
                  {.name = "quantile", .value_name = "SHARE", .help = "default: 0.5"},
                  {.name = "alpha",
                   .value_name = "SHARE",
                   .help = "a change point's p is at most this (default: 0.01)"},
                  {.name = "commits", .value_name = "FILE", .help = "a commit a line, the oldest first"},
                  {.name = "last", .value_name = "N", .help = "only the newest N builds (default: 200)"},
                  {.name = "format",
                   .value_name = "FORMAT",
                   .help = "as --write names them (default: terminal)",
                   .words = formats},
                  {.name = "output", .letter = 'o', .value_name = "FILE", .help = "where to (default: -, stdout)"},
                  {.name = "plot", .value_name = "FILE", .help = "draw it too: NAME.svg or NAME.png (needs gnuplot)"},
                  write_option(formats)},
      .run = run_history};
}

}  // namespace umb
