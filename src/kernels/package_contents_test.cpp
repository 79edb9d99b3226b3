// SPDX-License-Identifier: Apache-2.0
#include "kernels/package_contents.h"

#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace umb {
namespace {

using Kind = PackagePart::Kind;

TEST(PackageContents, know_the_kernel_in_all_places_where_distributions_put_it) {
  for (const char* name : {"./boot/vmlinuz-6.1.0-rt", "boot/vmlinuz-6.1.0-rt", "/boot/vmlinuz-6.1.0-rt",
                           "./usr/lib/modules/6.1.0-rt/vmlinuz", "./lib/modules/6.1.0-rt/vmlinuz"}) {
    EXPECT_EQ(package_part(name).kind, Kind::kImage) << name;
    EXPECT_EQ(package_part(name).release, "6.1.0-rt") << name;
  }
  for (const char* name : {"./boot/vmlinuz-", "./boot/vmlinuz", "./boot/vmlinuz-6.1/x", "./boot/System.map-6.1",
                           "./lib/modules//vmlinuz", "./lib/modules/6.1/build/vmlinuz", "./opt/boot/vmlinuz-6.1"}) {
    EXPECT_EQ(package_part(name).kind, Kind::kUnused) << name;
  }
}

TEST(PackageContents, keep_modules_that_a_guest_without_hardware_can_need) {
  for (const std::string path :
       {"fs/ext4/ext4.ko", "fs/ext4/ext4.ko.xz", "fs/ext4/ext4.ko.zst", "fs/ext4/ext4.ko.gz", "lib/libcrc32c.ko",
        "crypto/crc32c_generic.ko", "arch/x86/crypto/crc32c-intel.ko", "mm/zsmalloc.ko", "drivers/block/loop.ko",
        "drivers/md/dm-mod.ko", "drivers/virtio/virtio_pci.ko", "drivers/cdrom/cdrom.ko", "net/9p/9pnet.ko"}) {
    const PackagePart part = package_part("./lib/modules/6.1/kernel/" + path);
    EXPECT_EQ(part.kind, Kind::kModule) << path;
    EXPECT_EQ(part.below, "kernel/" + path);
    EXPECT_EQ(part.release, "6.1");
  }
  for (const std::string path : {"drivers/gpu/drm/drm.ko", "sound/core/snd.ko", "net/wireless/cfg80211.ko",
                                 "drivers/blockx/a.ko", "fs/ext4/readme", "fs/ext4/a.ko.bz2", "fs/ext4/"}) {
    EXPECT_EQ(package_part("./lib/modules/6.1/kernel/" + path).kind, Kind::kUnused) << path;
  }
}

TEST(PackageContents, keep_the_lists_of_modules) {
  for (const std::string name : {"modules.order", "modules.builtin", "modules.builtin.modinfo"}) {
    EXPECT_EQ(package_part("usr/lib/modules/6.1/" + name).kind, Kind::kModuleList) << name;
    EXPECT_EQ(package_part("usr/lib/modules/6.1/" + name).below, name);
  }
  EXPECT_EQ(package_part("usr/lib/modules/6.1/modules.dep").kind, Kind::kUnused);
}

TEST(PackageContents, keep_how_the_kernel_was_built) {
  EXPECT_EQ(package_part("./boot/config-6.1").kind, Kind::kConfig);
  EXPECT_EQ(package_part("lib/modules/6.1/config").kind, Kind::kConfig);
  EXPECT_EQ(package_part("./boot/config-6.1/x").kind, Kind::kUnused);
}

TEST(PackageContents, never_name_a_file_outside_of_the_folder_that_it_goes_to) {
  for (const char* name : {"../x", "./lib/modules/6.1/kernel/../../../../etc/a.ko", "lib/modules/../kernel/a.ko",
                           "boot/vmlinuz-6.1/..", ".."}) {
    EXPECT_EQ(package_part(name).kind, Kind::kUnsafe) << name;
  }
  const std::vector<std::string> paths{"kernel//fs/a.ko",  "kernel/./fs/a.ko",
                                       "kernel/fs/a\n.ko", "kernel/fs/\xff.ko",
                                       "/kernel/fs/a.ko",  "kernel/fs/" + std::string(600, 'a') + ".ko"};
  for (const std::string& path : paths) {
    EXPECT_EQ(package_part("lib/modules/6.1/" + path).kind, Kind::kUnused) << path;
  }
}

}  // namespace
}  // namespace umb
