// SPDX-License-Identifier: Apache-2.0
#include "plot/gnuplot.h"

#include "base/file.h"
#include "base/text.h"

#include <cerrno>
#include <filesystem>
#include <system_error>
#include <utility>

#include <fcntl.h>
#include <stdlib.h>

namespace umb {

namespace {

constexpr int64_t kTimeLimit_ns = 60'000'000'000;
constexpr size_t kLargestPicture = 8U << 20U;

/// A folder that nobody else can enter (nor who called sudo, for gnuplot follows links), gone with the object. Never
/// below TMPDIR: its path becomes part of a command.
class ScratchFolder {
 public:
  [[nodiscard]] static Result<ScratchFolder> make() {
    std::string path = "/tmp/umountbench-plot-XXXXXX";
    if (::mkdtemp(path.data()) == nullptr) return fail_errno("cannot make a folder in /tmp", errno);
    return ScratchFolder(std::move(path));
  }
  ScratchFolder(ScratchFolder&& other) noexcept : path_(std::exchange(other.path_, {})) {}
  ScratchFolder& operator=(ScratchFolder&&) = delete;
  ~ScratchFolder() {
    std::error_code trouble;
    if (!path_.empty()) std::filesystem::remove_all(path_, trouble);
  }

  [[nodiscard]] const std::string& path() const { return path_; }
  [[nodiscard]] Result<void> write(const std::string& name, const std::string& text) const {
    const std::string path = path_ + "/" + name;
    const UniqueFd file(::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600));
    if (!file.valid()) return write_error(path, errno);
    return write_all(file.get(), text, path);
  }

 private:
  explicit ScratchFolder(std::string path) : path_(std::move(path)) {}
  std::string path_;
};

/// For gnuplot, in which a quote within single quotes is written twice.
std::string gnuplot_text(const std::string& text) {
  std::string quoted = "'";
  for (const char letter : text) quoted += letter == '\'' ? "''" : std::string(1, letter);
  return quoted + "'";
}

}  // namespace

Result<std::string> draw(const Gnuplot& gnuplot, const Figure& figure, PictureType type) {
  UMB_ASSIGN(const ScratchFolder folder, ScratchFolder::make());
  const FigureFiles files = figure_files(figure);
  UMB_TRY(folder.write("layout.gp", files.layout));
  UMB_TRY(folder.write("points.tsv", files.points));
  UMB_TRY(folder.write("marks.tsv", files.marks));
  UMB_TRY(folder.write("titles.tsv", files.titles));
  UMB_TRY(folder.write("legend.tsv", files.legend));
  UMB_TRY(folder.write("x_ticks.tsv", files.x_ticks));
  UMB_TRY(folder.write("y_ticks.tsv", files.y_ticks));
  const std::string setting = "plots = " + gnuplot_text(gnuplot.scripts) + "; data = " + gnuplot_text(folder.path()) +
                              "; png = " + (type == PictureType::kPng ? "1" : "0");
  // -d: what the user has in ~/.gnuplot is none of ours.
  const Result<void> ran =
      gnuplot.run({gnuplot.program, "-d", "-e", setting, gnuplot.scripts + "/" + figure.kind + ".gp"}, kTimeLimit_ns);
  if (!ran.has_value()) return while_doing("drawing the plot " + umb::quoted(figure.kind), ran.error());
  return read_file(folder.path() + "/picture", kLargestPicture);
}

}  // namespace umb
