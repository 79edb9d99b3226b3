// SPDX-License-Identifier: Apache-2.0
#include "vm/libkmod.h"

#include "sys/late_library.h"

namespace umb {

namespace {

Result<Libkmod> load() {
  UMB_ASSIGN(
      const LateLibrary library,
      LateLibrary::load("libkmod.so.2", "install it (Debian's package libkmod2): modules of kernels are read by it"));
  Libkmod functions;
#define UMB_LIBKMOD_LOOK_UP(function) UMB_TRY(library.look_up(#function, functions.function));
  UMB_LIBKMOD_FUNCTIONS(UMB_LIBKMOD_LOOK_UP)
#undef UMB_LIBKMOD_LOOK_UP
  return functions;
}

}  // namespace

Result<const Libkmod*> libkmod() {
  static const Result<Libkmod> loaded = load();
  if (!loaded.has_value()) return Failure(loaded.error());
  return &*loaded;
}

}  // namespace umb
