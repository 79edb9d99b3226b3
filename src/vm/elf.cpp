// SPDX-License-Identifier: Apache-2.0
#include "vm/elf.h"

#include <cstdint>
#include <cstring>

#include <elf.h>

namespace umb {

namespace {

/// Copies a T from `offset`; false when it isn't all there.
template <typename T>
bool take(std::string_view head, uint64_t offset, T& into) {
  if (offset > head.size() || head.size() - offset < sizeof(T)) return false;
  std::memcpy(&into, head.data() + offset, sizeof(T));
  return true;
}

bool lies_within(std::string_view bytes, const Elf64_Shdr& section) {
  if (section.sh_type == SHT_NOBITS) return true;
  return section.sh_offset <= bytes.size() && section.sh_size <= bytes.size() - section.sh_offset;
}

bool section_at(std::string_view bytes, const Elf64_Ehdr& header, uint64_t number, Elf64_Shdr& into) {
  return header.e_shoff <= bytes.size() && take(bytes, header.e_shoff + number * sizeof(into), into) &&
         lies_within(bytes, into);
}

}  // namespace

Result<void> check_elf_module(std::string_view bytes) {
  Elf64_Ehdr header{};
  if (!take(bytes, 0, header) || std::memcmp(header.e_ident, ELFMAG, SELFMAG) != 0 || header.e_type != ET_REL) {
    return fail_usage({}, "it is no kernel module");
  }
  if (header.e_ident[EI_CLASS] != ELFCLASS64 || header.e_ident[EI_DATA] != ELFDATA2LSB) {
    return fail_usage({}, "it is made for another kind of machine");
  }
  const Failure damaged = fail_usage({}, "it is damaged or cut off");
  Elf64_Shdr names{};
  if (header.e_shentsize != sizeof(names) || header.e_shstrndx >= header.e_shnum ||
      !section_at(bytes, header, header.e_shstrndx, names) || names.sh_type == SHT_NOBITS || names.sh_size == 0 ||
      bytes[names.sh_offset + names.sh_size - 1] != '\0') {
    return damaged;
  }
  for (uint64_t i = 0; i < header.e_shnum; ++i) {
    Elf64_Shdr section{};
    if (!section_at(bytes, header, i, section) || section.sh_name >= names.sh_size) return damaged;
  }
  return {};
}

Result<std::string> elf_loader(std::string_view head) {
  Elf64_Ehdr program{};
  if (!take(head, 0, program) || std::memcmp(program.e_ident, ELFMAG, SELFMAG) != 0) {
    return fail_usage({}, "it is neither a program nor a script");
  }
  if (program.e_ident[EI_CLASS] != ELFCLASS64 || (program.e_type != ET_EXEC && program.e_type != ET_DYN)) {
    return fail_usage({}, "it is no 64-bit program");
  }
  for (uint64_t i = 0; i < program.e_phnum; ++i) {
    Elf64_Phdr part{};
    if (program.e_phentsize < sizeof(part) || program.e_phoff > head.size() ||
        !take(head, program.e_phoff + i * program.e_phentsize, part)) {
      return fail_usage({}, "it is cut off");
    }
    if (part.p_type != PT_INTERP) continue;
    if (part.p_offset > head.size() || head.size() - part.p_offset < part.p_filesz) {
      return fail_usage({}, "it is cut off");
    }
    const std::string_view name = head.substr(part.p_offset, part.p_filesz);
    return std::string(name.substr(0, name.find('\0')));
  }
  return std::string();
}

}  // namespace umb
