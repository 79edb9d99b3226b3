// SPDX-License-Identifier: Apache-2.0
#include "base/result.h"

#include <cstring>

namespace umb {

std::string Error::text() const {
  return why.empty() ? what : what + ": " + why;
}

Failure fail(std::string what, std::string why, std::string hint, ErrorKind kind) {
  return Failure(Error{std::move(what), std::move(why), std::move(hint), 0, kind});
}

Failure fail_errno(std::string what, int errno_value, std::string hint, ErrorKind kind) {
  return Failure(Error{std::move(what), errno_text(errno_value), std::move(hint), errno_value, kind});
}

Failure while_doing(std::string_view doing, Error error) {
  error.what = std::string(doing) + ": " + error.what;
  return Failure(std::move(error));
}

std::string errno_text(int errno_value) {
  const char* text = ::strerrordesc_np(errno_value);
  return text != nullptr ? text : "error " + std::to_string(errno_value);
}

}  // namespace umb
