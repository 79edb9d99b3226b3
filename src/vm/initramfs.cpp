// SPDX-License-Identifier: Apache-2.0
#include "vm/initramfs.h"

#include "base/file.h"
#include "base/text.h"
#include "kernels/content_hash.h"
#include "vm/cpio.h"
#include "vm/guest_tree.h"
#include "vm/initramfs_cache.h"
#include "vm/program_closure.h"
#include "vm/source_file.h"

#include <array>
#include <cstdio>
#include <filesystem>
#include <map>
#include <memory>

#include <sys/stat.h>

namespace umb {

namespace {

/// To be raised whenever the same content is written in another way.
constexpr const char* kFormat = "umountbench initramfs 1";
constexpr int64_t kUncompressedBytes = int64_t{64} * 1024 * 1024;
constexpr size_t kConfigBytes = size_t{64} * 1024;

Result<void> add_program_files(GuestTree& tree, const ProgramFiles& needed) {
  for (const auto& [path, source] : needed.files) UMB_TRY(tree.add_program_file(path, source));
  for (const auto& [path, target] : needed.links) UMB_TRY(tree.add_link(path, target));
  return {};
}

Result<void> add_init(GuestTree& tree, const std::string& init) {
  std::error_code trouble;
  // A loader that is asked about /proc/self/exe would tell of itself.
  const std::string real = std::filesystem::canonical(init, trouble).string();
  if (trouble) return fail_usage("cannot take the program " + umb::quoted(init) + " into the guest", trouble.message());
  UMB_TRY(tree.add_program_file("/init", real));
  UMB_ASSIGN(const ProgramFiles needed, program_needs(real));
  return add_program_files(tree, needed);
}

Result<void> add_modules(GuestTree& tree, const std::vector<KernelModule>& modules) {
  UMB_TRY(tree.add_folder("/modules"));
  for (size_t i = 0; i < modules.size(); ++i) {
    std::array<char, 24> number{};
    (void)std::snprintf(number.data(), number.size(), "%03zu", i);
    GuestEntry entry;
    entry.mode = S_IFREG | 0644;
    entry.digest = modules[i].digest;
    entry.module = &modules[i];
    UMB_TRY(tree.add("/modules/" + std::string(number.data()) + "-" + modules[i].name + ".ko", std::move(entry)));
  }
  return {};
}

Result<GuestTree> plan_tree(const InitramfsContent& content) {
  GuestTree tree;
  for (const std::string& folder : content.folders) {
    UMB_TRY(tree.add_folder(folder, folder == "/tmp" ? 01777 : 0755));
  }
  GuestEntry console;
  console.mode = S_IFCHR | 0600;
  console.device_major = 5;
  console.device_minor = 1;
  UMB_TRY(tree.add("/dev/console", std::move(console)));
  UMB_TRY(add_init(tree, content.init));
  UMB_ASSIGN(const ProgramFiles programs, program_closure(content.programs));
  UMB_TRY(add_program_files(tree, programs));
  UMB_TRY(add_modules(tree, content.modules.modules));
  for (const GuestText& file : content.files) {
    GuestEntry entry;
    entry.mode = S_IFREG | file.permissions;
    entry.text = file.text;
    UMB_TRY(tree.add(file.path, std::move(entry)));
  }
  return tree;
}

std::string key_of(const GuestTree& tree) {
  ContentHash hash;
  hash.add_field(kFormat);
  for (const auto& [path, entry] : tree.entries()) {
    hash.add_field(path);
    for (const unsigned number : {unsigned{entry.mode}, entry.device_major, entry.device_minor}) {
      hash.add_field(std::to_string(number));
    }
    hash.add_field(entry.text);
    hash.add_field(entry.digest);
  }
  return hash.hex();
}

Result<void> write_source(CpioWriter& cpio, const std::string& path, const GuestEntry& entry) {
  UMB_ASSIGN(const SourceFile file, SourceFile::open(entry.source));
  UMB_TRY(cpio.begin(path, entry, file.identity().size_bytes));
  ContentHash hash;
  UMB_TRY(file.read([&](std::string_view piece) {
    hash.add(piece);
    return cpio.data(piece);
  }));
  return hash.hex() == entry.digest ? Result<void>() : Result<void>(changed_meanwhile(entry.source));
}

/// The contents that are not files to be copied. Modules whose files were not read when they were looked for are now.
class Contents {
 public:
  Result<void> load(const GuestTree& tree) {
    for (const auto& [path, entry] : tree.entries()) {
      if (entry.module != nullptr && entry.module->bytes.empty()) {
        UMB_ASSIGN(unpacked_[entry.module], module_bytes(*entry.module));
      }
    }
    return {};
  }
  [[nodiscard]] const std::string& of(const GuestEntry& entry) const {
    if (entry.module == nullptr) return entry.text;
    const auto found = unpacked_.find(entry.module);
    return found == unpacked_.end() ? entry.module->bytes : found->second;
  }

 private:
  std::map<const KernelModule*, std::string> unpacked_;
};

Result<void> write_tree(const GuestTree& tree, const std::string& path) {
  Contents contents;
  UMB_TRY(contents.load(tree));
  int64_t size_bytes = 0;
  for (const auto& [name, entry] : tree.entries()) {
    size_bytes += entry.size_bytes + static_cast<int64_t>(contents.of(entry).size());
  }
  UMB_ASSIGN(OutputFile file, OutputFile::create(path));
  UMB_ASSIGN(const std::unique_ptr<CpioWriter> cpio, CpioWriter::open(file, size_bytes > kUncompressedBytes));
  for (const auto& [name, entry] : tree.entries()) {
    if (!entry.source.empty()) {
      UMB_TRY(write_source(*cpio, name, entry));
      continue;
    }
    const std::string& bytes = contents.of(entry);
    UMB_TRY(cpio->begin(name, entry, static_cast<int64_t>(bytes.size())));
    if (S_ISREG(entry.mode)) UMB_TRY(cpio->data(bytes));
  }
  UMB_TRY(cpio->finish());
  return file.commit();
}

}  // namespace

std::vector<GuestText> usual_files() {
  std::vector<GuestText> files{{"/etc/passwd", "root:x:0:0:root:/root:/bin/sh\n"}, {"/etc/group", "root:x:0:\n"}};
  Result<std::string> mke2fs = read_file("/etc/mke2fs.conf", kConfigBytes);
  if (mke2fs.has_value()) files.push_back({"/etc/mke2fs.conf", std::move(*mke2fs)});
  return files;
}

Result<std::string> make_initramfs(const InitramfsContent& content) {
  UMB_ASSIGN(const GuestTree tree, plan_tree(content));
  UMB_ASSIGN(const InitramfsCache cache, InitramfsCache::open());
  const std::string path = cache.path_of(key_of(tree));
  if (cache.use(path)) return path;
  const Result<void> written = write_tree(tree, path);
  if (!written.has_value()) return while_doing("making the initramfs", written.error());
  cache.remove_unused();
  return path;
}

}  // namespace umb
