// SPDX-License-Identifier: Apache-2.0
#include "kernels/libarchive.h"

#include "sys/late_library.h"

namespace umb {

namespace {

/// The interface that the headers of libarchive 3 describe, under whatever 3.x version.
constexpr const char* kLibrary = "libarchive.so.13";
constexpr const char* kHint =
    "install it (Debian's package libarchive13): packages and modules of kernels are read by it";

}  // namespace

Result<Libarchive> load_libarchive(const std::string& library) {
  UMB_ASSIGN(const LateLibrary loaded, LateLibrary::load(library, kHint));
  Libarchive functions;
#define UMB_LIBARCHIVE_LOOK_UP(function) UMB_TRY(loaded.look_up(#function, functions.function));
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
