// SPDX-License-Identifier: Apache-2.0
#include "result/recovery.h"

#include "base/file.h"
#include "base/text.h"
#include "result/byte_source.h"
#include "result/reader.h"
#include "result/writer.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <memory>
#include <tuple>

#include <dirent.h>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

namespace umb {

namespace {

constexpr std::string_view kPartial = ".partial";

struct Found {
  timespec changed{};
  std::string name;
};

bool is_result_name(const std::string& name) {
  return name.ends_with(".json") || name.ends_with(".json.partial");
}

/// Whether the file begins as a result or a journal does: other JSON files lie about too.
bool begins_as_a_result(int folder, const char* name) {
  const UniqueFd fd(::openat(folder, name, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOFOLLOW | O_NOCTTY));
  std::array<char, 256> bytes{};
  const ssize_t count = fd.valid() ? ::read(fd.get(), bytes.data(), bytes.size()) : 0;
  if (count <= 0) return false;
  const std::string_view begin(bytes.data(), static_cast<size_t>(count));
  return std::string_view(name).ends_with(kPartial) ? begin[0] >= '0' && begin[0] <= '9'
                                                    : begin.find("\"schema_version\"") != std::string_view::npos;
}

Result<std::vector<Found>> results_in(const std::string& folder) {
  const std::unique_ptr<DIR, int (*)(DIR*)> handle(::opendir(folder.c_str()), &::closedir);
  if (!handle) return fail_errno("cannot read the folder " + quoted(folder), errno, {}, ErrorKind::kUsage);
  std::vector<Found> files;
  while (const dirent* entry = ::readdir(handle.get())) {
    struct stat facts {};
    if (!is_result_name(entry->d_name)) continue;
    if (::fstatat(::dirfd(handle.get()), entry->d_name, &facts, AT_SYMLINK_NOFOLLOW) != 0) continue;
    if (!S_ISREG(facts.st_mode) || !begins_as_a_result(::dirfd(handle.get()), entry->d_name)) continue;
    files.push_back({facts.st_mtim, entry->d_name});
  }
  return files;
}

/// "LENGTH CRC32 {", as journal_line() has them.
bool begins_as_a_journal_line(std::string_view text) {
  const size_t length = text.find_first_not_of("0123456789");
  if (length == 0 || length == std::string_view::npos) return false;
  const std::string_view rest = text.substr(length);
  return rest.size() >= 11 && rest[0] == ' ' && rest.find_first_not_of("0123456789abcdef", 1) == 9 &&
         rest.substr(9, 2) == " {";
}

/// Whether the result that is there is of this run; it needs none of its samples.
bool is_result_of(const std::string& path, const std::string& run_id) {
  Result<UniqueFd> fd = open_regular(path, Links::kRefuse);
  if (!fd.has_value()) return false;
  const Result<Loaded> result = load_open_result(std::move(*fd), path, {.columns = {"none"}});
  return result.has_value() && !result->from_journal && !run_id.empty() && result->record.run.id == run_id;
}

}  // namespace

Result<std::string> find_newest_result(const std::string& folder) {
  UMB_ASSIGN(const std::vector<Found> files, results_in(folder));
  if (files.empty()) return fail_usage("no result in " + quoted(folder), {}, "make one with 'umountbench run'");
  const auto key = [](const Found& file) { return std::tie(file.changed.tv_sec, file.changed.tv_nsec, file.name); };
  return folder + (folder.ends_with('/') ? "" : "/") + std::ranges::max_element(files, {}, key)->name;
}

bool is_only_begun(const std::string& path) {
  const AsCaller caller;
  if (!path.ends_with(kPartial)) return false;
  const Result<UniqueFd> fd = open_regular(path, Links::kRefuse);
  if (!fd.has_value()) return false;
  if (::flock(fd->get(), LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK) return false;  // its run is alive
  std::array<char, 65536> bytes{};
  for (bool first = true;; first = false) {
    const ssize_t count = ::read(fd->get(), bytes.data(), bytes.size());
    if (count <= 0) return count == 0;
    const std::string_view piece(bytes.data(), static_cast<size_t>(count));
    if (first && !begins_as_a_journal_line(piece)) return false;
    if (piece.find('\n') != std::string_view::npos) return false;
  }
}

Result<std::string> recover_journal(const std::string& path) {
  const AsCaller caller;
  if (!path.ends_with(kPartial)) return fail_usage(quoted(path) + " is not a journal", "its name doesn't end so");
  UMB_ASSIGN(UniqueFd fd, open_regular(path, Links::kRefuse));
  const UniqueFd lock(::fcntl(fd.get(), F_DUPFD_CLOEXEC, 0));
  if (::flock(lock.get(), LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK) {
    return fail(quoted(path) + " is still being written", "its run is alive", {}, ErrorKind::kUnavailable);
  }
  UMB_ASSIGN(Loaded loaded, load_open_result(std::move(fd), path));
  if (!loaded.from_journal) return fail_usage(quoted(path) + " is not a journal", "it is a result file");
  std::string result_path = path.substr(0, path.size() - kPartial.size());
  if (!is_result_of(result_path, loaded.record.run.id)) {
    auto& warnings = loaded.record.warnings;
    warnings.insert(warnings.end(), loaded.warnings.begin(), loaded.warnings.end());
    UMB_ASSIGN(OutputFile file, OutputFile::create(result_path));
    UMB_TRY(write_result(loaded.record, file));
    UMB_TRY(file.commit_new());
  }
  UMB_TRY(remove_file(path));
  return result_path;
}

}  // namespace umb
