// SPDX-License-Identifier: Apache-2.0
// The only door to libkmod, which no guest needs, and which on Debian brings OpenSSL with it (sys/late_library.h).
#pragma once

#include "base/result.h"

#include <libkmod.h>

namespace umb {

// Each function once: what is listed here is declared below and looked up.
#define UMB_LIBKMOD_FUNCTIONS(F) \
  F(kmod_list_next)              \
  F(kmod_module_get_info)        \
  F(kmod_module_info_free_list)  \
  F(kmod_module_info_get_key)    \
  F(kmod_module_info_get_value)  \
  F(kmod_module_new_from_path)   \
  F(kmod_module_unref)           \
  F(kmod_new)                    \
  F(kmod_set_log_fn)             \
  F(kmod_unref)

/// libkmod's functions under their own names, as <libkmod.h> declares them; none is null.
struct Libkmod {
#define UMB_LIBKMOD_MEMBER(function) decltype(&::function) function = nullptr;
  UMB_LIBKMOD_FUNCTIONS(UMB_LIBKMOD_MEMBER)
#undef UMB_LIBKMOD_MEMBER
};

/// Loaded by the first call, for as long as the process lives. kUnavailable when it isn't installed.
[[nodiscard]] Result<const Libkmod*> libkmod();

}  // namespace umb
