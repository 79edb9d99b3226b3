# SPDX-License-Identifier: Apache-2.0
add_library(umountbench_options INTERFACE)
target_compile_options(umountbench_options INTERFACE -Wall -Wextra -Wpedantic -Wshadow -Wnon-virtual-dtor
                       -Woverloaded-virtual -Wimplicit-fallthrough -fno-omit-frame-pointer
                       -Wno-missing-field-initializers)
if(UMOUNTBENCH_WERROR)
  target_compile_options(umountbench_options INTERFACE -Werror)
endif()
target_include_directories(umountbench_options INTERFACE ${PROJECT_SOURCE_DIR}/src)
