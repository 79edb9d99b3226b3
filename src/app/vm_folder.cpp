// SPDX-License-Identifier: Apache-2.0
#include "app/vm_folder.h"

#include "app/vm_files.h"
#include "base/file.h"
#include "base/text.h"

#include <cerrno>

#include <nlohmann/json.hpp>
#include <sys/stat.h>
#include <unistd.h>

namespace umb {

namespace {

constexpr const char* kMatrixName = "matrix.jsonl";
constexpr size_t kMaxMatrixBytes = size_t{64} << 20U;

/// What must agree: paths and QEMU may differ from machine to machine.
std::string essence(const std::string& lines) {
  std::vector<std::string> kept;
  for (const std::string& line : split(lines, '\n')) {
    const nlohmann::json json = nlohmann::json::parse(line, nullptr, false);
    if (!json.is_object()) continue;
    std::string text;
    for (const char* key : {"cell", "release", "append", "seed", "plan"}) {
      const auto found = json.find(key);
      text += found != json.end() ? found->dump(-1, ' ', true, nlohmann::json::error_handler_t::replace) + " " : "- ";
    }
    kept.push_back(std::move(text));
  }
  return join(kept, "\n");
}

Failure cannot_make(const std::string& folder, int why) {
  return fail_errno("cannot make the folder " + umb::quoted(folder), why, "its parent must be there and writable",
                    ErrorKind::kUsage);
}

}  // namespace

Result<void> check_results_folder(const std::string& folder) {
  struct stat facts {};
  bool there = false;
  {
    const AsCaller caller;
    there = ::stat(folder.c_str(), &facts) == 0;
    if (!there && errno != ENOENT) return cannot_make(folder, errno);
    const size_t slash = folder.rfind('/');
    const std::string parent = slash == 0 ? "/" : folder.substr(0, slash);
    if (!there && ::stat(parent.c_str(), &facts) != 0) return cannot_make(folder, errno);
  }
  if (!S_ISDIR(facts.st_mode)) return cannot_make(folder, ENOTDIR);
  return check_output_place(there ? folder + "/" + kMatrixName : folder);
}

Result<void> begin_matrix(const std::string& folder, const VmPlan& plan, bool resume) {
  UMB_TRY(make_output_folder(folder));
  const std::string path = folder + "/" + kMatrixName;
  UMB_ASSIGN(const std::string lines, matrix_lines(plan, plan.cells, folder));
  struct stat facts {};
  if (::lstat(path.c_str(), &facts) == 0) {
    UMB_ASSIGN(const std::string before, read_file(path, kMaxMatrixBytes));
    if (essence(before) != essence(lines)) {
      return fail_usage(umb::quoted(folder) + " holds another matrix or plan", path, "name another folder with -o");
    }
  } else if (errno == ENOENT) {
    UMB_ASSIGN(OutputFile file, OutputFile::create(path));
    UMB_TRY(file.write(lines));
    UMB_TRY(file.commit());
  } else {
    return fail_errno("cannot look into " + umb::quoted(folder), errno, "", ErrorKind::kUsage);
  }
  for (const BootCell& cell : plan.chosen) {
    if (resume || !has_result(folder, cell)) continue;
    return fail_usage(umb::quoted(cell_places(folder, cell).result) + " is there already", "",
                      "--resume boots only what is missing, or name another folder with -o");
  }
  return {};
}

}  // namespace umb
