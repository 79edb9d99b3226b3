// SPDX-License-Identifier: Apache-2.0
#include "app/pictures.h"

#include "base/data_folder.h"
#include "base/log.h"
#include "base/text.h"
#include "plot/svg.h"
#include "sys/executable.h"
#include "sys/subprocess.h"

#include <algorithm>

namespace umb {

namespace {

Result<std::string> scripts_folder() {
  UMB_ASSIGN(const std::string executable, executable_path());
  for (const DataFolder& folder : data_folders(executable, "plots")) {
    if (has_trusted_file(folder, "common.gp")) return folder.path.string();
  }
  return fail("cannot draw a plot", "no folder of gnuplot scripts near the program that only its owner can write to",
              "install umountbench whole: cmake --install", ErrorKind::kUnavailable);
}

Result<void> run_well(const std::vector<std::string>& arguments, int64_t time_limit_ns) {
  UMB_ASSIGN(const std::string said, run_program_well(arguments, time_limit_ns));
  if (!said.empty()) log_debug("gnuplot: " + printable(said));
  return {};
}

}  // namespace

Result<Gnuplot> gnuplot_here() {
  const std::string program = find_program("gnuplot");
  if (program.empty()) {
    return fail("cannot draw a plot", "gnuplot is not installed", "apt-get install gnuplot-nox",
                ErrorKind::kUnavailable);
  }
  UMB_ASSIGN(std::string scripts, scripts_folder());
  return Gnuplot{program, std::move(scripts), run_well};
}

Pictures pictures_of(const PlotSubject& subject) {
  Pictures pictures;
  const auto lack = [&](const Error& error) {
    pictures.missing = error.text() + (error.hint.empty() ? "" : " (" + error.hint + ")");
    log_warning("no_pictures", "the page comes without pictures: " + pictures.missing, "", "");
  };
  const Result<Gnuplot> gnuplot = gnuplot_here();
  if (!gnuplot.has_value()) {
    lack(gnuplot.error());
    return pictures;
  }
  for (const PlotKind& kind : plot_kinds()) {
    const Figure figure = make_figure(kind, subject);
    if (figure.panels.empty()) continue;
    const Result<std::string> svg = draw(*gnuplot, figure, PictureType::kSvg);
    if (!svg.has_value()) {
      lack(svg.error());
      return pictures;
    }
    pictures.all.push_back({kind.name, figure.title, figure.notes, embedded_svg(*svg, std::string(kind.name) + "-")});
  }
  return pictures;
}

size_t curve_points_for(size_t boots) {
  constexpr size_t kOfAll = 60'000;
  constexpr size_t kFewest = 100;
  return std::clamp(kOfAll / std::max<size_t>(1, boots), kFewest, kMostOfOneCurve);
}

}  // namespace umb
