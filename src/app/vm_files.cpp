// SPDX-License-Identifier: Apache-2.0
#include "app/vm_files.h"

#include "base/file.h"
#include "base/text.h"
#include "result/writer.h"

#include <cerrno>
#include <cstdio>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace umb {

namespace {

constexpr uint64_t kMaxJournalBytes = uint64_t{512} << 20U;

bool is_there(const std::string& path) {
  struct stat facts {};
  return ::lstat(path.c_str(), &facts) == 0;
}

Result<void> rename_file(const std::string& from, const std::string& to) {
  if (::rename(from.c_str(), to.c_str()) == 0) return {};
  return fail_errno("cannot rename " + quoted(from), errno);
}

/// "DIR/ID.try2.partial" for "DIR/ID.partial".
std::string aside(const std::string& path, const std::string& ending, int number) {
  return path.substr(0, path.size() - ending.size()) + ".try" + std::to_string(number) + ending;
}

constexpr const char* kJournalEnding = ".partial";
constexpr const char* kConsoleEnding = ".console.log";

}  // namespace

CellPlaces cell_places(const std::string& folder, const BootCell& cell, bool again) {
  const std::string stem = folder + "/" + cell.id;
  const std::string own = stem + (again ? ".again" : "");
  return {stem + ".json", own + kJournalEnding, own + kConsoleEnding};
}

bool has_result(const std::string& folder, const BootCell& cell) {
  const AsCaller caller;
  return is_there(cell_places(folder, cell).result);
}

Result<ConsoleFile> begin_cell(const CellPlaces& places) {
  const AsCaller caller;
  int number = 1;
  while (is_there(aside(places.journal, kJournalEnding, number)) ||
         is_there(aside(places.console, kConsoleEnding, number))) {
    ++number;
  }
  if (is_there(places.journal)) {
    UMB_TRY(rename_file(places.journal, aside(places.journal, kJournalEnding, number)));
  }
  if (is_there(places.console)) {
    UMB_TRY(rename_file(places.console, aside(places.console, kConsoleEnding, number)));
  }
  ConsoleFile console;
  UMB_ASSIGN(console.writing, create_new_file(places.console));
  // The very same file, whatever has its name by now.
  const std::string same = "/proc/self/fd/" + std::to_string(console.writing.get());
  console.reading.reset(::open(same.c_str(), O_RDONLY | O_CLOEXEC));
  if (!console.reading.valid()) return fail_errno("cannot read " + quoted(places.console), errno);
  return console;
}

Result<void> take_console(const CellPlaces& again, const CellPlaces& cell) {
  const AsCaller caller;
  return rename_file(again.console, cell.console);
}

Result<void> GrowingJournal::append(const Growth& growth) {
  if (growth.offset != size_bytes_ || size_bytes_ + growth.bytes.size() > kMaxJournalBytes) return {};
  if (!fd_.valid()) {
    UMB_ASSIGN(fd_, create_new_file(path_));
  }
  UMB_TRY(write_all(fd_.get(), growth.bytes, path_));
  if (::fdatasync(fd_.get()) != 0) return write_error(path_, errno);
  size_bytes_ += growth.bytes.size();
  return {};
}

Result<void> GrowingJournal::remove() {
  if (!fd_.valid()) return {};
  fd_.reset();
  return remove_file(path_);
}

Result<void> write_cell_result(const std::string& path, const RunRecord& record) {
  UMB_ASSIGN(OutputFile file, OutputFile::create(path));
  UMB_TRY(write_result(record, file));
  return file.commit();
}

}  // namespace umb
