// SPDX-License-Identifier: Apache-2.0
#include "plot/gnuplot.h"

#include "base/text.h"

namespace umb {

namespace {

constexpr int64_t kTimeLimitNs = 60'000'000'000;

/// The script, with others in the place of the lines that load them: by themselves gnuplot would look for files.
/// Without comments, which its loops do not take.
Result<std::string> whole_script(const Gnuplot& gnuplot, const std::string& name, int depth = 0) {
  constexpr std::string_view kLoad = "load '";
  constexpr int kDeepest = 4;
  if (depth > kDeepest) return fail("cannot use the script " + umb::quoted(name), "scripts load each other in a ring");
  UMB_ASSIGN(const std::string script, gnuplot.script(name));
  std::string whole;
  for (const std::string& line : split(script, '\n')) {
    const std::string_view words = trimmed(line);
    if (words.starts_with('#')) continue;
    if (!words.starts_with(kLoad) || !words.ends_with('\'')) {
      whole += line + "\n";
      continue;
    }
    const std::string other(words.substr(kLoad.size(), words.size() - kLoad.size() - 1));
    UMB_ASSIGN(const std::string loaded, whole_script(gnuplot, other, depth + 1));
    whole += loaded;
  }
  return whole;
}

}  // namespace

Result<std::string> draw(const Gnuplot& gnuplot, const Figure& figure, PictureType type) {
  UMB_ASSIGN(const std::string script, whole_script(gnuplot, figure.kind + ".gp"));
  // -d: what the user has in ~/.gnuplot is none of ours.
  Result<std::string> picture =
      gnuplot.run({gnuplot.program, "-d"}, figure_tables(figure, type) + script, kTimeLimitNs);
  const std::string doing = "drawing the plot " + umb::quoted(figure.kind);
  if (!picture.has_value()) return while_doing(doing, picture.error());
  if (picture->empty()) return fail(doing + " failed", "gnuplot wrote nothing");
  return picture;
}

}  // namespace umb
