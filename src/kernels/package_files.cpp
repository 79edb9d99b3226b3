// SPDX-License-Identifier: Apache-2.0
#include "kernels/package_files.h"

#include "base/file.h"
#include "base/text.h"
#include "base/unique_fd.h"
#include "kernels/cache_folder.h"
#include "kernels/file_age.h"
#include "sys/subprocess.h"

#include <cerrno>
#include <cstdio>
#include <limits>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace umb {

namespace {

constexpr int64_t kSumLimitNs = 120'000'000'000;
constexpr size_t kRecordLimit = 64 * 1024;

bool has_size(const std::string& path, int64_t size_bytes) {
  struct stat facts {};
  return ::lstat(path.c_str(), &facts) == 0 && S_ISREG(facts.st_mode) && facts.st_size == size_bytes;
}

}  // namespace

Result<PackageFiles> PackageFiles::open() {
  PackageFiles files;
  UMB_ASSIGN(files.folder_, cache_folder("packages"));
  UMB_TRY(cache_folder("apt"));
  UMB_ASSIGN(files.names_, cache_folder("apt/names"));
  return files;
}

bool PackageFiles::has(const ArchiveFile& file) const {
  const std::string path = path_of(file);
  if (!has_size(path, file.size_bytes)) return false;
  const std::string program = find_program("sha256sum");
  if (file.sha256.empty() || program.empty()) return true;
  const Result<ProgramResult> sum = run_program({program, "--", path}, kSumLimitNs);
  // In front of the sum of a file whose name it must escape stands a backslash.
  return sum.has_value() && sum->output.find(file.sha256) <= 1;
}

Result<void> PackageFiles::take(const ArchiveFile& file, const std::string& from) const {
  const AsCaller caller;
  const std::string source = from + "/" + file.name;
  if (!has_size(source, file.size_bytes)) {
    return fail("cannot take " + quoted(file.name) + " into the cache", "it is not as long as the index says",
                "try again", ErrorKind::kUnavailable);
  }
  const UniqueFd opened(::open(source.c_str(), O_RDONLY | O_NOFOLLOW | O_CLOEXEC));
  if (!opened.valid() || ::fsync(opened.get()) != 0 || ::rename(source.c_str(), path_of(file).c_str()) != 0) {
    return fail_errno("cannot take " + quoted(file.name) + " into the cache", errno);
  }
  return {};
}

std::vector<std::string> PackageFiles::recorded(const std::string& name, bool at_any_time) const {
  const std::string record = names_ + "/" + name;
  if (!at_any_time && !is_younger_than_a_day(record)) return {};
  const Result<std::string> text = read_file(record, kRecordLimit);
  if (!text.has_value()) return {};
  std::vector<std::string> paths;
  for (const std::string& line : split(trimmed(*text), '\n')) {
    const std::vector<std::string> words = split(line, ' ');
    if (words.size() != 2 || words[1].find('/') != std::string::npos) return {};
    const Result<int64_t> size = parse_integer(words[0], 1, std::numeric_limits<int64_t>::max());
    if (!size.has_value() || !has_size(folder_ + "/" + words[1], *size)) return {};
    paths.push_back(folder_ + "/" + words[1]);
  }
  return paths;
}

Result<void> PackageFiles::record(const std::string& name, const std::vector<ArchiveFile>& files) const {
  std::string text;
  for (const ArchiveFile& file : files) text += std::to_string(file.size_bytes) + " " + file.name + "\n";
  UMB_ASSIGN(OutputFile record, OutputFile::create(names_ + "/" + name));
  UMB_TRY(record.write(text));
  return record.commit();
}

}  // namespace umb
