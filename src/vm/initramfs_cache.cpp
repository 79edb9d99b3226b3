// SPDX-License-Identifier: Apache-2.0
#include "vm/initramfs_cache.h"

#include "base/file.h"
#include "base/unique_fd.h"
#include "kernels/cache_folder.h"
#include "sys/list_folder.h"

#include <algorithm>
#include <array>
#include <vector>

#include <fcntl.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

namespace umb {

namespace {

constexpr size_t kKept = 20;
constexpr time_t kDaySeconds = 86'400;
constexpr time_t kMonthSeconds = 30 * kDaySeconds;

struct Used {
  time_t at = 0;
  std::string name;
};

}  // namespace

Result<InitramfsCache> InitramfsCache::open() {
  UMB_ASSIGN(std::string folder, cache_folder("initramfs"));
  return InitramfsCache(std::move(folder));
}

bool InitramfsCache::use(const std::string& path) const {
  const AsCaller caller;
  const UniqueFd file(::open(path.c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC));
  struct stat facts {};
  if (!file.valid() || ::fstat(file.get(), &facts) != 0 || !S_ISREG(facts.st_mode) || facts.st_size == 0) return false;
  const std::array<timespec, 2> times{timespec{0, UTIME_NOW}, timespec{0, UTIME_OMIT}};
  (void)::futimens(file.get(), times.data());
  return true;
}

void InitramfsCache::remove_unused() const {
  const AsCaller caller;
  const UniqueFd folder(::open(folder_.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
  if (!folder.valid()) return;
  const Result<std::vector<std::string>> names = list_folder(folder.get(), folder_);
  if (!names.has_value()) return;
  const time_t now = ::time(nullptr);
  std::vector<Used> whole;
  const auto remove_older = [&](const Used& file, time_t seconds) {
    if (now - file.at > seconds) (void)::unlinkat(folder.get(), file.name.c_str(), 0);
  };
  for (const std::string& name : *names) {
    struct stat facts {};
    if (::fstatat(folder.get(), name.c_str(), &facts, AT_SYMLINK_NOFOLLOW) != 0 || !S_ISREG(facts.st_mode)) continue;
    const Used file{std::max(facts.st_atim.tv_sec, facts.st_mtim.tv_sec), name};
    if (name.ends_with(".cpio")) {
      whole.push_back(file);
    } else {
      remove_older(file, name.ends_with(".modules") ? kMonthSeconds : kDaySeconds);
    }
  }
  std::sort(whole.begin(), whole.end(), [](const Used& one, const Used& other) { return one.at > other.at; });
  for (size_t i = kKept; i < whole.size(); ++i) remove_older(whole[i], kDaySeconds);
}

}  // namespace umb
