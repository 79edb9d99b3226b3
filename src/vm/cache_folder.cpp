// SPDX-License-Identifier: Apache-2.0
#include "vm/cache_folder.h"

#include "base/file.h"
#include "base/text.h"

#include <cerrno>
#include <cstdlib>
#include <limits>
#include <vector>

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

Result<std::string> cache_folder(const std::string& name) {
  const AsCaller caller;
  const char* given = ::getenv("XDG_CACHE_HOME");
  std::string path = given != nullptr ? given : "";
  if (!path.starts_with('/')) {
    path = home();
    if (!path.starts_with('/')) {
      return fail_usage("there is no folder for the cache", "HOME is not set", "set XDG_CACHE_HOME to a folder");
    }
    path += "/.cache";
    (void)::mkdir(path.c_str(), 0700);
  }
  for (const std::string& part : {std::string("umountbench"), name}) {
    path += "/" + part;
    UMB_TRY(make_own_folder(path));
  }
  return path;
}

}  // namespace umb
