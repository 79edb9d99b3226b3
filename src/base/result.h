// SPDX-License-Identifier: Apache-2.0
// One error path for the whole program: a Result<T> holds a value or an Error that says what failed, why, and what the
// user can do. Rooms below app/ never log or exit; they return one of these. This header is the only door to
// tl::expected.
#pragma once

#include <string>
#include <string_view>
#include <utility>

#include <tl/expected.hpp>

namespace umb {

/// What kind of failure it was; app/exit_code.h turns it into the process's exit code.
enum class ErrorKind {
  kFailed,       ///< something broke while running: exit 3
  kUsage,        ///< the user's words, config, input or output place: exit 2, nothing was touched
  kUnavailable,  ///< this machine can't do it (no root, no kernel feature): exit 4
};

struct Error {
  std::string what;     ///< "cannot attach a loop device to 'a.img'"
  std::string why;      ///< "Permission denied"; may be empty
  std::string hint;     ///< what to do; may be empty
  int errno_value = 0;  ///< 0 when no system call was to blame
  ErrorKind kind = ErrorKind::kFailed;

  /// "WHAT: WHY", without the hint.
  [[nodiscard]] std::string text() const;
};

template <typename T>
using Result = tl::expected<T, Error>;
using Failure = tl::unexpected<Error>;

/// A failure without an errno.
[[nodiscard]] Failure fail(std::string what, std::string why = {}, std::string hint = {},
                           ErrorKind kind = ErrorKind::kFailed);
/// A failure of a system call: `why` is strerror(errno_value).
[[nodiscard]] Failure fail_errno(std::string what, int errno_value, std::string hint = {},
                                 ErrorKind kind = ErrorKind::kFailed);
[[nodiscard]] inline Failure fail_usage(std::string what, std::string why = {}, std::string hint = {}) {
  return fail(std::move(what), std::move(why), std::move(hint), ErrorKind::kUsage);
}
/// The same error, told from one step further out: "while DOING: WHAT: WHY".
[[nodiscard]] Failure while_doing(std::string_view doing, Error error);
/// strerror in the "C" locale.
[[nodiscard]] std::string errno_text(int errno_value);

}  // namespace umb

/// Return the error of EXPR to the caller, if there is one.
#define UMB_TRY(expr)                                                \
  do {                                                               \
    if (auto umb_try_result = (expr); !umb_try_result.has_value()) { \
      return ::umb::Failure(std::move(umb_try_result).error());      \
    }                                                                \
  } while (false)

#define UMB_CONCAT_INNER(a, b) a##b
#define UMB_CONCAT(a, b) UMB_CONCAT_INNER(a, b)
#define UMB_ASSIGN_INNER(tmp, decl, expr)                              \
  auto tmp = (expr);                                                   \
  if (!tmp.has_value()) return ::umb::Failure(std::move(tmp).error()); \
  decl = std::move(*tmp)
/// UMB_ASSIGN(auto fd, open_it()): declare `fd` from a Result, or return its error.
#define UMB_ASSIGN(decl, expr) UMB_ASSIGN_INNER(UMB_CONCAT(umb_assign_, __LINE__), decl, expr)
