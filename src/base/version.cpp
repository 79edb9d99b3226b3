// SPDX-License-Identifier: Apache-2.0
#include "base/version.h"

#include "version_generated.h"

namespace umb {

const char* tool_version() {
  return UMOUNTBENCH_VERSION;
}
const char* tool_commit() {
  return UMOUNTBENCH_COMMIT;
}

}  // namespace umb
