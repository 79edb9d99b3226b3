// SPDX-License-Identifier: Apache-2.0
#include "kernels/cache_folder.h"

#include "base/file.h"
#include "base/text.h"

#include <cerrno>
#include <cstdlib>
#include <limits>

#include <pwd.h>
#include <sys/stat.h>
#include <unistd.h>

namespace umb {

namespace {

/// The folder of the user on whose behalf this runs; under sudo HOME may be root's.
std::string home() {
  const char* caller = ::getenv("SUDO_UID");
  if (::geteuid() == 0 && caller != nullptr) {
    const Result<int64_t> uid = parse_integer(caller, 0, std::numeric_limits<uint32_t>::max() - 1);
    const passwd* entry = uid.has_value() ? ::getpwuid(static_cast<uid_t>(*uid)) : nullptr;
    if (entry != nullptr) return entry->pw_dir;
  }
  const char* folder = ::getenv("HOME");
  return folder != nullptr ? folder : "";
}

Result<void> make_own_folder(const std::string& path) {
  if (::mkdir(path.c_str(), 0700) == 0) return {};
  const int failed = errno;
  struct stat facts {};
  if (failed == EEXIST && ::lstat(path.c_str(), &facts) == 0 && S_ISDIR(facts.st_mode)) return {};
  return fail_errno("cannot make the cache folder " + quoted(path), failed == EEXIST ? ENOTDIR : failed,
                    "name another place with XDG_CACHE_HOME", ErrorKind::kUsage);
}

}  // namespace

Result<std::string> cache_place() {
  const char* given = ::getenv("XDG_CACHE_HOME");
  if (given != nullptr && given[0] == '/') return std::string(given) + "/umountbench";
  const std::string folder = home();
  if (folder.starts_with('/')) return folder + "/.cache/umountbench";
  return fail_usage("there is no folder for the cache", "HOME is not set", "set XDG_CACHE_HOME to a folder");
}

Result<std::string> cache_folder(const std::string& name) {
  const AsCaller caller;
  UMB_ASSIGN(const std::string place, cache_place());
  // ~/.cache may be missing; the folder that XDG_CACHE_HOME names is the user's to make.
  if (place.ends_with("/.cache/umountbench")) (void)::mkdir(place.substr(0, place.rfind('/')).c_str(), 0700);
  UMB_TRY(make_own_folder(place));
  UMB_TRY(make_own_folder(place + "/" + name));
  return place + "/" + name;
}

}  // namespace umb
