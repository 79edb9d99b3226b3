// SPDX-License-Identifier: Apache-2.0
#include "kernels/debian_kernel.h"

#include "base/clock.h"
#include "base/file.h"
#include "base/text.h"
#include "base/unique_fd.h"
#include "kernels/apt_sources.h"
#include "kernels/apt_state.h"
#include "kernels/cache_folder.h"
#include "kernels/debian_name.h"
#include "kernels/package_files.h"
#include "sys/remove_tree.h"

#include <algorithm>
#include <cerrno>
#include <utility>

#include <fcntl.h>
#include <sys/file.h>

namespace umb {

namespace {

constexpr int64_t kSecondNs = 1'000'000'000;
/// Longer than an update and a download together may take.
constexpr int64_t kLockLimitNs = 1500 * kSecondNs;

struct Found {
  AptState state;
  std::string suite;
  std::vector<ArchiveFile> files;
};

void tell(const FetchOptions& options, const std::string& line) {
  if (options.tell) options.tell(line);
}

/// One fetch at a time in this cache; others wait.
Result<UniqueFd> lock_cache(const FetchOptions& options) {
  UMB_ASSIGN(const std::string folder, cache_folder("apt"));
  const std::string path = folder + "/lock";
  const AsCaller caller;
  UniqueFd lock(::open(path.c_str(), O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0600));
  if (!lock.valid()) return fail_errno("cannot open " + quoted(path), errno);
  const int64_t deadline_ns = monotonic_ns() + kLockLimitNs;
  for (bool told = false; ::flock(lock.get(), LOCK_EX | LOCK_NB) != 0; told = true) {
    if (errno != EWOULDBLOCK) return fail_errno("cannot lock " + quoted(path), errno);
    if (monotonic_ns() > deadline_ns) {
      return fail("cannot fetch a kernel", "another fetch holds " + quoted(path), "wait for it, or end it",
                  ErrorKind::kUnavailable);
    }
    if (!told) tell(options, "waiting for another fetch");
    sleep_ns(kSecondNs / 5);
  }
  return lock;
}

/// The files of the newest kernel in this suite's index; none when it has no such kernel.
Result<std::vector<ArchiveFile>> newest_in(const AptState& state, const DebianName& name) {
  UMB_ASSIGN(const std::vector<std::string> packages, state.package_names("linux-image-"));
  for (const std::string& image : images_in(packages, name)) {
    const Result<std::string> depends = state.depends_of(image);
    if (depends.has_value()) return state.files_of(packages_with_kernel(image, *depends));
    if (depends.error().kind != ErrorKind::kUsage) return Failure(depends.error());
  }
  return std::vector<ArchiveFile>{};
}

Result<Found> find_kernel(const std::string& asked, const DebianName& name, const std::string& mirror,
                          const FetchOptions& options, bool refresh) {
  for (const std::string& suite : suites_to_try(name)) {
    UMB_ASSIGN(AptState state, AptState::open(mirror, suite));
    if (refresh || !state.is_fresh()) {
      tell(options, "getting the package index of Debian " + suite);
      bool lacking = false;
      Result<void> updated = state.update(lacking);
      if (!updated.has_value() && (!lacking || !name.suite.empty())) return Failure(std::move(updated).error());
      if (!updated.has_value()) continue;
    }
    UMB_ASSIGN(std::vector<ArchiveFile> files, newest_in(state, name));
    if (!files.empty()) return Found{std::move(state), suite, std::move(files)};
  }
  return fail_usage("there is no kernel " + quoted(asked),
                    name.suite.empty() ? "no suite on " + printable(mirror) + " has one of that version"
                                       : name.suite + " has none of that flavour",
                    debian_name_forms());
}

/// "linux-image-6.1.0-50-rt-amd64" of "linux-image-6.1.0-50-rt-amd64_6.1.176-1_amd64.deb".
std::string package_of(const ArchiveFile& file) {
  return file.name.substr(0, file.name.find('_'));
}

Result<void> get_files(const Found& found, const PackageFiles& cache, const FetchOptions& options) {
  std::vector<std::string> missing;
  int64_t size_bytes = 0;
  for (const ArchiveFile& file : found.files) {
    if (cache.has(file)) continue;
    missing.push_back(package_of(file));
    size_bytes += file.size_bytes;
  }
  if (missing.empty()) return {};
  tell(options, "fetching " + printable(join(missing, ", ")) + " (" + std::to_string(1 + size_bytes / 1'000'000) +
                    " MB) from Debian " + found.suite);
  const std::string place = "apt/" + found.suite + "/new";
  UMB_ASSIGN(const std::string folder, cache_folder(place));
  // apt takes a file of the right length as it is, whatever is in it.
  {
    const AsCaller caller;
    UMB_TRY(remove_tree(folder));
  }
  UMB_TRY(cache_folder(place));
  UMB_TRY(found.state.download(missing, folder));
  for (const ArchiveFile& file : found.files) {
    if (std::find(missing.begin(), missing.end(), package_of(file)) == missing.end()) continue;
    UMB_TRY(cache.take(file, folder));
  }
  return {};
}

}  // namespace

Result<std::vector<std::string>> fetch_kernel(const std::string& name, const FetchOptions& options) {
  UMB_ASSIGN(const DebianName parsed, parse_debian_name(name));
  const std::string short_name = name.substr(name.find(':') + 1);
  UMB_ASSIGN(const PackageFiles cache, PackageFiles::open());
  const auto known = [&] {
    return options.refresh ? std::vector<std::string>() : cache.recorded(short_name, options.offline);
  };
  if (std::vector<std::string> paths = known(); !paths.empty()) return paths;
  if (options.offline) {
    return fail("the kernel " + quoted(name) + " is not in the cache", "", "run 'umountbench vm fetch " + name + "'",
                ErrorKind::kUnavailable);
  }
  UMB_ASSIGN(const std::string mirror, find_debian_mirror({}));
  UMB_ASSIGN(const UniqueFd lock, lock_cache(options));
  // Another fetch may have got it while this one waited.
  if (std::vector<std::string> paths = known(); !paths.empty()) return paths;
  UMB_ASSIGN(Found found, find_kernel(name, parsed, mirror, options, options.refresh));
  Result<void> got = get_files(found, cache, options);
  if (!got.has_value() && !options.refresh && got.error().why.find("404") != std::string::npos) {
    // The mirror has moved on since its index was fetched.
    UMB_ASSIGN(found, find_kernel(name, parsed, mirror, options, true));
    got = get_files(found, cache, options);
  }
  UMB_TRY(got);
  UMB_TRY(cache.record(short_name, found.files));
  std::vector<std::string> paths;
  for (const ArchiveFile& file : found.files) paths.push_back(cache.path_of(file));
  return paths;
}

}  // namespace umb
