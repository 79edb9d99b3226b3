// SPDX-License-Identifier: Apache-2.0
#include "kernels/file_age.h"

#include <ctime>

#include <sys/stat.h>

namespace umb {

bool is_younger_than_a_day(const std::string& path) {
  struct stat facts {};
  if (::lstat(path.c_str(), &facts) != 0 || !S_ISREG(facts.st_mode)) return false;
  const time_t age_s = ::time(nullptr) - facts.st_mtime;
  return age_s >= 0 && age_s < 24 * 60 * 60;
}

}  // namespace umb
