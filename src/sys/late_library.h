// SPDX-License-Identifier: Apache-2.0
// Libraries that are loaded when they are first needed, and not linked: a guest carries all that this program is linked
// with, unpacks it and loads it at its start.
#pragma once

#include "base/result.h"

#include <string>

namespace umb {

/// A loaded library, for as long as the process lives.
class LateLibrary {
 public:
  /// `file` as dlopen(3) takes it, e.g. "libkmod.so.2"; `hint` says what to install. kUnavailable when it isn't there.
  [[nodiscard]] static Result<LateLibrary> load(const std::string& file, const std::string& hint);

  /// Fills `function` with the library's function of that name; the same error when it has none.
  template <typename Function>
  [[nodiscard]] Result<void> look_up(const char* name, Function& function) const {
    UMB_ASSIGN(void* const address, address_of(name));
    function = reinterpret_cast<Function>(address);
    return {};
  }

 private:
  LateLibrary(void* handle, std::string file, std::string hint);
  [[nodiscard]] Result<void*> address_of(const char* name) const;

  void* handle_;
  std::string file_;
  std::string hint_;
};

}  // namespace umb
