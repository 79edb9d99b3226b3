// SPDX-License-Identifier: Apache-2.0
#include "app/pictures.h"

#include "base/data_folder.h"
#include "base/log.h"
#include "base/text.h"
#include "compare/case_ids.h"
#include "compare/digest.h"
#include "compare/split.h"
#include "plot/svg.h"
#include "render/comparison_rows.h"
#include "render/formats.h"
#include "result/plan_facts.h"
#include "sys/executable.h"
#include "sys/filter.h"
#include "sys/subprocess.h"

#include <algorithm>
#include <set>

namespace umb {

namespace {

Result<DataFolder> scripts_folder() {
  UMB_ASSIGN(const std::string executable, executable_path());
  for (const DataFolder& folder : data_folders(executable, "plots")) {
    if (has_trusted_file(folder, "common.gp")) return folder;
  }
  return fail("cannot draw a plot", "no folder of gnuplot scripts near the program that only its owner can write to",
              "install umountbench whole: cmake --install", ErrorKind::kUnavailable);
}

std::vector<Side> sides_of(RunViews runs) {
  DigestOptions options;
  options.by_round = false;
  options.curve_points = curve_points_for(runs.size());
  std::vector<BootDigest> boots;
  boots.reserve(runs.size());
  for (const RunView& run : runs) {
    boots.push_back(digest(run.record, plan_facts(run.record.run.config_json), run.source, options));
  }
  return group_alike(boots);
}

}  // namespace

Result<Gnuplot> gnuplot_here() {
  const std::string program = find_program("gnuplot");
  if (program.empty()) {
    return fail("cannot draw a plot", "gnuplot is not installed", "apt-get install gnuplot-nox",
                ErrorKind::kUnavailable);
  }
  UMB_ASSIGN(const DataFolder scripts, scripts_folder());
  return Gnuplot{program, [scripts](const std::string& name) { return read_trusted_file(scripts, name); },
                 [](const std::vector<std::string>& arguments, const std::string& input, int64_t time_limit_ns) {
                   return run_filter(arguments, input, time_limit_ns);
                 }};
}

Pictures pictures_of(const PlotSubject& subject, std::span<const PlotKind> kinds) {
  Pictures pictures;
  const auto why = [](const Error& error) {
    return error.text() + (error.hint.empty() ? "" : " (" + error.hint + ")");
  };
  const Result<Gnuplot> gnuplot = gnuplot_here();
  if (!gnuplot.has_value()) {
    pictures.missing = why(gnuplot.error());
    log_warning("no_pictures", "the page comes without pictures: " + pictures.missing, "", "");
    return pictures;
  }
  for (const PlotKind& kind : kinds) {
    const Figure figure = make_figure(kind, subject);
    if (figure.panels.empty()) continue;
    const Result<std::string> svg = draw(*gnuplot, figure, PictureType::kSvg);
    if (!svg.has_value()) {
      pictures.not_drawn.push_back(std::string(kind.name) + ": " + why(svg.error()));
      log_warning("no_picture", "the page comes without a picture: " + why(svg.error()), "", "");
      continue;
    }
    pictures.all.push_back({kind.name, figure.title, figure.notes, embedded_svg(*svg, std::string(kind.name) + "-")});
  }
  return pictures;
}

Pictures pictures_of(RunViews runs) {
  const std::vector<Side> sides = sides_of(runs);
  return pictures_of({.sides = sides, .shown = {}});
}

Pictures pictures_of(const ExplainView& view) {
  const std::vector<Side> sides = sides_of({&view.run, 1});
  const auto asked = [&](const std::string& id) {
    return std::ranges::find(view.cases, id, &Explained::case_id) != view.cases.end();
  };
  return pictures_of({.sides = sides, .shown = asked}, {find_plot_kind("causes"), 1});
}

Pictures pictures_of(const Comparison& comparison, const std::vector<std::string>& by_parameters) {
  std::vector<std::string> first;
  for (const Pair& pair : comparison.pairs) {
    for (const Row* row : worst_first(pair)) first.push_back(row->id);
  }
  const auto compared = [&, known = std::set<std::string>(first.begin(), first.end())](const std::string& id) {
    return known.contains(id_without(id, by_parameters));
  };
  return pictures_of({comparison.sides, by_parameters, first, compared});
}

bool wants_pictures(const std::vector<Output>& outputs) {
  return std::ranges::any_of(outputs, [](const Output& output) {
    const Format* format = find_format(output.format);
    return format != nullptr && format->pictures;
  });
}

size_t curve_points_for(size_t boots) {
  constexpr size_t kOfAll = 60'000;
  constexpr size_t kFewest = 100;
  return std::clamp(kOfAll / std::max<size_t>(1, boots), kFewest, kMostOfOneCurve);
}

Result<void> write_picture(const Gnuplot& gnuplot, const Figure& figure, PictureType type, const std::string& place) {
  UMB_ASSIGN(const std::string picture, draw(gnuplot, figure, type));
  UMB_TRY(write_text(place, picture));
  for (const std::string& note : figure.notes) log_info(note);
  return {};
}

Result<PictureType> picture_type_of(const std::string& option, const std::string& place) {
  if (place.ends_with(".svg")) return PictureType::kSvg;
  if (place.ends_with(".png")) return PictureType::kPng;
  return fail_usage(option + " " + umb::quoted(place) + " is neither NAME.svg nor NAME.png", "",
                    "the ending says what is drawn: " + option + " plot.svg");
}

}  // namespace umb
