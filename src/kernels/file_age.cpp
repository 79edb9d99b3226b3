// SPDX-License-Identifier: Apache-2.0
#include "kernels/file_age.h"

#include <ctime>

#include <sys/stat.h>

namespace umb {

bool is_younger_than_a_day(const std::string& path) {
  struct stat facts {};
  if (::lstat(path.c_str(), &facts) != 0 || !S_ISREG(facts.st_mode)) return false;
  timespec now{};
  ::clock_gettime(CLOCK_REALTIME, &now);  // time() may be a tick behind, and a file of now be from the future
  const time_t age_s = now.tv_sec - facts.st_mtime;
  return age_s >= 0 && age_s < 24 * 60 * 60;
}

}  // namespace umb
