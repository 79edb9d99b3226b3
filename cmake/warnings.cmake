# SPDX-License-Identifier: Apache-2.0
add_library(umountbench_options INTERFACE)
target_compile_options(umountbench_options INTERFACE -Wall -Wextra -Wpedantic -Wshadow -Wnon-virtual-dtor
                       -Woverloaded-virtual -Wimplicit-fallthrough -fno-omit-frame-pointer
                       -Wno-missing-field-initializers)
# g++ 12 takes a short string moved out of a tl::expected for uninitialised.
target_compile_options(umountbench_options INTERFACE $<$<CXX_COMPILER_ID:GNU>:-Wno-maybe-uninitialized>)
if(UMOUNTBENCH_WERROR)
  target_compile_options(umountbench_options INTERFACE -Werror)
endif()
# Rooms are included by quotes only: with -I, our sys/ would stand before the system's <sys/...>.
target_compile_options(umountbench_options INTERFACE "SHELL:-iquote \"${PROJECT_SOURCE_DIR}/src\"")
