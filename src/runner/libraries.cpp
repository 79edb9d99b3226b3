// SPDX-License-Identifier: Apache-2.0
#include "runner/libraries.h"

#include "runner/block_door.h"
#include "sys/host_programs.h"

#include <gnu/libc-version.h>

namespace umb {

Facts library_versions() {
  return {{"libmount", libmount_version()},
          {"google_benchmark", benchmark_version()},
          {"libc", std::string(::gnu_get_libc_version())}};
}

}  // namespace umb
