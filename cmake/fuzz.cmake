# SPDX-License-Identifier: Apache-2.0
# One libFuzzer program per src/ROOM/NAME_fuzz.cpp, all built by the target fuzz_targets; seeds in tests/fuzz/NAME.
add_custom_target(fuzz_targets)
file(GLOB fuzz_sources CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/src/*/*_fuzz.cpp)
foreach(source IN LISTS fuzz_sources)
  cmake_path(GET source STEM name)
  cmake_path(GET source PARENT_PATH folder)
  cmake_path(GET folder FILENAME room)
  add_executable(${name} ${source})
  target_link_libraries(${name} PRIVATE room_${room})
  target_link_options(${name} PRIVATE -fsanitize=fuzzer)
  set_target_properties(${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR}/fuzz)
  add_dependencies(fuzz_targets ${name})
endforeach()
