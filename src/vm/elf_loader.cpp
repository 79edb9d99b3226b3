// SPDX-License-Identifier: Apache-2.0
#include "vm/elf_loader.h"

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

}  // namespace

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
