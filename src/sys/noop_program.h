// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

namespace umb {

/// The bytes of the static no-op program (noop/noop.cpp), which this program carries with it: nothing has to be found
/// on the machine or brought into a guest.
[[nodiscard]] std::string_view noop_program();

}  // namespace umb
