// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>

namespace umb {

/// What a run calls when nothing is being measured, between two cases and two rounds: nothing, but in a guest, where
/// the machine's init does its work then. Set once, before the run.
void set_rest_point(std::function<void()> rest);
void rest();

}  // namespace umb
