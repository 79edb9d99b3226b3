# SPDX-License-Identifier: Apache-2.0
# The commit is looked up at every build, and the header rewritten only when it changed.
set(UMOUNTBENCH_VERSION_HEADER ${PROJECT_BINARY_DIR}/generated/version_generated.h)
add_custom_target(umountbench_version
  COMMAND ${CMAKE_COMMAND} -DSOURCE_DIR=${PROJECT_SOURCE_DIR} -DOUTPUT=${UMOUNTBENCH_VERSION_HEADER}
          -DVERSION=${PROJECT_VERSION} -P ${PROJECT_SOURCE_DIR}/cmake/write_version.cmake
  BYPRODUCTS ${UMOUNTBENCH_VERSION_HEADER} COMMENT "")
