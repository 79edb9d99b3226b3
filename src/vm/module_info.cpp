// SPDX-License-Identifier: Apache-2.0
#include "vm/module_info.h"

#include "base/file.h"
#include "base/text.h"
#include "base/unique_fd.h"
#include "vm/elf.h"
#include "vm/libkmod.h"

#include <algorithm>
#include <cerrno>
#include <new>

#include <sys/mman.h>

namespace umb {

namespace {

void say_nothing(void*, int, const char*, int, const char*, const char*, va_list) {}

Failure bad_module(const std::string& path, std::string why) {
  return fail_usage("cannot read the module " + quoted(path), std::move(why), "unpack the kernel's package anew");
}

void add_names(std::vector<std::string>& names, std::string_view text, char separator) {
  for (const std::string& word : split(text, separator)) {
    if (!word.empty()) names.push_back(module_name(word));
  }
}

/// "pre: a b post: c"
void add_softdep(ModuleInfo& info, std::string_view text) {
  std::vector<std::string>* names = nullptr;
  for (const std::string& word : split(text, ' ')) {
    if (word == "pre:") {
      names = &info.before;
    } else if (word == "post:") {
      names = &info.after;
    } else if (names != nullptr) {
      add_names(*names, word, ',');
    }
  }
}

}  // namespace

std::string module_name(std::string_view name) {
  std::string result(name);
  std::replace(result.begin(), result.end(), '-', '_');
  return result;
}

Result<ModuleInfo> ModuleReader::read(std::string_view bytes, const std::string& path) {
  UMB_ASSIGN(const Libkmod* kmod, libkmod());
  if (context_ == nullptr) {
    const char* no_configuration = nullptr;
    context_.reset(kmod->kmod_new("/", &no_configuration), kmod->kmod_unref);
    if (context_ == nullptr) throw std::bad_alloc();
    kmod->kmod_set_log_fn(context_.get(), say_nothing, nullptr);
  }
  // libkmod 30 ends the process on some damaged files.
  const Result<void> sound = check_elf_module(bytes);
  if (!sound.has_value()) return bad_module(path, sound.error().why);
  // libkmod wants a path; with one of these it reads the very bytes that the guest will get.
  const UniqueFd memory(::memfd_create("module", MFD_CLOEXEC));
  if (!memory.valid()) return fail_errno("cannot read the module " + quoted(path), errno);
  UMB_TRY(write_all(memory.get(), bytes, path));
  kmod_module* opened = nullptr;
  const std::string place = "/proc/self/fd/" + std::to_string(memory.get());
  int failed = kmod->kmod_module_new_from_path(context_.get(), place.c_str(), &opened);
  if (failed < 0) return bad_module(path, errno_text(-failed));
  const std::shared_ptr<kmod_module> module(opened, kmod->kmod_module_unref);
  kmod_list* list = nullptr;
  failed = kmod->kmod_module_get_info(module.get(), &list);
  if (failed < 0) return bad_module(path, errno_text(-failed));
  const std::shared_ptr<kmod_list> owned(list, kmod->kmod_module_info_free_list);

  ModuleInfo info;
  for (const kmod_list* entry = list; entry != nullptr; entry = kmod->kmod_list_next(list, entry)) {
    const std::string_view key = kmod->kmod_module_info_get_key(entry);
    const std::string_view value = kmod->kmod_module_info_get_value(entry);
    if (key == "depends") add_names(info.depends, value, ',');
    if (key == "softdep") add_softdep(info, value);
    if (key == "vermagic") info.vermagic = value;
  }
  return info;
}

}  // namespace umb
