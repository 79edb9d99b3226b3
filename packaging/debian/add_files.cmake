# SPDX-License-Identifier: Apache-2.0
# Run by cpack between installing and packing: what Debian's policy wants to find in a package.
if(NOT CPACK_GENERATOR STREQUAL "DEB")
  return()
endif()
set(folder ${CPACK_TEMPORARY_DIRECTORY}/usr/share/doc/umountbench)
file(COPY_FILE ${CPACK_UMOUNTBENCH_DEBIAN}/copyright ${folder}/copyright)
file(COPY_FILE ${CPACK_UMOUNTBENCH_DEBIAN}/changelog ${folder}/changelog.Debian)
file(RENAME ${folder}/CHANGELOG.md ${folder}/changelog)
execute_process(COMMAND gzip -9n changelog.Debian changelog WORKING_DIRECTORY ${folder} COMMAND_ERROR_IS_FATAL ANY)
