// SPDX-License-Identifier: Apache-2.0
#include "app/random_number.h"

#include "base/clock.h"

#include <sys/random.h>

namespace umb {

uint64_t random_number() {
  uint64_t number = 0;
  if (::getrandom(&number, sizeof number, 0) != sizeof number) number = static_cast<uint64_t>(monotonic_ns());
  // Small enough for any JSON reader to keep it exactly.
  return number >> 11U;
}

}  // namespace umb
