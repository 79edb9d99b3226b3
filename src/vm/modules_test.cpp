// SPDX-License-Identifier: Apache-2.0
#include "vm/modules.h"

#include "vm/module_index.h"
#include "vm/source_file.h"
#include "vm/test_modules.h"
#include "vm/unpack.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <time.h>

namespace umb {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

std::vector<std::string> names(const Result<ModuleSet>& set) {
  if (!set.has_value()) return {"error: " + set.error().text()};
  std::vector<std::string> result;
  for (const KernelModule& module : set->modules) result.push_back(module.name);
  return result;
}

TEST(Modules, come_after_those_that_they_depend_on) {
  const MadeKernel kernel;
  kernel.put("kernel/fs/ext4/ext4.ko", made_module({.depends = "jbd2,mbcache"}));
  kernel.put("kernel/fs/jbd2/jbd2.ko", made_module({.depends = "crc32c_generic"}));
  kernel.put("kernel/fs/mbcache.ko", made_module({}));
  kernel.put("kernel/crypto/crc32c_generic.ko", made_module({}));
  kernel.put("kernel/fs/unwanted.ko", made_module({}));
  const auto set = find_modules(kernel.files(), {"ext4"});
  EXPECT_THAT(names(set), ElementsAre("crc32c_generic", "jbd2", "mbcache", "ext4"));
  EXPECT_THAT(set->missing, IsEmpty());
}

TEST(Modules, are_found_whichever_dash_a_name_is_written_with) {
  const MadeKernel kernel;
  kernel.put("a/virtio-console.ko", made_module({.depends = "virtio_ring"}));
  kernel.put("b/virtio-ring.ko", made_module({}));
  EXPECT_THAT(names(find_modules(kernel.files(), {"virtio_console"})), ElementsAre("virtio_ring", "virtio_console"));
  EXPECT_THAT(names(find_modules(kernel.files(), {"virtio-console"})), ElementsAre("virtio_ring", "virtio_console"));
}

TEST(Modules, bring_their_soft_dependencies_where_there_are_such) {
  const MadeKernel kernel;
  kernel.put("btrfs.ko", made_module({.softdep = "pre: crc32c blake2b-256 post: later"}));
  kernel.put("blake2b-256.ko", made_module({}));
  kernel.put("later.ko", made_module({}));
  const auto set = find_modules(kernel.files(), {"btrfs"});
  EXPECT_THAT(names(set), ElementsAre("blake2b_256", "btrfs", "later"));
  EXPECT_THAT(set->missing, IsEmpty()) << "crc32c is no loss";
}

TEST(Modules, bring_the_generic_one_for_an_algorithm_that_is_wished_for) {
  const MadeKernel kernel;
  kernel.put("btrfs.ko", made_module({.softdep = "pre: crypto-crc32c xxhash64 blake2b-256 sha256 crypto-"}));
  for (const char* name : {"crc32c_generic.ko", "xxhash_generic.ko", "blake2b_generic.ko", "sha256_generic.ko"}) {
    kernel.put(name, made_module({}));
  }
  EXPECT_THAT(names(find_modules(kernel.files(), {"btrfs"})),
              ElementsAre("crc32c_generic", "xxhash_generic", "blake2b_generic", "sha256_generic", "btrfs"));
}

TEST(Modules, that_are_not_there_are_named_and_no_error) {
  const MadeKernel kernel;
  kernel.put("ext4.ko", made_module({.depends = "jbd2"}));
  const auto set = find_modules(kernel.files(), {"ext4", "tmpfs", "tmpfs"});
  EXPECT_THAT(names(set), ElementsAre("ext4"));
  EXPECT_THAT(set->missing, ElementsAre("jbd2", "tmpfs"));
}

TEST(Modules, may_be_none_at_all) {
  const MadeKernel kernel;
  const auto set = find_modules({"", "", "6.1.0-made"}, {"loop"});
  ASSERT_TRUE(set.has_value());
  EXPECT_THAT(set->missing, ElementsAre("loop"));
}

TEST(Modules, that_depend_on_each_other_in_a_circle_end) {
  const MadeKernel kernel;
  kernel.put("one.ko", made_module({.depends = "two"}));
  kernel.put("two.ko", made_module({.depends = "one"}));
  EXPECT_THAT(names(find_modules(kernel.files(), {"one"})), testing::UnorderedElementsAre("two", "one"));
}

TEST(Modules, stay_behind_what_they_need_when_a_soft_wish_goes_round_in_a_circle) {
  const MadeKernel kernel;
  kernel.put("top.ko", made_module({.depends = "base"}));
  kernel.put("base.ko", made_module({.softdep = "pre: extra"}));
  kernel.put("extra.ko", made_module({.depends = "top"}));
  EXPECT_THAT(names(find_modules(kernel.files(), {"top"})), ElementsAre("base", "top", "extra"));
}

TEST(Modules, of_another_kernel_are_refused) {
  const MadeKernel kernel;
  kernel.put("loop.ko", made_module({.vermagic = "6.1.0-made2 SMP "}));
  const auto set = find_modules(kernel.files(), {"loop"});
  ASSERT_FALSE(set.has_value());
  EXPECT_EQ(set.error().kind, ErrorKind::kUsage);
  EXPECT_THAT(set.error().text(), HasSubstr("'6.1.0-made2 SMP', the kernel is '6.1.0-made'"));
  EXPECT_THAT(set.error().text(), HasSubstr("loop.ko"));
}

TEST(Modules, are_unpacked_however_they_are_packed) {
  const MadeKernel kernel;
  const std::string plain = made_module({});
  kernel.put("one.ko.xz", packed(plain, "xz"));
  kernel.put("two.ko.zst", packed(plain, "zstd"));
  kernel.put("three.ko.gz", packed(plain, "gzip"));
  kernel.put("four.ko", plain);
  auto set = find_modules(kernel.files(), {"one", "two", "three", "four"});
  EXPECT_THAT(names(set), ElementsAre("one", "two", "three", "four"));
  for (KernelModule& module : set->modules) {
    EXPECT_EQ(module.bytes, plain) << module.path;
    module.bytes.clear();
    EXPECT_EQ(module_bytes(module).value(), plain) << module.path << ", read again";
  }
}

TEST(Modules, that_are_cut_off_are_named) {
  const MadeKernel kernel;
  const std::string plain = made_module({});
  for (const auto& [file, bytes] : {std::pair<std::string, std::string>{"a.ko.xz", packed(plain, "xz")},
                                    {"b.ko.zst", packed(plain, "zstd")},
                                    {"c.ko.gz", packed(plain, "gzip")},
                                    {"d.ko", plain},
                                    {"e.ko", ""}}) {
    for (const size_t length : {bytes.size() / 2, bytes.size() - std::min<size_t>(bytes.size(), 3), size_t{0}}) {
      kernel.put(file, bytes.substr(0, length));
      const auto set = find_modules(kernel.files(), {file.substr(0, 1)});
      ASSERT_FALSE(set.has_value()) << file << ", " << length << " of " << bytes.size() << " bytes";
      EXPECT_EQ(set.error().kind, ErrorKind::kUsage);
      EXPECT_THAT(set.error().text(), HasSubstr(file));
    }
  }
}

TEST(Modules, whose_headers_point_anywhere_are_refused) {
  const MadeKernel kernel;
  const std::string sound = made_module({});
  // e_shoff, e_shentsize, e_shnum, e_shstrndx, and of the first section of all its name, offset and size.
  for (const size_t place : {size_t{47}, size_t{59}, size_t{61}, size_t{63}, sound.size() - 128 + 3,
                             sound.size() - 128 + 31, sound.size() - 128 + 39}) {
    std::string bytes = sound;
    bytes[place] = '\x7f';
    kernel.put("loop.ko", bytes);
    const auto set = find_modules(kernel.files(), {"loop"});
    ASSERT_FALSE(set.has_value()) << place;
    EXPECT_THAT(set.error().text(), HasSubstr("loop.ko"));
  }
}

TEST(Modules, do_not_unpack_without_end) {
  const std::string bytes(100'000, 'x');
  for (const char* filter : {"xz", "zstd", "gzip"}) {
    EXPECT_EQ(unpack_module(packed(bytes, filter), "a.ko", 100'000).value(), bytes);
    const auto longer = unpack_module(packed(bytes, filter), "a.ko", 99'999);
    ASSERT_FALSE(longer.has_value());
    EXPECT_THAT(longer.error().text(), HasSubstr("a.ko"));
  }
}

TEST(Modules, that_were_changed_since_are_not_taken_for_what_they_were) {
  const MadeKernel kernel;
  kernel.put("loop.ko", made_module({}));
  auto set = find_modules(kernel.files(), {"loop"});
  ASSERT_TRUE(set.has_value());
  set->modules[0].bytes.clear();
  kernel.put("loop.ko", made_module({.depends = "other"}));
  EXPECT_FALSE(module_bytes(set->modules[0]).has_value());
}

TEST(Modules, are_looked_for_in_all_of_a_build_tree_but_its_history) {
  const MadeKernel kernel;
  kernel.put("drivers/block/loop.ko", made_module({}));
  kernel.put(".git/loop.ko", "not this");
  kernel.put(".git/other.ko", "nor this");
  std::filesystem::create_directory_symlink(kernel.at("modules"), kernel.at("modules/source"));
  const auto set = find_modules(kernel.files(), {"loop", "other"});
  EXPECT_THAT(names(set), ElementsAre("loop"));
  EXPECT_THAT(set->missing, ElementsAre("other"));
}

TEST(Modules, in_updates_stand_before_those_that_came_with_the_kernel) {
  const MadeKernel kernel;
  kernel.put("kernel/loop.ko", made_module({}));
  kernel.put("updates/dkms/loop.ko", made_module({}));
  EXPECT_THAT(find_modules(kernel.files(), {"loop"})->modules[0].path, HasSubstr("updates/dkms"));
}

TEST(Modules, that_are_symbolic_links_are_not_followed) {
  const MadeKernel kernel;
  std::filesystem::create_symlink("/etc/hostname", kernel.at("modules/loop.ko"));
  EXPECT_THAT(find_modules(kernel.files(), {"loop"})->missing, ElementsAre("loop"));
}

TEST(Modules, without_their_folder_are_a_usage_error) {
  const MadeKernel kernel;
  const auto set = find_modules({"", kernel.at("nowhere"), "6.1.0-made"}, {"loop"});
  ASSERT_FALSE(set.has_value());
  EXPECT_THAT(set.error().text(), HasSubstr("nowhere"));
}

int64_t now_ns() {
  timespec now{};
  ::clock_gettime(CLOCK_REALTIME, &now);
  return int64_t{now.tv_sec} * 1'000'000'000 + now.tv_nsec;
}

TEST(ModuleIndex, remembers_a_file_at_rest_until_it_changes) {
  const MadeKernel kernel;
  const int64_t before_ns = now_ns() - 2 * ModuleIndex::kRestNs;
  const FileIdentity file{1, 2, 300, before_ns, before_ns};
  ModuleIndex index(kernel.files());
  index.add(file, {"digest", {{"a", "b"}, {}, {"c"}, "6.1.0-made SMP "}});
  index.save();

  const ModuleIndex again(kernel.files());
  const auto known = again.find(file);
  ASSERT_TRUE(known.has_value());
  EXPECT_EQ(known->digest, "digest");
  EXPECT_THAT(known->info.depends, ElementsAre("a", "b"));
  EXPECT_THAT(known->info.before, IsEmpty());
  EXPECT_THAT(known->info.after, ElementsAre("c"));
  EXPECT_EQ(known->info.vermagic, "6.1.0-made SMP ");
  for (const FileIdentity& other : {FileIdentity{1, 2, 300, before_ns + 1, before_ns},
                                    {1, 2, 300, before_ns, before_ns + 1},
                                    {1, 2, 301, before_ns, before_ns},
                                    {1, 3, 300, before_ns, before_ns}}) {
    EXPECT_FALSE(again.find(other).has_value());
  }
  EXPECT_FALSE(ModuleIndex({"", kernel.at("modules"), "6.2"}).find(file).has_value()) << "another kernel's";
}

TEST(ModuleIndex, does_not_trust_a_file_that_changed_just_now) {
  const MadeKernel kernel;
  const FileIdentity file{1, 2, 300, now_ns() - 2 * ModuleIndex::kRestNs, now_ns()};
  ModuleIndex index(kernel.files());
  index.add(file, {"digest", {}});
  EXPECT_FALSE(index.find(file).has_value());
}

TEST(ModuleIndex, is_empty_when_its_file_is_damaged) {
  const MadeKernel kernel;
  const int64_t before_ns = now_ns() - 2 * ModuleIndex::kRestNs;
  const FileIdentity file{1, 2, 300, before_ns, before_ns};
  ModuleIndex index(kernel.files());
  index.add(file, {"digest", {}});
  index.save();
  for (const auto& entry : std::filesystem::directory_iterator(kernel.at("cache/umountbench/initramfs"))) {
    std::filesystem::resize_file(entry.path(), std::filesystem::file_size(entry.path()) - 1);
  }
  EXPECT_FALSE(ModuleIndex(kernel.files()).find(file).has_value());
}

}  // namespace
}  // namespace umb
