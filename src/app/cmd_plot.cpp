// SPDX-License-Identifier: Apache-2.0
#include "app/cmd.h"
#include "app/own_inputs.h"
#include "app/pictures.h"
#include "app/side_files.h"
#include "base/file.h"
#include "base/text.h"
#include "compare/split.h"
#include "plan/case_filter.h"

namespace umb {

namespace {

Result<std::string> needed(const Arguments& arguments, const std::string& name, const std::string& hint) {
  std::optional<std::string> value = arguments.value(name);
  if (!value.has_value()) return fail_usage("plot needs --" + name, "", hint);
  return *std::move(value);
}

/// --format, else what the ending of the place says; an SVG for stdout.
Result<PictureType> type_of(const Arguments& arguments, const std::string& place) {
  const std::optional<std::string> format = arguments.value("format");
  if (place == "-" || (format.has_value() && !place.ends_with(".svg") && !place.ends_with(".png"))) {
    return format == "png" ? PictureType::kPng : PictureType::kSvg;
  }
  if (format.has_value() && !place.ends_with("." + *format)) {
    return fail_usage("-o " + umb::quoted(place) + " is no name for --format " + *format, "",
                      "the ending says what is drawn: leave --format out");
  }
  return picture_type_of("-o", place);
}

struct Shown {
  std::vector<Side> sides;
  std::vector<std::string> by_parameters;
};

Result<Shown> shown_sides(const Arguments& arguments) {
  UMB_ASSIGN(const size_t files, count_files(arguments.positional()));
  const DigestOptions options{.grid = true, .by_round = false, .curve_points = curve_points_for(files)};
  Shown shown;
  const std::optional<std::string> by = arguments.value("by");
  if (!by.has_value()) {
    UMB_ASSIGN(shown.sides, load_shown_sides(arguments.positional(), options));
    return shown;
  }
  UMB_ASSIGN(const std::vector<BootDigest> boots, load_boots(arguments.positional(), "return_ns", options));
  UMB_ASSIGN(Split split, split_by(boots, *by));
  shown.sides = std::move(split.sides);
  shown.by_parameters = std::move(split.by_parameters);
  return shown;
}

Result<void> add_filter(const Arguments& arguments, PlotSubject& subject) {
  const std::optional<std::string> pattern = arguments.value("filter");
  if (!pattern.has_value()) return {};
  Result<CaseFilter> filter = CaseFilter::compile(*pattern);
  if (!filter.has_value()) return while_doing("--filter", filter.error());
  subject.shown = [filter = *filter](const std::string& id) { return filter.matches(id); };
  if (!plot_groups(subject).empty()) return {};
  return fail_usage("--filter " + umb::quoted(*pattern) + " matches no case that was measured");
}

Result<int> run_plot(const Arguments& arguments) {
  UMB_ASSIGN(const std::string name, needed(arguments, "kind", "one of: " + join(plot_kind_names(), ", ")));
  UMB_ASSIGN(const std::string place, needed(arguments, "output", "e.g. -o plot.svg"));
  UMB_ASSIGN(const PictureType type, type_of(arguments, place));
  if (place != "-") UMB_TRY(check_output_place(place));
  UMB_TRY(keep_inputs(arguments, {place}));
  UMB_ASSIGN(const Gnuplot gnuplot, gnuplot_here());
  UMB_ASSIGN(const Shown shown, shown_sides(arguments));
  PlotSubject subject{.sides = shown.sides, .by_parameters = shown.by_parameters, .shown = {}};
  UMB_TRY(add_filter(arguments, subject));
  const PlotKind* kind = find_plot_kind(name);
  const Figure figure = make_figure(*kind, subject);
  if (figure.panels.empty()) {
    return fail("there is nothing to draw as " + umb::quoted(name), kind->without, "", ErrorKind::kUnavailable);
  }
  UMB_TRY(write_picture(gnuplot, figure, type, place));
  return kExitDone;
}

std::string description() {
  std::string text =
      "Needs no root, but gnuplot. Each RESULT is a side as for compare: [NAME=]PATH[,PATH...]; results that are\n"
      "alike in what is under test are drawn together. The kinds:\n";
  for (const PlotKind& kind : plot_kinds()) text += std::string(kind.name) + ": " + kind.summary + ".\n";
  return text;
}

}  // namespace

Command plot_command() {
  return {
      .name = "plot",
      .summary = "one picture from results, as SVG or PNG",
      .description = description(),
      .examples = {"umountbench plot a.json --kind distribution -o distribution.svg",
                   "umountbench plot boots/6.12 boots/6.13 --kind boots --filter fs=tmpfs -o boots.png",
                   "umountbench plot --by rcu boots/ --kind drift -o drift.svg"},
      .positional = {.name = "RESULT", .help = "a result file, or a folder", .minimum = 1, .maximum = 100'000},
      .options = {{.name = "kind", .value_name = "KIND", .help = "what is drawn", .words = plot_kind_names()},
                  {.name = "output",
                   .letter = 'o',
                   .value_name = "FILE",
                   .help = "where to: its ending, .svg or .png, says what is written; - is stdout"},
                  {.name = "format",
                   .value_name = "FORMAT",
                   .help = "svg or png, for a place without such an ending; for stdout svg unless told",
                   .words = {"svg", "png"}},
                  {.name = "by", .value_name = "PARAM", .help = "split one set of results, as compare does"},
                  {.name = "filter", .letter = 'f', .value_name = "REGEX", .help = "draw only cases whose id matches"}},
      .run = run_plot};
}

}  // namespace umb
