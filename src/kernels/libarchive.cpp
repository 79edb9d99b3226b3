// SPDX-License-Identifier: Apache-2.0
#include "kernels/libarchive.h"

#include "base/text.h"

#include <dlfcn.h>

namespace umb {

namespace {

/// The interface that the headers of libarchive 3 describe, under whatever 3.x version.
constexpr const char* kLibrary = "libarchive.so.13";

Failure unloadable(const std::string& library) {
  const char* why = ::dlerror();
  return fail("cannot load libarchive", printable(why != nullptr ? why : quoted(library)),
              "install it (Debian's package libarchive13): packages and modules of kernels are read by it",
              ErrorKind::kUnavailable);
}

template <typename Function>
bool look_up(void* handle, const char* name, Function& function) {
  function = reinterpret_cast<Function>(::dlsym(handle, name));
  return function != nullptr;
}

}  // namespace

Result<Libarchive> load_libarchive(const std::string& library) {
  void* handle = ::dlopen(library.c_str(), RTLD_NOW | RTLD_LOCAL);
  if (handle == nullptr) return unloadable(library);
  Libarchive functions;
#define UMB_LIBARCHIVE_LOOK_UP(function) \
  if (!look_up(handle, #function, functions.function)) return unloadable(library);
  UMB_LIBARCHIVE_FUNCTIONS(UMB_LIBARCHIVE_LOOK_UP)
#undef UMB_LIBARCHIVE_LOOK_UP
  return functions;
}

Result<const Libarchive*> libarchive() {
  static const Result<Libarchive> loaded = load_libarchive(kLibrary);
  if (!loaded.has_value()) return Failure(loaded.error());
  return &*loaded;
}

}  // namespace umb
