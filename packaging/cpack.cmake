# SPDX-License-Identifier: Apache-2.0
# `cpack -G DEB` in a build folder makes the Debian package.
set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME umountbench)
set(CPACK_PACKAGE_VERSION ${PROJECT_VERSION})
set(CPACK_PACKAGE_VENDOR "the umountbench authors")
set(CPACK_PACKAGE_CONTACT "the umountbench authors <umountbench@lists.invalid>")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "measures umount latency and what RCU has to do with it")
set(CPACK_PACKAGE_DESCRIPTION
"umountbench measures how long umount(2) takes on a kernel, when what was
mounted is really free again, and what the grace periods of RCU have to do
with it. It keeps every sample, compares kernels and settings by boots, boots
other kernels in QEMU, and reports in the formats of CI servers.")
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)

set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_RELEASE 1)
set(CPACK_DEBIAN_PACKAGE_SECTION admin)
set(CPACK_DEBIAN_PACKAGE_PRIORITY optional)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
# libarchive and libkmod are loaded by the vm commands alone, when they need them; the programs are what cases are about.
string(JOIN ", " CPACK_DEBIAN_PACKAGE_RECOMMENDS mount e2fsprogs "crun | runc" gnuplot-nox qemu-system-x86 libarchive13
       libkmod2)
string(JOIN ", " CPACK_DEBIAN_PACKAGE_SUGGESTS xfsprogs btrfs-progs squashfs-tools erofs-utils dosfstools slurm-wlm)

# copyright and changelog.Debian.gz belong into a Debian package only.
set(CPACK_PRE_BUILD_SCRIPTS ${CMAKE_CURRENT_LIST_DIR}/debian/add_files.cmake)
set(CPACK_UMOUNTBENCH_DEBIAN ${CMAKE_CURRENT_LIST_DIR}/debian)
include(CPack)
