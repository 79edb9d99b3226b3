// SPDX-License-Identifier: Apache-2.0
#include "sys/noop_program.h"

#include <cstddef>

// UMOUNTBENCH_NOOP is the built program's path. An array in source text would take the compiler seconds.
__asm__(
    ".pushsection .rodata\n"
    ".balign 16\n"
    ".globl umountbench_noop_begin\n"
    ".hidden umountbench_noop_begin\n"
    "umountbench_noop_begin:\n"
    ".incbin \"" UMOUNTBENCH_NOOP
    "\"\n"
    ".globl umountbench_noop_end\n"
    ".hidden umountbench_noop_end\n"
    "umountbench_noop_end:\n"
    ".byte 0\n"
    ".popsection\n");

extern "C" {
extern const char umountbench_noop_begin[];
extern const char umountbench_noop_end[];
}

namespace umb {

std::string_view noop_program() {
  return {umountbench_noop_begin, static_cast<size_t>(umountbench_noop_end - umountbench_noop_begin)};
}

}  // namespace umb
