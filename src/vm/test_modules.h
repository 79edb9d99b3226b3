// SPDX-License-Identifier: Apache-2.0
// Kernel modules made by hand: nothing but an ELF header and a section .modinfo.
#pragma once

#include "kernels/kernel_files.h"
#include "testing/temporary_folder.h"

#include <array>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <string>

#include <archive.h>
#include <archive_entry.h>
#include <elf.h>

namespace umb {

template <typename T>
void put_bytes(std::string& bytes, const T& value) {
  std::array<char, sizeof(T)> raw{};
  std::memcpy(raw.data(), &value, sizeof(T));
  bytes.append(raw.data(), raw.size());
}

/// `modinfo`: "key=value" strings, each ended by a zero byte.
inline std::string made_elf_module(const std::string& modinfo) {
  const std::string names("\0.modinfo\0.shstrtab\0", 20);
  Elf64_Ehdr header{};
  std::memcpy(header.e_ident, ELFMAG, SELFMAG);
  header.e_ident[EI_CLASS] = ELFCLASS64;
  header.e_ident[EI_DATA] = ELFDATA2LSB;
  header.e_ident[EI_VERSION] = EV_CURRENT;
  header.e_type = ET_REL;
  header.e_machine = EM_X86_64;
  header.e_version = EV_CURRENT;
  header.e_shoff = sizeof(header) + modinfo.size() + names.size();
  header.e_ehsize = sizeof(header);
  header.e_shentsize = sizeof(Elf64_Shdr);
  header.e_shnum = 3;
  header.e_shstrndx = 2;
  std::array<Elf64_Shdr, 3> sections{};
  sections[1].sh_name = 1;
  sections[1].sh_type = SHT_PROGBITS;
  sections[1].sh_offset = sizeof(header);
  sections[1].sh_size = modinfo.size();
  sections[2].sh_name = 10;
  sections[2].sh_type = SHT_STRTAB;
  sections[2].sh_offset = sizeof(header) + modinfo.size();
  sections[2].sh_size = names.size();
  std::string bytes;
  put_bytes(bytes, header);
  bytes += modinfo + names;
  put_bytes(bytes, sections);
  return bytes;
}

struct MadeModule {
  std::string depends, softdep;
  std::string vermagic = "6.1.0-made SMP mod_unload ";
};

inline std::string made_module(const MadeModule& module) {
  std::string modinfo = "license=GPL";
  modinfo += '\0' + ("depends=" + module.depends) + '\0' + ("vermagic=" + module.vermagic) + '\0';
  if (!module.softdep.empty()) modinfo += "softdep=" + module.softdep + '\0';
  return made_elf_module(modinfo);
}

/// `filter`: "xz", "zstd" or "gzip".
inline std::string packed(const std::string& bytes, const char* filter) {
  archive* writer = ::archive_write_new();
  archive_entry* entry = ::archive_entry_new();
  std::string into(bytes.size() + 65536, '\0');
  size_t used = 0;
  ::archive_entry_set_filetype(entry, AE_IFREG);
  const bool good = ::archive_write_set_format_raw(writer) == ARCHIVE_OK &&
                    ::archive_write_add_filter_by_name(writer, filter) == ARCHIVE_OK &&
                    ::archive_write_set_bytes_per_block(writer, 0) == ARCHIVE_OK &&
                    ::archive_write_open_memory(writer, into.data(), into.size(), &used) == ARCHIVE_OK &&
                    ::archive_write_header(writer, entry) == ARCHIVE_OK &&
                    ::archive_write_data(writer, bytes.data(), bytes.size()) == static_cast<ssize_t>(bytes.size()) &&
                    ::archive_write_close(writer) == ARCHIVE_OK;
  ::archive_entry_free(entry);
  ::archive_write_free(writer);
  if (!good) throw std::runtime_error("cannot pack");
  into.resize(used);
  return into;
}

/// A kernel "6.1.0-made" with modules, and a cache of its own.
class MadeKernel {
 public:
  MadeKernel() {
    std::filesystem::create_directory(folder_.at("cache"));
    std::filesystem::create_directory(folder_.at("modules"));
    ::setenv("XDG_CACHE_HOME", folder_.at("cache").c_str(), 1);
  }
  MadeKernel(const MadeKernel&) = delete;
  MadeKernel& operator=(const MadeKernel&) = delete;
  ~MadeKernel() { ::unsetenv("XDG_CACHE_HOME"); }

  /// `file` is a path below the modules' folder.
  void put(const std::string& file, const std::string& bytes) const {
    const std::filesystem::path path = std::filesystem::path(folder_.at("modules")) / file;
    std::filesystem::create_directories(path.parent_path());
    std::ofstream(path, std::ios::binary) << bytes;
  }
  [[nodiscard]] KernelFiles files() const { return {"", folder_.at("modules"), "6.1.0-made"}; }
  [[nodiscard]] std::string at(const std::string& name) const { return folder_.at(name); }

 private:
  TemporaryFolder folder_;
};

}  // namespace umb
