// SPDX-License-Identifier: Apache-2.0
#include "sys/late_library.h"

#include "base/text.h"

#include <utility>

#include <dlfcn.h>

namespace umb {

namespace {

Failure unloadable(const std::string& file, const std::string& hint) {
  const char* why = ::dlerror();
  return fail("cannot load " + quoted(file), why != nullptr ? printable(why) : "", hint, ErrorKind::kUnavailable);
}

}  // namespace

LateLibrary::LateLibrary(void* handle, std::string file, std::string hint)
    : handle_(handle), file_(std::move(file)), hint_(std::move(hint)) {}

Result<LateLibrary> LateLibrary::load(const std::string& file, const std::string& hint) {
  void* handle = ::dlopen(file.c_str(), RTLD_NOW | RTLD_LOCAL);
  if (handle == nullptr) return unloadable(file, hint);
  return LateLibrary(handle, file, hint);
}

Result<void*> LateLibrary::address_of(const char* name) const {
  void* address = ::dlsym(handle_, name);
  if (address == nullptr) return unloadable(file_, hint_);
  return address;
}

}  // namespace umb
