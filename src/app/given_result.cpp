// SPDX-License-Identifier: Apache-2.0
#include "app/given_result.h"

#include "base/log.h"
#include "base/text.h"
#include "result/recovery.h"

#include <unistd.h>

namespace umb {

namespace {

Result<std::string> newest() {
  for (const char* folder : {"results", "."}) {
    if (::access(folder, F_OK) != 0) continue;
    const Result<std::string> found = find_newest_result(folder);
    if (found.has_value()) return found;
  }
  return fail_usage("there is no result in results/ or here", "", "name a file, or run 'sudo umountbench run' first");
}

}  // namespace

Result<std::string> given_or_newest_result(const Arguments& arguments) {
  if (!arguments.positional().empty()) return arguments.positional()[0];
  UMB_ASSIGN(std::string path, newest());
  log_info("showing " + printable(path));
  return path;
}

}  // namespace umb
