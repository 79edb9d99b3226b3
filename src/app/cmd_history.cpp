// SPDX-License-Identifier: Apache-2.0
#include "app/cmd.h"
#include "app/outputs.h"
#include "app/own_inputs.h"
#include "app/pictures.h"
#include "app/share_option.h"
#include "app/side_files.h"
#include "base/file.h"
#include "base/log.h"
#include "base/text.h"
#include "compare/history.h"
#include "plan/case_filter.h"
#include "plot/history.h"
#include "render/formats.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace umb {

namespace {

constexpr size_t kCommitsLimit = 64UL << 20;
constexpr int64_t kMostBuilds = 2000;
constexpr double kLargestAlpha = 0.2;
constexpr double kSmallestAlpha = 0.0001;  // so many permutations it takes
constexpr double kLargestThreshold = 10;

/// One a line, the oldest first (`git log` has the newest first); what stands behind a space is passed over.
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
  if (options.alpha < kSmallestAlpha) {
    return fail_usage("--alpha " + quoted(*arguments.value("alpha")) + " is too small",
                      "change points are tested by permutations, ten for each that it asks", "at least 0.0001");
  }
  UMB_ASSIGN(options.threshold, share_option(arguments, "threshold", options.threshold, kLargestThreshold));
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

/// Before anything is written.
Result<Figure> figure_of(const History& made) {
  Figure figure = history_figure(made);
  if (!figure.panels.empty()) return figure;
  return fail_usage("there is nothing to draw", "no case has times", "leave --plot out, or choose a --metric of times");
}

Result<void> check_shown(const std::vector<BootDigest>& boots, const HistoryOptions& options,
                         const Arguments& arguments) {
  if (!options.shown) return {};
  for (const BootDigest& boot : boots) {
    for (const CaseDigest& one : boot.whole.cases) {
      if (options.shown(one.spec.id)) return {};
    }
  }
  return fail_usage("--case " + quoted(*arguments.value("case")) + " matches no case of these results");
}

void say_how_long(double seconds) {
  constexpr double kSayFrom = 30;
  if (seconds > kSayFrom)
    log_info("looking for change points takes up to " + human_duration(std::llround(seconds * 1e9)));
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
  UMB_ASSIGN(const std::vector<std::string> files, many_files(arguments.positional()));
  std::vector<std::string> inputs = files;
  if (const auto commits = arguments.value("commits")) inputs.push_back(*commits);
  UMB_TRY(keep_files(inputs, places));
  UMB_ASSIGN(HistoryOptions options, history_options(arguments));
  options.expect = say_how_long;
  DigestOptions digests;
  if (std::ranges::find(digests.metrics, options.metric) == digests.metrics.end()) {
    digests.metrics.push_back(options.metric);
  }
  digests.quantiles = {options.quantile};
  digests.by_round = false;
  digests.zeros = true;
  UMB_ASSIGN(const std::vector<BootDigest> boots, load_many_boots(files, options.metric, digests));
  UMB_TRY(check_shown(boots, options, arguments));
  UMB_ASSIGN(const History made, history(boots, options));
  Figure figure;
  if (plot.has_value()) {
    UMB_ASSIGN(figure, figure_of(made));
  }
  for (const Output& output : outputs) UMB_TRY(write_history(made, output, arguments));
  if (plot.has_value()) {
    UMB_ASSIGN(const PictureType type, picture_type_of("--plot", *plot));
    UMB_TRY(write_picture(*gnuplot, figure, type, *plot));
  }
  return kExitDone;
}

}  // namespace

Command history_command() {
  const std::vector<std::string> formats = format_names(Subject::kHistory);
  return {
      .name = "history",
      .summary = "a case over many builds, and at which of them it changed",
      .description =
          "Needs no root. Boots of one kernel and label are one build, which is one value a case; a kernel that was\n"
          "booted in several ways (RCU parameters, command line) gives a series each. Builds go by time, or as "
          "--commits\n"
          "says: a build's commit is in its kernel's release (-gCOMMIT, as CONFIG_LOCALVERSION_AUTO makes it) or is "
          "its\n"
          "label. A file that can't be read is warned of and left out.\n",
      .examples = {"umountbench history nightly/", "umountbench history nightly/ --case 'fs=tmpfs/' --quantile 0.99",
                   "git rev-list --reverse v6.12..v6.13 > commits; umountbench history nightly/ --commits commits",
                   "umountbench history nightly/ --format otava -o umount.csv"},
      .positional = {.name = "RESULT",
                     .help = "a result file, a baseline, or a folder of them or of such folders",
                     .minimum = 1,
                     .maximum = 100'000},
      .options = {{.name = "case", .value_name = "REGEX", .help = "only cases whose id matches"},
                  {.name = "metric", .value_name = "METRIC", .help = "default: return_ns"},
                  {.name = "quantile", .value_name = "SHARE", .help = "default: 0.5"},
                  {.name = "alpha",
                   .value_name = "SHARE",
                   .help = "a change point's p, adjusted over all cases, is at most this (default: 0.01, at least "
                           "0.0001)"},
                  {.name = "threshold",
                   .value_name = "SHARE",
                   .help = "the smallest change that is called slower or faster (default: 5%)"},
                  {.name = "commits",
                   .value_name = "FILE",
                   .help = "a commit a line, the oldest first: git rev-list --reverse"},
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
