# SPDX-License-Identifier: Apache-2.0
# Run by cpack between installing and packing: what Debian's policy wants to find in a package.
if(NOT CPACK_GENERATOR STREQUAL "DEB")
  return()
endif()
find_program(shlibdeps dpkg-shlibdeps)
if(NOT shlibdeps)
  message(FATAL_ERROR "dpkg-shlibdeps is not here, and the package would depend on nothing: apt-get install dpkg-dev")
endif()
set(folder ${CPACK_TEMPORARY_DIRECTORY}/usr/share/doc/umountbench)
file(COPY_FILE ${CPACK_UMOUNTBENCH_DEBIAN}/copyright ${folder}/copyright)
file(COPY_FILE ${CPACK_UMOUNTBENCH_DEBIAN}/changelog ${folder}/changelog.Debian)
file(RENAME ${folder}/CHANGELOG.md ${folder}/changelog)
execute_process(COMMAND gzip -9n changelog.Debian changelog WORKING_DIRECTORY ${folder} COMMAND_ERROR_IS_FATAL ANY)
