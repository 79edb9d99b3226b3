// SPDX-License-Identifier: Apache-2.0
#include "app/rest_point.h"

#include <utility>

namespace umb {

namespace {

std::function<void()>& rest_point() {
  static std::function<void()> point;
  return point;
}

}  // namespace

void set_rest_point(std::function<void()> rest) {
  rest_point() = std::move(rest);
}

void rest() {
  if (rest_point()) rest_point()();
}

}  // namespace umb
