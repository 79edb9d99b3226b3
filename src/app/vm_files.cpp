// SPDX-License-Identifier: Apache-2.0
#include "app/vm_files.h"

#include "base/file.h"
#include "base/text.h"
#include "result/journal.h"
#include "result/writer.h"

#include <cerrno>
#include <cstdio>

#include <sys/stat.h>
#include <unistd.h>

namespace umb {

namespace {

bool is_there(const std::string& path) {
  struct stat facts {};
  return ::lstat(path.c_str(), &facts) == 0;
}

}  // namespace

std::string result_path(const std::string& folder, const BootCell& cell) {
  return folder + "/" + cell.id + ".json";
}

std::string console_path(const std::string& folder, const BootCell& cell) {
  return folder + "/" + cell.id + ".console.log";
}

bool has_result(const std::string& folder, const BootCell& cell) {
  const AsCaller caller;
  return is_there(result_path(folder, cell));
}

Result<void> begin_cell(const std::string& folder, const BootCell& cell) {
  const AsCaller caller;
  const std::string journal = journal_path(result_path(folder, cell));
  const std::string console = console_path(folder, cell);
  int number = 1;
  const auto aside = [&](const char* suffix) {
    return folder + "/" + cell.id + ".try" + std::to_string(number) + suffix;
  };
  while (is_there(aside(".partial")) || is_there(aside(".console.log"))) ++number;
  for (const auto& [from, to] : {std::pair(journal, aside(".partial")), {console, aside(".console.log")}}) {
    if (!is_there(from) || ::rename(from.c_str(), to.c_str()) == 0) continue;
    return fail_errno("cannot put " + quoted(from) + " out of the way", errno);
  }
  UMB_ASSIGN(const UniqueFd made, create_new_file(console));
  return {};
}

Result<void> GrowingJournal::append(const Growth& growth) {
  if (growth.offset != size_) return {};
  if (!fd_.valid()) {
    UMB_ASSIGN(fd_, create_new_file(path_));
  }
  UMB_TRY(write_all(fd_.get(), growth.bytes, path_));
  if (::fdatasync(fd_.get()) != 0) return write_error(path_, errno);
  size_ += growth.bytes.size();
  return {};
}

Result<void> GrowingJournal::remove() {
  if (!fd_.valid()) return {};
  fd_.reset();
  return remove_file(path_);
}

Result<void> write_cell_result(const std::string& folder, const BootCell& cell, const RunRecord& record) {
  UMB_ASSIGN(OutputFile file, OutputFile::create(result_path(folder, cell)));
  UMB_TRY(write_result(record, file));
  return file.commit();
}

}  // namespace umb
